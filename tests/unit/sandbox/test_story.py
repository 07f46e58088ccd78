"""The invented town's files tell a story that can be played."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.mail import Outcome
from service.domain.people import Role
from service.playbook.instruments import Instrument
from service.sandbox.clock import TownClock
from service.sandbox.programs import PROGRAMS
from service.sandbox.story import Join, Town
from service.sandbox.week import monday_before, opening

MONDAY = date(2026, 11, 16)


def test_everybody_who_acts_has_a_mailbox_and_a_program(town: Town) -> None:
    known = {one.addr_spec for one in town.neighbours}
    for letter in town.letters:
        assert {letter.who, letter.signs, letter.forwarded_by} - {""} <= known
        assert town.has_mail(letter.who)
        assert letter.program in PROGRAMS
    for step in town.steps:
        assert not isinstance(step, Join) or step.people <= known


def test_answers_stand_under_labels_of_the_weekly_mail(town: Town, weekly: Instrument) -> None:
    labels = {question.label for question in weekly.questions}

    for letter in town.letters:
        assert letter.answers.keys() | letter.unclear.keys() <= labels


def test_steps_stand_in_the_order_in_which_they_happen(town: Town) -> None:
    moments = [step.at.on(MONDAY, town.plan.zone) for step in town.steps]

    assert moments == sorted(moments)
    assert opening(town, MONDAY) == moments[0]


def test_the_town_shows_what_the_sandbox_promises(town: Town) -> None:
    outcomes = {letter.outcome for letter in town.letters}
    people = town.plan.people

    assert len({letter.program for letter in town.letters if letter.outcome is Outcome.RECORDED}) >= 8
    assert {Outcome.CLARIFICATION_ASKED, Outcome.COMMAND_DONE, Outcome.HELD, Outcome.REFUSED} <= outcomes
    assert any(person.roles == {Role.MANAGER} for person in people)
    assert any(not town.has_mail(person.addr_spec) for person in people)
    assert len(town.plan.departments) == 3


def test_every_address_is_one_that_nobody_can_have(town: Town) -> None:
    """RFC 2606."""
    addresses = [one.addr_spec for one in town.neighbours] + [town.mailbox, town.operator]

    assert all(address.endswith(".example") for address in addresses)


@pytest.mark.parametrize("day", range(7))
def test_the_story_plays_in_the_last_whole_week(day: int) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=day)

    assert monday_before(now, "America/New_York") == MONDAY


def test_the_last_whole_week_is_that_of_the_towns_own_calendar() -> None:
    monday_in_utc_sunday_in_town = datetime(2026, 11, 23, 3, tzinfo=UTC)

    assert monday_before(monday_in_utc_sunday_in_town, "America/New_York") == date(2026, 11, 9)


def test_the_towns_clock_never_goes_back() -> None:
    clock = TownClock(datetime(2026, 11, 16, 9, tzinfo=UTC))

    clock.move(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert clock() == datetime(2026, 11, 16, 9, tzinfo=UTC)

    clock.move(datetime(2026, 11, 17, 8, tzinfo=UTC))
    assert clock() == datetime(2026, 11, 17, 8, tzinfo=UTC)
