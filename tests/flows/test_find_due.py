"""The minute tick asks everybody on their own clock (TIME-1 to TIME-7)."""

import asyncio
from datetime import UTC, datetime, timedelta

from service.flows.find_due import find_due
from service.store import alarms
from service.store.models import DueRow
from tests.flows.letters import reply
from tests.flows.town import ADA, GRACE, LINUS, MONDAY, PLAN, Town, text_of

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def quiet_town(desk) -> Town:
    """The plan was applied on Sunday."""
    town = Town(desk)
    town.now = SUNDAY
    await town.settle_in()
    return town


async def due(address: str, town: Town) -> datetime:
    row = await DueRow.get(person_id=(await town.person(address)).id)
    return row.at


async def test_each_person_is_asked_at_nine_in_the_morning_where_they_live(database, desk):
    """TIME-1: Auckland's Monday begins eighteen hours before New York's."""
    town = await quiet_town(desk)
    asked = {}
    for _ in range(48):
        if await town.tick():
            asked[town.now] = [who for who in (ADA, GRACE, LINUS) if town.mails_to(who)]
            town.relay.taken.clear()
        town.later(hours=1)

    assert asked == {
        datetime(2026, 11, 22, 20, 0, tzinfo=UTC): [LINUS],
        MONDAY: [ADA, GRACE],
    }


async def test_the_next_time_is_planned_on_the_local_clock_through_a_change_of_it(database, desk):
    """TIME-2, TIME-3: nine o'clock stays nine o'clock when winter time ends on March 14."""
    town = await quiet_town(desk)
    town.now = datetime(2027, 3, 8, 14, 0, tzinfo=UTC)
    await town.tick()

    assert await due(GRACE, town) == datetime(2027, 3, 15, 13, 0, tzinfo=UTC)


async def test_two_ticks_ask_once(database, desk):
    town = await quiet_town(desk)
    town.now = MONDAY

    first = await find_due(desk, town.now)
    second = await find_due(desk, town.now)

    assert (first, second) == (2, 0)


async def test_two_workers_ask_once(database, desk):
    """I9."""
    town = await quiet_town(desk)
    town.now = MONDAY

    written = await asyncio.gather(*(find_due(desk, town.now) for _ in range(3)))

    assert sum(written) == 2


async def test_a_check_in_sent_by_hand_is_not_sent_again_by_the_clock(database, desk):
    """TIME-4: the period has one key, whoever asks."""
    town = await quiet_town(desk)
    town.later(days=1, hours=1)
    await town.send()
    before = town.sent_count

    town.later(hours=2)
    await town.tick()

    assert town.sent_count == before


async def test_what_was_missed_by_up_to_twelve_hours_is_sent(database, desk):
    """TIME-7."""
    town = await quiet_town(desk)
    town.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

    await town.tick()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE)] == [1, 1]


async def test_what_was_missed_by_more_is_skipped_and_said_and_the_next_week_comes_as_usual(database, desk):
    """TIME-7: never two periods at once."""
    town = await quiet_town(desk)
    town.now = datetime(2026, 11, 24, 2, 1, tzinfo=UTC)
    missed = await town.tick()

    rung = await alarms.every()
    town.now = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
    early = await town.tick()
    town.now = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    next_week = await town.tick()

    assert (missed, early, next_week) == (0, 1, 2)
    assert "3 mails of check-in for 2026-W48" in rung[0].text


async def test_a_long_stop_of_the_worker_brings_one_mail_not_one_for_each_week(database, desk):
    town = await quiet_town(desk)
    town.now = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)
    await town.tick()

    for _ in range(48):
        town.later(hours=1)
        await town.tick()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE, LINUS)] == [1, 1, 1]


async def test_who_paused_is_passed_over_and_asked_again_after_the_pause(database, desk):
    town = await quiet_town(desk)
    town.now = MONDAY
    await town.tick()
    await town.receive(reply(town.mails_to(GRACE)[-1], "PAUSE until December 1"))
    town.relay.taken.clear()

    for _ in range(2):
        town.later(days=7)
        await town.tick()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE)] == [2, 1]


async def test_somebody_who_moves_across_the_date_line_is_asked_once_a_week(database, desk):
    """TIME-4."""
    town = await quiet_town(desk)
    town.now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    await town.tick()

    town.later(hours=4)
    await town.apply(PLAN.replace("Pacific/Auckland", "Pacific/Honolulu"))
    for _ in range(6 * 24):
        town.later(hours=1)
        await town.tick()

    assert len(town.mails_to(LINUS)) == 1


async def test_a_plan_applied_while_something_is_due_does_not_lose_it(database, desk):
    town = await quiet_town(desk)
    town.now = datetime(2026, 11, 23, 14, 0, 30, tzinfo=UTC)

    await town.apply(PLAN.replace("Reading Trail", "Reading Path"))
    await town.tick()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE)] == [1, 1]


async def test_a_cadence_that_is_moved_within_the_week_asks_nobody_twice(database, desk):
    town = await quiet_town(desk)
    town.now = MONDAY
    await town.tick()

    await town.apply(PLAN.replace('"mon 09:00"', '"wed 09:00"'))
    town.later(days=2)
    await town.tick()
    within = [len(town.mails_to(who)) for who in (ADA, GRACE)]
    town.later(days=7)
    await town.tick()

    assert within == [1, 1]
    assert [len(town.mails_to(who)) for who in (ADA, GRACE)] == [2, 2]
    assert town.now - SUNDAY == timedelta(days=10, hours=2)


async def test_the_subject_names_the_week_of_the_reader(database, desk):
    town = await quiet_town(desk)
    town.now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

    await town.tick()

    mail = town.mails_to(LINUS)[0]
    assert "wk 48" in mail["Subject"]
    assert "How was your week" in text_of(mail)
