"""Which mailbox to read, and what comes out of it."""

from dataclasses import dataclass, field
from typing import Literal

from service.domain.mail import RawMail

Security = Literal["tls", "starttls", "none"]
"""TLS from the first octet (port 993), STARTTLS (port 143), or plain text on this machine."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """One account and its folders.

    ``timeout`` bounds every wait for the server; ``idle`` is how long it is listened to before it
    is asked again (both seconds, REL-18); ``poll`` replaces ``idle`` where the server has no IDLE
    (RFC 2177). Of a message above ``max_size`` octets only the header is read. ``ca_file``:
    certificates that are trusted beside the system's.
    """

    host: str
    port: int = 993
    security: Security = "tls"
    username: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    done_folder: str = "Processed"
    ca_file: str = ""
    timeout: float = 30.0
    idle: float = 240.0
    poll: float = 30.0
    max_size: int = 10 * 1024 * 1024

    @property
    def place(self) -> str:
        """Its name in messages to the operator."""
        return f"mailbox {self.username} at {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Mail above a cursor, sorted by UID. The UIDs mean something under ``uidvalidity`` only (REL-20)."""

    uidvalidity: int
    mails: list[RawMail]
