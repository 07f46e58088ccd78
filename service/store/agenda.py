"""When each cadence comes to each person next: what the minute tick asks (TIME-1, TIME-4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from service.domain.cadence import Cadence
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
    return {row.instrument: _cadence(row) for row in rows}


async def plan(cadence_id: int, person_id: int, at: datetime, period: str, now: datetime) -> None:
    """Write when the cadence comes to the person next. What is due already stays due."""
    if await DueRow.exists(cadence_id=cadence_id, person_id=person_id, at__lte=now):
        return
    await DueRow.update_or_create({"at": at, "period": period}, cadence_id=cadence_id, person_id=person_id)


async def due(now: datetime, limit: int) -> list[Due]:
    """What has come, earliest first. Asks one index; its cost does not grow with people."""
    rows = await DueRow.filter(at__lte=now).order_by("at").limit(limit).prefetch_related("cadence", "person")
    return [_due(row) for row in rows]


async def move_on(item: Due, at: datetime, period: str) -> bool:
    """Plan the next occurrence; False when another worker did it (claim by conditional update)."""
    return await DueRow.filter(id=item.id, period=item.period).update(at=at, period=period) == 1


async def forget(cadence_id: int, keep_people: Sequence[int]) -> None:
    """People who are not asked any more."""
    await DueRow.filter(cadence_id=cadence_id).exclude(person_id__in=list(keep_people)).delete()


def _due(row: Any) -> Due:
    return Due(
        row.id,
        row.cadence.collaboration_id,
        row.cadence.instrument,
        _cadence(row.cadence),
        row.person_id,
        row.person.zone,
        row.at,
        row.period,
    )


def _cadence(row: CadenceRow) -> Cadence:
    hour, minute = row.at.split(":")
    return Cadence(row.weekday, time(int(hour), int(minute)), row.every, row.nth)
