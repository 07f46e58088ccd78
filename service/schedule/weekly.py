"""Weekly occurrences in local time (TIME-1 to TIME-4)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.cadence import Cadence
from service.domain.week import iso_week


def next_occurrence(cadence: Cadence, zone: str, after: datetime) -> tuple[datetime, str]:
    """The first moment of ``cadence`` in ``zone`` after ``after``: UTC time and period key.

    A local time that a clock change skips moves behind the gap, one that comes twice counts the
    first time (RFC 5545 section 3.3.5, TIME-2). The period is the ISO week of the local date, so
    neither a late run nor a move between zones can make two (TIME-4).
    """
    local = after.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=(cadence.weekday - local.weekday()) % 7)
    moment = _at(cadence, zone, day)
    if moment <= after:
        day += timedelta(days=7)
        moment = _at(cadence, zone, day)
    return moment, iso_week(day)


def _at(cadence: Cadence, zone: str, day: date) -> datetime:
    return datetime.combine(day, cadence.at, ZoneInfo(zone)).astimezone(UTC)
