"""Working mornings, where no finer calendar is known."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)
FRIDAY = 4


def next_morning(zone: str, now: datetime) -> datetime:
    """Nine o'clock in ``zone`` on the next working day, as UTC."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
