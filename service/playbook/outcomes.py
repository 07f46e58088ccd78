"""What an answer becomes: the effects that instruments name, applied to a reading. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.collaboration import MilestoneState
from service.domain.entry import NewEntry
from service.domain.privacy import PrivacyClass
from service.domain.question import NOTE, Effect, Question, QuestionType
from service.domain.reading import Answer, Reading


@dataclass(frozen=True, slots=True)
class MilestoneMove:
    """What a reply said of a milestone."""

    milestone_id: int
    state: MilestoneState
    due: date | None


NOTE_PRIVACY = PrivacyClass.CHAMPION
"""Words that fit no question: nobody had told their author that a wider circle would read them."""


def new_entries(reading: Reading, questions: Sequence[Question], privacy: PrivacyClass) -> list[NewEntry]:
    """The entries that a reading becomes."""
    by_key = {question.key: question for question in questions}
    found = [
        NewEntry(
            answer,
            by_key[answer.question].type,
            by_key[answer.question].effect,
            by_key[answer.question].privacy or privacy,
        )
        for answer in reading.answers
    ]
    if reading.note:
        answer = Answer(NOTE, reading.note, reading.note, 1.0)
        found.append(NewEntry(answer, QuestionType.TEXT, Effect.NOTE, NOTE_PRIVACY))
    return found


def milestone_moves(reading: Reading, questions: Sequence[Question]) -> list[MilestoneMove]:
    """The milestones that a reading moves."""
    effects = {question.key: question.effect for question in questions}
    return [
        MilestoneMove(
            int(str(answer.value["milestone"])),
            MilestoneState(str(answer.value["state"])),
            date.fromisoformat(str(answer.value["date"])) if answer.value.get("date") else None,
        )
        for answer in reading.answers
        if effects[answer.question] is Effect.MILESTONE and isinstance(answer.value, dict)
    ]


def is_confirmed(reading: Reading, questions: Sequence[Question]) -> bool:
    """Whether a reply said yes to what only takes effect after a second reply."""
    effects = {question.key: question.effect for question in questions}
    return any(effects[a.question] is Effect.CONFIRM and a.value is True for a in reading.answers)
