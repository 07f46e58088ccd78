"""What comes next, for a clock that is moved by hand: the sandbox jumps from moment to moment."""

from datetime import datetime
from typing import Any

from tortoise.queryset import QuerySet

from service.store.models import DueRow, InboxRow, OutboxRow


async def next_at(after: datetime) -> datetime | None:
    """The earliest moment after ``after`` at which something is due or a mail may be sent; None where
    nothing is planned. A digest that its champion has seen is due for everybody else when it goes out."""
    due = await _earliest("at", DueRow.filter(at__gt=after))
    sent = await _earliest("not_before", OutboxRow.filter(state="ready", not_before__gt=after))
    return min((moment for moment in (due, sent) if moment), default=None)


async def _earliest(column: str, rows: QuerySet[Any]) -> datetime | None:
    found: Any = await rows.order_by(column).first().values_list(column, flat=True)
    return found if isinstance(found, datetime) else None


async def is_quiet(now: datetime, kept: int) -> bool:
    """Whether nothing is under way at ``now``: all of ``kept`` messages are there and judged, and nothing
    that may go out by now waits."""
    if await InboxRow.exclude(state="kept").count() != kept:
        return False
    waiting = OutboxRow.filter(state="ready", not_before__lte=now)
    return not (await waiting.exists() or await OutboxRow.filter(state="sending").exists())
