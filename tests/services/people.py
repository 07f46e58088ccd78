"""People with mailboxes on Dovecot, and the mail programs in which they read and answer."""

import imaplib
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count

from service.sandbox.mailers import Author, Words, received, reply
from service.sandbox.programs import PROGRAMS

_numbers = count(1)


@dataclass(frozen=True)
class Mailbox:
    """One account, seen from a mail program."""

    address: str
    password: str
    imap_port: int
    mx_port: int

    def raw_mails(self, folder: str = "INBOX") -> list[bytes]:
        """Everything in a folder, oldest first; nothing is marked as read."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as program:
            program.login(self.address, self.password)
            outcome, _ = program.select(folder, readonly=True)
            numbers = program.search(None, "ALL")[1][0].split() if outcome == "OK" else []
            return [program.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]

    def mails(self, folder: str = "INBOX") -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw_mails(folder)]

    def check_in(self) -> bytes | None:
        """The questions of this week."""
        found = [raw for raw in self.raw_mails() if b"\r\nX-Common-Thread-Asked: check-in " in raw]
        return found[-1] if found else None

    def keep(self, raw: bytes, flags: str) -> None:
        """Put a mail into the inbox, as a program does that moves mail between accounts."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as program:
            program.login(self.address, self.password)
            program.append("INBOX", flags, datetime.now(UTC), raw)  # noqa: TID251 - the clock on the wall

    def answer(
        self, program: str, above: str, under: Mapping[str, str] | None = None, to: bytes | None = None
    ) -> str:
        """Reply to the check-in with one of the sandbox's mail programs. Returns the Message-ID.

        ``to``: the check-in, where it was read before and cannot be read now.
        """
        raw = to or self.check_in()
        assert raw is not None
        original, words = received(raw, "America/New_York"), Words(above, under or {})
        author = Author("A Person", self.address, datetime.now(UTC), f"answer.{next(_numbers)}")  # noqa: TID251 - a person writes now
        self.post(reply(PROGRAMS[program], original, words, author), original.reply_to)
        return f"<{author.mail}@town.example>"

    def post(self, raw: bytes, to: str) -> None:
        """Hand a mail over as another town's server does: no login, but for the town only."""
        with smtplib.SMTP("127.0.0.1", self.mx_port) as server:
            server.sendmail(self.address, [to], raw)

    def answer_to(self, message_id: str) -> EmailMessage | None:
        """The mail that threads under one of ours."""
        return next((mail for mail in self.mails() if mail["In-Reply-To"] == message_id), None)
