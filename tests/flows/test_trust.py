"""Who may answer: table 2.2, strangers, forgers (IN-1, IN-2, OUT-24)."""

import pytest

from service.store import overview, quarantine
from tests.flows.letters import letter, reply
from tests.flows.town import ADA, GRACE, LINUS, MAILBOX, MALLORY, OPERATOR, text_of

TABLE = [
    # token, sender, authentication → outcome, what the registered address gets
    (True, True, "pass", "recorded", "Re: "),
    (True, True, "", "held", "Did you write this?"),
    (True, True, "fail", "held", "A reply that does not count"),
    (True, False, "pass", "held", "Was this you?"),
    (True, False, "", "held", "Was this you?"),
    (True, False, "fail", "held", "A reply that does not count"),
    (False, True, "pass", "refused", ""),
    (False, True, "", "refused", ""),
    (False, True, "fail", "refused", ""),
    (False, False, "pass", "refused", ""),
    (False, False, "", "refused", ""),
    (False, False, "fail", "refused", ""),
]


@pytest.mark.parametrize(("token", "sender", "verdict", "outcome", "heard"), TABLE)
async def test_every_cell_of_the_table_ends_as_it_says(town, token, sender, verdict, outcome, heard):
    """IN-1. Without a token nothing counts, and nobody is written to; what does not count is visible."""
    asked = await town.check_in(GRACE)
    author = GRACE if sender else MALLORY
    town.relay.taken.clear()

    judged = await town.receive(
        reply(asked, "A room.", author, verdict) if token else letter("A room.", author, verdict=verdict)
    )

    counted = outcome == "recorded"
    assert judged.outcome == outcome
    assert await town.answers_to(asked) == ({"moved": "A room."} if counted else {})
    assert [dispatch.envelope.rcpt_to for dispatch in town.relay.taken] == [GRACE] * bool(heard)
    assert all(heard in mail["Subject"] for mail in town.mails_to(GRACE))
    assert len(await quarantine.every()) == (not counted)


async def test_a_valid_token_from_a_wrong_address_is_held_with_its_reason(town):
    """Mail-rules 2.2: somebody answered from elsewhere."""
    asked = await town.check_in(GRACE)

    judged = await town.receive(reply(asked, "A room.", ADA))

    assert judged.reason == "it came from an address that is not this person's"
    assert [(w.kind, w.cause) for w in await quarantine.every()] == [("hold", judged.reason)]


async def test_a_held_reply_counts_once_the_operator_releases_it_and_its_owner_gets_the_receipt(town):
    asked = await town.check_in(GRACE)
    held = await town.receive(reply(asked, "A room.", "grace.at.home@mail.example"))

    judged = await town.released(held.id)

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}
    assert "A room." in text_of(town.mails_to(GRACE)[-1])
    assert town.mails_to("grace.at.home@mail.example") == []


async def test_a_released_reply_is_processed_exactly_once(town):
    """REL-14."""
    asked = await town.check_in(GRACE)
    held = await town.receive(reply(asked, "A room.", ADA))

    await town.released(held.id)
    again = await town.released(held.id)

    assert again is None
    assert len(await town.entries_of(asked)) == 1


async def test_a_stranger_without_a_token_is_quarantined_and_hears_nothing(town):
    """OUT-24, MM-11."""
    sent = town.sent_count

    judged = await town.receive(letter("Hello? Is anybody there? HELP", MALLORY))

    assert judged.outcome == "refused"
    assert [waiting.kind for waiting in await quarantine.every()] == ["quarantine"]
    assert town.sent_count == sent


async def test_what_a_stranger_wrote_stays_refused_when_it_is_released(town):
    judged = await town.receive(letter("Hello", MALLORY))

    again = await town.released(judged.id)

    assert again.outcome == "refused"
    assert len(await quarantine.every()) == 1


async def test_a_thousand_forged_mails_that_name_victims_bring_no_mail_out(town):
    """OUT-24, issue 5: without an identifier that verifies nobody hears anything, whatever the fields say."""
    asked = await town.check_in(GRACE)
    sent = town.sent_count
    address = asked["Reply-To"].addresses[0].addr_spec
    flipped = address[:20] + ("a" if address[20] != "a" else "b") + address[21:]
    targets = (MAILBOX, flipped, address.replace("+r-", "+c-"))
    victims = (GRACE, ADA, LINUS, OPERATOR, "victim@elsewhere.example")
    words = ("STOP", "HELP", "ERASE", "1: 5", "STATUS", "YES")

    forged = [
        letter(f"{words[at % 6]}\n{at}", victims[at % 4], targets[at % 3], ("", "fail", "none")[at // 3 % 3])
        .having("Reply-To", f"<{victims[(at + 1) % 5]}>")
        .having("Cc", f"<{victims[(at + 2) % 5]}>")
        .having("In-Reply-To", asked["Message-ID"].replace("<", "<a"))
        .adding("Return-Path", f"<{victims[(at + 3) % 5]}>")
        for at in range(1000)
    ]
    await town.receive(*forged)

    assert town.sent_count == sent
    assert (await overview.overview()).outcomes == {"refused": 1000}
    assert {await town.participation(who) for who in (GRACE, ADA, LINUS)} == {"active"}


async def test_whoever_has_a_reply_address_makes_us_write_to_its_reader_and_to_nobody_else(town):
    """OUT-24, OUT-25: a check-in that was passed on is no ticket to anybody's mailbox."""
    asked = await town.check_in(GRACE)
    town.relay.taken.clear()
    victims = (GRACE, ADA, LINUS, OPERATOR, "victim@elsewhere.example", MALLORY)

    forged = [
        reply(asked, f"HELP\n{at}", victims[at % 6], ("", "fail")[at // 6 % 2])
        .having("Reply-To", f"<{victims[(at + 1) % 6]}>")
        .adding("Return-Path", f"<{victims[(at + 3) % 6]}>")
        for at in range(60)
    ]
    await town.receive(*forged)

    told = [dispatch.envelope.rcpt_to for dispatch in town.relay.taken]
    assert 0 < len(told) <= 3
    assert set(told) == {GRACE}


@pytest.mark.parametrize(
    "froms",
    [
        (f"<{GRACE}>", f"<{MALLORY}>"),
        (f"<{MALLORY}>", f"<{GRACE}>"),
        (f"<{GRACE}>, <{MALLORY}>",),
        (f"{GRACE} <{MALLORY}>",),
        (f"<{GRACE}> <{MALLORY}>",),
        ("Friends: <grace@town.example>;",),
    ],
)
async def test_a_from_that_does_not_name_exactly_one_registered_sender_is_held(town, froms):
    """IN-2."""
    asked = await town.check_in(GRACE)
    sent = town.sent_count
    answer = reply(asked, "A room.").without("From")
    for value in froms:
        answer = answer.adding("From", value)

    judged = await town.receive(answer)

    assert judged.outcome == "held"
    assert (await town.answers_to(asked), town.sent_count) == ({}, sent)


async def test_two_results_of_which_a_stranger_wrote_one_help_nobody(town):
    """IN-5: only what our server wrote above its own Received counts."""
    asked = await town.check_in(GRACE)
    forged = (
        reply(asked, "A room.", verdict="")
        .adding("Authentication-Results", "mx.town.example; dmarc=pass header.from=town.example")
        .adding("Received", "from evil.example by relay.evil.example")
        .adding("Received", "from relay.evil.example by mx.town.example")
        .adding("Authentication-Results", "mx.town.example; dmarc=fail header.from=town.example")
    )

    assert (await town.receive(forged)).outcome == "held"


async def test_an_internal_hop_is_believed_where_the_settings_say_so(town):
    """IN-6."""
    asked = await town.check_in(GRACE)
    town.with_profile("internal")

    assert (await town.receive(reply(asked, "A room.", verdict=""))).outcome == "recorded"


async def test_our_own_mail_that_comes_back_starts_no_conversation(town):
    """MM-10."""
    asked = await town.check_in(GRACE)
    sent = town.sent_count

    judged = await town.receive(reply(asked, "A room.", "thread@town.example"))

    assert judged.outcome == "held"
    assert town.sent_count == sent
