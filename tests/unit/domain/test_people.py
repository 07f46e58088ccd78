"""Who wants our mail, by their own word."""

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.people import Participation, Person

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)


def grace(participation: Participation, until: datetime | None = None) -> Person:
    return Person(
        1, "Grace Miller", "grace@town.example", "UTC", participation=participation, paused_until=until
    )


@pytest.mark.parametrize(
    ("participation", "until", "wants"),
    [
        (Participation.ACTIVE, None, True),
        (Participation.ACTIVE, SOON, True),
        (Participation.PAUSED, None, False),
        (Participation.PAUSED, SOON, False),
        (Participation.PAUSED, NOW, True),
        (Participation.PAUSED, NOW - timedelta(days=1), True),
        (Participation.STOPPED, None, False),
        (Participation.STOPPED, NOW - timedelta(days=1), False),
    ],
)
def test_a_pause_ends_at_its_moment_and_a_stop_never(
    participation: Participation, until: datetime | None, wants: bool
):
    """F48."""
    assert grace(participation, until).wants_mail(NOW) is wants


@pytest.mark.parametrize(
    ("name", "called"), [("Grace Miller", "Grace"), ("Grace", "Grace"), ("  ", "  "), ("", "")]
)
def test_a_mail_calls_people_by_their_first_name(name: str, called: str):
    assert Person(1, name, "grace@town.example", "UTC").first_name == called
