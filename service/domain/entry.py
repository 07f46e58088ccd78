"""An entry: one stored answer, with its history."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.privacy import PrivacyClass
from service.domain.question import Effect, QuestionType
from service.domain.reading import Answer, Value


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An answer with what its question makes of it, before it is stored."""

    answer: Answer
    type: QuestionType
    effect: Effect
    privacy: PrivacyClass


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote earlier, shown back to them alone. ``week`` is its period."""

    week: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person answered. ``revision`` counts from 1; older ones are kept beside it.
    ``shown_revision`` is the last one that a digest carried, 0 for none."""

    id: int
    prompt: str
    person_id: int
    question: str
    effect: Effect
    privacy: PrivacyClass
    value: Value
    text: str
    confidence: float
    week: str
    revision: int
    recorded_at: datetime
    shown_revision: int = 0
