"""A mailbox over IMAP, against the sandbox's real server."""

import asyncio
import imaplib
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest

from service.domain.mail import Cursor
from service.errors import Misconfigured
from service.inbound.mailbox import ImapAccount, Mailbox
from service.sandbox.mail import EmbeddedMail
from tests.wire.conftest import ACCOUNTS, MORNING

T = TypeVar("T")
MAIL = b"From: ada@town.example\r\nMessage-ID: <one@town.example>\r\n\r\n1. The shelves came.\r\n"


def account_at(mail: EmbeddedMail, **changes: object) -> ImapAccount:
    settings: dict[str, object] = {"username": "thread@town.example", "password": "loom", "timeout": 5.0}
    return ImapAccount(mail.host, mail.imap_port, "none", **(settings | changes))


@pytest.fixture
async def mailbox(embedded_mail: EmbeddedMail) -> AsyncIterator[Mailbox]:
    async with Mailbox(account_at(embedded_mail)) as mailbox:
        yield mailbox


async def another_program(mail: EmbeddedMail, act: Callable[[imaplib.IMAP4], T], folder: str = "INBOX") -> T:
    """What a person's own mail program does in the same mailbox meanwhile."""

    def session() -> T:
        with imaplib.IMAP4(mail.host, mail.imap_port) as program:
            program.login("thread@town.example", "loom")
            program.select(folder)
            return act(program)

    return await asyncio.to_thread(session)


async def pushed(mailbox: Mailbox) -> None:
    """Wait for a push that must come; the mailbox itself would wait for an hour."""
    await asyncio.wait_for(mailbox.wait_for_push(3600), 20)


async def test_mail_comes_as_it_was_sent_and_stays_unread(
    embedded_mail: EmbeddedMail, mailbox: Mailbox
) -> None:
    """REL-19."""
    raw = MAIL + b"caf\xe9 \xff\r\n.\r\n\r\n"
    await embedded_mail.deliver("thread@town.example", raw)

    [mail] = (await mailbox.unseen(Cursor())).mails

    assert (mail.raw, mail.received_at, mail.truncated) == (raw, MORNING, False)
    flags = await another_program(embedded_mail, lambda program: program.fetch("1", "(FLAGS)"))
    assert b"Seen" not in str(flags).encode()


async def test_only_mail_above_the_cursor_is_read(embedded_mail: EmbeddedMail, mailbox: Mailbox) -> None:
    """REL-20."""
    await embedded_mail.deliver("thread@town.example", MAIL)
    batch = await mailbox.unseen(Cursor())
    cursor = Cursor(batch.uidvalidity, batch.mails[-1].uid)
    assert (await mailbox.unseen(cursor)).mails == []

    await embedded_mail.deliver("thread@town.example", b"Subject: second\r\n\r\n")

    assert [mail.raw for mail in (await mailbox.unseen(cursor)).mails] == [b"Subject: second\r\n\r\n"]


async def test_new_mail_is_pushed(embedded_mail: EmbeddedMail, mailbox: Mailbox) -> None:
    """RFC 2177."""
    assert (await mailbox.unseen(Cursor())).mails == []
    await mailbox.wait_for_push(0.2)

    await embedded_mail.deliver("thread@town.example", MAIL)
    await pushed(mailbox)

    assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_waiting_ends_without_a_push(mailbox: Mailbox) -> None:
    await mailbox.wait_for_push(0.05)
    await mailbox.wait_for_push(0.05)


async def test_kept_mail_moves_and_what_others_deleted_stays(
    embedded_mail: EmbeddedMail, mailbox: Mailbox
) -> None:
    """REL-21."""
    for subject in (b"kept", b"deleted by Grace", b"new"):
        await embedded_mail.deliver("thread@town.example", b"Subject: " + subject + b"\r\n\r\n")
    kept, deleted, _ = (await mailbox.unseen(Cursor())).mails
    await another_program(
        embedded_mail, lambda program: program.uid("STORE", str(deleted.uid), "+FLAGS", r"(\Deleted)")
    )

    await mailbox.archive([kept.uid])

    left = [mail.raw for mail in (await mailbox.unseen(Cursor())).mails]
    assert left == [b"Subject: deleted by Grace\r\n\r\n", b"Subject: new\r\n\r\n"]
    moved = await another_program(embedded_mail, lambda program: program.search(None, "ALL"), "Processed")
    assert moved == ("OK", [b"1"])


async def test_archiving_nothing_or_what_is_gone_does_no_harm(
    embedded_mail: EmbeddedMail, mailbox: Mailbox
) -> None:
    await embedded_mail.deliver("thread@town.example", MAIL)
    batch = await mailbox.unseen(Cursor())

    await mailbox.archive([])
    await mailbox.archive([999], batch.uidvalidity)

    assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_proof_of_a_sent_mail_is_found_by_its_message_id(
    embedded_mail: EmbeddedMail, mailbox: Mailbox
) -> None:
    """REL-7."""
    await embedded_mail.deliver("thread@town.example", MAIL)

    assert await mailbox.has_message_id("INBOX", "<one@town.example>")
    assert not await mailbox.has_message_id("INBOX", "<two@town.example>")
    with pytest.raises(Misconfigured, match="no folder 'Sent'"):
        await mailbox.has_message_id("Sent", "<one@town.example>")
    assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_a_restarted_server_with_new_numbers_loses_nothing() -> None:
    """REL-18, REL-20; F33, F36: this server forgets its mail and its UIDVALIDITY with each restart."""
    async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING) as first:
        await first.deliver("thread@town.example", MAIL)
        mailbox = Mailbox(account_at(first))
        await mailbox.open()
        before = await mailbox.unseen(Cursor())

    async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING, imap_port=first.imap_port) as second:
        await second.deliver("thread@town.example", b"Subject: after\r\n\r\n")
        await pushed(mailbox)
        after = await mailbox.unseen(Cursor(before.uidvalidity, before.mails[-1].uid))
        await mailbox.archive([mail.uid for mail in before.mails], before.uidvalidity)
        rest = await mailbox.unseen(Cursor())
        await mailbox.close()

    assert after.uidvalidity != before.uidvalidity
    assert [mail.raw for mail in after.mails] == [b"Subject: after\r\n\r\n"]
    assert rest.mails == after.mails


async def test_a_wrong_password_is_named_as_such(embedded_mail: EmbeddedMail) -> None:
    account = ImapAccount(embedded_mail.host, embedded_mail.imap_port, "none", "ada@town.example", "wrong")

    async with Mailbox(account) as mailbox:
        with pytest.raises(Misconfigured, match="user name and the password"):
            await mailbox.unseen(Cursor())
    with pytest.raises(Misconfigured, match="user name and the password"):
        await mailbox.check()


async def test_a_folder_that_is_missing_is_named_as_such(embedded_mail: EmbeddedMail) -> None:
    async with Mailbox(account_at(embedded_mail, folder="Replies")) as mailbox:
        with pytest.raises(Misconfigured, match="no folder 'Replies'"):
            await mailbox.unseen(Cursor())


async def test_doctor_hears_what_the_server_offers(embedded_mail: EmbeddedMail) -> None:
    assert {"IDLE", "MOVE", "UIDPLUS"} <= await Mailbox(account_at(embedded_mail)).check()


async def test_an_open_mailbox_closes_while_it_idles(embedded_mail: EmbeddedMail) -> None:
    mailbox = Mailbox(account_at(embedded_mail))
    await mailbox.open()
    await mailbox.unseen(Cursor())
    await mailbox.wait_for_push(0.1)

    await asyncio.wait_for(mailbox.close(), 20)
    await mailbox.close()
