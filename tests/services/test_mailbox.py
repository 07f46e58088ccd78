"""Our mailbox against Dovecot alone."""

import asyncio

from service.domain.mail import Cursor
from service.inbound.mailbox import ImapAccount, Mailbox
from tests.services import people
from tests.services.servers.dovecot import Dovecot
from tests.services.town import ACCOUNTS, THREAD

FIRST, SECOND = b"Subject: first\r\n\r\nOne\r\n", b"Subject: second\r\n\r\nTwo\r\n"


def account_at(dovecot: Dovecot) -> ImapAccount:
    login = {"username": THREAD, "password": ACCOUNTS[THREAD]}
    return ImapAccount("127.0.0.1", dovecot.imap_port, "none", **login)


def program_at(dovecot: Dovecot) -> people.Mailbox:
    return people.Mailbox(THREAD, ACCOUNTS[THREAD], dovecot.imap_port, mx_port=0)


async def test_moving_one_mail_leaves_another_that_is_marked_as_deleted(dovecot: Dovecot) -> None:
    """REL-21: Dovecot has MOVE (RFC 6851), so nothing is expunged."""
    program = program_at(dovecot)
    await asyncio.to_thread(program.keep, FIRST, r"(\Deleted)")
    await asyncio.to_thread(program.keep, SECOND, "")

    async with Mailbox(account_at(dovecot)) as mailbox:
        batch = await mailbox.unseen(Cursor())
        await mailbox.archive([batch.mails[-1].uid])

    assert await asyncio.to_thread(program.raw_mails) == [FIRST]
    assert await asyncio.to_thread(program.raw_mails, "Processed") == [SECOND]


async def test_dovecot_pushes_new_mail(dovecot: Dovecot) -> None:
    """RFC 2177: nothing would be looked for by itself in the next four minutes."""
    async with Mailbox(account_at(dovecot)) as mailbox:
        before = await mailbox.unseen(Cursor())
        cursor = Cursor(before.uidvalidity, max((mail.uid for mail in before.mails), default=0))
        await mailbox.wait_for_push(1)  # what connecting itself rings

        await asyncio.to_thread(program_at(dovecot).keep, FIRST, "")

        await asyncio.wait_for(mailbox.wait_for_push(3600), 20)
        assert [mail.raw for mail in (await mailbox.unseen(cursor)).mails] == [FIRST]
