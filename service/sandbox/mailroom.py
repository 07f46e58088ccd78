"""Everybody's mailbox as the page shows it: mails in order, what became of each, what it belongs to."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.mail import Outcome
from service.domain.privacy import READERS
from service.domain.question import NOTE
from service.message import Message, parse
from service.reading import visible_text
from service.sandbox.house import Posted
from service.sandbox.programs import PROGRAMS
from service.sandbox.record import Record, one_line
from service.sandbox.week import ASKS
from service.store.chronicle import Arrival

FIELDS = (
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
    *("Return-Path", "Delivered-To", "Authentication-Results", "Auto-Submitted", "List-Id"),
    *("List-Unsubscribe", ASKS, "X-Mailer", "User-Agent", "Content-Type"),
)
"""Header fields worth a look."""
VERDICTS = {
    Outcome.RECORDED: "understood",
    Outcome.CLARIFICATION_ASKED: "one thing asked again",
    Outcome.COMMAND_DONE: "done",
    Outcome.BOUNCE_NOTED: "noted: it came back",
    Outcome.IGNORED: "noted, not answered",
    Outcome.HELD: "held back",
    Outcome.REFUSED: "refused",
    Outcome.FAILED: "failed",
}
NOTHING_YET = "not read yet"
NOTE_LABEL = "Fits no question"
LONGEST_NAME = 40
LONGEST_PREVIEW = 90


@dataclass(frozen=True, slots=True)
class Understood:
    """One stored answer and who reads it."""

    label: str
    text: str
    readers: str


@dataclass(frozen=True, slots=True)
class Step:
    """One mail of a conversation, as its other mails link to it."""

    anchor: str
    subject: str
    at: str
    received: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One mail; ``words`` is how it begins.

    ``signed`` is somebody else's name in From. ``outcome`` and what follows it are there only where
    the service had to judge the mail.
    """

    anchor: str
    file: str
    raw: bytes
    received: bool
    other: str
    subject: str
    words: str
    at: str
    text: str
    html: str
    fields: tuple[tuple[str, str], ...]
    message_id: str
    root: str
    program: str = ""
    signed: str = ""
    outcome: str = ""
    verdict: str = ""
    reason: str = ""
    understood: tuple[Understood, ...] = ()
    again: tuple[str, ...] = ()
    thread: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person's mails, oldest first. ``about`` says who they are."""

    anchor: str
    name: str
    address: str
    about: str
    mails: tuple[Shown, ...]


def mailroom(record: Record) -> tuple[Mailbox, ...]:
    """Everybody's mailbox, the service's own last."""
    boxes = [
        _mailbox(one.name, one.addr_spec, one.about, _mails_of(record, one.addr_spec))
        for one in record.town.neighbours
    ]
    arrived = [_arrived(record, raw) for raw in record.mailboxes[record.town.mailbox]]
    own = _mailbox("Common Thread", record.town.mailbox, "what the service read", arrived)
    return (*boxes, own)


def _mailbox(name: str, address: str, about: str, mails: Iterable[Shown]) -> Mailbox:
    anchor = slug(address.partition("@")[0])
    placed = [_placed(mail, anchor, number) for number, mail in enumerate(_rooted(mails), start=1)]
    threaded = tuple(replace(mail, thread=_thread(mail, placed)) for mail in placed)
    return Mailbox(anchor, name, address, about, threaded)


def _rooted(mails: Iterable[Shown]) -> Iterator[Shown]:
    """Each mail with the mail that its conversation began with, as far as this mailbox knows."""
    roots: dict[str, str] = {}
    for mail in mails:
        root = roots[mail.message_id] = roots.get(mail.root, mail.root)
        yield replace(mail, root=root)


def _placed(mail: Shown, box: str, number: int) -> Shown:
    way = "received" if mail.received else "sent"
    file = f"mail/{box}/{number:02d}-{way}-{slug(mail.subject)}.eml"
    return replace(mail, anchor=f"{box}-{number}", file=file)


def _mails_of(record: Record, address: str) -> Iterator[Shown]:
    """What somebody received and sent, in the order in which it happened."""
    sent = [one for one in record.posted if one.letter.who == address]
    for count, raw in enumerate(record.mailboxes.get(address, ())):
        yield from (_sent(record, one) for one in sent if one.after == count)
        yield _shown(record, raw, received=True)
    last = len(record.mailboxes.get(address, ()))
    yield from (_sent(record, one) for one in sent if one.after == last)


def _sent(record: Record, posted: Posted) -> Shown:
    mail = _judged(_shown(record, posted.raw, received=False), record, record.arrivals.get(posted.message_id))
    again = [mail.first(ASKS).split()[1:] for mail in record.receipts(posted)]
    labels = tuple(record.questions[key].label for keys in again for key in keys if key in record.questions)
    letter = posted.letter
    signed = record.town.name(letter.signs) if letter.signs != letter.who else ""
    return replace(mail, program=PROGRAMS[letter.program].name, signed=signed, again=labels)


def _arrived(record: Record, raw: bytes) -> Shown:
    arrival = record.arrivals.get(parse(raw).message_id)
    return _judged(_shown(record, raw, received=True), record, arrival)


def _judged(mail: Shown, record: Record, arrival: Arrival | None) -> Shown:
    if arrival is None or arrival.outcome is None:
        return replace(mail, verdict=NOTHING_YET)
    understood = tuple(
        Understood(
            NOTE_LABEL if entry.question == NOTE else record.questions[entry.question].label,
            entry.text,
            READERS[entry.privacy],
        )
        for entry in arrival.entries
    )
    return replace(
        mail,
        outcome=arrival.outcome.value,
        verdict=VERDICTS[arrival.outcome],
        reason=arrival.reason,
        understood=understood,
    )


def _shown(record: Record, raw: bytes, *, received: bool) -> Shown:
    message = parse(raw)
    return Shown(
        anchor="",
        file="",
        raw=raw,
        received=received,
        other=message.author_name or message.author or "" if received else "Common Thread",
        subject=message.subject,
        words=one_line(visible_text(raw))[:LONGEST_PREVIEW],
        at=_moment(message.date or record.ended_at, record.town.plan.zone),
        text=message.text,
        html=message.html,
        fields=tuple((name, value) for name in FIELDS for value in message.all(name)),
        message_id=message.message_id,
        root=_root(message),
    )


def _thread(mail: Shown, mails: list[Shown]) -> tuple[Step, ...]:
    steps = [Step(one.anchor, one.subject, one.at, one.received) for one in mails if one.root == mail.root]
    return tuple(steps) if len(steps) > 1 else ()


def _root(message: Message) -> str:
    """The mail that a conversation began with, in this mail's own words (RFC 5322 section 3.6.4)."""
    return next(iter((*message.references, *message.in_reply_to, message.message_id)))


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    half = "AM" if local.hour < 12 else "PM"
    return f"{local:%a, %b} {local.day}, {local.hour % 12 or 12}:{local:%M} {half}"


def slug(text: str) -> str:
    """``text`` as every file system takes it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_NAME].strip("-") or "mail"
