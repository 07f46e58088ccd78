"""Held replies that waited long enough: they are refused, and stay off the list."""

from datetime import datetime, timedelta

from service.flows.desk import Desk
from service.store import holds
from service.store.holds import EXPIRED

REASON = "nobody's word settled it in time"


async def expire_holds(desk: Desk, now: datetime) -> int:
    """Refuse what is held longer than this installation waits. Returns how many; nobody is written to."""
    late = await holds.waiting_since(now - timedelta(days=desk.hold_days))
    return sum([await holds.refuse(inbox_id, EXPIRED, REASON, now) for inbox_id in late])
