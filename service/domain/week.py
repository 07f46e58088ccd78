"""ISO weeks, the period of everything weekly (TIME-4)."""

import re
from datetime import date

_WEEK = re.compile(r"\d{4}-W(\d{2})")


def iso_week(day: date) -> str:
    """The ISO 8601 week of ``day`` in the reader's zone, as ``2026-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(period: str) -> date:
    """The day on which the ISO week ``2026-W48`` begins."""
    year, _, week = period.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def week_gone_by(period: str, day: date) -> int:
    """The number of the ISO week ``period`` where it is over on ``day``; 0 for any other period."""
    found = _WEEK.fullmatch(period)
    return int(found[1]) if found and period < iso_week(day) else 0
