"""Alarms: what the operator should know, once per key until it heals."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from service.store import sql
from service.store.models import AlarmRow


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that waits for the operator, since when, and how often it happened."""

    key: str
    text: str
    since: datetime
    count: int


async def ring(key: str, text: str, now: datetime) -> int:
    """Raise an alarm, or count it again. Returns how often it rang."""
    key, text = key[:200], text.replace("\0", "")[:1000]
    row, new = await AlarmRow.get_or_create({"text": text, "since": now, "last_at": now}, key=key)
    if not new:
        await AlarmRow.filter(key=key).update(text=text, last_at=now, count=F("count") + 1)
        row = await AlarmRow.get_or_none(key=key) or row  # it may have healed in this moment
    return row.count


async def last_ring(key: str) -> tuple[datetime, int] | None:
    """When it rang last, and how often it did; None while all is well."""
    if not await sql.fetch("SELECT key FROM alarms WHERE key = ?", [key]):
        return None
    row = await AlarmRow.get_or_none(key=key)
    return (row.last_at, row.count) if row else None


async def clear(key: str) -> None:
    """It healed."""
    await sql.change("DELETE FROM alarms WHERE key = ?", [key])


async def every() -> list[Alarm]:
    """All alarms, oldest first."""
    rows = await AlarmRow.all().order_by("since")
    return [Alarm(row.key, row.text, row.since, row.count) for row in rows]
