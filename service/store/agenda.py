"""When each cadence comes to each person next: what the minute tick asks (TIME-1, TIME-4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from service.domain.cadence import Cadence
from service.store import sql
from service.store.models import CadenceRow, DueRow


@dataclass(frozen=True, slots=True)
class Due:
    """One cadence that has come to one person. ``zone`` is theirs."""

    id: int
    collaboration_id: int
    instrument: str
    cadence: Cadence
    person_id: int
    zone: str
    at: datetime
    period: str


_DUE = (
    *("id", "cadence__collaboration_id", "cadence__instrument"),
    *("cadence__weekday", "cadence__at", "cadence__every", "cadence__nth"),
    *("person_id", "person__zone", "at", "period"),
)


async def save_cadence(collaboration_id: int, instrument: str, cadence: Cadence) -> int:
    """The cadence's id, created or rewritten."""
    row, _ = await CadenceRow.update_or_create(
        {
            "weekday": cadence.weekday,
            "at": cadence.at.strftime("%H:%M"),
            "every": cadence.every,
            "nth": cadence.nth,
        },
        collaboration_id=collaboration_id,
        instrument=instrument,
    )
    return row.id


async def drop_cadences(collaboration_id: int, keep: Collection[str]) -> None:
    """Instruments that are not asked by the week any more."""
    gone = CadenceRow.filter(collaboration_id=collaboration_id).exclude(instrument__in=list(keep))
    for cadence_id in await gone.values_list("id", flat=True):
        await DueRow.filter(cadence_id=cadence_id).delete()
        await CadenceRow.filter(id=cadence_id).delete()


async def cadences(collaboration_id: int) -> dict[str, Cadence]:
    """The cadences of a collaboration, by instrument."""
    rows = await CadenceRow.filter(collaboration_id=collaboration_id)
    return {row.instrument: _cadence(row.weekday, row.at, row.every, row.nth) for row in rows}


async def plan(cadence_id: int, person_id: int, at: datetime, period: str, now: datetime) -> None:
    """Write when the cadence comes to the person next. What is due already stays due."""
    if await DueRow.exists(cadence_id=cadence_id, person_id=person_id, at__lte=now):
        return
    await DueRow.update_or_create({"at": at, "period": period}, cadence_id=cadence_id, person_id=person_id)


async def due(now: datetime, limit: int, instruments: Collection[str]) -> list[Due]:
    """What has come of these instruments, earliest first. Its cost does not grow with people."""
    rows = DueRow.filter(at__lte=now, cadence__instrument__in=list(instruments)).order_by("at", "id")
    return [_due(row) for row in await rows.limit(limit).values_list(*_DUE)]


async def move_on(items: Sequence[Due], at: datetime, period: str) -> list[Due]:
    """Plan the next occurrence of items of one period; returns those that no other worker has taken.

    Runs in the caller's transaction: what is taken stays locked until it ends, and others skip it.
    """
    ids, periods = [item.id for item in items], list({item.period for item in items})
    still = f"SELECT id FROM due WHERE id IN ({sql.marks(ids)}) AND period IN ({sql.marks(periods)})"  # noqa: S608 - marks only
    taken = {row["id"] for row in await sql.fetch(still, [*ids, *periods], lock="FOR UPDATE SKIP LOCKED")}
    await DueRow.filter(id__in=list(taken)).update(at=at, period=period)
    return [item for item in items if item.id in taken]


async def moment_of(
    person_ids: Collection[int], collaboration_id: int, instrument: str, period: str
) -> datetime | None:
    """When the first of these people gets this instrument in ``period``; None when nobody does any more."""
    rows = DueRow.filter(
        person_id__in=list(person_ids),
        cadence__collaboration_id=collaboration_id,
        cadence__instrument=instrument,
        period=period,
    )
    row = await rows.order_by("at").first()
    return row.at if row else None


async def put_off(items: Sequence[Due], at: datetime) -> None:
    """Taken items come again at ``at``, for the period that they were for."""
    for period in {item.period for item in items}:
        ids = [item.id for item in items if item.period == period]
        await DueRow.filter(id__in=ids).update(at=at, period=period)


async def forget(cadence_id: int, keep_people: Sequence[int]) -> None:
    """People who are not asked any more."""
    await DueRow.filter(cadence_id=cadence_id).exclude(person_id__in=list(keep_people)).delete()


def _due(row: Any) -> Due:
    due_id, collaboration_id, instrument, weekday, clock, every, nth, person_id, zone, at, period = row
    cadence = _cadence(weekday, clock, every, nth)
    return Due(due_id, collaboration_id, instrument, cadence, person_id, zone, at, period)


def _cadence(weekday: int, clock: str, every: int, nth: int) -> Cadence:
    hour, minute = clock.split(":")
    return Cadence(weekday, time(int(hour), int(minute)), every, nth)
