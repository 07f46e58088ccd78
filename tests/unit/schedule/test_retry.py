"""When to try again (REL-8)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.schedule.retry import relay_retry_at, retry_at

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def minutes(attempt: int, key: str = "check-in:1") -> float:
    return (retry_at(NOW, attempt, key) - NOW) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("attempt", "wait"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 67), (6, 67), (500, 67)]
)
def test_the_wait_doubles_from_5_to_67_minutes(attempt: int, wait: int):
    """REL-8: as Postfix does."""
    assert minutes(attempt) == pytest.approx(wait, rel=0.101)


@given(attempt=st.integers(1, 10**6), key=st.text(max_size=40))
def test_no_wait_is_shorter_than_four_and_a_half_or_longer_than_74_minutes(attempt: int, key: str):
    assert 4.5 <= minutes(attempt, key) <= 73.7


def test_retries_do_not_march_in_step():
    waits = {retry_at(NOW, 5, f"check-in:{number}") for number in range(1000)}

    assert len(waits) > 950
    assert max(waits) - min(waits) > timedelta(minutes=12)


def test_the_same_attempt_of_the_same_mail_waits_equally_long_after_a_restart():
    assert retry_at(NOW, 3, "check-in:1") == retry_at(NOW, 3, "check-in:1")


def test_the_whole_relay_is_tried_again_sooner_than_one_recipient():
    """FIG-9: everybody's mail waits for it, and a minute after it is back mail flows."""
    assert relay_retry_at(NOW, 1) - NOW == timedelta(seconds=15)
    assert relay_retry_at(NOW, 2) - NOW == timedelta(seconds=30)
    assert relay_retry_at(NOW, 3) - NOW == timedelta(seconds=60)


@given(st.integers(1, 10**6))
def test_the_relay_is_never_left_alone_for_more_than_five_minutes(count: int):
    assert timedelta(seconds=15) <= relay_retry_at(NOW, count) - NOW <= timedelta(minutes=5)
