"""What replies did to milestones, and which of it a digest has told."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from service.domain.collaboration import Milestone, MilestoneMove, MilestoneState
from service.store.models import MilestoneMoveRow, MilestoneRow


async def move(
    milestone_id: int, entry_id: int, state: MilestoneState, due: date | None, now: datetime
) -> None:
    """Write a milestone's new state, and its new date where there is one, with what it was before."""
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


async def unshown(collaboration_id: int) -> list[MilestoneMove]:
    """The moves that no digest has told, oldest first; what was taken back is none."""
    rows = MilestoneMoveRow.filter(milestone__collaboration_id=collaboration_id, shown=False)
    found = await rows.order_by("id").prefetch_related("milestone__owner", "entry__person")
    return [_move(row) for row in found if row.entry.text]


async def mark_shown(move_ids: Collection[int]) -> None:
    """A digest tells these."""
    await MilestoneMoveRow.filter(id__in=list(move_ids)).update(shown=True)


def _move(row: Any) -> MilestoneMove:
    step = row.milestone
    milestone = Milestone(
        step.id, step.number, step.title, step.due, step.owner.name, MilestoneState(step.state), step.owner_id
    )
    return MilestoneMove(
        id=row.id,
        milestone=milestone,
        entry_id=row.entry_id,
        state=MilestoneState(row.state),
        state_before=MilestoneState(row.state_before),
        due=row.due,
        due_before=row.due_before,
        words=row.entry.text,
        who=row.entry.person.name,
        moved_at=row.moved_at,
    )
