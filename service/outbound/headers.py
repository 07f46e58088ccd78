"""Header fields of outgoing mail: one set for each profile (mail-rules table 1.1).

Fields that people read (From, To, Subject) are written by the stdlib; those that machines read
are ASCII of our own making and folded, never encoded (OUT-2).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from service.addressing import TokenKind
from service.domain.collaboration import Collaboration
from service.outbound.letter import Letter, Sender
from service.outbound.mime import FOLD_AT, fold
from service.outbound.words import one_line
from service.playbook.instruments import HeaderProfile, Instrument

NAME_LIMIT = 64
SUBJECT_LIMIT = 150
SENDER_ID = "commonthread"
"""Feedback-ID's constant last word (OUT-15)."""

# Encoded-words fill the line behind its space, and may have 75 octets (RFC 2047 section 2).
_HUMAN = SMTP.clone(max_line_length=76)
_ID_LIMIT = 900
_KEPT_REFERENCES = 20
_PLAIN = re.compile(r"[A-Za-z0-9 '-]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+>")
_ENGLISH = re.compile(r"en(?:-[A-Za-z0-9]{1,8})*")
_REPLY_WORDS = frozenset(
    ("re", "aw", "sv", "vs", "fw", "fwd", "wg", "tr", "rv", "antw", "antwort", "ref", "odp")
)
_GATEWAY_TAGS = frozenset(("[external]", "[ext]", "[spam]", "[spam?]"))


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Where one mail goes, and its signed identifiers, derived from its keys (REL-4, IN-4)."""

    recipient: str
    message_id: str
    return_path: str
    reply_to: str
    unsubscribe: str
    footer: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the kind of mail decides about its header."""

    auto_submitted: str = "auto-generated"
    suppress: str = "DR, RN, NRN, OOF, AutoReply"
    bulk: bool = False
    listed: bool = False
    reply_kind: TokenKind = TokenKind.REPLY


# A prompt leaves out OOF and Precedence: an out-of-office note has to reach us (decisions, mail-rules).
PROFILES = {
    HeaderProfile.PROMPT: Profile(suppress="DR, RN, NRN, AutoReply", listed=True),
    HeaderProfile.NUDGE: Profile(bulk=True, listed=True),
    HeaderProfile.RECEIPT: Profile(auto_submitted="auto-replied", reply_kind=TokenKind.CORRECTION),
    HeaderProfile.DIGEST: Profile(bulk=True, listed=True, reply_kind=TokenKind.DIGEST),
    HeaderProfile.RECOGNITION: Profile(bulk=True, listed=True, reply_kind=TokenKind.RECOGNITION),
    HeaderProfile.NOTICE: Profile(),
    HeaderProfile.CONFIRM: Profile(reply_kind=TokenKind.CONFIRM),
}


def base_subject(subject: str) -> str:
    """``subject`` without what mail programs and gateways put in front: Re, AW, Fwd, [EXTERNAL] (IN-9)."""
    subject = one_line(subject, SUBJECT_LIMIT)
    while (rest := _without_prefix(subject)) != subject:
        subject = rest
    return subject


def _without_prefix(subject: str) -> str:
    word, colon, rest = subject.partition(":")
    if colon and word.strip().lower() in _REPLY_WORDS:
        return rest.strip()
    tag, bracket, rest = subject.partition("]")
    return rest.strip() if (tag + bracket).lower() in _GATEWAY_TAGS else subject


def header_block(
    instrument: Instrument, letter: Letter, sender: Sender, subject: str, identifiers: Identifiers
) -> bytes:
    """Every field but those of MIME, in a fixed order, each once (OUT-1)."""
    human = (
        mailbox_field("From", sender.name, sender.address),
        mailbox_field("To", letter.person.name, identifiers.recipient),
        subject_field(subject),
    )
    machine = _machine_fields(instrument, letter, sender, identifiers)
    return b"".join(human) + b"".join(fold(name, value) for name, value in machine)


def _machine_fields(
    instrument: Instrument, letter: Letter, sender: Sender, identifiers: Identifiers
) -> Iterator[tuple[str, str]]:
    profile = PROFILES[instrument.header]
    yield "Reply-To", f"<{identifiers.reply_to}>"
    yield "Date", format_datetime(letter.at)
    yield "Message-ID", identifiers.message_id
    yield from _thread_fields(letter)
    if profile.listed:
        yield from _list_fields(instrument, letter.collaboration, sender, identifiers)
    yield "Auto-Submitted", profile.auto_submitted
    yield "X-Auto-Response-Suppress", profile.suppress
    if profile.bulk:
        yield "Precedence", "bulk"
    yield "Content-Language", language(letter.person.locale)
    if letter.questions:
        keys = (letter.questions_of or instrument.key, *(question.key for question in letter.questions))
        yield "X-Common-Thread-Asked", " ".join(keys)


def _thread_fields(letter: Letter) -> Iterator[tuple[str, str]]:
    """In-Reply-To and References (RFC 5322 section 3.6.4). Strangers wrote these identifiers."""
    parents = [identifier for identifier in (letter.in_reply_to,) if _sound(identifier)]
    known = [one for one in dict.fromkeys(letter.references) if _sound(one) and one not in parents] + parents
    if parents:
        yield "In-Reply-To", parents[0]
    if known:
        yield "References", " ".join(known[:1] + known[1:][-_KEPT_REFERENCES:])


def _sound(identifier: str) -> bool:
    fits = len(identifier) <= _ID_LIMIT and "=?" not in identifier
    return fits and _MESSAGE_ID.fullmatch(identifier) is not None


def _list_fields(
    instrument: Instrument, collaboration: Collaboration | None, sender: Sender, identifiers: Identifiers
) -> Iterator[tuple[str, str]]:
    """What list software and mail programs look for. List-Unsubscribe-Post needs the web side (OUT-11)."""
    if collaboration is not None:
        name = one_line(collaboration.name, NAME_LIMIT)
        phrase = f"{name} " if _PLAIN.fullmatch(name) else ""
        yield "List-Id", f"{phrase}<{collaboration.key}.checkins.{sender.domain}>"
    yield "List-Unsubscribe", f"<mailto:{identifiers.unsubscribe}?subject=STOP>"
    group = collaboration.key if collaboration is not None else "all"
    yield "Feedback-ID", f"{instrument.key}:{group}:{sender.domain}:{SENDER_ID}"


def language(locale: str) -> str:
    """The language a mail is written in, as a BCP 47 tag: the reader's English, or plain English."""
    return locale if _ENGLISH.fullmatch(locale) else "en"


@lru_cache(maxsize=4096)
def mailbox_field(name: str, display_name: str, addr_spec: str) -> bytes:
    """From or To with its one address, which check_addr_spec has passed."""
    display_name = one_line(display_name, NAME_LIMIT)
    line = f"{name}: {display_name} <{addr_spec}>"
    if _PLAIN.fullmatch(display_name) and len(line) <= FOLD_AT:
        return line.encode("ascii") + b"\r\n"
    return _by_stdlib(name, (Address(display_name, addr_spec=addr_spec),))


@lru_cache(maxsize=1024)
def subject_field(subject: str) -> bytes:
    """Subject, at most 150 characters before encoding."""
    return _by_stdlib("Subject", one_line(subject, SUBJECT_LIMIT))


def _by_stdlib(name: str, value: str | tuple[Address, ...]) -> bytes:
    _, header = _HUMAN.header_store_parse(name, value)
    return _HUMAN.fold_binary(name, header)
