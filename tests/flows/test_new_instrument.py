"""A new kind of mail is made of files alone: no code of the product knows it (product.md)."""

import re
from datetime import date

import pytest

from service.domain.collaboration import MilestoneState
from service.flows.desk import Desk
from service.playbook.instruments import Trigger
from service.store import collaborations
from tests.flows.letters import QUOTE, bare_reply, quoted, reply
from tests.flows.site_visit import INSTRUMENT, templates_with_it
from tests.flows.town import ADA, GRACE, LINUS, PLAN, Town, open_desk, text_of

MILESTONE = '[[milestones]]\ntitle = "First walk"\ndue = 2026-12-10\nowner = "grace@town.example"\n'
ANSWERS = """1: The reading corner under the stairs.
2: the lamps, the quiet hour
3: 4, very kind people
4: too small
5: yes
6: December 4
7: Ada Marlow and Linus
8: 1 moved to December 17
need: six folding chairs"""
VALUES = {
    "saw": "The reading corner under the stairs.",
    "bring": ["the lamps", "the quiet hour"],
    "welcome": 4,
    "size": "too-small",
    "again": True,
    "when": "2026-12-04",
    "host": ["Ada Marlow", "Linus Berg"],
    "need": "six folding chairs",
}


@pytest.fixture(scope="module")
def visit_desk(tmp_path_factory) -> Desk:
    return open_desk(templates_with_it(tmp_path_factory.mktemp("visit")))


@pytest.fixture
async def visiting(database, visit_desk) -> Town:
    town = Town(visit_desk)
    await town.settle_in(PLAN + MILESTONE)
    await town.send("site-visit")
    return town


async def test_it_goes_out_to_its_audience_with_every_question_as_its_type_asks(visiting):
    asked = visiting.mails_to(GRACE)[0]

    assert [len(visiting.mails_to(who)) for who in (ADA, GRACE, LINUS)] == [0, 1, 1]
    assert asked["Subject"] == "[Reading Trail] Your visit"
    assert asked["X-Common-Thread-Asked"] == "site-visit saw bring welcome size again when host step need"
    text = text_of(asked)
    assert "3. Felt welcome: How welcome did you feel there?\n   (1 to 5)\n" in text
    assert "   (too big / too small / just right)" in text
    assert "   (yes / no)" in text
    assert "   (First walk)" in text
    assert "need: something that the other place may have" in text
    assert 'What you write at "Need" is read by the champion, with your name.' in text
    assert "Your visit" in asked.get_body(("html",)).get_content()


async def test_its_reply_is_read_with_every_type_and_stored(visiting):
    asked = visiting.mails_to(GRACE)[0]

    judged = await visiting.receive(reply(asked, ANSWERS))

    stored = await visiting.answers_to(asked)
    step = stored.pop("step")
    privacy = {entry.question: entry.privacy for entry in await visiting.entries_of(asked)}
    assert judged.outcome == "recorded"
    assert stored == VALUES
    assert (step["state"], step["date"]) == ("moved", "2026-12-17")
    assert (privacy["saw"], privacy["need"]) == ("T", "C")


async def test_answers_below_its_questions_are_read_as_well(visiting):
    asked = visiting.mails_to(GRACE)[0]
    answers = {line.partition(":")[0]: line.partition(":")[2].strip() for line in ANSWERS.splitlines()}
    lines = []
    for line in quoted(asked).splitlines():
        lines.append(line)
        number = line.removeprefix("> ").partition(".")[0]
        lines += [answers[number]] if number in answers else []

    await visiting.receive(bare_reply(asked, "\n".join([QUOTE, *lines])))

    stored = await visiting.answers_to(asked)
    assert {key: value for key, value in stored.items() if key not in ("step", "need")} == {
        key: value for key, value in VALUES.items() if key != "need"
    }


async def test_the_milestone_moves(visiting):
    await visiting.receive(reply(visiting.mails_to(GRACE)[0], ANSWERS))

    collaboration = await collaborations.find("trail")
    (step,) = await collaborations.milestones(collaboration.id)
    assert (step.state, step.due) == (MilestoneState.MOVED, date(2026, 12, 17))


async def test_the_receipt_shows_every_answer_and_who_reads_it(visiting):
    await visiting.receive(reply(visiting.mails_to(GRACE)[0], ANSWERS))

    receipt = text_of(visiting.mails_to(GRACE)[-1])
    for line in ANSWERS.splitlines():
        assert line.partition(":")[2].strip() in receipt
    assert re.search(r"Need\n +six folding chairs\n +Read by: the champion, with your name\.", receipt)
    assert receipt.count("Read by: your team, with your name.") == 8


async def test_what_it_cannot_read_is_asked_again_by_its_own_words(visiting):
    asked = visiting.mails_to(GRACE)[0]
    await visiting.receive(reply(asked, "3: 11\n4: purple"))

    again = visiting.mails_to(GRACE)[-1]
    await visiting.receive(reply(again, "1: 5\n2: just right"))

    assert "1. Felt welcome: How welcome did you feel there?" in text_of(again)
    assert "2. Group size: Was the group too big, too small or right?" in text_of(again)
    assert await visiting.answers_to(asked) == {"welcome": 5, "size": "just-right"}


async def test_plain_words_are_a_note_where_two_questions_are_asked_again(visiting):
    """Nobody can know which one they answer; the default question was not asked there."""
    asked = visiting.mails_to(GRACE)[0]
    await visiting.receive(reply(asked, "3: 11\n4: purple"))

    await visiting.receive(bare_reply(visiting.mails_to(GRACE)[-1], "That went well, I think."))

    assert await visiting.answers_to(asked) == {"note": "That went well, I think."}


async def test_it_can_come_by_the_week_like_any_other(tmp_path, database):
    templates = templates_with_it(tmp_path)
    path = templates / "instruments" / "site-visit.toml"
    path.write_text(INSTRUMENT.replace("by_hand", "weekly"), "utf-8")
    town = Town(open_desk(templates))
    await town.settle_in(PLAN.replace("check-in =", "site-visit =") + MILESTONE)
    town.later(days=7)

    written = await town.tick()

    assert {i.key for i in town.desk.playbook.for_trigger(Trigger.WEEKLY)} == {"check-in", "site-visit"}
    assert written == 1
    assert town.mails_to(GRACE)[0]["Subject"] == "[Reading Trail] Your visit"
