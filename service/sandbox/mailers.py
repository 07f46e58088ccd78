"""Replies as people's mail programs make them: the mail that is answered, the words, the finished mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from service.message import Part, parse


@dataclass(frozen=True, slots=True)
class Original:
    """The mail that is answered, as its reader's program shows it. ``at`` is in the reader's zone;
    ``pictures`` stand in its HTML."""

    sender: str
    address: str
    to: str
    subject: str
    at: datetime
    message_id: str
    reply_to: str
    return_path: str
    references: tuple[str, ...]
    text: str
    html: str
    pictures: tuple[Part, ...] = ()

    @property
    def who(self) -> str:
        """``Name <address>``."""
        return f"{self.sender} <{self.address}>"


@dataclass(frozen=True, slots=True)
class Words:
    """What the author typed: ``above`` the quote, or ``under`` the questions (by label) inside it."""

    above: str
    under: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands in From, when they write; ``mail`` makes the Message-ID."""

    name: str
    addr_spec: str
    at: datetime
    mail: str


@dataclass(frozen=True, slots=True)
class Body:
    """text/plain and text/html; '' where a program sends none."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A mail program: its name for people, how it writes, and what it says of itself in the header."""

    name: str
    write: Callable[[Original, Words], Body]
    fields: Mapping[str, str]
    prefix: str = "Re: "
    automatic: bool = False


def received(raw: bytes, zone: str) -> Original:
    """The mail ``raw`` in the hands of somebody who lives in ``zone``."""
    message = parse(raw)
    if message.date is None:
        raise ValueError("a mail of ours has a date")
    return Original(
        sender=message.author_name,
        address=message.author or "",
        to=message.first("To"),
        subject=message.subject,
        at=message.date.astimezone(ZoneInfo(zone)),
        message_id=message.message_id,
        reply_to=message.first("Reply-To").strip("<>"),
        return_path=message.first("Return-Path").strip("<>"),
        references=message.references,
        text=message.text,
        html=_inner(message.html),
        pictures=tuple(part for part in message.parts if part.content_id),
    )


def reply(program: Program, original: Original, words: Words, author: Author) -> bytes:
    """The whole reply. An automatic one goes to the return path (RFC 3834 section 4)."""
    mail = _begun(author, original.return_path if program.automatic else original.reply_to)
    mail["Subject"] = program.prefix + original.subject.removeprefix("Re: ")
    mail["In-Reply-To"] = original.message_id
    mail["References"] = " ".join((*original.references, original.message_id))
    return _finished(program, mail, program.write(original, words), original.pictures)


def new_mail(program: Program, author: Author, to: str, subject: str, words: str) -> bytes:
    """A mail that answers nothing."""
    mail = _begun(author, to)
    mail["Subject"] = subject
    return _finished(program, mail, Body(f"{words}\n"))


def _begun(author: Author, to: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{author.name} <{author.addr_spec}>"
    mail["To"] = to
    mail["Date"] = format_datetime(author.at)
    mail["Message-ID"] = f"<{author.mail}@{author.addr_spec.rpartition('@')[2]}>"
    return mail


def _finished(program: Program, mail: EmailMessage, body: Body, pictures: Sequence[Part] = ()) -> bytes:
    for field, value in program.fields.items():
        mail[field] = value
    if body.text:
        mail.set_content(body.text)
    if body.html and body.text:
        mail.add_alternative(body.html, subtype="html")
    elif body.html:
        mail.set_content(body.html, subtype="html")
    for picture in pictures if body.html else ():
        _take_along(picture, mail)
    return mail.as_bytes()


def _take_along(picture: Part, mail: EmailMessage) -> None:
    """A picture that the quote shows travels with it (RFC 2387)."""
    html = mail.get_body(("related", "html"))
    if isinstance(html, EmailMessage):
        kind, _, subtype = picture.content_type.partition("/")
        html.add_related(picture.octets, kind, subtype, cid=picture.content_id)


def _inner(html: str) -> str:
    """What stands in the body, in one piece as programs quote it."""
    _, _, rest = html.partition("<body")
    return rest.partition(">")[2].partition("</body>")[0].strip() or escape(html)
