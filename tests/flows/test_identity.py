"""Who wrote, where no server says it; identifiers that were replaced; retired keys (IN-4, IN-6, IN-7)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from service.addressing import Keyring
from service.inbound.authenticate.dkim import find_signers
from service.outbound.compose import Composer
from service.outbound.letter import Sender
from service.outbound.render import load_templates
from service.store import people, quarantine
from tests.flows.letters import bare_reply, bounce, letter, reply
from tests.flows.town import ADA, GRACE, MAILBOX, MALLORY, OPERATOR, TEMPLATES, Town
from tests.signing import FakeDns, record, rsa_key, signed

NAME = "mail._domainkey.town.example."


@pytest.fixture
def dns(town) -> FakeDns:
    """The town verifies signatures itself; its key is in this DNS."""
    dns = FakeDns({NAME: (record(rsa_key()),)})
    town.desk = replace(town.desk, authentication="none", signers=partial(find_signers, look_up=dns.look_up))
    return dns


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


def unstamped(asked, words="A room.", author=""):
    return bytes(reply(asked, words, author, verdict=""))


# Signatures that we verify ourselves


async def test_a_signed_reply_is_recorded(town, dns, asked):
    judged = await town.receive(signed(unstamped(asked)))

    assert (judged.outcome, dns.asked) == ("recorded", [NAME])
    assert await town.answers_to(asked) == {"moved": "A room."}


async def test_a_reply_without_a_signature_is_held(town, dns, asked):
    judged = await town.receive(unstamped(asked))

    assert (judged.outcome, judged.reason) == ("held", "authentication of its sender: none")
    assert (await town.answers_to(asked), dns.asked) == ({}, [])


@pytest.mark.parametrize("domain", ["evil.example", "school.example", "town.example.evil.example"])
async def test_a_reply_that_somebody_else_signed_is_held(town, dns, asked, domain):
    judged = await town.receive(signed(unstamped(asked), domain=domain))

    assert (judged.outcome, judged.reason) == ("held", "authentication of its sender: none")
    assert (await town.answers_to(asked), dns.asked) == ({}, [])


async def test_a_signed_reply_with_other_words_is_held(town, dns, asked):
    judged = await town.receive(signed(unstamped(asked)).replace(b"A room.", b"No room."))

    assert judged.outcome == "held"
    assert await town.answers_to(asked) == {}


async def test_while_the_dns_is_silent_a_reply_is_held_and_nobody_is_accused(town, dns, asked):
    dns.records.clear()

    judged = await town.receive(signed(unstamped(asked)))

    assert (judged.outcome, judged.reason) == ("held", "authentication of its sender: none")


async def test_results_that_somebody_wrote_into_the_mail_are_nothing_to_this_profile(town, dns, asked):
    judged = await town.receive(reply(asked, "A room.", verdict="pass"))

    assert judged.outcome == "held"


async def test_a_stranger_cannot_make_us_ask_the_dns(town, dns, asked):
    stranger = signed(bytes(letter("Hello.", MALLORY, verdict="")), domain="evil.example", h="from")
    forwarded = signed(unstamped(asked, author=MALLORY), domain="evil.example", h="from")

    outcomes = [(await town.receive(mail)).outcome for mail in (stranger, forwarded)]

    assert (outcomes, dns.asked) == (["refused", "held"], [])


async def test_a_signature_counts_as_of_the_moment_when_its_mail_arrived(town, dns, asked):
    """A worker that was away for a week must not find it expired."""
    arrived = int(town.now.timestamp())
    town.mailbox.put(signed(unstamped(asked), x=str(arrived + 3600)), town.now)
    town.later(days=7)

    judged = await town.receive()

    assert judged.outcome == "recorded"


async def test_a_signed_stop_without_an_identifier_works(town, dns, asked):
    await town.receive(signed(bytes(letter("STOP", verdict=""))))

    assert await town.participation(GRACE) == "stopped"


# Message-IDs that a server replaced


async def test_a_reply_to_a_replaced_message_id_is_found_by_its_address(town, asked):
    replaced = bare_reply(asked, "A room.").having("In-Reply-To", "<DB9P.1@outlook.example>")

    judged = await town.receive(replaced.having("References", "<DB9P.1@outlook.example>"))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


async def test_else_by_the_id_that_the_server_kept(town, asked):
    replaced = letter("A room.").having("In-Reply-To", "<DB9P.1@outlook.example>")

    judged = await town.receive(replaced.having("X-Microsoft-Original-Message-ID", asked["Message-ID"]))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


# A key that was retired

OLD, NEW = b"a secret for the stories of the town", b"the secret that takes its place there"
LAST_DAY = date(2027, 2, 21)
END = datetime(2027, 2, 22, tzinfo=UTC)


@pytest.fixture
def rotated(town, asked) -> Town:
    """The key was replaced after the check-in was sent."""
    keyring = Keyring((NEW, OLD), {OLD: LAST_DAY})
    sender = Sender("Common Thread", MAILBOX, MAILBOX, "The Town", OPERATOR)
    composer = Composer(load_templates(TEMPLATES / "emails"), keyring, sender)
    town.desk = replace(town.desk, keyring=keyring, composer=composer)
    return town


def every_identifier(asked):
    """The reply as it is, one without its address, and one with nothing but the footer's code."""
    whole, bare, quoting = (reply(asked, words) for words in ("A room.", "A lamp.", "A key."))
    bare, quoting = bare.having("To", MAILBOX), quoting.having("To", MAILBOX)
    return [whole, bare, quoting.without("In-Reply-To").without("References")]


async def test_what_a_retired_key_signed_can_be_answered_until_its_last_day_is_over(rotated, asked):
    rotated.now = END - timedelta(seconds=1)

    outcomes = [(await rotated.receive(mail)).outcome for mail in every_identifier(asked)]

    assert outcomes == ["recorded"] * 3
    assert await rotated.answers_to(asked) == {"moved": "A room. + A lamp. + A key."}


async def test_after_its_last_day_nothing_that_it_signed_opens_anything(rotated, asked):
    rotated.now = END
    sent = rotated.sent_count

    outcomes = [(await rotated.receive(mail)).outcome for mail in every_identifier(asked)]

    assert (outcomes, rotated.sent_count) == (["refused"] * 3, sent)
    assert await rotated.answers_to(asked) == {}
    assert {one.cause for one in await quarantine.every()} == {
        "a known address wrote without a valid identifier of ours"
    }


@pytest.mark.parametrize(("now", "failing"), [(END - timedelta(seconds=1), [GRACE]), (END, [])])
async def test_a_bounce_of_what_a_retired_key_signed_counts_until_then_too(rotated, asked, now, failing):
    rotated.now = now
    verp = next(d.envelope.mail_from for d in rotated.relay.taken if d.message_id == asked["Message-ID"])

    await rotated.receive(bounce(asked, verp))
    await rotated.receive(bounce(asked, MAILBOX, returned=f"Message-ID: {asked['Message-ID']}"))

    assert [address for address, _ in await people.failing()] == failing


async def test_a_week_is_asked_once_whichever_key_signs(rotated):
    """REL-4: the same mail keeps its name."""
    assert await rotated.write() == 0
    rotated.later(days=7)
    fresh = await rotated.check_in(ADA)
    rotated.now = END

    judged = await rotated.receive(reply(fresh, "A bridge."))

    assert judged.outcome == "recorded"
