"""What stands in a digest: decisions, corrections, words taken back, and as much as one mail carries."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest

from service.flows.send_digests import send_digests
from service.message import parse
from service.store import collaborations, outbox
from service.store.models import EntryRow, InboxRow, PromptRow
from tests.flows.letters import reply
from tests.flows.test_digest import FRIDAY, MONDAY_NIGHT, NEXT_FRIDAY, WEEKLY, digests_at, facts, html_of, say
from tests.flows.town import ADA, GRACE, LINUS, text_of

LIBRARY_ZONE = ZoneInfo("America/New_York")


@pytest.fixture
async def town(town):
    await town.apply(WEEKLY)
    await town.deliver()
    town.relay.taken.clear()
    return town


async def test_what_is_taken_back_before_the_digest_goes_out_is_in_nobody_s_but_the_champion_s(town):
    """Product: the champion sees the first one; until it goes out any author can answer TAKE BACK."""
    await say(town, "1: The map is at the printer.")
    await say(town, "1: My supervisor forgot the keys.", LINUS)
    preview = (await digests_at(town, FRIDAY + timedelta(hours=1)))[ADA][0]

    await town.receive(reply(town.asked(LINUS), "TAKE BACK", LINUS))
    sent = await digests_at(town, MONDAY_NIGHT)

    assert "forgot the keys" in text_of(preview)
    assert [("forgot the keys" in text_of(m), "at the printer" in text_of(m)) for m in sent[GRACE]] == [
        (False, True)
    ]


async def test_when_all_of_it_was_taken_back_the_team_gets_no_digest(town):
    await say(town, "1: The map is at the printer.")
    await digests_at(town, FRIDAY + timedelta(hours=1))

    await town.receive(reply(town.asked(GRACE), "TAKE BACK"))

    assert (await digests_at(town, MONDAY_NIGHT))[LINUS] == []


async def test_a_correction_before_the_digest_shows_the_new_words_and_one_after_it_is_told_as_corrected(town):
    await say(town, "1: The map is at the printer.")
    receipt = town.mails_to(GRACE)[-1]
    await town.receive(reply(receipt, "Moved forward: The map is at the copy shop."))
    first = (await digests_at(town, MONDAY_NIGHT))[LINUS][0]

    await town.receive(reply(receipt, "Moved forward: The map is at the town hall."))
    second = (await digests_at(town, NEXT_FRIDAY + timedelta(hours=1)))[LINUS][0]

    assert "at the printer" not in text_of(first)
    assert "copy shop" in text_of(first)
    assert "town hall" in text_of(second)
    assert "(corrected)" in text_of(second)


async def a_decision_waits(town) -> dict[str, list]:
    """Grace asks for one: as a rotating question does, in words that no digest has told."""
    await say(town, "1: The map is at the printer.")
    await EntryRow.filter(question="moved").update(effect="decision", text="Tuesdays or Thursdays?")
    return await digests_at(town, MONDAY_NIGHT)


async def test_a_decision_is_put_to_everybody_and_the_next_digest_says_what_was_said(town):
    sent = await a_decision_waits(town)
    await town.receive(reply(sent[LINUS][0], "Decision 1: Tuesdays, the bus runs", LINUS))

    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert "Decision 1: Tuesdays or Thursdays? (asked by Grace Fielding)" in text_of(sent[LINUS][0])
    assert "So far: Linus Berg: Tuesdays, the bus runs" in text_of(found[GRACE][0])


async def test_the_word_of_who_asked_settles_it(town):
    sent = await a_decision_waits(town)
    await town.receive(reply(sent[GRACE][0], "Decision 1: Tuesdays it is"))

    found = await digests_at(town, NEXT_FRIDAY + timedelta(hours=1))

    assert "Decided: Tuesdays or Thursdays? Tuesdays it is" in text_of(found[LINUS][0])
    assert "decision" not in str(found[LINUS][0]["X-Common-Thread-Asked"])


async def test_thanks_and_steps_reach_the_team_and_momentum_is_the_team_s_alone(town):
    await say(town, "1: The map is at the printer.\n4: Linus, for the bus")
    sent = await digests_at(town, MONDAY_NIGHT)

    text = text_of(sent[ADA][0]) if sent[ADA] else text_of(sent[GRACE][0])

    assert "- Linus, for the bus (Grace Fielding, Senior Center)" in text


CROWD = "".join(
    f"""
[[people]]
name = "Member {n} of Many"
email = "member{n}@town.example"
department = "{["City Library", "Senior Center", "School"][n % 3]}"
"""
    for n in range(500)
)


async def shout(words: str, people: int) -> None:
    """Everybody answers everything at length, as if read from their replies."""
    prompts = await PromptRow.filter(instrument="check-in").limit(people)
    moment = datetime(2026, 11, 25, 12, tzinfo=LIBRARY_ZONE)
    effects = ("progress", "win", "obstacle", "need", "offer", "thanks", "reflection")
    for number, prompt in enumerate(prompts):
        kept = await InboxRow.create(
            sha256=f"{number:064}", octets=b"", uidvalidity=1, uid=number, received_at=moment, kept_at=moment
        )
        await EntryRow.bulk_create(
            [
                EntryRow(
                    prompt_id=prompt.handle,
                    person_id=prompt.person_id,
                    inbox_id=kept.id,
                    question=effect,
                    effect=effect,
                    privacy="T",
                    value={"is": words},
                    text=words,
                    confidence=1.0,
                    week="2026-W48",
                    recorded_at=moment,
                )
                for effect in effects
            ]
        )


@pytest.mark.parametrize(
    "letter", ["word ", "&", "\N{HUNDRED POINTS SYMBOL}"], ids=["words", "ampersands", "emoji"]
)
async def test_five_hundred_people_at_length_fit_one_mail_and_what_is_hidden_is_counted(town, letter):
    """OUT-7: HTML at most 80 KB as encoded (goal 40), the whole 200 KB, with footer and what is hidden."""
    await town.apply(WEEKLY + CROWD)
    await town.write()
    await shout((letter * 2000)[:2000], 500)
    town.now = FRIDAY.astimezone(town.now.tzinfo)
    await send_digests(town.desk, town.now)

    mails = [raw for to, raw in await outbox.raws(["ready"]) if to == ADA]
    digest = max(mails, key=len)
    html = message_from_bytes(digest, policy=policy.default).get_body(("html",))
    encoded = len(html.as_bytes())

    assert len(digest) <= 200_000
    assert encoded <= 40_000
    text = parse(digest).text
    assert "Ref f-" in text
    assert "Who reads your answer" in html.get_content()
    shown = len(facts(message_from_bytes(digest, policy=policy.default)))
    counted = [int(line.split()[2]) for line in text.splitlines() if line.startswith("… and ")]
    assert shown + sum(counted) == 500 * 7 + len(await collaborations.milestones(1))


async def test_the_web_part_and_the_plain_part_tell_the_same(town):
    """OUT-6."""
    await say(town, "1: The map is at the printer.\nneed: two folding tables")
    mail = (await digests_at(town, FRIDAY + timedelta(hours=1)))[ADA][0]

    for words in ("The map is at the printer.", "two folding tables", "Trail map printed", "First walk"):
        assert words in text_of(mail)
        assert words in html_of(mail)
