"""Read the mailbox: raw mail is kept and committed first, then moved (REL-19)."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from service.domain.mail import Cursor
from service.inbound.mailbox import Mailbox
from service.store import cursors, inbox


async def fetch_mail(
    mailbox: Mailbox, account: str, announce: Callable[[int], Awaitable[None]], now: datetime
) -> int:
    """Keep what is new, announce each kept message, move it out of the way. Returns how many came.

    A crash between the steps repeats the earlier one: the same bytes are kept once (IN-21), and the
    cursor moves last.
    """
    cursor = await cursors.get(account)
    batch = await mailbox.unseen(cursor)
    for mail in batch.mails:
        inbox_id = await inbox.keep(mail, now)
        if inbox_id is not None:
            await announce(inbox_id)
    if batch.mails:
        uids = [mail.uid for mail in batch.mails]
        await mailbox.archive(uids, batch.uidvalidity)
        await cursors.advance(account, Cursor(batch.uidvalidity, max(uids)))
    return len(batch.mails)
