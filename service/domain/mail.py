"""Mail as the field speaks of it: kinds of incoming mail, states of outgoing mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What an incoming message is. Commands are found by ``reading``: to ``inbound`` they are human."""

    HUMAN = "human"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    COMPLAINT = "complaint"


class Outcome(StrEnum):
    """How a kept message ended."""

    RECORDED = "recorded"
    CLARIFICATION_ASKED = "clarification_asked"
    COMMAND_DONE = "command_done"
    BOUNCE_NOTED = "bounce_noted"
    IGNORED = "ignored"
    HELD = "held"
    REFUSED = "refused"
    FAILED = "failed"


class Receipt(StrEnum):
    """What a mail server said of one message (REL-5 to REL-8)."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"


class Phase(StrEnum):
    """How far one SMTP transaction had come. From ``DOT`` on, nobody knows without an answer."""

    CONNECT = "connect"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"


class Fault(StrEnum):
    """Whose fault a failed attempt is: this recipient's, or the whole relay's (REL-8)."""

    NONE = "none"
    RECIPIENT = "recipient"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one attempt ended. ``code`` 550, ``status`` "5.1.1" (RFC 3463), ``text`` the server's words."""

    receipt: Receipt
    phase: Phase
    code: int = 0
    status: str = ""
    text: str = ""
    fault: Fault = Fault.NONE


@dataclass(frozen=True, slots=True)
class Envelope:
    """The SMTP envelope (RFC 5321 section 2.3.1)."""

    mail_from: str
    rcpt_to: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One composed mail: final bytes, sent unchanged on every attempt (OUT-2).

    ``key`` is its logical key (REL-4), ``handle`` what its signed identifiers carry; ``text`` its
    plain part, kept to align replies with. ``shared`` are pieces of ``raw``, in their order in it,
    that many mails have in common: the outbox keeps each once.
    """

    key: str
    handle: str
    envelope: Envelope
    message_id: str
    raw: bytes
    text: str
    subject: str = ""
    shared: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One claimed outbox row (its handle is ``id``) on its way to the relay. ``claim`` fences off a
    stale sender (REL-3)."""

    id: str
    key: str
    envelope: Envelope
    message_id: str
    raw: bytes
    claim: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message as the IMAP server gave it. ``truncated``: too large, only its header was read."""

    uidvalidity: int
    uid: int
    raw: bytes
    received_at: datetime
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was read (REL-20). UIDs mean nothing without their UIDVALIDITY."""

    uidvalidity: int = 0
    last_uid: int = 0
