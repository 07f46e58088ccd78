"""Questions: what we asked. Reading a reply starts from here."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.privacy import PrivacyClass

NOTE = "note"
"""The key under which words are kept that fit no question; no question may have it."""


class QuestionType(StrEnum):
    """The closed list of kinds of answer; each has a reader in ``service.reading``."""

    TEXT = "text"
    LIST = "list"
    SCALE = "scale"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"
    PEOPLE = "people"
    MILESTONE = "milestone"
    NEED_OFFER = "need_offer"


class Effect(StrEnum):
    """The closed vocabulary of what an answer becomes. Instruments name these; code acts on them."""

    PROGRESS = "progress"
    NEXT_STEP = "next_step"
    OBSTACLE = "obstacle"
    THANKS = "thanks"
    NEED = "need"
    OFFER = "offer"
    PRIVATE_NOTE = "private_note"
    REFLECTION = "reflection"
    MILESTONE = "milestone"
    CONFIRM = "confirm"
    NOTE = "note"
    WIN = "win"
    DECISION = "decision"
    VOICE = "voice"
    COMMENT = "comment"
    CHANGE = "change"
    LESSON = "lesson"
    RETROSPECT = "retrospect"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    APPROVAL = "approval"
    WORDING = "wording"
    ACKNOWLEDGEMENT = "acknowledgement"
    AUTHORSHIP = "authorship"


class Each(StrEnum):
    """What a question may be asked about, once for each one there is."""

    DECISION = "decision"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, or one milestone that a milestone question may be about.

    ``key`` is what is stored; ``words`` are further ways to say it.
    """

    key: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands in a mail.

    ``label`` is its short name in the mail ("Moved forward"); ``prefix`` marks a line question:
    it has no number and is answered by a line that starts with the word and a colon (``need:``).
    ``default``: unlabelled text answers this one. ``privacy`` where it differs from the mail's.
    ``each``: asked once for each open decision, or for each person whom the answer thanks.
    ``follows`` is the key of another question: this one is no part of the mail and is asked in the
    receipt of whoever answered that one.
    """

    key: str
    label: str
    text: str
    type: QuestionType
    effect: Effect
    default: bool = False
    prefix: str = ""
    options: tuple[Option, ...] = field(default=())
    privacy: PrivacyClass | None = None
    each: Each | None = None
    follows: str = ""
