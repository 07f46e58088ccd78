"""Debriefs: what a reached milestone taught, read by nobody else until the round closes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.flows.digests import gather
from service.store import collaborations, lessons
from tests.flows.letters import reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, text_of

STEPS = (
    PLAN
    + """
[[milestones]]
title = "Trail map printed"
due = 2026-12-04
owner = "grace@town.example"
"""
)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
async def town(town):
    await town.apply(STEPS)
    await town.deliver()
    town.relay.taken.clear()
    return town


async def reach_the_milestone(town) -> None:
    """Grace says so in her check-in; the next morning everybody is asked."""
    await town.send()
    await town.receive(reply(town.asked(GRACE), "1: The map is at the printer.\n\nmilestone: 1 done"))
    town.now = datetime(2026, 11, 24, 16, tzinfo=NEW_YORK)  # nine on Wednesday in Auckland
    await town.tick()


async def test_a_reached_milestone_asks_everybody_on_their_next_working_morning(town):
    await reach_the_milestone(town)

    mail = town.asked(GRACE, "debrief")

    assert "Trail map printed" in text_of(mail)
    assert mail["Date"].datetime == datetime(2026, 11, 24, 9, tzinfo=NEW_YORK)
    assert town.asked(ADA, "debrief")
    assert town.asked(LINUS, "debrief")


async def test_it_is_asked_once_however_often_somebody_says_done(town):
    await reach_the_milestone(town)
    await town.receive(reply(town.asked(ADA), "milestone: 1 done"))
    town.later(days=2)
    await town.tick()

    asked = [m for m in town.mails_to(LINUS) if str(m["X-Common-Thread-Asked"]).startswith("debrief")]

    assert len(asked) == 1


async def test_everybody_is_shown_their_own_earlier_notes_and_nobody_else_s(town):
    await reach_the_milestone(town)

    assert "The map is at the printer." in text_of(town.asked(GRACE, "debrief"))
    assert "The map is at the printer." not in text_of(town.asked(LINUS, "debrief"))


async def test_until_it_closes_nobody_reads_what_was_answered(town):
    """Blind: no digest, no register; then both."""
    collaboration = await collaborations.find("trail")
    await reach_the_milestone(town)
    await town.receive(reply(town.asked(LINUS, "debrief"), "5: Ask the printer first."))

    before = await gather(collaboration, await collaborations.members(collaboration.id), "2026-W48", town.now)
    assert "Ask the printer first." not in {item.words for item in before.items}
    assert await lessons.register(collaboration.id, town.now) == []

    town.later(days=8)
    after = await gather(collaboration, await collaborations.members(collaboration.id), "2026-W49", town.now)
    (lesson,) = await lessons.register(collaboration.id, town.now)
    assert "Ask the printer first." in {item.words for item in after.items}
    assert (lesson.words, lesson.who, lesson.about) == (
        "Ask the printer first.",
        "Linus Berg",
        "Trail map printed",
    )


async def test_a_debrief_comes_by_rhythm_too(town):
    await town.apply(STEPS.replace("[cadence]", '[cadence]\ndebrief = "fri 10:00 every 2 weeks"'))
    end = town.now + timedelta(days=29)
    while town.now < end:
        town.later(hours=6)
        await town.tick()

    asked = [m for m in town.mails_to(GRACE) if str(m["X-Common-Thread-Asked"]).startswith("debrief")]

    assert len(asked) == 2


async def test_whoever_gave_a_lesson_hears_when_others_will_read_it(town):
    await reach_the_milestone(town)

    assert "December 1" in text_of(town.asked(GRACE, "debrief"))


async def test_who_paused_is_not_asked(town):
    await town.send()
    await town.receive(reply(town.asked(LINUS), "PAUSE"))
    await town.receive(reply(town.asked(GRACE), "milestone: 1 done"))
    town.later(days=2)
    await town.tick()

    asked = [m for m in town.mails_to(LINUS) if str(m["X-Common-Thread-Asked"]).startswith("debrief")]
    assert asked == []
