"""Our mailbox over IMAP: raw mail by UID cursor, moved away when it is safely kept.

imap-tools and imaplib block, so one thread owns the connection (REL-18); ``Mailbox`` is what the
loop sees of it.
"""

from service.inbound.mailbox.account import Batch, ImapAccount
from service.inbound.mailbox.mailbox import Mailbox

__all__ = ["Batch", "ImapAccount", "Mailbox"]
