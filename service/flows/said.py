"""What somebody said, and what it brought about: the words that consequences share."""

from dataclasses import dataclass

from service.domain.entry import Entry
from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.question import Question
from service.domain.receipt import Moved, Recorded


@dataclass(frozen=True, slots=True)
class Said:
    """One stored answer, as it stands now: with ``entry.text`` '' it was taken back.

    ``prompt`` is the one that was answered first, never one that asked again.
    """

    prompt: Prompt
    person: Person
    entry: Entry
    question: Question


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the receipt tells of what an answer brought about.

    ``shown``: further lines, printed in full. ``ask``: keys of the prompt's questions that are asked
    again, once. ``moved``: what became of milestones.
    """

    shown: tuple[Recorded, ...] = ()
    ask: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
