"""Prompts as they were sent: every instrument of the playbook that asks something, and a few more, so
that each type of question is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache, partial

from service.domain.collaboration import Milestone
from service.domain.people import Person
from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.reading import Asked
from service.library import read_playbook, templates_directory
from service.message import parse
from service.outbound.compose import Composer
from service.outbound.letter import Letter
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Instrument, Playbook
from service.reading import sent_texts
from tests.replies.town import RESIDENTS, Resident


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail of ours. ``numbered``: its questions have numbers that a reader can see."""

    name: str
    raw: bytes
    text: str
    html: str
    subject: str
    message_id: str
    reply_to: str
    at: datetime
    asked: Asked
    numbered: bool

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.asked.questions


def _ask(key: str, label: str, text: str, kind: QuestionType, *options: Option, **more: object) -> Question:
    return Question(key, label, text, kind, Effect.NOTE, options=options, **more)


_HEARD = _ask(
    "heard", "Heard", "How well are you heard here, from 1 (hardly) to 5 (fully)?", QuestionType.SCALE
)
_LOAD = _ask(
    "load", "Load", "How does the load feel, from 1 (too heavy) to 5 (just right)?", QuestionType.SCALE
)
_TRUST = _ask("trust", "Trust", "How much do you trust the plan, from 1 to 5?", QuestionType.SCALE)
_LOSS = _ask(
    *(
        "loss",
        "The loss",
        "Is the loss that you told us about smaller, the same or bigger?",
        QuestionType.CHOICE,
    ),
    Option("smaller", "smaller", ("less", "shrunk")),
    Option("same", "the same", ("same", "unchanged", "no change")),
    Option("bigger", "bigger", ("larger", "grown")),
)
_VISIT = _ask(
    "visit", "Visit", "Have you been at a partner's place in the last two weeks?", QuestionType.YES_NO
)
_OPENING = _ask("opening", "Opening", "On which day can your place open its doors?", QuestionType.DATE)
_BRING = _ask("bring", "Bring", "What will you bring to the opening?", QuestionType.LIST)
_ELSE = _ask(
    "else", "Anything else", "Is there anything else that we should know?", QuestionType.TEXT, default=True
)
_STEPS = (
    Milestone(7, 2, "Trail map", date(2026, 12, 4), "Grace Fielding"),
    Milestone(9, 4, "Twelve story signs are printed", date(2026, 12, 18), "Ada Marlow"),
    Milestone(12, 6, "Benches by the mill path", date(2026, 12, 11), "Tomas Birch"),
)
_MILESTONE = _ask(
    *("milestone", "Milestone", "its number and how it stands", QuestionType.MILESTONE),
    *(Option(str(step.id), step.title, (str(step.number),)) for step in _STEPS),
    prefix="milestone",
)
OWN: Mapping[str, tuple[Question, ...]] = {
    "own-types": (_HEARD, _LOSS, _VISIT, _OPENING, _BRING, _ELSE),
    "own-scales": (_HEARD, _LOAD, _TRUST),
    "own-date": (_OPENING,),
    "own-yes": (_VISIT, _ELSE),
}
"""Questions of the types that the playbook's mails ask seldom, or never yet."""


@lru_cache(maxsize=1)
def _house() -> tuple[Playbook, Composer]:
    templates = templates_directory()
    return read_playbook(templates), sample_composer(load_templates(templates / "emails"))


def _person(resident: Resident) -> Person:
    return Person(1, resident.name, resident.address, resident.zone, resident.locale)


def _send(name: str, instrument: Instrument, letter: Letter, earlier: tuple[Sent, ...] = ()) -> Sent:
    raw = _house()[1].compose(instrument, letter).raw
    message = parse(raw)
    texts = tuple(text for sent in earlier for text in sent.asked.texts) + sent_texts(message)
    first = next((one for one in letter.questions if not one.prefix), None)
    return Sent(
        name=name,
        raw=raw,
        text=message.text,
        html=message.html,
        subject=message.subject,
        message_id=message.message_id,
        reply_to=message.first("Reply-To").strip("<>"),
        at=letter.at,
        asked=Asked(texts, letter.questions),
        numbered=first is not None and f"\n1. {first.label}: " in message.text,
    )


def _of_playbook(key: str, turn: int, resident: Resident) -> Sent:
    instrument = _house()[0].get(key)
    letter = replace(sample_letter(instrument, turn), person=_person(resident))
    return _send(f"{key} {turn}", instrument, letter)


def _of_our_own(name: str, resident: Resident) -> Sent:
    instrument = _house()[0].get("check-in")
    letter = replace(sample_letter(instrument), person=_person(resident), questions=OWN[name])
    return _send(name, instrument, letter)


def _with_milestones(resident: Resident) -> Sent:
    """A check-in to somebody who may move milestones."""
    instrument = _house()[0].get("check-in")
    letter = sample_letter(instrument)
    questions = (*letter.questions[:3], *letter.questions[5:7], _MILESTONE)
    facts = {**letter.facts, "milestones": _STEPS}
    return _send(
        "milestones", instrument, replace(letter, person=_person(resident), questions=questions, facts=facts)
    )


def _receipt(resident: Resident) -> Sent:
    """A receipt that asks one question again: the others of its conversation go by their names."""
    first = _of_playbook("check-in", 1, resident)
    again = next(one for one in first.questions if one.type is QuestionType.SCALE)
    instrument = _house()[0].get("receipt")
    letter = sample_letter(instrument)
    understood = {**letter.facts["understood"], "again": [again], "follow_up": []}
    letter = replace(letter, person=_person(resident), questions=(again,), facts={"understood": understood})
    sent = _send("receipt", instrument, letter, (first,))
    others = (
        replace(one, default=False, prefix=one.prefix or one.label.lower())
        for one in first.questions
        if one is not again
    )
    return replace(sent, asked=Asked(sent.asked.texts, (again, *others)))


def _makers() -> dict[str, Callable[[Resident], Sent]]:
    makers: dict[str, Callable[[Resident], Sent]] = {name: partial(_of_our_own, name) for name in OWN}
    makers |= {"milestones": _with_milestones, "receipt": _receipt}
    for key, instrument in _house()[0].instruments.items():
        for turn in range(max(1, len(instrument.groups)) if instrument.asked(0) else 0):
            makers[f"{key} {turn}"] = partial(_of_playbook, key, turn)
    return makers


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every prompt that can be sent."""
    return tuple(sorted(_makers()))


@cache
def sent(name: str, resident: Resident = RESIDENTS[0]) -> Sent:
    """The prompt called ``name``, as it went to ``resident``."""
    return _makers()[name](resident)
