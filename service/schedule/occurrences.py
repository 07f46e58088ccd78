"""Recurring occurrences in local time (TIME-1 to TIME-4)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.cadence import Cadence
from service.domain.week import iso_week


def next_occurrence(cadence: Cadence, zone: str, after: datetime) -> tuple[datetime, str]:
    """The first moment of ``cadence`` in ``zone`` after ``after``: UTC time and period key.

    A local time that a clock change skips moves behind the gap, one that comes twice counts the
    first time (RFC 5545 section 3.3.5, TIME-2). The period is the ISO week of the local date, or
    its month (``2026-12``), so neither a late run nor a move between zones can make two (TIME-4).
    """
    start = after.astimezone(ZoneInfo(zone)).date()
    moments = ((_at(cadence, zone, day), day) for day in _days(cadence, start))
    moment, day = next(found for found in moments if found[0] > after)
    return moment, f"{day:%Y-%m}" if cadence.nth else iso_week(day)


def _days(cadence: Cadence, start: date) -> Iterator[date]:
    """The days of ``cadence`` from ``start`` on."""
    day = start + timedelta(days=(cadence.weekday - start.weekday()) % 7)
    while True:
        if _is_meant(cadence, day):
            yield day
        day += timedelta(days=7)


def _is_meant(cadence: Cadence, day: date) -> bool:
    if cadence.nth > 0:
        return (day.day - 1) // 7 + 1 == cadence.nth
    if cadence.nth < 0:
        return (day + timedelta(days=7)).month != day.month
    # weeks are counted from a Monday that never changes: whoever plans when, the weeks are the same
    return (day.toordinal() - 1) // 7 % cadence.every == 0


def _at(cadence: Cadence, zone: str, day: date) -> datetime:
    return datetime.combine(day, cadence.at, ZoneInfo(zone)).astimezone(UTC)
