"""Thanks reach a manager only in words that the thanked person approved (product.md email 12)."""

import pytest

from service.store.models import PromptRow
from tests.flows.letters import bare_reply, reply
from tests.flows.thanking import (
    JANUARY,
    MANAGED,
    MAYA,
    SENTENCE,
    TITLE,
    TOLD,
    ThankfulTown,
    praises,
)
from tests.flows.town import GRACE, text_of


@pytest.fixture
async def town(database, desk) -> ThankfulTown:
    town = ThankfulTown(desk)
    await town.settle_in(MANAGED)
    return town


async def test_thanks_travel_from_a_check_in_to_the_managers_answer(town):
    """The whole way, mail by mail."""
    asked = await town.thank("Grace, for the room")
    assert "Grace" in text_of(asked)

    await town.receive(reply(asked, "yes"))
    thanks = town.mails_to(GRACE)[-1]
    assert thanks["Subject"] == "[Reading Trail] Ada Marlow thanks you"
    assert "    Grace, for the room" in text_of(thanks)
    assert TOLD in text_of(thanks)
    assert SENTENCE in text_of(thanks)
    assert "May your manager hear of it as well? If you say yes, Maya Lindqvist will read this" in text_of(
        thanks
    )

    await town.receive(reply(thanks, "Yes, gladly!"))
    receipt = text_of(town.mails_to(GRACE)[-1])
    assert TOLD in receipt
    assert SENTENCE in receipt

    summary = await town.month()
    assert TOLD in text_of(summary)
    assert praises(summary) == [SENTENCE]
    assert (summary["To"].addresses[0].addr_spec, summary["Subject"]) == (MAYA, f"[Reading Trail] {TITLE}")

    sent = town.sent_count
    judged = await town.receive(reply(summary, "Will mention!\n\noffer: the van, on Fridays"))
    found = {entry.question: (entry.value, entry.privacy) for entry in await town.entries_of(summary)}
    assert judged.outcome == "recorded"
    assert town.sent_count == sent + 1
    assert found["offer"] == ("the van, on Fridays", "T")
    assert "the team" in text_of(summary).partition("---")[2]


async def test_edited_words_are_told_exactly_and_shown_back_in_full(town):
    own = "Grace Fielding opened the room every Tuesday, " + "also when it snowed, " * 20 + "and stayed."
    sentence = (
        "In Reading Trail, a colleague from City Library recognized Grace Fielding, who puts it in these "
        f'words: "{own}"'
    )

    receipt = await town.decided(f"edit: {own}")
    summary = await town.month()

    assert own in text_of(receipt)
    assert sentence in text_of(receipt)
    assert "Read by: Maya Lindqvist." in text_of(receipt)
    assert own in text_of(summary)
    assert praises(summary) == [sentence]
    assert "for the room" not in text_of(summary)


async def test_yes_and_an_edit_in_one_reply_are_the_edited_words(town):
    await town.decided("1: yes\nedit: Grace found us a room.")

    summary = await town.month()

    assert "Grace found us a room." in text_of(summary)
    assert TOLD not in text_of(summary)


async def test_edit_without_words_approves_nothing_and_asks_for_them_once(town):
    again = await town.decided("edit")
    asked = await PromptRow.get(root_id__isnull=False, person_id=(await town.person(GRACE)).id)

    silent = await town.states()
    await town.decided("Grace found us a room.", again)
    summary = await town.month()

    assert silent == ["offered"]
    assert [question["key"] for question in asked.questions] == ["wording"]
    assert "your own words instead" in text_of(again)
    assert "Grace found us a room." in text_of(summary)


async def test_words_without_end_are_asked_for_once_more_and_not_cut(town):
    """What is told is exactly what was approved, so nothing is ever shortened."""
    receipt = await town.decided("edit: " + "and then " * 150 + "we left.")

    assert await town.states() == ["offered"]
    assert "your own words instead" in text_of(receipt)


@pytest.mark.parametrize("words", ["not now", "Not now, thanks.", "no", "rather not", "1: later"])
async def test_not_now_tells_nobody_and_is_never_asked_again(town, words):
    await town.decided(words)
    sent = len(town.mails_to(GRACE))

    assert await town.month() is None
    assert await town.month(JANUARY) is None
    assert await town.states() == ["not_now"]
    assert [m for m in town.mails_to(GRACE)[sent:] if "thanks you" in m["Subject"]] == []


async def test_no_answer_is_no_yes(town):
    await town.passed_on()

    assert await town.month() is None


@pytest.mark.parametrize(
    "words", ["yes, but shorter please", "ok but say it was the whole team", "yes, not now", "hm, I wonder"]
)
async def test_what_is_unclear_is_asked_once_more_and_never_guessed(town, words):
    thanks = await town.passed_on()

    judged = await town.receive(bare_reply(thanks, words))

    assert judged.outcome == "clarification_asked"
    assert await town.states() == ["offered"]
    assert "1. Your word: May this be told as it stands?" in text_of(town.mails_to(GRACE)[-1])
    assert await town.month() is None


async def test_the_last_word_before_the_note_goes_out_counts(town):
    thanks = await town.passed_on()
    for words in ("yes", "not now", "edit: Grace found us a room."):
        await town.decided(words, thanks)
    first = await town.states()
    await town.decided("not now", thanks)

    assert first == ["not_now"]
    assert await town.month() is None


async def test_a_yes_after_not_now_counts(town):
    thanks = await town.passed_on()
    await town.decided("not now", thanks)
    await town.decided("yes", thanks)

    assert praises(await town.month()) == [SENTENCE]


async def test_a_yes_after_not_now_counts_even_if_the_plan_has_spelled_a_name_anew(town):
    thanks = await town.passed_on()
    await town.decided("yes", thanks)
    await town.decided("not now", thanks)
    await town.plan_is(MANAGED.replace("Ada Marlow", "Ada Marlow-Reed"))

    await town.decided("yes", thanks)

    assert TOLD in text_of(await town.month())


async def test_a_yes_that_is_taken_back_is_none(town):
    thanks = await town.passed_on()
    receipt = await town.decided("yes", thanks)

    await town.receive(bare_reply(receipt, "TAKE BACK"))

    assert await town.states() == ["offered"]
    assert await town.month() is None


async def test_own_words_that_are_taken_back_leave_what_was_shown(town):
    thanks = await town.passed_on()
    receipt = await town.decided("1: yes\nedit: Grace found us a room.", thanks)

    await town.receive(bare_reply(receipt, "TAKE BACK edit"))

    assert praises(await town.month()) == [SENTENCE]


async def test_who_stopped_our_mail_before_the_note_goes_out_is_not_told_of(town):
    thanks = await town.passed_on()
    await town.decided("yes", thanks)

    await town.receive(bare_reply(thanks, "STOP"))

    assert await town.month() is None


async def test_what_was_told_is_told_and_a_later_word_changes_nothing_more(town):
    thanks = await town.passed_on()
    await town.decided("yes", thanks)
    await town.month()

    await town.decided("edit: Grace found us a room.", thanks)

    assert await town.month(JANUARY) is None
