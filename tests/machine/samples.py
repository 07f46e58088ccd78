"""Mails written by hand: automatic replies by language, and people who only talk of such things.

``automatic/*.toml`` and ``human/*.toml`` are tables of mails. A mail has ``text`` and, as far as
they apply: ``subject`` (``{}`` is the subject of ours), ``headers`` (a set of ``headers.toml``; without
it the header is silent), ``locale`` and ``language``, ``sent``, ``back`` (the first day that the writer
is not away any more), ``keeps`` (the lines that must be read as new; without it all of them).
A file's own keys stand for all its mails.
"""

import tomllib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from email.header import Header
from email.utils import format_datetime
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
OURS = "[Riverside Reading Trail, wk 48] How did it go?"
SENT = date(2026, 12, 1)
ASKED = "<secxqsf5mx6cabj5hhtcboskwyvb73y@town.example>"
PROMPT = """Hello Ada,

How was your week with Riverside Reading Trail? 2 minutes are plenty, and one word each is fine.

1. Moved forward: What moved forward since we last wrote?

2. Next: What is your next step?

3. In the way: Is anything in the way?

need: something that somebody else may have
offer: something that you could lend, share or do

---
Just reply, in whichever way suits you."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail with what is known of it."""

    name: str
    language: str
    locale: str
    subject: str
    headers: tuple[str, ...]
    text: str
    sent: date
    back: date | None
    keeps: tuple[str, ...]

    def raw(self, *, threaded: bool = True, quoting: bool = False) -> bytes:
        """The bytes of the mail: as a reply to ours, or on its own; with our words below, or without."""
        answers = [f"In-Reply-To: {ASKED}", f"References: {ASKED}"] if threaded else []
        head = [
            "From: Ada Byron <ada@town.example>",
            "To: Common Thread <thread@town.example>",
            f"Subject: {Header(self.subject, 'utf-8', maxlinelen=900).encode()}",
            f"Date: {format_datetime(datetime.combine(self.sent, time(8, 30)))}",
            "Message-ID: <1@mail.town.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            *answers,
            *self.headers,
        ]
        body = b64encode(self._text(quoting).encode()).decode()
        lines = [body[start : start + 76] for start in range(0, len(body), 76)]
        return "\r\n".join([*head, "", *lines, ""]).encode()

    def _text(self, quoting: bool) -> str:
        if not quoting:
            return self.text
        quoted = "\n".join(f"> {line}".rstrip() for line in PROMPT.splitlines())
        attribution = "On Mon, 30 Nov 2026 at 08:30, Common Thread <thread@town.example> wrote:"
        return f"{self.text}\n\n{attribution}\n{quoted}"


@cache
def automatic() -> tuple[Sample, ...]:
    """Automatic replies of all kinds."""
    return tuple(_read("automatic", "{}"))


@cache
def human() -> tuple[Sample, ...]:
    """People's own mails."""
    return tuple(_read("human", "Re: {}"))


@cache
def machinery() -> dict[str, bytes]:
    """Mails of machines whose structure matters, by file name."""
    return {path.stem: path.read_bytes() for path in sorted((FOLDER / "machinery").glob("*.eml"))}


def _read(folder: str, subject: str) -> Iterator[Sample]:
    for path in sorted((FOLDER / folder).glob("*.toml")):
        file = tomllib.loads(path.read_text("utf-8"))
        for number, mail in enumerate(file.pop("mail"), 1):
            yield _sample(f"{path.stem} {number}", {"subject": subject} | file | mail)


def _sample(name: str, mail: Mapping[str, str]) -> Sample:
    text = mail["text"].strip().replace("{}", OURS)
    locale = mail.get("locale", "en-US")
    return Sample(
        name=name,
        language=mail.get("language", locale.partition("-")[0]),
        locale=locale,
        subject=mail["subject"].replace("{}", OURS),
        headers=tuple(_headers()[mail["headers"]]) if "headers" in mail else (),
        text=text,
        sent=date.fromisoformat(str(mail.get("sent", SENT))),
        back=date.fromisoformat(str(mail["back"])) if "back" in mail else None,
        keeps=tuple(mail.get("keeps", filter(None, map(str.strip, text.splitlines())))),
    )


@cache
def _headers() -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / "headers.toml").read_text("utf-8"))
