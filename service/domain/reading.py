"""What was understood from one reply."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.ending import Closing, Ending
from service.domain.question import Question

Value = str | int | bool | list[str] | dict[str, str | None]
"""An answer's stored value: text, 1-5, yes or no, a list, an ISO date or choice key (``str``),
or ``{"milestone", "state", "date"}``."""


class Command(StrEnum):
    """One-word commands: only ever the whole first line of a reply."""

    HELP = "HELP"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    STOP = "STOP"
    SKIP = "SKIP"
    STATUS = "STATUS"
    EXPORT = "EXPORT"
    ERASE = "ERASE"
    TAKE_BACK = "TAKE BACK"
    FORGET = "FORGET"


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as a reader needs it: what we sent, and what we asked in it.

    ``texts``: the plain text of every mail of this prompt that a reply may quote (the prompt,
    its reminders, its receipts). ``footers`` are part of these texts.
    """

    texts: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of ``Reading.text``."""

    start: int
    end: int


class Aim(StrEnum):
    """How words were given to a question: it was named by label, number or prefix; they stand under
    it; or they are plain words, and their kind or the default question decided."""

    NAMED = "named"
    UNDER = "under"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``text`` is what its author wrote, ``value`` what it means.

    ``confidence`` is 0 to 1; what falls below ``reading``'s line is never an Answer.
    """

    question: str
    value: Value
    text: str
    confidence: float
    spans: tuple[Span, ...] = ()
    aim: Aim = Aim.NAMED


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply, understood.

    ``text``: the author's new words. ``unread``: keys that were aimed at but not understood
    (ask again, once). ``missing``: keys that nobody aimed at. ``note``: words that fit no
    question; nothing that a person wrote is lost. ``endings``: known endings that were left out, as
    they were learned. ``closings``: ways in which the mail ends, from which endings are learned.
    """

    text: str
    answers: tuple[Answer, ...] = ()
    unread: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    command: Command | None = None
    command_argument: str = ""
    unread_text: dict[str, str] = field(default_factory=dict)
    endings: tuple[Ending, ...] = ()
    closings: tuple[Closing, ...] = ()
