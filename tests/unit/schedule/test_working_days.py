"""Working mornings."""

from datetime import UTC, datetime

import pytest

from service.schedule.working_days import first_morning, next_morning

NEW_YORK, AUCKLAND = "America/New_York", "Pacific/Auckland"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        (NEW_YORK, utc(2026, 11, 24, 15), utc(2026, 11, 25, 14)),
        (NEW_YORK, utc(2026, 11, 25, 4, 59), utc(2026, 11, 25, 14)),
        (NEW_YORK, utc(2026, 11, 27, 20), utc(2026, 11, 30, 14)),
        (NEW_YORK, utc(2026, 3, 6, 20), utc(2026, 3, 9, 13)),
        (AUCKLAND, utc(2026, 11, 23, 14), utc(2026, 11, 24, 20)),
    ],
    ids=["midweek", "before midnight", "Friday", "over the change of clocks", "the other side of the world"],
)
def test_the_next_morning_is_nine_o_clock_on_the_next_working_day(zone, now, morning):
    assert next_morning(zone, now) == morning


@pytest.mark.parametrize(
    ("zone", "after", "morning"),
    [
        (NEW_YORK, utc(2026, 11, 30, 14), utc(2026, 11, 30, 14)),
        (NEW_YORK, utc(2026, 11, 30, 14, 1), utc(2026, 12, 1, 14)),
        (AUCKLAND, utc(2026, 11, 30, 14), utc(2026, 11, 30, 20)),
        (NEW_YORK, utc(2026, 11, 28, 10), utc(2026, 11, 30, 14)),
    ],
    ids=["that very moment", "a minute too late", "tomorrow there", "a weekend"],
)
def test_the_first_morning_is_not_before_its_moment(zone, after, morning):
    assert first_morning(zone, after) == morning
