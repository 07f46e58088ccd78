"""Letters to the town: replies as a mail program writes them, and what machines write."""

from dataclasses import dataclass, replace
from email.message import EmailMessage
from itertools import count

from tests.flows.town import GRACE, text_of

_numbers = count(1)
QUOTE = "On Mon, Nov 23, 2026 at 9:00 AM Common Thread <thread@town.example> wrote:"


@dataclass(frozen=True)
class Letter:
    """Header fields in their order, and a body: nothing is hidden, so anything can be forged."""

    fields: tuple[tuple[str, str], ...]
    body: str

    def having(self, name: str, value: str) -> "Letter":
        """The same with this field set anew, at the end."""
        return replace(self, fields=(*self.without(name).fields, (name, value)))

    def without(self, name: str) -> "Letter":
        return replace(self, fields=tuple(one for one in self.fields if one[0].lower() != name.lower()))

    def adding(self, name: str, value: str) -> "Letter":
        """The same with one more field on top, as a server on the way adds it."""
        return replace(self, fields=((name, value), *self.fields))

    def __bytes__(self) -> bytes:
        head = "".join(f"{name}: {value}\r\n" for name, value in self.fields)
        return f"{head}\r\n{self.body}".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def quoted(mail: EmailMessage, mark: str = "> ") -> str:
    return "\n".join((mark + line).rstrip() for line in text_of(mail).splitlines())


def letter(words: str, author: str = GRACE, to: str = "thread@town.example", verdict: str = "pass") -> Letter:
    """A mail to ``to``. ``verdict``: what our server says of its sender, "" for nothing."""
    domain = author.rpartition("@")[2]
    result = f"mx.town.example; dmarc={verdict} header.from={domain}"
    trusted = (("Authentication-Results", result),) if verdict else ()
    fields = (
        *trusted,
        ("From", f"<{author}>"),
        ("To", f"<{to}>"),
        ("Subject", "A few words"),
        ("Date", "Mon, 23 Nov 2026 15:00:00 +0000"),
        ("Message-ID", f"<{next(_numbers)}.letter@{domain}>"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
    )
    return Letter(fields, words)


def reply(to: EmailMessage, words: str, author: str = "", verdict: str = "pass") -> Letter:
    """A reply on top of the quoted original, from the mail's reader unless somebody else is named."""
    author = author or to["To"].addresses[0].addr_spec
    address = to["Reply-To"].addresses[0].addr_spec
    written = letter(f"{words}\n\n{QUOTE}\n{quoted(to)}\n", author, address, verdict)
    references = f"{to.get('References', '')} {to['Message-ID']}".strip()
    return (
        written.having("Subject", f"Re: {to['Subject'].removeprefix('Re: ')}")
        .having("In-Reply-To", to["Message-ID"])
        .having("References", references)
    )


def bare_reply(to: EmailMessage, words: str, **rest: str) -> Letter:
    """A reply that quotes nothing."""
    return replace(reply(to, words, **rest), body=words)


def with_parts(letter: Letter, content_type: str, *parts: str) -> Letter:
    """A letter whose body is a multipart; every part brings its own header."""
    body = "".join(f"--edge\n{part}\n" for part in parts) + "--edge--\n"
    return replace(letter.having("Content-Type", f'{content_type}; boundary="edge"'), body=body)


def bounce(
    of: EmailMessage,
    to: str,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "",
) -> Letter:
    """A delivery report (RFC 3464) to ``to``, about ``of``; ``returned`` are its returned headers."""
    report = with_parts(
        letter("", "mailer-daemon@mx.town.example", to, ""),
        "multipart/report; report-type=delivery-status",
        "Content-Type: text/plain\n\nYour mail could not be delivered.\n",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.town.example\n\n"
        f"Final-Recipient: rfc822; {of['To'].addresses[0].addr_spec}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 no such mailbox\n",
        f"Content-Type: text/rfc822-headers\n\n{returned}\n",
    )
    return report.adding("Return-Path", "<>")
