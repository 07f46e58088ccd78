"""What a receipt shows: everything that was understood, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from service.domain.question import Question


class How(StrEnum):
    """What became of one answer: it is the first, it stands beside others, or it replaced one."""

    RECORDED = "recorded"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer as its author reads it back.

    ``before``: the words that it replaced. ``told``: a digest has carried the earlier words already.
    """

    label: str
    text: str
    readers: str
    how: How = How.RECORDED
    before: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a milestone: its state and date now, and its date before.

    ``owner``: whose word it waits for, where the author's does not move it; then nothing changed.
    ``back``: an answer was taken back or corrected, so it stands where it stood.
    """

    number: int
    title: str
    state: str
    day: date
    day_before: date
    owner: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What TAKE BACK withdrew. ``unknown``: a name that no question has; then nothing was withdrawn.
    ``left``: labels of what is still there."""

    lines: tuple[Recorded, ...] = ()
    moved: tuple[Moved, ...] = ()
    unknown: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """``again``: questions that are asked once more, because the answer could not be read.
    ``again_text``: the words that could not be read, by question key. ``note``: words that fit no
    question, kept for ``note_readers``. ``ignored_files``: names of attachments, which are never opened.

    ``late``: its round was closed. ``week``: number of the ISO week that it counts for, where that is
    over. ``shown``: lines about what the answers brought about, printed in full. ``follow_up``: further
    questions that they lead to. ``thanks_nobody``: thanks name nobody of the team for certain.
    ``to_team``: a digest may carry some of it. ``closes``: until then nobody but its author reads it.
    ``left_out``: what the author ends their mails with, left out for the first time.
    """

    recorded: tuple[Recorded, ...] = ()
    note: str = ""
    again: tuple[Question, ...] = ()
    ignored_files: tuple[str, ...] = ()
    late: bool = False
    again_text: Mapping[str, str] = field(default_factory=dict)
    note_readers: str = ""
    week: int = 0
    shown: tuple[Recorded, ...] = ()
    moved: tuple[Moved, ...] = ()
    follow_up: tuple[Question, ...] = ()
    thanks_nobody: bool = False
    to_team: bool = False
    closes: date | None = None
    left_out: tuple[str, ...] = ()
