"""Which prompt a reply answers: by address, by Message-ID, by the footer code (mail-rules 2.1)."""

import pytest

from service.store import quarantine
from tests.flows.letters import bare_reply, letter, reply
from tests.flows.town import ADA, GRACE, MAILBOX


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


async def test_a_reply_is_found_by_the_address_it_was_sent_to(town, asked):
    judged = await town.receive(bare_reply(asked, "A room.").without("In-Reply-To").without("References"))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


async def test_the_address_survives_a_server_that_changes_its_case(town, asked):
    address = asked["Reply-To"].addresses[0].addr_spec.upper()

    judged = await town.receive(letter("A room.", to=address))

    assert judged.outcome == "recorded"


async def test_what_our_own_server_noted_as_recipient_counts_as_the_address(town, asked):
    """Mail-rules 2.1: Delivered-To before To."""
    delivered = letter("A room.").adding("Delivered-To", asked["Reply-To"].addresses[0].addr_spec)

    assert (await town.receive(delivered)).outcome == "recorded"


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
async def test_else_it_is_found_by_our_message_id(town, asked, header):
    judged = await town.receive(letter("A room.").having(header, asked["Message-ID"]))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


async def test_else_by_the_code_in_the_footer_when_the_sender_is_authenticated(town, asked):
    quoting = (
        reply(asked, "A room.").having("To", f"<{MAILBOX}>").without("In-Reply-To").without("References")
    )

    judged = await town.receive(quoting)

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


@pytest.mark.parametrize("verdict", ["", "fail"])
async def test_the_code_in_the_footer_is_nothing_without_authentication(town, asked, verdict):
    quoting = reply(asked, "A room.", verdict=verdict).having("To", f"<{MAILBOX}>")
    sent = town.sent_count

    judged = await town.receive(quoting.without("In-Reply-To").without("References"))

    assert judged.outcome == "refused"
    assert (await town.answers_to(asked), town.sent_count) == ({}, sent)


async def test_the_code_in_the_footer_of_somebody_elses_mail_is_held(town, asked):
    """A forwarded check-in is no ticket for another person."""
    quoting = reply(asked, "A room.", author=ADA).having("To", f"<{MAILBOX}>")
    sent = town.sent_count

    judged = await town.receive(quoting.without("In-Reply-To").without("References"))

    assert judged.outcome == "held"
    assert (await town.answers_to(asked), town.sent_count) == ({}, sent)


async def test_identifiers_that_name_different_prompts_are_held(town, asked):
    other = town.mails_to(ADA)[-1]
    sent = town.sent_count

    judged = await town.receive(reply(asked, "A room.").having("In-Reply-To", other["Message-ID"]))

    assert (judged.outcome, judged.reason) == ("held", "its identifiers name two different prompts")
    assert (await town.answers_to(asked), await town.answers_to(other)) == ({}, {})
    assert town.sent_count == sent
    assert [waiting.cause for waiting in await quarantine.every()] == [judged.reason]


async def test_a_conflict_that_the_operator_looked_at_counts_for_the_address(town, asked):
    other = town.mails_to(ADA)[-1]
    held = await town.receive(reply(asked, "A room.").having("In-Reply-To", other["Message-ID"]))

    judged = await town.released(held.id)

    assert judged.outcome == "recorded"
    assert (await town.answers_to(asked), await town.answers_to(other)) == ({"moved": "A room."}, {})
    assert await quarantine.every() == []


async def test_a_reply_to_last_weeks_mail_counts_for_last_week(town, asked):
    town.later(days=7)
    fresh = await town.check_in(GRACE)

    await town.receive(reply(asked, "A room."))

    assert await town.answers_to(asked) == {"moved": "A room."}
    assert await town.answers_to(fresh) == {}


async def test_one_flipped_character_makes_an_address_nobodys(town, asked):
    """IN-4."""
    address = asked["Reply-To"].addresses[0].addr_spec
    flipped = address.replace(address[15], "a" if address[15] != "a" else "b", 1)
    sent = town.sent_count

    judged = await town.receive(letter("A room.", to=flipped))

    assert judged.outcome == "refused"
    assert town.sent_count == sent


async def test_a_bounce_address_is_no_reply_address(town, asked):
    """IN-4: the kinds have different keys."""
    mail = next(d for d in town.relay.taken if d.message_id == asked["Message-ID"])

    for address in (mail.envelope.mail_from, mail.envelope.mail_from.replace("+b-", "+r-")):
        assert (await town.receive(letter("A room.", to=address))).outcome == "refused"
