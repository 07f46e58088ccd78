"""ISO weeks, the period of everything weekly (TIME-4)."""

from datetime import date


def iso_week(day: date) -> str:
    """The ISO 8601 week of ``day`` in the reader's zone, as ``2026-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
