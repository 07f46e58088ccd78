"""A collaboration and its milestones."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Something good that people of several departments try to do together.

    ``key`` is a slug that never changes (it is the List-Id, OUT-14); ``why`` is one sentence.
    """

    id: int
    key: str
    name: str
    why: str
    zone: str


class MilestoneState(StrEnum):
    """Where a milestone stands. There is no word for being behind (product: slip into care)."""

    AHEAD = "ahead"
    DONE = "done"
    MOVED = "moved"
    AT_RISK = "at_risk"
    HAND_WANTED = "hand_wanted"
    LET_GO = "let_go"


OVER = frozenset({MilestoneState.DONE, MilestoneState.LET_GO})
"""Of these milestones nothing is asked any more."""
PLEAS = frozenset({MilestoneState.HAND_WANTED, MilestoneState.AT_RISK})
"""Whoever says this once more has something new to say."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A named step with a date and an owner. ``number`` is how people call it in replies."""

    id: int
    number: int
    title: str
    due: date
    owner: str
    state: MilestoneState = MilestoneState.AHEAD
    owner_id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still lies ahead, at whatever date."""
        return self.state not in OVER


@dataclass(frozen=True, slots=True)
class MilestoneMove:
    """What one reply did to a milestone: from ``state_before`` and ``due_before`` to these."""

    id: int
    milestone: Milestone
    entry_id: int
    state: MilestoneState
    state_before: MilestoneState
    due: date
    due_before: date
    words: str
    who: str
    moved_at: datetime
