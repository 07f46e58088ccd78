"""The story's six weeks are over, lie across a month's end, and have its managers' day in the fifth."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.cadence import Cadence, parse_cadence
from service.sandbox.dates import TURN, WEEKS, first_monday
from service.schedule.occurrences import next_occurrence

ZONE = "America/New_York"
NIGHT = timedelta(days=1)
MANAGERS: Cadence = parse_cadence("first mon 09:00")


@pytest.mark.parametrize("year", range(2024, 2032))
def test_on_any_day_of_a_year_the_managers_hear_of_the_month_in_the_fifth_week(year: int) -> None:
    now = datetime(year, 1, 1, 12, tzinfo=UTC)
    while now.year == year:
        monday = first_monday(now, ZONE)
        end = monday + timedelta(weeks=WEEKS)
        turn = monday + timedelta(weeks=TURN - 1)
        told, _ = next_occurrence(
            MANAGERS, ZONE, datetime(turn.year, turn.month, turn.day, tzinfo=UTC) - NIGHT
        )

        assert monday.weekday() == 0
        assert end <= now.date() < end + timedelta(weeks=6)
        assert told.date() == turn
        assert monday.month != turn.month
        now += timedelta(days=1)


def test_a_week_that_is_not_over_is_not_told() -> None:
    """June 1, 2026 is the first Monday of its month, so the story that turns there ends on June 14."""
    sunday = datetime(2026, 6, 14, 12, tzinfo=UTC)

    assert first_monday(sunday, ZONE) == date(2026, 4, 6)
    assert first_monday(sunday + NIGHT, ZONE) == date(2026, 5, 4)


def test_the_town_has_its_own_calendar() -> None:
    monday_in_utc_sunday_in_town = datetime(2026, 6, 15, 3, tzinfo=UTC)

    assert first_monday(monday_in_utc_sunday_in_town, ZONE) == date(2026, 4, 6)
