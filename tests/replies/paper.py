"""A reply on its author's screen: the mail that is answered, what they typed, how their program writes it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.replies.languages import ENGLISH, Language
from tests.replies.prompts import Sent
from tests.replies.town import Resident


class Row(NamedTuple):
    """One line of what is quoted. ``key``: the question whose answer may stand below. ``bold``: so many
    characters at its start are bold."""

    text: str
    key: str = ""
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """The mail that is answered. ``rows``: its text part; ``shown``: its HTML as lines.

    ``html`` is its body, with ``<!--in KEY-->`` at the end of each question's block, ``<!--after KEY-->``
    behind it and ``<!--line KEY-->`` at the end of its first line.
    """

    name: str
    address: str
    to: str
    to_address: str
    subject: str
    at: datetime
    message_id: str
    reply_to: str
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    html: str

    @property
    def who(self) -> str:
        return f"{self.name} <{self.address}>"


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands below somebody's words. ``typed``: "Best,", "Grace". ``card``: the lines of a signature
    that their program adds, below ``delimiter`` where there is one. ``device``: "Sent from …"."""

    typed: tuple[str, ...] = ()
    card: tuple[str, ...] = ()
    delimiter: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the author typed: ``above`` the quote, ``under`` questions inside of it (by key), ``below`` it.

    ``same_line``: the answers inside stand behind the question on its line. ``split``: they are outside of
    the quote, which ends before them and goes on after them. ``listed``: the program turns "1. " into a list.
    ``style`` says how their words look in HTML (``writing.STYLES``).
    """

    above: str = ""
    under: Mapping[str, str] = field(default_factory=dict)
    below: str = ""
    style: str = ""
    ending: Ending = Ending()
    same_line: bool = False
    split: bool = True
    listed: bool = False
    language: Language = ENGLISH

    @property
    def ends_above(self) -> bool:
        """The sign-off stands above the quote: where the words do, and where all words are inside."""
        return bool(self.above) or not self.below


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of one mail; '' where a program sends none. ``flowed``: RFC 3676."""

    text: str = ""
    html: str = ""
    flowed: bool = False


Write = Callable[[Original, Written], Body]
ANYWHERE = frozenset({"above", "inside", "below"})


@dataclass(frozen=True, slots=True)
class Client:
    """A mail program. ``places``: where its people put their words; ``languages``: None where it has all.

    ``prefix``: None where it is the language's. ``device``: the line that it adds by itself.
    """

    key: str
    write: Write
    fields: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = ANYWHERE
    languages: frozenset[str] | None = None
    prefix: str | None = "Re"
    device: str = ""
    charsets: tuple[str, ...] = ("utf-8",)
    encodings: tuple[str, ...] = ("quoted-printable",)


def received(sent: Sent, resident: Resident) -> Original:
    """The mail ``sent`` in the hands of ``resident``."""
    keys = {question.key: question.text for question in sent.questions}
    inner = _inner(sent.html)
    return Original(
        name="Common Thread",
        address="thread@town.example",
        to=resident.name,
        to_address=resident.address,
        subject=sent.subject,
        at=sent.at.astimezone(ZoneInfo(resident.zone)),
        message_id=sent.message_id,
        reply_to=sent.reply_to,
        rows=_keyed([Row(line) for line in sent.text.rstrip("\n").split("\n")], keys),
        shown=_keyed(_Lines().read(inner), keys),
        html=_with_places(inner, sent),
    )


def answered(original: Original, body: Body, author: Resident, reader: Resident, at: datetime) -> Original:
    """The reply ``body`` that ``author`` wrote to ``original``, now in the hands of ``reader``."""
    inner = (
        _inner(body.html)
        if body.html
        else "".join(f"<div>{escape(line)}</div>" for line in body.text.splitlines())
    )
    rows = (
        [Row(line.rstrip()) for line in body.text.rstrip("\n").split("\n")]
        if body.text
        else _Lines().read(inner)
    )
    return replace(
        original,
        name=author.name,
        address=author.address,
        to=reader.name,
        to_address=reader.address,
        subject=f"Re: {original.subject}",
        at=at.astimezone(ZoneInfo(reader.zone)),
        message_id=f"<{at:%Y%m%d%H%M%S}.{author.first_name.lower()}@{author.address.rpartition('@')[2]}>",
        rows=tuple(rows),
        shown=tuple(_Lines().read(inner)),
        html=inner,
    )


def trimmed(original: Original, kept: tuple[str, ...], rng: Random) -> Original:
    """What people leave of a mail that they quote: the questions, all but the end, the beginning, or a flat
    copy of it all. The questions of ``kept`` are among it."""
    cut = rng.choice((_questions_only, _without_foot, _beginning, tuple))
    rows = cut(original.rows)
    if any(key not in {row.key for row in rows} for key in kept):
        rows = original.rows
    html = "".join(
        f"<div>{escape(row.text)}<!--line {row.key}--></div><!--in {row.key}--><!--after {row.key}-->"
        if row.key
        else f"<div>{escape(row.text) or '<br>'}</div>"
        for row in rows
    )
    return replace(original, rows=rows, shown=rows, html=html)


def worn(original: Original, rng: Random) -> Original:
    """The quote after what programs do to words: other quote marks, links beside addresses, odd spaces."""
    change = rng.choice((_straightened, _linked, _spaced, _with_unseen, _decorated))
    rows = tuple(row._replace(text=change(row.text)) for row in original.rows)
    shown = tuple(row._replace(text=change(row.text)) for row in original.shown)
    return replace(
        original, rows=rows, shown=shown, html=_TEXT.sub(lambda found: change(found[0]), original.html)
    )


_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")


def _straightened(words: str) -> str:
    return words.translate(str.maketrans("“”‘’…", "\"\"''."))


def _linked(words: str) -> str:
    return words.replace("it-desk@town.example", "it-desk@town.example [mailto:it-desk@town.example]")


def _spaced(words: str) -> str:
    return words.replace(". ", ".  ").replace("? ", "?\u00a0")


def _with_unseen(words: str) -> str:
    return words.replace(" the ", " \u200bthe\u00ad ")


def _decorated(words: str) -> str:
    """Curly where we wrote straight."""
    return words.replace("'", "’")


def _questions_only(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    hints = {at - 1 for at, row in enumerate(rows) if row.key and row.text.startswith(" ")}
    return tuple(row for at, row in enumerate(rows) if row.key or at in hints)


def _without_foot(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return rows[: next((at for at, row in enumerate(rows) if row.text == "---"), len(rows))]


def _beginning(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return rows[:5]


def _inner(html: str) -> str:
    _, _, rest = html.partition("<body")
    return rest.partition(">")[2].rpartition("</body>")[0].strip() if rest else html


def _keyed(rows: list[Row], keys: Mapping[str, str]) -> tuple[Row, ...]:
    """Each question's key at its last row: the hint below it, where there is one. Of several rows that
    hold its words the last one asks."""
    for key, text in keys.items():
        asking = [at for at, row in enumerate(rows) if row.text.endswith(text)]
        if not asking:
            continue
        at = asking[-1]
        below = next((after for after in range(at + 1, len(rows)) if rows[after].text.strip()), at)
        hint = rows[below].text.strip()
        at = below if hint.startswith("(") and hint.endswith(")") else at
        rows[at] = rows[at]._replace(key=key)
    return tuple(rows)


def _with_places(html: str, sent: Sent) -> str:
    """Marks where an answer may be put: in a question's own block, behind it, on its line."""
    for question in sent.questions:
        found = list(re.finditer(rf'<(\w+)[^<>]*\bid="q-{re.escape(question.key)}"[^<>]*>', html))
        if not found:
            continue
        opening = found[-1]
        end = _closing(html, opening[1], opening.end())
        paragraph = html.find("</p>", opening.end(), end)
        line = paragraph if paragraph >= 0 else end
        closed = html.index(">", end) + 1
        html = (
            f"{html[:line]}<!--line {question.key}-->{html[line:end]}<!--in {question.key}-->"
            f"{html[end:closed]}<!--after {question.key}-->{html[closed:]}"
        )
    return html


def _closing(html: str, tag: str, at: int) -> int:
    """Where the element that was opened just before ``at`` is closed."""
    depth = 1
    for found in re.finditer(rf"<(/?){tag}\b", html[at:]):
        depth += -1 if found[1] else 1
        if not depth:
            return at + found.start()
    raise ValueError(f"<{tag}> is never closed")


class _Lines(HTMLParser):
    """HTML as lines, the way programs make the text part of a reply."""

    BLOCKS = frozenset(["p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "hr", "blockquote"])
    SPACED = frozenset(["p", "ul", "ol", "h1", "h2", "h3"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[Row] = []
        self._words: list[str] = []
        self._bold = 0
        self._strong = self._unseen = self._quotes = 0

    def read(self, html: str) -> list[Row]:
        self.feed(html)
        self.close()
        self._end()
        while self._rows and not self._rows[-1].text:
            self._rows.pop()
        return self._rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("style", "script", "title")
        self._strong += tag in ("strong", "b")
        if tag in self.BLOCKS or tag == "br":
            self._end(always=tag == "br")
        self._quotes += tag == "blockquote"
        if tag in self.SPACED:
            self._space()
        if tag == "li":
            self._words.append("- ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("style", "script", "title")
        self._strong -= tag in ("strong", "b")
        if tag in self.BLOCKS:
            self._end()
        if tag in self.SPACED:
            self._space()
        self._quotes -= tag == "blockquote"

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        bold_so_far = self._strong and self._bold == len("".join(self._words).lstrip())
        self._words.append(data)
        if bold_so_far:
            self._bold = len("".join(self._words).strip())

    def _end(self, always: bool = False) -> None:
        text = " ".join("".join(self._words).split())
        if text or always:
            self._rows.append(Row("> " * self._quotes + text, bold=0 if self._quotes else self._bold))
        self._words.clear()
        self._bold = 0

    def _space(self) -> None:
        if self._rows and self._rows[-1].text:
            self._rows.append(Row(""))
