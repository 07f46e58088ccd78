"""The weekly digest: the same facts for everybody, once, and only when something is new."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.addressing import TokenKind
from service.store.models import DigestRow, DueRow
from tests.flows.letters import reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, text_of

OBSERVER = "nell@town.example"
WEEKLY = (
    PLAN.replace('check-in = "mon 09:00"', 'check-in = "mon 09:00"\ndigest = "fri 15:00"')
    + """
[[people]]
name = "Nell Paper"
email = "nell@town.example"
department = "City Library"
roles = ["observer"]
[[milestones]]
title = "Trail map printed"
due = 2026-12-04
owner = "grace@town.example"
[[milestones]]
title = "First walk"
due = 2026-12-18
owner = "linus@school.example"
"""
)
NEW_YORK, AUCKLAND = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
FRIDAY = datetime(2026, 11, 27, 15, tzinfo=NEW_YORK)
NEXT_MONDAY = datetime(2026, 11, 30, 9, tzinfo=NEW_YORK)
MONDAY_NIGHT = NEXT_MONDAY + timedelta(hours=9)
"""By then it is Tuesday morning in Auckland."""
NEXT_FRIDAY = FRIDAY + timedelta(days=7)
EVERYBODY = (ADA, GRACE, LINUS, OBSERVER)


@pytest.fixture
async def town(town):
    await town.apply(WEEKLY)
    await town.deliver()
    town.relay.taken.clear()
    return town


async def say(town, words: str, who: str = GRACE) -> None:
    await town.send()
    await town.receive(reply(town.asked(who), words))


async def digests_at(town, moment: datetime) -> dict[str, list]:
    """Whatever goes out until ``moment``, hour by hour; the digests in it, by reader."""
    before = {who: len(town.mails_to(who)) for who in EVERYBODY}
    while town.now < moment:
        town.now = min(town.now + timedelta(hours=1), moment.astimezone(town.now.tzinfo))
        await town.tick()
    return {who: [m for m in town.mails_to(who)[before[who] :] if is_digest(m)] for who in EVERYBODY}


def is_digest(mail) -> bool:
    return mail["Reply-To"].addresses[0].username.startswith(f"thread+{TokenKind.DIGEST}-")


def html_of(mail) -> str:
    return mail.get_body(("html",)).get_content()


def facts(mail) -> set[str]:
    """The ids of the facts that a digest shows."""
    return set(re.findall(r'id="([emv]\d+)"', html_of(mail)))


async def test_the_champion_sees_the_first_digest_before_the_team_and_the_team_gets_it_next_working_day(town):
    await say(town, "1: The map is at the printer.")

    on_friday = await digests_at(town, FRIDAY + timedelta(hours=1))
    on_monday = await digests_at(town, MONDAY_NIGHT)

    assert [len(on_friday[who]) for who in EVERYBODY] == [1, 0, 0, 0]
    assert [len(on_monday[who]) for who in EVERYBODY] == [0, 1, 1, 1]
    assert "Monday, November 30" in text_of(on_friday[ADA][0])


async def test_later_digests_come_to_everybody_on_their_own_clock_with_the_same_facts(town):
    """Product: fact set equal in all variants, asserted by ids."""
    await say(town, "1: The map is at the printer.")
    await digests_at(town, MONDAY_NIGHT)
    await say(town, "1: The first walk is planned.\nneed: two folding tables", LINUS)
    town.now += timedelta(minutes=1)

    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert [len(found[who]) for who in EVERYBODY] == [1, 1, 1, 1]
    assert len({frozenset(facts(mails[0])) for mails in found.values()}) == 1
    dates = {who: mails[0]["Date"].datetime for who, mails in found.items()}
    assert dates[GRACE].astimezone(NEW_YORK).hour == 15
    assert dates[LINUS].astimezone(AUCKLAND).hour == 15


async def test_what_is_written_after_the_first_reader_s_digest_waits_for_the_next_one(town):
    """Everybody reads the same, also who reads it later."""
    await say(town, "1: The map is at the printer.")
    await digests_at(town, MONDAY_NIGHT)
    await say(town, "1: The first walk is planned.")
    in_auckland = datetime(2026, 12, 4, 15, tzinfo=AUCKLAND)
    early = await digests_at(town, in_auckland + timedelta(hours=1))
    await say(town, "1: And it will not rain.", ADA)

    late = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert facts(early[LINUS][0]) == facts(late[GRACE][0])
    assert "not rain" not in text_of(late[GRACE][0])


async def test_without_news_nobody_gets_a_digest(town):
    """Product: empty digests are not sent. Milestones ahead are no news."""
    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert found == {who: [] for who in EVERYBODY}
    assert {row.state async for row in DigestRow.all()} == {"empty"}


async def test_everything_is_told_once(town):
    await say(town, "1: The map is at the printer.")
    await digests_at(town, MONDAY_NIGHT)

    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert found == {who: [] for who in EVERYBODY}


async def test_private_words_are_in_no_digest(town):
    await say(town, "1: The map is at the printer.\nprivate: I am tired of this.")

    on_friday = await digests_at(town, FRIDAY + timedelta(hours=1))

    assert "tired" not in text_of(on_friday[ADA][0]) + html_of(on_friday[ADA][0])


async def test_an_observer_reads_along_and_is_asked_nothing(town):
    """Product: never asked questions. What they write all the same reaches the champion."""
    await say(town, "1: The map is at the printer.")
    on_monday = await digests_at(town, MONDAY_NIGHT)

    row = await town.receive(reply(on_monday[OBSERVER][0], "May I print this?"))

    assert on_monday[OBSERVER][0]["X-Common-Thread-Asked"] is None
    assert row.outcome == "recorded"
    assert [entry.privacy.value for entry in await town.entries_of(on_monday[OBSERVER][0])] == ["C"]


async def test_a_digest_can_be_answered_and_the_next_one_tells_it(town):
    """A comment, an offer, and a word on a decision."""
    await say(town, "1: The map is at the printer.\nneed: two folding tables")
    on_monday = await digests_at(town, MONDAY_NIGHT)

    await town.receive(reply(on_monday[LINUS][0], "Lovely to read.\n\noffer: our two tables", LINUS))
    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    text = text_of(found[GRACE][0])
    assert "Lovely to read." in text
    assert "our two tables" in text
    assert "Linus Berg" in text


async def test_digests_of_a_team_form_one_thread(town):
    """Mail-rules 1.1: the previous digest's id, and a subject that stays."""
    await say(town, "1: The map is at the printer.")
    first = (await digests_at(town, MONDAY_NIGHT))[GRACE][0]
    await say(town, "1: The first walk is planned.")

    second = (await digests_at(town, NEXT_FRIDAY + timedelta(hours=1)))[GRACE][0]

    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Subject"] == first["Subject"]


async def test_two_workers_send_one_digest(town):
    """REL-4, TIME-4."""
    await say(town, "1: The map is at the printer.")
    await digests_at(town, MONDAY_NIGHT)
    await say(town, "1: The first walk is planned.")
    before = town.now
    await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))
    await DueRow.all().update(at=before)

    again = await digests_at(town, NEXT_FRIDAY + timedelta(hours=2))

    assert again == {who: [] for who in EVERYBODY}
