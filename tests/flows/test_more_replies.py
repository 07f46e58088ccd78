"""The second reply, the late reply, the reply to a receipt, and the same reply twice."""

from datetime import timedelta

from service.store import entries
from tests.flows.letters import bare_reply, reply
from tests.flows.town import GRACE, LINUS, text_of


async def test_a_second_reply_adds_words_and_shows_only_what_is_new(town):
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "We found a room."))
    town.later(hours=2)

    await town.receive(reply(asked, "And the lamps came."))

    assert await town.answers_to(asked) == {"moved": "We found a room. + And the lamps came."}
    receipt = text_of(town.mails_to(GRACE)[-1])
    assert "And the lamps came." in receipt
    assert "We found a room." not in receipt


async def test_a_second_reply_replaces_a_scale_and_keeps_its_history(town):
    """Mail-rules, Scales: the last valid answer counts."""
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "5: 2"))
    town.later(hours=2)

    await town.receive(reply(asked, "5: 4, it got better"))

    entry = (await town.entries_of(asked))[0]
    assert (entry.value, entry.text, entry.revision) == (4, "4, it got better", 2)
    assert await entries.history(entry.id) == [(1, 2, "2")]


async def test_an_answer_that_cannot_be_read_leaves_the_earlier_one_alone(town):
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "5: 2"))

    judged = await town.receive(reply(asked, "5: 77"))

    assert judged.outcome == "clarification_asked"
    assert await town.answers_to(asked) == {"reflection-pace": 2}


async def test_a_reply_after_closing_is_welcome_counts_for_its_own_week_and_hears_so(town):
    """Late replies: 90 days."""
    asked = await town.check_in(GRACE)
    for _ in range(3):
        town.later(days=7)
        await town.send()

    judged = await town.receive(
        reply(asked, "We found a room.").having("Date", f"{town.now:%a, %d %b %Y %H:%M:%S} +0000")
    )

    entry = (await town.entries_of(asked))[0]
    assert judged.outcome == "recorded"
    assert entry.week == "2026-W48"
    assert entry.recorded_at - town.now < timedelta(seconds=1)
    assert "That round was closed already. Your answer counts all the same" in text_of(
        town.mails_to(GRACE)[-1]
    )


async def test_a_reply_in_time_hears_nothing_of_closing(town):
    asked = await town.check_in(GRACE)
    town.later(days=13)

    await town.receive(reply(asked, "We found a room."))

    assert "closed" not in text_of(town.mails_to(GRACE)[-1])


async def test_a_reply_to_the_receipt_is_read_and_our_own_words_in_it_never_become_an_answer(town):
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "1: We found a room.\nprivate: I am tired.\nThe bus is late."))

    await town.receive(reply(town.mails_to(GRACE)[-1], "Next: call the school"))

    answers = await town.answers_to(asked)
    assert answers == {"moved": "We found a room.", "private": answers["private"], "next": "call the school"}
    assert answers["private"].startswith("I am tired.")


async def test_a_reply_to_the_receipt_of_the_receipt_hangs_on_the_same_prompt(town):
    asked = await town.check_in(GRACE)
    for words in ("We found a room.", "Next: call", "Thanks to: Ada Marlow for the keys"):
        await town.receive(reply((town.mails_to(GRACE) or [asked])[-1], words))

    assert await town.answers_to(asked) == {
        "moved": "We found a room.",
        "next": "call",
        "thanks": ["Ada Marlow"],
    }
    assert town.mails_to(GRACE)[-1]["Subject"] == f"Re: {asked['Subject']}"


async def test_a_thank_you_to_the_receipt_is_answered_once_and_changes_nothing(town):
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "We found a room."))
    before = await town.answers_to(asked)
    sent = town.sent_count

    await town.receive(reply(town.mails_to(GRACE)[-1], "Best,\nGrace"))

    assert await town.answers_to(asked) == before
    assert town.sent_count == sent + 1


async def test_the_same_reply_by_two_routes_counts_once(town):
    """IN-21: To and Cc, with other trace headers."""
    asked = await town.check_in(GRACE)
    answer = reply(asked, "We found a room.")
    sent = town.sent_count
    await town.receive(answer.adding("Received", "from a by mx.town.example"))

    second = await town.receive(answer.adding("Received", "from b by mx.town.example; other"))

    assert (second.outcome, second.reason) == ("ignored", "the same reply came by another route")
    assert await town.answers_to(asked) == {"moved": "We found a room."}
    assert town.sent_count == sent + 1


async def test_an_edited_resend_with_the_same_message_id_counts(town):
    """IN-21: an equal Message-ID alone suppresses nothing."""
    asked = await town.check_in(GRACE)
    await town.receive(bare_reply(asked, "We found a room.").having("Message-ID", "<same@town.example>"))

    edited = await town.receive(
        bare_reply(asked, "We found two rooms.").having("Message-ID", "<same@town.example>")
    )

    assert edited.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "We found a room. + We found two rooms."}


async def test_a_message_id_that_somebody_used_before_suppresses_nothing(town):
    """IN-21: an attacker who sends first with the expected Message-ID is quarantined, the reply counts."""
    asked = await town.check_in(GRACE)
    answer = reply(asked, "We found a room.")
    forged = answer.having("From", "<mallory@evil.example>").having("To", "<thread@town.example>")
    await town.receive(forged.without("In-Reply-To").without("References"))

    judged = await town.receive(answer)

    assert judged.outcome == "recorded"


async def test_two_people_answer_their_own_prompts(town):
    await town.send()
    grace, linus = town.mails_to(GRACE)[-1], town.mails_to(LINUS)[-1]

    await town.receive(reply(grace, "We found a room."), reply(linus, "The class read two books."))

    assert await town.answers_to(grace) == {"moved": "We found a room."}
    assert await town.answers_to(linus) == {"moved": "The class read two books."}
