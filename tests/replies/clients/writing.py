"""What mail programs have in common: words as HTML or text, a quote with answers inside, header blocks."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from tests.replies.paper import Ending, Original, Row, Written

_NUMBER = re.compile(r"(\d{1,2})\. (?=\S)")
_PLACE = re.compile(r"<!--(?:in|after|line) [^<>]*-->")
_NAMES = re.compile(r'\b(id|class)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Hand:
    """How a program writes a line, an empty line, a signature and its own device line in HTML."""

    line: str = "<div>{}</div>"
    blank: str = "<div><br></div>"
    signature: str = "<div><br></div><div>{}</div>"
    device: str = "<div><br></div><div>{}</div>"
    item: str = "<li>{}</li>"
    order: str = '<ol start="{}">{}</ol>'

    def say(self, text: str, listed: bool = False) -> str:
        """``text``, a line each; ``listed``: lines with a number become a list."""
        if not text:
            return ""
        return "".join(self._pieces(text.split("\n"), listed))

    def end(self, ending: Ending) -> str:
        """Everything below somebody's words."""
        typed = self.blank + "".join(
            self.line.format(escape(line)) if line else self.blank for line in ending.typed
        )
        card = [*([ending.delimiter] if ending.delimiter else []), *ending.card] if ending.card else []
        return (
            (typed if ending.typed else "")
            + (self.signature.format("<br>".join(map(escape, card))) if card else "")
            + (self.device.format(escape(ending.device)) if ending.device else "")
        )

    def _pieces(self, lines: Sequence[str], listed: bool) -> Iterator[str]:
        at = 0
        while at < len(lines):
            items = _list_at(lines, at) if listed else []
            if items:
                numbers = self.order.format(
                    items[0][0], "".join(self.item.format(escape(words)) for _, words in items)
                )
                yield numbers
                at += len(items)
            else:
                yield self.line.format(escape(lines[at])) if lines[at] else self.blank
                at += 1


def _list_at(lines: Sequence[str], at: int) -> list[tuple[int, str]]:
    """Lines from ``at`` on that count up by one: what a program makes one list of."""
    items: list[tuple[int, str]] = []
    for line in lines[at:]:
        found = _NUMBER.match(line)
        if found is None or (items and int(found[1]) != items[-1][0] + 1):
            break
        items.append((int(found[1]), line[found.end() :]))
    return items


def list_text(text: str, indent: str = "   ") -> str:
    """The text part of what became a list."""
    return "\n".join(indent + line if _NUMBER.match(line) else line for line in text.split("\n"))


def end_text(ending: Ending) -> str:
    """Everything below somebody's words, as text."""
    card = "\n".join([*([ending.delimiter] if ending.delimiter else []), *ending.card]) if ending.card else ""
    return "\n\n".join(filter(None, ("\n".join(ending.typed), card, ending.device)))


def above_text(written: Written, wrap: int = 0) -> str:
    """What stands above the quote, with the sign-off where that stands there."""
    words = list_text(written.above) if written.listed else written.above
    return _with_ending(words, written, wrap, written.ends_above)


def below_text(written: Written, wrap: int = 0) -> str:
    """What stands below the quote."""
    return _with_ending(written.below, written, wrap, not written.ends_above)


def _with_ending(words: str, written: Written, wrap: int, ends: bool) -> str:
    broken = "\n".join(part for line in words.split("\n") for part in broken_at(line, wrap))
    return "\n\n".join(filter(None, (broken, end_text(written.ending) if ends else "")))


STYLES = {
    "": "{}",
    "spans": '<span style="font-size:14px;color:rgb(34,34,34)">{}</span>',
    "fonts": '<font face="Arial" size="2">{}</font>',
    "bold": "<b>{}</b>",
}
"""How the words of a line may be wrapped."""
BREAKS = "breaks"
"""All lines stand in one block, with breaks between them."""


def above_html(hand: Hand, written: Written) -> str:
    said = _said(hand, written, written.above)
    return said + (hand.end(written.ending) if written.ends_above else "")


def below_html(hand: Hand, written: Written) -> str:
    return _said(hand, written, written.below) + ("" if written.ends_above else hand.end(written.ending))


def _said(hand: Hand, written: Written, words: str) -> str:
    if written.style == BREAKS:
        return (
            f"<div>{replace(hand, line='{}<br>', blank='<br>').say(words, written.listed)}</div>"
            if words
            else ""
        )
    line = hand.line.replace("{}", STYLES[written.style])
    return replace(hand, line=line).say(words, written.listed)


def broken_at(line: str, width: int) -> list[str]:
    """``line`` as a program breaks it; 0 leaves it whole."""
    if not width or len(line) <= width:
        return [line]
    lead = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line, width, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True, slots=True)
class Quoting:
    """How a program quotes in text. ``stars``: bold words stand between stars. ``inside``: the mark in
    front of answers that were typed inside the quote."""

    mark: str = "> "
    width: int = 0
    stars: bool = False
    inside: str = ""

    def rows(self, rows: Iterable[Row], written: Written) -> str:
        """The quote, and what the author typed into it."""
        return "\n".join(self._lines(rows, written))

    def _lines(self, rows: Iterable[Row], written: Written) -> Iterator[str]:
        for row in rows:
            answer = written.under.get(row.key, "") if row.key else ""
            text = f"*{row.text[: row.bold]}*{row.text[row.bold :]}" if self.stars and row.bold else row.text
            first, *others = answer.split("\n")
            if answer and written.same_line:
                text = f"{text} {first}"
            yield from (self._marked(part) for part in broken_at(text, self.width))
            if answer:
                yield from self._answer(others if written.same_line else [first, *others], written.split)

    def _answer(self, lines: Sequence[str], split: bool) -> Iterator[str]:
        if not split:
            yield from (self._marked(part) for line in lines for part in broken_at(line, self.width))
        elif lines:
            wrapped = [part for line in lines for part in broken_at(line, self.width)]
            yield from ("", *(self.inside + line for line in wrapped), "")

    def _marked(self, line: str) -> str:
        return f"{self.mark}{line}" if line else self.mark.rstrip()


def kept(original: Original, written: Written, say: Callable[[str], str], prefix: str = "") -> str:
    """Our own HTML as a program keeps it, names behind its ``prefix``, answers in the questions' blocks."""
    html = original.html
    for key, words in written.under.items():
        first, _, rest = words.partition("\n")
        if written.same_line:
            html = html.replace(f"<!--line {key}-->", f" {escape(first)}<!--line {key}-->")
        below = rest if written.same_line else words
        place = "after" if written.split else "in"
        html = html.replace(f"<!--{place} {key}-->", say(below) if below else "")
    html = _PLACE.sub("", html)
    return _NAMES.sub(lambda name: _prefixed(name, prefix), html) if prefix else html


def _prefixed(name: re.Match[str], prefix: str) -> str:
    names = " ".join(prefix + one for one in name[2].split())
    return f'{name[1]}="{names}"'


def without_names(html: str) -> str:
    """HTML whose ids and classes a program throws away."""
    return _NAMES.sub("", html)


def in_pieces(
    rows: Sequence[Row],
    written: Written,
    say: Callable[[str], str],
    around: tuple[str, str],
    line: str = "<div>{}</div>",
) -> str:
    """The quote as plain lines between ``around``; it ends before each answer and goes on behind it."""
    pieces = [around[0]]
    for row in rows:
        answer = written.under.get(row.key, "") if row.key else ""
        first, _, rest = answer.partition("\n")
        text = f"{row.text} {first}" if answer and written.same_line else row.text
        pieces.append(line.format(escape(text)) if text else "<div><br></div>")
        answer = rest if written.same_line else answer
        if answer:
            cut = (around[1], around[0]) if written.split else ("", "")
            pieces.append(f"{cut[0]}{say(answer)}{cut[1]}")
    return "".join([*pieces, around[1]])


def block(
    original: Original, written: Written, who: str = "", subject: str = "", bare: bool = False
) -> list[tuple[str, str]]:
    """The header that programs print above what they quote without a mark. ``bare``: To by name alone."""
    language = written.language
    names = language.header
    to = original.to if bare else f"{original.to} <{original.to_address}>"
    values = (who or original.who, language.say(language.at, original.at), to, subject or original.subject)
    return list(zip(names, values, strict=True))


def block_text(fields: Iterable[tuple[str, str]], bold: str = "") -> str:
    return "\n".join(f"{bold}{name}:{bold} {value}" for name, value in fields)


def block_html(fields: Iterable[tuple[str, str]], separator: str = "<br>") -> str:
    return separator.join(f"<b>{name}:</b> {escape(value)}" for name, value in fields)


def linked(line: str, address: str) -> str:
    """An attribution in HTML, its address a link."""
    link = f'<a href="mailto:{address}">{address}</a>'
    return escape(line).replace(address, link)
