"""The story of a week, on Dovecot, Postfix and PostgreSQL: played once, then looked at from all sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

import pytest

from tests.services.town import (
    ADA,
    BARBARA,
    EDITH,
    GONE,
    GRACE,
    LINUS,
    MARGARET,
    OPERATOR,
    THREAD,
    Town,
    until,
)

FOREIGN = b"From: shop@town.example\r\nMessage-ID: <shop@town.example>\r\n\r\nEverything must go.\r\n"


@dataclass(frozen=True)
class Story:
    """What was played: who answered with which Message-ID, and the receipts that came."""

    town: Town
    sent: Mapping[str, str]
    receipts: Mapping[str, EmailMessage]


@pytest.fixture(scope="module")
def story(town: Town) -> Story:
    """Five people answer, each from another mail program; another program uses the mailbox, too."""
    town.settings["LEASE"] = "3600"  # then the mailbox is looked at once a minute, or when it pushes
    town.mailbox(THREAD).keep(FOREIGN, r"(\Deleted)")
    town.worker.start()
    town.ask()
    sent = {
        ADA: town.mailbox(ADA).answer("gmail", "1: The shelves are up\nneed: two lamps"),
        BARBARA: town.mailbox(BARBARA).answer("iphone", "The kitchen works again."),
        GRACE: town.mailbox(GRACE).answer("outlook", "1. We found a room\n2. Ask the bus company"),
        LINUS: town.mailbox(LINUS).answer("apple", "", {"Moved forward": "Ten pupils signed up"}),
        MARGARET: town.mailbox(MARGARET).answer("thunderbird", "private: The budget talk worries me"),
    }
    return Story(town, sent, {address: receipt(town, address, name) for address, name in sent.items()})


def receipt(town: Town, address: str, message_id: str) -> EmailMessage:
    return until(lambda: town.mailbox(address).answer_to(message_id), f"{address} has a receipt")


def test_replies_from_many_programs_are_recorded_as_they_were_meant(story: Story) -> None:
    assert {address: story.town.answers(address) for address in story.sent} == {
        ADA: {"moved": "The shelves are up", "need": "two lamps"},
        BARBARA: {"moved": "The kitchen works again."},
        GRACE: {"moved": "We found a room", "next": "Ask the bus company"},
        LINUS: {"moved": "Ten pupils signed up"},
        MARGARET: {"private": "The budget talk worries me"},
    }


def test_a_receipt_says_what_was_understood(story: Story) -> None:
    assert "two lamps" in text_of(story.receipts[ADA])
    assert "Ask the bus company" in text_of(story.receipts[GRACE])


def test_a_reply_keeps_the_signed_address_on_its_way_into_the_one_mailbox(story: Story) -> None:
    """RFC 5233: Postfix and Dovecot deliver thread+r-TOKEN to thread, and say what was written to."""
    read = {mail["Message-ID"]: mail for mail in story.town.mailbox(THREAD).mails("Processed")}

    for address, message_id in story.sent.items():
        asked = story.town.mailbox(address).check_in()
        signed = read[message_id]["Delivered-To"]
        assert signed.startswith("thread+r-")
        assert read[message_id]["X-Original-To"] == signed
        assert signed.encode() in asked.partition(b"\r\n\r\n")[0]


def test_what_was_read_is_moved_and_what_another_program_marked_as_deleted_is_not_lost(story: Story) -> None:
    """REL-19, REL-21."""
    until(lambda: not story.town.mailbox(THREAD).raw_mails(), "the inbox is empty")

    assert FOREIGN in story.town.mailbox(THREAD).raw_mails("Processed")


def test_a_real_bounce_is_noted_on_the_right_person(story: Story) -> None:
    """MM-1, MM-2: Dovecot says 550, Postfix reports it."""
    reported = "SELECT addr_spec, failure FROM addresses WHERE failing_since IS NOT NULL"
    [failing] = until(lambda: story.town.rows(reported), "the bounce is noted")

    assert failing["addr_spec"] == GONE
    assert "550 5.1.1" in failing["failure"]


@pytest.mark.parametrize("reader", [OPERATOR, ADA], ids=["operator", "champion"])
def test_a_real_bounce_is_told_to_who_can_mend_it(story: Story, reader: str) -> None:
    notice = until(lambda: about(story.town, reader, GONE), f"{reader} hears of the bounce")

    assert "User doesn't exist" in text_of(notice)


def test_a_push_wakes_the_worker_long_before_it_would_look_by_itself(story: Story) -> None:
    """REL-18, RFC 2177: it has just looked, and will do so in a minute; the second reply comes sooner."""
    edith = story.town.mailbox(EDITH)
    receipt(story.town, EDITH, edith.answer("plain", "1: The choir comes"))

    edith.answer("plain", "2: Print the songs")

    until(lambda: "next" in story.town.answers(EDITH), "the second reply is recorded", seconds=20)


def about(town: Town, reader: str, address: str) -> EmailMessage | None:
    return next((mail for mail in town.mailbox(reader).mails() if address in text_of(mail)), None)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""
