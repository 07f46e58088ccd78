"""TAKE BACK: an author's words are withdrawn from all that is still to come."""

from datetime import datetime

from service.domain.entry import Entry
from service.domain.people import Person
from service.domain.privacy import READERS
from service.domain.prompt import Prompt
from service.domain.question import NOTE
from service.domain.receipt import Recorded, TakenBack
from service.flows import consequences
from service.flows.desk import Desk
from service.reading import question_named
from service.store import entries


async def take_back(name: str, prompt: Prompt, person: Person, desk: Desk, now: datetime) -> TakenBack:
    """Withdraw what ``person`` answered to ``prompt``: all of it, or the question called ``name``.

    What they said stays as history, for nobody to read but the operator. What a digest has carried
    already, its readers have.
    """
    given = await entries.of_prompt(prompt.root or prompt.handle)
    labels = {question.key: question.label for question in prompt.questions} | {NOTE: NOTE.capitalize()}
    key = _key(name, prompt)
    chosen = [entry for entry in given if not name or entry.question == key]
    withdrawn = await entries.withdraw(chosen, now)
    aftermath = await consequences.take_back(withdrawn, prompt, person, desk, now)
    left = dict.fromkeys(labels[entry.question] for entry in given if entry not in chosen)
    return TakenBack(
        lines=tuple(_line(labels[entry.question], entry) for entry in chosen),
        moved=aftermath.moved,
        unknown="" if key else name,
        left=tuple(left),
    )


def _key(name: str, prompt: Prompt) -> str:
    """The question that is called so; '' for none."""
    words = name.lower().removeprefix("my ").removeprefix("the ")
    return NOTE if words == NOTE else question_named(words, prompt.questions)


def _line(label: str, entry: Entry) -> Recorded:
    return Recorded(label, entry.text, READERS[entry.privacy], told=entry.shown_revision > 0)
