"""What a stopped worker missed (TIME-7)."""

from datetime import UTC, datetime, timedelta

import pytest

from service.schedule.catch_up import still_useful

DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=1), timedelta(hours=12)])
def test_what_is_late_by_up_to_twelve_hours_is_sent(late: timedelta):
    """TIME-7, F26."""
    assert still_useful(DUE, DUE + late)


@pytest.mark.parametrize("late", [timedelta(hours=12, microseconds=1), timedelta(days=1), timedelta(days=10)])
def test_what_is_later_is_skipped(late: timedelta):
    """TIME-7, F26."""
    assert not still_useful(DUE, DUE + late)
