"""Everybody's mailbox as a mail program shows it: conversations, newest first, each with its mails."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from service.sandbox.record import Record
from service.sandbox.shelf import Shelf
from service.sandbox.shown import Reader, Shown, arrived, received, sent

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Conversation:
    """Mails that belong together, oldest first. ``others`` says with whom."""

    anchor: str
    subject: str
    others: str
    mails: tuple[Shown, ...]

    @property
    def newest(self) -> Shown:
        """The last word."""
        return self.mails[-1]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person's conversations, newest first. ``about`` says who they are."""

    anchor: str
    name: str
    address: str
    about: str
    conversations: tuple[Conversation, ...]

    @property
    def mails(self) -> tuple[Shown, ...]:
        """All mails, in the order in which they came and went."""
        every = (mail for one in self.conversations for mail in one.mails)
        return tuple(sorted(every, key=lambda mail: mail.number))


def mailroom(record: Record, shelf: Shelf) -> tuple[Mailbox, ...]:
    """Everybody's mailbox, the service's own last. The HTML of the mails goes onto ``shelf``."""
    boxes = [
        _mailbox(Reader(one.name, one.addr_spec, record.town.zone(one.addr_spec)), one.about, record, shelf)
        for one in record.town.neighbours
    ]
    own = Reader("Common Thread", record.town.mailbox, record.town.plan.zone)
    return (*boxes, _mailbox(own, "what the service read", record, shelf))


def _mailbox(reader: Reader, about: str, record: Record, shelf: Shelf) -> Mailbox:
    anchor = slug(reader.address.partition("@")[0])
    mails = _placed(_rooted(_mails_of(reader, record, shelf)), anchor)
    return Mailbox(anchor, reader.name, reader.address, about, tuple(_conversations(list(mails), anchor)))


def _mails_of(reader: Reader, record: Record, shelf: Shelf) -> Iterator[Shown]:
    """What somebody received and sent, in the order in which it happened."""
    raws = record.mailboxes.get(reader.address, ())
    if reader.address == record.town.mailbox:
        yield from (arrived(raw, reader, record, shelf) for raw in raws)
        return
    own = [one for one in record.posted if one.letter.who == reader.address]
    for before, raw in enumerate(raws):
        yield from (sent(one, reader, record, shelf) for one in own if one.after == before)
        yield received(raw, reader, record, shelf)
    yield from (sent(one, reader, record, shelf) for one in own if one.after == len(raws))


def _rooted(mails: Iterable[Shown]) -> Iterator[Shown]:
    """Each mail with the mail that its conversation began with, as far as this mailbox knows."""
    roots: dict[str, str] = {}
    for mail in mails:
        root = roots[mail.message_id] = roots.get(mail.root, mail.root)
        yield replace(mail, root=root)


def _placed(mails: Iterable[Shown], box: str) -> Iterator[Shown]:
    for number, mail in zip(count(1), mails, strict=False):
        way = "received" if mail.received else "sent"
        file = f"mail/{box}/{number:02d}-{way}-{slug(mail.subject)}.eml"
        yield replace(mail, number=number, anchor=f"{box}-{number}", file=file)


def _conversations(mails: list[Shown], box: str) -> Iterator[Conversation]:
    """Newest first. Where the subject changes, mail programs begin another one."""
    found: dict[tuple[str, str], list[Shown]] = {}
    for mail in mails:
        found.setdefault((mail.root, mail.topic), []).append(mail)
    newest_first = sorted(found.values(), key=lambda one: one[-1].number, reverse=True)
    for number, one in enumerate(newest_first, start=1):
        others = ", ".join(dict.fromkeys(mail.other for mail in one))
        yield Conversation(f"{box}/{number}", one[0].topic, others, tuple(one))


def slug(text: str) -> str:
    """``text`` as every file system takes it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_NAME].strip("-") or "mail"
