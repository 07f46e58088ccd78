"""The invented town's files tell a story that can be played."""

import re
from datetime import UTC, date, datetime

from service.domain.mail import Outcome
from service.domain.people import Role
from service.playbook.instruments import Playbook, Trigger
from service.sandbox.clock import TownClock
from service.sandbox.dates import TURN, WEEKS
from service.sandbox.play import opening
from service.sandbox.programs import PROGRAMS
from service.sandbox.story import Join, Town
from service.sandbox.tone import BLAME

FOLLOWING = re.compile(r"(Pass on|Decision) ")
"""Labels that are made for each thanked person and for each decision."""


def test_everybody_who_acts_has_a_mailbox_and_a_program(town: Town) -> None:
    known = {one.addr_spec for one in town.neighbours}
    for letter in town.letters:
        assert {letter.who, letter.signs, letter.forwarded_by} - {""} <= known
        assert town.has_mail(letter.who)
        assert letter.program in PROGRAMS
    for step in town.steps:
        assert not isinstance(step, Join) or step.people <= known


def test_answers_stand_under_labels_of_what_is_asked(town: Town, playbook: Playbook) -> None:
    labels = {question.label for one in playbook.instruments.values() for question in one.questions}

    for letter in town.letters:
        said = {one for one in letter.answers if not FOLLOWING.match(one)}
        assert said | letter.unclear.keys() | set(letter.replaces) <= labels
        assert letter.to in {"", *playbook.instruments}


def test_steps_stand_in_the_order_in_which_they_happen(town: Town) -> None:
    moments = [town.moment(step) for step in town.steps]

    assert moments == sorted(moments)
    assert opening(town) == moments[0]
    assert {step.at.week for step in town.steps} == set(range(1, WEEKS + 1))


def test_the_town_shows_what_the_sandbox_promises(town: Town, playbook: Playbook) -> None:
    outcomes = {letter.outcome for letter in town.letters}
    people = town.plan.people
    answered = {
        trigger for letter in town.letters if letter.to for trigger in playbook.get(letter.to).triggers
    }

    assert len({letter.program for letter in town.letters if letter.outcome is Outcome.RECORDED}) >= 8
    assert {Outcome.CLARIFICATION_ASKED, Outcome.COMMAND_DONE, Outcome.HELD, Outcome.REFUSED} <= outcomes
    assert {
        *(Trigger.WEEKLY, Trigger.DIGEST, Trigger.MONTHLY, Trigger.REPLY),
        *(Trigger.MILESTONE_DONE, Trigger.THANKS_PASSED_ON),
    } <= answered
    assert sum(person.roles == {Role.MANAGER} for person in people) == 2
    assert any(person.roles == {Role.OBSERVER} for person in people)
    assert any(not town.has_mail(person.addr_spec) for person in people)
    assert len(town.plan.departments) == 3
    assert len({person.zone for person in people}) == 2


def test_every_address_is_one_that_nobody_can_have(town: Town) -> None:
    """RFC 2606."""
    addresses = [one.addr_spec for one in town.neighbours] + [town.mailbox, town.operator]

    assert all(address.endswith(".example") for address in addresses)


def test_nobody_writes_words_that_no_mail_of_ours_may_carry(town: Town) -> None:
    """We quote people, so a word of theirs would count as ours."""
    said = [words for letter in town.letters for words in (*letter.answers.values(), letter.words)]

    assert [words for words in said if BLAME.search(words)] == []


def test_dates_move_along_with_the_story(town: Town) -> None:
    assert town.monday == date(2026, 10, 5)
    assert town.day(TURN) == date(2026, 11, 2)
    assert [step.due for step in town.plan.milestones][:2] == [date(2026, 10, 15), date(2026, 10, 23)]
    pause = next(letter for letter in town.letters if letter.until)
    assert (pause.until, pause.words) == (date(2026, 11, 2), "PAUSE until November 2")
    assert not any("{" in words for letter in town.letters for words in letter.answers.values())


def test_a_moment_is_in_its_week_of_the_towns_calendar(town: Town) -> None:
    sunday_night, monday = datetime(2026, 10, 12, 3, tzinfo=UTC), datetime(2026, 10, 12, 5, tzinfo=UTC)

    assert [town.week(sunday_night), town.week(monday)] == [1, 2]


def test_the_towns_clock_never_goes_back() -> None:
    clock = TownClock(datetime(2026, 11, 16, 9, tzinfo=UTC))

    clock.move(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert clock() == datetime(2026, 11, 16, 9, tzinfo=UTC)

    clock.move(datetime(2026, 11, 17, 8, tzinfo=UTC))
    assert clock() == datetime(2026, 11, 17, 8, tzinfo=UTC)
