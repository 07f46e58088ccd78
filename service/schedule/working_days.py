"""Working mornings, where no finer calendar is known."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)
FRIDAY = 4


def next_morning(zone: str, now: datetime) -> datetime:
    """Nine o'clock in ``zone`` on the next working day, as UTC."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return first_morning(zone, datetime.combine(tomorrow, time(), ZoneInfo(zone)))


def first_morning(zone: str, after: datetime) -> datetime:
    """The first nine o'clock of a working day in ``zone`` that is not before ``after``, as UTC."""
    day = after.astimezone(ZoneInfo(zone)).date()
    while day.weekday() > FRIDAY or datetime.combine(day, MORNING, ZoneInfo(zone)) < after:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
