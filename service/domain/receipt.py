"""What a receipt shows: everything that was understood, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.question import Question


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer as its author reads it back."""

    label: str
    text: str
    readers: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``again``: questions that are asked once more, because the answer could not be read.
    ``again_text``: the words that could not be read, by question key. ``note``: words that fit no
    question, kept for ``note_readers``. ``ignored_files``: names of attachments, which are never opened."""

    recorded: tuple[Recorded, ...] = ()
    note: str = ""
    again: tuple[Question, ...] = ()
    ignored_files: tuple[str, ...] = ()
    late: bool = False
    again_text: Mapping[str, str] = field(default_factory=dict)
    note_readers: str = ""
