"""One logged-in IMAP connection, for the thread that owns it."""

import contextlib
import imaplib
import socket
from collections.abc import Iterable, Iterator, Sequence

from imap_tools import AND, BaseMailBox, H, UidRange
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError

from service.domain.mail import Cursor, RawMail
from service.errors import Misconfigured
from service.inbound.mailbox.account import Batch, ImapAccount
from service.inbound.mailbox.fetching import Arrived, Part, arrivals, header_of, is_whole, literals
from service.inbound.mailbox.idling import Doorbell, idle

BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)
"""After any of these a connection is thrown away: nobody knows its state."""
BATCH = 100
BATCH_OCTETS = 32 * 1024 * 1024
"""A batch ends here, even with less mails: it is held in memory."""
HEADER_OCTETS = 128 * 1024
"""As much of a message that is too large is read."""
GOODBYE_SECONDS = 2.0


class Session:
    """A connection with the account's folder selected. Every method may raise one of ``BROKEN``."""

    def __init__(self, box: BaseMailBox, account: ImapAccount) -> None:
        self._box, self._account = box, account
        self._client = box.client
        self._read_to = 0
        self.uidvalidity = 0
        self.select()

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server offers after login."""
        return frozenset(self._client.capabilities)

    def select(self) -> None:
        """Select the account's folder and learn its UIDVALIDITY.

        :raises Misconfigured: there is no such folder.
        """
        self._enter(self._account.folder, readonly=False)
        _, stated = self._client.response("UIDVALIDITY")
        uidvalidity = int(stated[-1] or 0)
        if uidvalidity != self.uidvalidity:
            self.uidvalidity, self._read_to = uidvalidity, 0

    def unseen(self, cursor: Cursor) -> Batch:
        """Read the mail above ``cursor``, all of it where the cursor is of another UIDVALIDITY."""
        since = cursor.last_uid if cursor.uidvalidity == self.uidvalidity else 0
        uids = self._search(since)[:BATCH]
        mails = list(self._read(list(_bounded(self._arrivals(uids)))))
        if uids and not mails:
            raise imaplib.IMAP4.abort("the server shows mail but gives none of it")
        self._read_to = mails[-1].uid if mails else since
        return Batch(self.uidvalidity, mails)

    def archive(self, uids: Sequence[int]) -> None:
        """Move messages to the done folder, and touch nobody else's (REL-21).

        A plain EXPUNGE would also remove what other programs have marked as deleted; a server with
        neither MOVE (RFC 6851) nor UIDPLUS (RFC 4315) is left with our marks.
        """
        names = [str(uid) for uid in uids]
        if not names:
            return
        if "MOVE" in self.capabilities:
            self._box.move(names, self._account.done_folder)
            return
        self._box.copy(names, self._account.done_folder)
        self._change("STORE", ",".join(names), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self.capabilities:
            self._change("EXPUNGE", ",".join(names))

    def has_message_id(self, folder: str, message_id: str) -> bool:
        """Look for one message in ``folder``, such as the account's sent mail (REL-7).

        :raises Misconfigured: there is no such folder.
        """
        try:
            self._enter(folder, readonly=True)
            return bool(self._box.uids(AND(header=H("Message-ID", message_id)), charset=None))
        finally:
            self.select()

    def has_news(self) -> bool:
        """Say whether mail lies above what was read last. Only NOOP makes a server show new mail."""
        return bool(self._search(self._read_to))

    def idle(self, doorbell: Doorbell) -> None:
        """Wait until the server speaks, the doorbell rings, or it is time to ask again."""
        if "EXISTS" not in self._client.untagged_responses:  # else mail came since the SEARCH
            seconds = self._account.idle if "IDLE" in self.capabilities else self._account.poll
            idle(self._client, doorbell, seconds)

    def close(self) -> None:
        """Take leave; a server that does not answer is left without."""
        with contextlib.suppress(*BROKEN):
            self._client.sock.settimeout(GOODBYE_SECONDS)
            self._box.logout()
        self.drop()

    def drop(self) -> None:
        """Close the connection without a word."""
        with contextlib.suppress(*BROKEN):
            self._client.shutdown()

    def break_off(self) -> None:
        """Make a thread that waits for this server wake up with an error; for other threads."""
        with contextlib.suppress(OSError):
            # Not SSLSocket.shutdown(): that one takes the TLS state away from the reader.
            socket.socket.shutdown(self._client.sock, socket.SHUT_RDWR)

    def _enter(self, folder: str, *, readonly: bool) -> None:
        try:
            self._box.folder.set(folder, readonly)
        except MailboxFolderSelectError as error:
            raise Misconfigured(
                self._account.place, f"has no folder {folder!r}.", "Name one that exists."
            ) from error

    def _search(self, since: int) -> list[int]:
        """List the UIDs above ``since``; ``n:*`` always names the newest, even one below n."""
        self._client.untagged_responses.clear()
        self._client.noop()
        self._client.untagged_responses.pop("EXISTS", None)
        criteria = AND(uid=UidRange(str(since + 1), "*"))
        return sorted(uid for uid in map(int, self._box.uids(criteria, charset=None)) if uid > since)

    def _arrivals(self, uids: Sequence[int]) -> Iterator[Arrived]:
        """Learn the sizes, and ask once more for what the server left out."""
        found = arrivals(self._fetch(uids, "RFC822.SIZE INTERNALDATE"))
        for uid in uids:
            again = {} if uid in found else arrivals(self._fetch([uid], "RFC822.SIZE INTERNALDATE"))
            yield from (known[uid] for known in (found, again) if uid in known)

    def _read(self, wanted: list[Arrived]) -> Iterator[RawMail]:
        """Read mails whole, none of them marked as seen (REL-19); the header of one too large.

        What is not given even alone was removed meanwhile, or is damaged; it holds up nobody.
        """
        small = [mail.uid for mail in wanted if mail.size <= self._account.max_size]
        texts = literals(self._fetch(small, "BODY.PEEK[]"))
        for mail in wanted:
            raw = texts.get(mail.uid, b"")
            if not is_whole(raw, mail.size) and mail.uid in small:
                raw = literals(self._fetch([mail.uid], "BODY.PEEK[]")).get(mail.uid, b"")
            if is_whole(raw, mail.size):
                yield RawMail(self.uidvalidity, mail.uid, raw, mail.received_at)
            else:
                yield from self._header(mail)

    def _header(self, mail: Arrived) -> Iterator[RawMail]:
        start = literals(self._fetch([mail.uid], f"BODY.PEEK[]<0.{HEADER_OCTETS}>")).get(mail.uid)
        if start:
            yield RawMail(self.uidvalidity, mail.uid, header_of(start), mail.received_at, truncated=True)

    def _fetch(self, uids: Sequence[int], items: str) -> list[Part]:
        """Fetch together; where the server refuses, one by one, so that one bad mail stands alone."""
        if not uids:
            return []
        self._client.untagged_responses.pop("FETCH", None)
        outcome, answer = self._client.uid("FETCH", ",".join(map(str, uids)), f"(UID {items})")
        if outcome == "OK":
            return answer
        return [part for uid in uids for part in self._fetch([uid], items)] if len(uids) > 1 else []

    def _change(self, command: str, *arguments: str) -> None:
        outcome, answer = self._client.uid(command, *arguments)
        if outcome != "OK":
            raise imaplib.IMAP4.abort(f"UID {command}: {outcome} {answer!r}")


def _bounded(arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    """Take mails until they would fill the memory, but at least one."""
    total = 0
    for mail in arrived:
        if total and total + mail.size > BATCH_OCTETS:
            return
        total += mail.size
        yield mail
