"""What machines write is kept with its kind and reason, and never answered (MM-5 to MM-9, I10)."""

import pytest

from service.store import alarms, overview
from tests.flows.letters import letter, reply, with_parts
from tests.flows.town import GRACE, MAILBOX


def out_of_office(asked):
    return reply(asked, "I am away until Monday.").having("Auto-Submitted", "auto-replied")


def out_of_office_by_subject(asked):
    words = "I am out of the office until December 1 with limited access to mail."
    return reply(asked, words).having("Subject", "Automatic reply: How did it go?")


def read_receipt(asked):
    return with_parts(
        reply(asked, ""),
        "multipart/report; report-type=disposition-notification",
        "Content-Type: text/plain\n\n1: 5\nYour message was read.",
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action; displayed",
    )


def calendar_reply(asked):
    return with_parts(
        reply(asked, ""),
        "multipart/alternative",
        "Content-Type: text/plain\n\nGrace has accepted.",
        "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR",
    )


def reaction(asked):
    return with_parts(
        reply(asked, ""),
        "multipart/alternative",
        "Content-Type: text/plain\n\nGrace reacted via Gmail",
        'Content-Type: text/vnd.google.email-reaction+json\n\n{"emoji": "x", "version": 1}',
    )


def bounce_of_a_stranger(asked):
    return with_parts(
        letter("", "mailer-daemon@mx.town.example", MAILBOX, ""),
        "multipart/report; report-type=delivery-status",
        "Content-Type: text/plain\n\n1: could not be delivered",
        "Content-Type: message/delivery-status\n\n"
        f"Final-Recipient: rfc822; {GRACE}\nAction: failed\nStatus: 5.1.1\n",
    )


def complaint(asked):
    return with_parts(
        letter("", "fbl@provider.example", asked["Reply-To"].addresses[0].addr_spec),
        "multipart/report; report-type=feedback-report",
        "Content-Type: text/plain\n\nThis is an email abuse report.",
        "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: P/1\nVersion: 1\n",
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {asked['Message-ID']}\n",
    )


MACHINES = {
    out_of_office: ("auto_reply", "a header that says automatic; back on 2026-12-01"),
    out_of_office_by_subject: (
        "auto_reply",
        "a subject that says automatic, and no answer; back on 2026-12-02",
    ),
    read_receipt: ("auto_reply", "a read receipt"),
    calendar_reply: ("auto_reply", "an answer of a calendar"),
    reaction: ("auto_reply", "a reaction"),
    bounce_of_a_stranger: ("bounce", "a bounce without a valid identifier of ours"),
    complaint: ("complaint", "a spam complaint"),
}


@pytest.mark.parametrize("write", MACHINES, ids=lambda write: write.__name__)
async def test_a_machine_is_noted_with_kind_and_reason_and_gets_no_answer(town, write):
    asked = await town.check_in(GRACE)
    sent = town.sent_count

    judged = await town.receive(write(asked))

    assert (judged.kind, judged.reason) == MACHINES[write]
    assert judged.outcome == "ignored"
    assert town.sent_count == sent
    assert await town.answers_to(asked) == {}
    assert (await overview.overview()).entries == 0


async def test_a_person_who_writes_of_being_away_is_a_person(town):
    """MM-6: doubt is human."""
    asked = await town.check_in(GRACE)

    judged = await town.receive(reply(asked, "I was out of office, but: we found a room."))

    assert (judged.kind, judged.outcome) == ("human", "recorded")


async def test_an_away_note_with_answers_under_it_is_read(town):
    """MM-6: an answer line makes a mail a person's, whatever its subject says."""
    asked = await town.check_in(GRACE)
    answer = reply(asked, "1: We found a room.").having("Subject", "Out of office: Re: How did it go?")

    assert (await town.receive(answer)).outcome == "recorded"


async def test_an_out_of_office_note_is_linked_to_its_person(town):
    asked = await town.check_in(GRACE)

    judged = await town.receive(out_of_office(asked))

    assert judged.person_id == (await town.person(GRACE)).id


async def test_a_complaint_tells_the_operator_and_is_no_mark_against_the_person(town):
    """MM-9: addresses are often blanked, so the person comes from what is returned."""
    asked = await town.check_in(GRACE)
    report = complaint(asked).having("To", "<fbl@town.example>")

    judged = await town.receive(report)

    assert [alarm.key for alarm in await alarms.every()] == ["complaint"]
    assert judged.person_id == (await town.person(GRACE)).id
    assert await town.participation(GRACE) == "active"


async def test_two_of_us_do_not_write_to_each_other_for_ever(town):
    """MM-10: our own mail, come back with another From, is a machine's."""
    await town.check_in(GRACE)
    echo = town.relay.taken[-1].raw
    sent = town.sent_count

    judged = await town.receive(echo)

    assert judged.outcome in ("ignored", "held", "refused")
    assert town.sent_count == sent
