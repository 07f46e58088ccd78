"""What an answer becomes: the effects that instruments name, applied to a reading. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.collaboration import MilestoneState
from service.domain.entry import Entry, NewEntry
from service.domain.privacy import READERS, PrivacyClass
from service.domain.question import NOTE, Each, Effect, Question, QuestionType
from service.domain.reading import Aim, Answer, Reading, Value
from service.domain.receipt import How, Recorded


@dataclass(frozen=True, slots=True)
class MilestoneNews:
    """What an answer says of a milestone."""

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
        answer = Answer(NOTE, reading.note, reading.note, 1.0, aim=Aim.PLAIN)
        found.append(NewEntry(answer, QuestionType.TEXT, Effect.NOTE, NOTE_PRIVACY))
    return found


def milestone_news(value: Value) -> MilestoneNews | None:
    """What ``value`` says of a milestone; None for an answer that was taken back."""
    if not isinstance(value, dict):
        return None
    day = value.get("date")
    state = MilestoneState(str(value["state"]))
    return MilestoneNews(int(str(value["milestone"])), state, date.fromisoformat(day) if day else None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one prompt: ``earlier`` ones, the ``new`` ones of one reply, and which were created
    or changed by it (``saved``)."""

    questions: Sequence[Question]
    new: Sequence[NewEntry]
    earlier: Sequence[Entry]
    saved: Sequence[Entry]

    def recorded(self) -> Iterator[Recorded]:
        """What became of each answer, as its author reads it back. A note is told apart from answers."""
        labels = {question.key: question.label for question in self.questions}
        for entry in self.new:
            if entry.answer.question != NOTE:
                yield self._line(labels[entry.answer.question], entry)

    def _line(self, label: str, entry: NewEntry) -> Recorded:
        key = entry.answer.question
        saved = {one.id for one in self.saved if one.question == key}
        replaced = next((one for one in self.earlier if one.id in saved), None)
        beside = bool(saved) and any(one.question == key for one in self.earlier)
        return Recorded(
            label=label,
            text=entry.answer.text,
            readers=READERS[entry.privacy],
            how=How.CHANGED if replaced else How.ADDED if beside else How.RECORDED,
            before=replaced.text if replaced else "",
            told=replaced is not None and replaced.shown_revision > 0,
        )


def thanks_nobody(answers: Sequence[Answer], questions: Sequence[Question]) -> bool:
    """Whether thanks that could be passed on name nobody of the team for certain."""
    followed = {question.follows for question in questions if question.each is Each.THANKS}
    words = (answer.value for answer in answers if answer.question in followed)
    return any(isinstance(value, str) and value for value in words)
