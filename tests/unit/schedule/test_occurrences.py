"""Weekly times on people's own clocks (TIME-1 to TIME-4)."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.cadence import Cadence
from service.schedule.occurrences import next_occurrence

MONDAYS = Cadence(0, time(9, 0))
SUNDAY_NIGHTS = Cadence(6, time(2, 30))
WEEK = timedelta(days=7)
ZONES = (
    "UTC", "America/New_York", "America/Denver", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca",
    "America/Havana", "America/Sao_Paulo", "Antarctica/Troll",
)  # fmt: skip

MINUTES = st.integers(0, 12 * 366 * 24 * 60)
MOMENTS = MINUTES.map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_it_comes_at_the_reader_s_own_time():
    at, period = next_occurrence(MONDAYS, "America/New_York", utc(2026, 11, 20, 12))

    assert (at, period) == (utc(2026, 11, 23, 14), "2026-W48")


def test_the_moment_itself_is_past_and_the_moment_before_is_not():
    at = utc(2026, 11, 23, 14)

    assert next_occurrence(MONDAYS, "America/New_York", at)[0] == at + WEEK
    assert next_occurrence(MONDAYS, "America/New_York", at - timedelta(microseconds=1))[0] == at


def test_it_comes_at_the_same_time_of_day_when_the_clocks_change():
    """TIME-3: "next Monday at nine" is local, not 168 hours."""
    summer, _ = next_occurrence(MONDAYS, "America/New_York", utc(2026, 10, 25))
    winter, _ = next_occurrence(MONDAYS, "America/New_York", summer)

    assert (summer, winter) == (utc(2026, 10, 26, 13), utc(2026, 11, 2, 14))


def test_a_time_that_the_clocks_skip_comes_behind_the_gap():
    """TIME-2, RFC 5545 section 3.3.5: 02:30 on 8 March 2026 does not exist in New York."""
    at, period = next_occurrence(SUNDAY_NIGHTS, "America/New_York", utc(2026, 3, 7))

    assert at == utc(2026, 3, 8, 7, 30)
    assert at.astimezone(ZoneInfo("America/New_York")).time() == time(3, 30)
    assert period == "2026-W10"


def test_a_time_that_comes_twice_counts_once_and_the_first_time():
    """TIME-2: 01:30 on 1 November 2026 comes twice in New York."""
    cadence = Cadence(6, time(1, 30))

    first, period = next_occurrence(cadence, "America/New_York", utc(2026, 10, 31))
    second, next_period = next_occurrence(cadence, "America/New_York", first)

    assert (first, period) == (utc(2026, 11, 1, 5, 30), "2026-W44")
    assert (second, next_period) == (utc(2026, 11, 8, 6, 30), "2026-W45")


def test_a_gap_of_half_an_hour_is_a_gap():
    """Lord Howe Island moves its clocks by thirty minutes."""
    at, _ = next_occurrence(Cadence(6, time(2, 15)), "Australia/Lord_Howe", utc(2026, 10, 2))

    assert at.astimezone(ZoneInfo("Australia/Lord_Howe")).time() == time(2, 45)


def test_a_day_that_never_was_gives_its_mail_to_the_next():
    """Samoa had no 30 December 2011."""
    at, period = next_occurrence(Cadence(4, time(9, 0)), "Pacific/Apia", utc(2011, 12, 29))

    assert at.astimezone(ZoneInfo("Pacific/Apia")).isoformat() == "2011-12-31T09:00:00+14:00"
    assert period == "2011-W52"


def test_the_period_is_the_iso_week_of_the_reader_s_date():
    """TIME-4: Monday in Auckland is Sunday in UTC."""
    at, period = next_occurrence(MONDAYS, "Pacific/Auckland", utc(2026, 11, 20))

    assert (at, period) == (utc(2026, 11, 22, 20), "2026-W48")


@pytest.mark.parametrize(
    ("after", "period"),
    [((2026, 12, 27), "2026-W53"), ((2027, 1, 3), "2027-W01"), ((2024, 12, 29), "2025-W01")],
)
def test_the_weeks_around_new_year_have_the_names_of_iso_8601(after: tuple[int, ...], period: str):
    assert next_occurrence(MONDAYS, "UTC", utc(*after))[1] == period


def test_a_late_run_does_not_change_the_period():
    """TIME-4: whenever in the week before it is asked, the next Monday is the same one."""
    asked = {next_occurrence(MONDAYS, "UTC", utc(2026, 11, 23, 9) + timedelta(hours=h)) for h in range(168)}

    assert asked == {(utc(2026, 11, 30, 9), "2026-W49")}


def test_who_moves_from_honolulu_to_auckland_after_being_asked_is_asked_in_the_next_week():
    """TIME-4."""
    asked, period = next_occurrence(MONDAYS, "Pacific/Honolulu", utc(2026, 11, 20))

    _, then = next_occurrence(MONDAYS, "Pacific/Auckland", asked + timedelta(days=1))

    assert (period, then) == ("2026-W48", "2026-W49")


def test_who_moves_from_auckland_to_honolulu_meets_the_same_monday_again_under_the_same_key():
    """TIME-4: nine o'clock comes a second time that Monday; its key has been claimed."""
    asked, period = next_occurrence(MONDAYS, "Pacific/Auckland", utc(2026, 11, 20))

    again, then = next_occurrence(MONDAYS, "Pacific/Honolulu", asked)

    assert again > asked
    assert (period, then) == ("2026-W48", "2026-W48")


@given(
    zone=st.sampled_from(ZONES),
    cadence=st.builds(
        Cadence, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0))
    ),
    start=MOMENTS,
)
def test_every_week_has_it_once_and_in_order(zone: str, cadence: Cadence, start: datetime):
    """FIG-6, I9."""
    periods, at = [], start
    for _ in range(54):
        last, (at, period) = at, next_occurrence(cadence, zone, at)
        periods.append(period)
        assert timedelta(0) < at - last <= WEEK + timedelta(hours=3)
        assert at.tzinfo is UTC

    mondays = [datetime.strptime(f"{period}-1", "%G-W%V-%u") for period in periods]  # noqa: DTZ007 - a date
    assert {later - sooner for sooner, later in pairwise(mondays)} == {WEEK}


@given(zone=st.sampled_from(ZONES), start=MOMENTS)
def test_outside_of_gaps_it_comes_on_its_day_at_its_time(zone: str, start: datetime):
    """FIG-6: no zone changes its clocks at nine in the morning of a Monday in these years."""
    at, _ = next_occurrence(MONDAYS, zone, start)

    local = at.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.time()) == (0, time(9, 0))


def test_every_fourth_week_is_the_same_week_for_everybody_whoever_plans_when():
    every_fourth = Cadence(4, time(10), every=4)

    starts = [utc(2026, 11, day, 12) for day in range(1, 20)]
    found = {next_occurrence(every_fourth, "America/New_York", at)[1] for at in starts}
    first, _ = next_occurrence(every_fourth, "America/New_York", starts[0])
    second, _ = next_occurrence(every_fourth, "America/New_York", first)

    assert len(found) <= 2
    assert second.date() - first.date() == timedelta(weeks=4)


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (1, [(2026, 11, 2), (2026, 12, 7), (2027, 1, 4)]),
        (2, [(2026, 11, 9), (2026, 12, 14), (2027, 1, 11)]),
        (-1, [(2026, 11, 30), (2026, 12, 28), (2027, 1, 25)]),
    ],
)
def test_once_a_month_it_comes_on_that_weekday_of_the_month(nth, days):
    monthly = Cadence(0, time(9), nth=nth)
    at, found = utc(2026, 10, 31), []
    for _ in days:
        at, period = next_occurrence(monthly, "America/New_York", at)
        found.append(((at.year, at.month, at.day), period))

    assert found == [(day, f"{day[0]}-{day[1]:02}") for day in days]


def test_a_month_has_one_period_wherever_its_reader_lives():
    """TIME-4: the first Monday is another moment in Auckland, and the same month."""
    monthly = Cadence(0, time(9), nth=1)

    periods = {next_occurrence(monthly, zone, utc(2026, 11, 20))[1] for zone in ZONES}

    assert periods == {"2026-12"}
