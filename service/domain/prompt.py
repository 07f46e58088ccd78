"""A prompt: one question mail to one person, waiting for its reply."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.question import Question


class PromptState(StrEnum):
    """Late replies are welcome: CLOSED only means that nobody is reminded any more."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Prompt:
    """``key`` happens once (instrument, collaboration, person, period). ``handle``, derived from
    it, is what our signed addresses carry; it says nothing about the person. ``root`` is the
    handle of the prompt whose question this one asks again. ``about`` names what the mail is about,
    as ``milestone:3``. ``closes_at``: until then nobody but the author reads the answers (a blind
    round); None where they are open from the start."""

    handle: str
    key: str
    instrument: str
    collaboration_id: int
    person_id: int
    period: str
    questions: tuple[Question, ...]
    state: PromptState
    asked_at: datetime
    root: str | None = None
    about: str = ""
    closes_at: datetime | None = None
