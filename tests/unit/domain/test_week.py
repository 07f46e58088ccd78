"""ISO weeks."""

from datetime import date

import pytest

from service.domain.week import iso_week, week_gone_by


@pytest.mark.parametrize(
    ("period", "day", "number"),
    [
        ("2026-W48", date(2026, 11, 29), 0),
        ("2026-W48", date(2026, 11, 30), 48),
        ("2026-W53", date(2027, 1, 3), 0),
        ("2026-W53", date(2027, 1, 4), 53),
        ("2027-W01", date(2026, 12, 31), 0),
        ("2026-M11", date(2027, 1, 1), 0),
        ("2026-11", date(2027, 1, 1), 0),
        ("milestone-3", date(2027, 1, 1), 0),
        ("", date(2027, 1, 1), 0),
    ],
)
def test_a_week_is_gone_by_when_the_next_one_has_begun(period: str, day: date, number: int):
    assert week_gone_by(period, day) == number


def test_the_last_days_of_a_year_may_be_in_the_first_week_of_the_next():
    assert [iso_week(date(2026, 12, 31)), iso_week(date(2027, 1, 4))] == ["2026-W53", "2027-W01"]
