"""One mail as its reader sees it, and beside a person's own words what the service made of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.mail import Outcome
from service.domain.privacy import READERS
from service.domain.question import NOTE
from service.message import Message, parse, with_inline_images
from service.outbound.headers import base_subject
from service.reading import visible_text
from service.sandbox.house import Posted
from service.sandbox.letters import ASKS
from service.sandbox.programs import PROGRAMS
from service.sandbox.record import Record, one_line
from service.sandbox.shelf import Shelf
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
    Outcome.FAILED: "put aside for a person",
}
NOTHING_YET = "not read yet"
NOTE_LABEL = "Fits no question"
REPLACED = "does not stand any more: a later reply said so"
LONGEST_PREVIEW = 110


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose mailbox it is, and where they live."""

    name: str
    address: str
    zone: str


@dataclass(frozen=True, slots=True)
class Understood:
    """One stored answer and who reads it; one that does not stand any more was replaced or taken back."""

    label: str
    text: str
    readers: str
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One mail; ``words`` is how it begins, ``own`` what its author wrote above or between the quote.

    ``topic`` is its subject without Re:, ``body`` the number of its HTML on the shelf (-1: it has none),
    ``signed`` somebody else's name in From. ``outcome`` and what follows it are there only where the
    service had to judge the mail.
    """

    raw: bytes
    received: bool
    other: str
    subject: str
    topic: str
    words: str
    day: str
    at: str
    text: str
    body: int
    fields: tuple[tuple[str, str], ...]
    message_id: str
    root: str
    number: int = 0
    anchor: str = ""
    file: str = ""
    own: str = ""
    program: str = ""
    signed: str = ""
    outcome: str = ""
    verdict: str = ""
    reason: str = ""
    understood: tuple[Understood, ...] = ()
    again: tuple[str, ...] = ()


def received(raw: bytes, reader: Reader, record: Record, shelf: Shelf) -> Shown:
    """A mail of ours in somebody's mailbox."""
    message = parse(raw)
    at = (message.date or record.ended_at).astimezone(ZoneInfo(reader.zone))
    return Shown(
        raw=raw,
        received=True,
        other=message.author_name or message.author or "",
        subject=message.subject,
        topic=base_subject(message.subject),
        words=one_line(visible_text(raw))[:LONGEST_PREVIEW],
        day=f"{at:%b} {at.day}",
        at=_moment(at),
        text=message.text,
        body=shelf.put(with_inline_images(raw)) if message.html else -1,
        fields=tuple((name, value) for name in FIELDS for value in message.all(name)),
        message_id=message.message_id,
        root=_root(message),
    )


def sent(posted: Posted, reader: Reader, record: Record, shelf: Shelf) -> Shown:
    """What somebody wrote, and what became of it."""
    mail = received(posted.raw, reader, record, shelf)
    mail = _judged(replace(mail, received=False, other="Common Thread"), record, posted.message_id)
    letter = posted.letter
    return replace(
        mail,
        program=PROGRAMS[letter.program].name,
        signed=record.town.name(letter.signs) if letter.signs != letter.who else "",
    )


def arrived(raw: bytes, reader: Reader, record: Record, shelf: Shelf) -> Shown:
    """A mail in the service's own mailbox."""
    return _judged(received(raw, reader, record, shelf), record, parse(raw).message_id)


def _judged(mail: Shown, record: Record, message_id: str) -> Shown:
    arrival = record.arrivals.get(message_id)
    mail = replace(mail, own=visible_text(mail.raw))
    if arrival is None or arrival.outcome is None:
        return replace(mail, verdict=NOTHING_YET)
    return replace(
        mail,
        outcome=arrival.outcome.value,
        verdict=VERDICTS[arrival.outcome],
        reason=arrival.reason,
        understood=_understood(record, arrival) + _replaced(record, message_id),
        again=_again(record, message_id) if arrival.outcome is Outcome.CLARIFICATION_ASKED else (),
    )


def _understood(record: Record, arrival: Arrival) -> tuple[Understood, ...]:
    return tuple(
        Understood(
            NOTE_LABEL if entry.question == NOTE else record.labels.get(entry.question, entry.question),
            entry.text,
            f"read by {READERS[entry.privacy]}",
        )
        for entry in arrival.entries
    )


def _replaced(record: Record, message_id: str) -> tuple[Understood, ...]:
    """What this mail said and does not stand any more."""
    posted = next((one for one in record.posted if one.message_id == message_id), None)
    if posted is None:
        return ()
    standing = record.standing(posted)
    gone = {label: words for label, words in posted.letter.answers.items() if label not in standing}
    return tuple(Understood(label, words, REPLACED, stands=False) for label, words in gone.items())


def _again(record: Record, message_id: str) -> tuple[str, ...]:
    """The questions that the receipt asks once more."""
    answers = (m for m in record.sent if message_id in m.message.in_reply_to)
    keys = (key for one in answers for key in one.message.first(ASKS).split()[1:])
    return tuple(record.labels[key] for key in keys if key in record.labels)


def _root(message: Message) -> str:
    """The mail that a conversation began with, in this mail's own words (RFC 5322 section 3.6.4)."""
    return next(iter((*message.references, *message.in_reply_to, message.message_id)))


def _moment(local: datetime) -> str:
    half = "AM" if local.hour < 12 else "PM"
    return f"{local:%a, %b} {local.day}, {local.hour % 12 or 12}:{local:%M} {half}"
