"""A mail comes back (MM-1, MM-2)."""

from dataclasses import replace

import pytest

from service.store import alarms, overview, people
from service.store.models import DeliveryRow, OutboxRow
from tests.flows.letters import bounce, letter, reply
from tests.flows.town import ADA, GRACE, MAILBOX, OPERATOR, text_of


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


def verp(town, mail):
    return next(d.envelope.mail_from for d in town.relay.taken if d.message_id == mail["Message-ID"])


async def test_a_bounce_is_noted_on_the_right_mail_and_address_by_its_return_path(town, asked):
    judged = await town.receive(bounce(asked, verp(town, asked)))

    noted = await DeliveryRow.filter(receipt="bounced").values("mail_id", "status")
    assert (judged.kind, judged.outcome) == ("bounce", "bounce_noted")
    assert noted == [{"mail_id": town.handle_of(asked), "status": "5.1.1"}]
    assert await people.failing() == [(GRACE, "550 no such mailbox")]


@pytest.mark.parametrize("header", ["Message-ID", "X-Microsoft-Original-Message-ID"])
async def test_else_by_our_message_id_in_the_headers_that_it_returns(town, asked, header):
    """Decisions, Bounces: submission servers replace the return path and the Message-ID."""
    await town.receive(bounce(asked, MAILBOX, returned=f"From: x\n{header}: {asked['Message-ID']}"))

    assert [address for address, _ in await people.failing()] == [GRACE]


async def test_operator_and_champion_are_told_once(town, asked):
    second = town.mails_to(GRACE)[-1]
    await town.receive(bounce(asked, verp(town, asked)))

    await town.receive(bounce(second, verp(town, second)).having("Message-ID", "<other@mx.town.example>"))

    assert [len(town.mails_to(OPERATOR)), len(town.mails_to(ADA))] == [1, 2]
    assert "grace@town.example" in text_of(town.mails_to(OPERATOR)[0])
    assert "550 no such mailbox" in text_of(town.mails_to(ADA)[-1])


async def test_a_champion_who_is_also_the_operator_gets_one_mail(town, asked):
    town.desk = replace(town.desk, operator=ADA)

    await town.receive(bounce(asked, verp(town, asked)))

    assert len(town.mails_to(ADA)) == 2


async def test_an_operator_whose_own_address_fails_is_not_written_to_about_it(town, asked):
    town.desk = replace(town.desk, operator=GRACE)

    await town.receive(bounce(asked, verp(town, asked)))

    assert [len(town.mails_to(ADA)), len(town.mails_to(GRACE))] == [2, 1]


async def test_no_prompt_goes_there_any_more(town, asked):
    await town.receive(bounce(asked, verp(town, asked)))
    town.later(days=7)

    assert await town.send() == 2


async def test_a_prompt_that_was_queued_already_is_not_sent_there_either(town, asked):
    town.later(days=7)
    await town.write()

    await town.receive(bounce(asked, verp(town, asked)))

    assert len(town.mails_to(GRACE)) == 1


async def test_a_reply_clears_the_mark_and_the_next_prompt_goes_out(town, asked):
    await town.receive(bounce(asked, verp(town, asked)))

    await town.receive(reply(asked, "I am still here."))

    town.later(days=7)
    assert (await people.failing(), await alarms.every()) == ([], [])
    assert await town.send() == 3


async def test_an_address_that_fails_again_the_same_day_is_told_no_second_time_and_harms_nothing(town, asked):
    await town.receive(bounce(asked, verp(town, asked)), reply(asked, "I am still here."))

    judged = await town.receive(bounce(asked, verp(town, asked)).having("Message-ID", "<b2@mx.town.example>"))

    assert judged.outcome == "bounce_noted"
    assert [address for address, _ in await people.failing()] == [GRACE]
    assert len(town.mails_to(OPERATOR)) == 1


async def test_a_forged_bounce_without_a_token_has_no_effect(town, asked):
    """MM-1: the person comes from our own identifiers only."""
    judged = await town.receive(bounce(asked, MAILBOX, returned="Message-ID: <forged@town.example>"))

    assert (judged.outcome, judged.reason) == ("ignored", "a bounce without a valid identifier of ours")
    assert await people.failing() == []
    assert await alarms.every() == []


async def test_a_bounce_to_a_reply_address_is_not_believed(town, asked):
    """IN-4: whoever got a check-in knows its reply address."""
    judged = await town.receive(bounce(asked, asked["Reply-To"].addresses[0].addr_spec))

    assert judged.outcome == "ignored"
    assert await people.failing() == []


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")]
)
async def test_a_report_of_a_delay_or_of_success_has_no_effect(town, asked, action, status):
    judged = await town.receive(bounce(asked, verp(town, asked), action, status))

    assert (judged.outcome, judged.reason) == ("ignored", "a report of a delay, or of success")
    assert await people.failing() == []


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.4.1"])
async def test_what_is_not_the_addresss_fault_tells_the_operator_and_blames_nobody(town, asked, status):
    """MM-2: a full mailbox heals, a policy is about our mail."""
    judged = await town.receive(bounce(asked, verp(town, asked), status=status))

    assert judged.outcome == "bounce_noted"
    assert await people.failing() == []
    assert [alarm.key for alarm in await alarms.every()] == [f"bounce:{status}:{GRACE}"]


async def test_a_bounce_proves_that_an_uncertain_mail_was_sent(town, asked):
    """REL-7."""
    handle = town.handle_of(asked)
    await OutboxRow.filter(handle=handle).update(state="uncertain")

    await town.receive(bounce(asked, verp(town, asked)))

    assert (await OutboxRow.get(handle=handle)).state == "accepted"


async def test_a_bounce_of_what_we_wrote_to_the_operator_rings_an_alarm_and_writes_to_nobody(town, asked):
    await town.receive(bounce(asked, verp(town, asked)))
    notice = town.mails_to(OPERATOR)[0]
    sent = town.sent_count

    await town.receive(bounce(notice, verp(town, notice)).having("Message-ID", "<b3@mx.town.example>"))

    assert town.sent_count == sent
    assert f"address:{OPERATOR}" in [alarm.key for alarm in await alarms.every()]


async def test_a_persons_words_about_a_bounce_are_a_persons(town, asked):
    judged = await town.receive(reply(asked, "Your last mail bounced at first: 550 5.1.1, strange."))

    assert judged.outcome == "recorded"
    assert (await overview.overview()).failing == []


async def test_a_stranger_who_plays_the_daemon_gets_no_mail(town, asked):
    """MM-11."""
    sent = town.sent_count

    await town.receive(letter("Delivery to grace@town.example failed: 550", "mailer-daemon@evil.example"))

    assert town.sent_count == sent
    assert await people.failing() == []
