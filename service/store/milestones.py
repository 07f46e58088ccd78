"""Milestones on the move: what replies did to them, and what the team has heard of it."""

from collections.abc import Collection
from datetime import date, datetime
from itertools import groupby
from typing import Any

from service.domain.collaboration import PLEAS, Milestone, MilestoneMove, MilestoneState
from service.store.entries import entry_of
from service.store.models import MilestoneMoveRow, MilestoneRow


async def get(milestone_id: int) -> Milestone:
    """The milestone with this id."""
    return _milestone(await MilestoneRow.get(id=milestone_id).prefetch_related("owner"))


async def move(
    milestone_id: int, entry_id: int, state: MilestoneState, due: date | None, now: datetime
) -> None:
    """Write a milestone's new state, and its new date where there is one; what was before is kept."""
    row = await MilestoneRow.get(id=milestone_id)
    await MilestoneMoveRow.create(
        milestone_id=milestone_id,
        entry_id=entry_id,
        state=state.value,
        state_before=row.state,
        due=due or row.due,
        due_before=row.due,
        moved_at=now,
    )
    await MilestoneRow.filter(id=milestone_id).update(state=state.value, due=due or row.due)


async def moved_by(entry_id: int) -> list[int]:
    """The milestones that this answer spoke of, each once."""
    rows = MilestoneMoveRow.filter(entry_id=entry_id).distinct()
    return [int(str(one)) for one in await rows.values_list("milestone_id", flat=True)]


async def history(milestone_id: int) -> list[MilestoneMove]:
    """Every move of a milestone, oldest first."""
    return await _moves(milestone_id=milestone_id)


async def unshown(collaboration_id: int) -> list[MilestoneMove]:
    """The moves that no digest has told, oldest first.

    Where a milestone stands again as it was told last, because an answer was taken back, there is none.
    """
    found = await _moves(shown=False, milestone__collaboration_id=collaboration_id)
    by_milestone = groupby(sorted(found, key=_place), key=lambda move: move.milestone.id)
    told = [move for _, group in by_milestone for move in _worth_telling(list(group))]
    return sorted(told, key=lambda move: move.id)


def _place(move: MilestoneMove) -> tuple[int, int]:
    return move.milestone.id, move.id


def _worth_telling(moves: list[MilestoneMove]) -> list[MilestoneMove]:
    first, last = moves[0], moves[-1]
    stands = last.state in (first.state_before, MilestoneState.MOVED) and last.due == first.due_before
    asks = last.state in PLEAS and last.words
    return [] if stands and not asks else moves


async def mark_shown(move_ids: Collection[int]) -> None:
    """A digest tells these."""
    await MilestoneMoveRow.filter(id__in=list(move_ids)).update(shown=True)


async def _moves(**chosen: Any) -> list[MilestoneMove]:
    rows = MilestoneMoveRow.filter(**chosen).order_by("id")
    return [_move(row) for row in await rows.prefetch_related("milestone__owner", "entry__person")]


def _move(row: Any) -> MilestoneMove:
    """A move has no words where its answer speaks of that milestone no more."""
    value = entry_of(row.entry).value
    speaks = isinstance(value, dict) and value["milestone"] == str(row.milestone_id)
    return MilestoneMove(
        id=row.id,
        milestone=_milestone(row.milestone),
        entry_id=row.entry_id,
        state=MilestoneState(row.state),
        state_before=MilestoneState(row.state_before),
        due=row.due,
        due_before=row.due_before,
        words=row.entry.text if speaks else "",
        who=row.entry.person.name,
        moved_at=row.moved_at,
    )


def _milestone(row: Any) -> Milestone:
    state = MilestoneState(row.state)
    return Milestone(row.id, row.number, row.title, row.due, row.owner.name, state, row.owner_id)
