"""The first lines of a mail, as far as rules about wording need them. Reading is ``reading``'s work."""

import re
from collections.abc import Iterator
from html import unescape

from service.inbound.wording import ANSWER_WORDS
from service.message import Message

OPENING = 12
_GOES_ON = re.compile(r"\d\d|\d[./:-]")
_LOOK_AT = 16 * 1024
QUOTES = (">", "|", "-----", "_____")
_LINE_TAGS = frozenset({"br", "p", "/p", "div", "/div", "li", "tr", "td", "blockquote"})


def opening(message: Message) -> str:
    """The first lines of the text that are neither blank nor quoted, casefolded, on one line."""
    unquoted = (line for line in _lines(message) if line[0] != ">")
    return " ".join([line for _, line in zip(range(OPENING), unquoted, strict=False)]).casefold()


def has_answer_line(message: Message) -> bool:
    """Whether a line before the first quote answers a question: ``1: four``, ``need: a van`` (MM-6)."""
    for line in _lines(message):
        if line.startswith(QUOTES):
            return False
        if _is_answer(line):
            return True
    return False


def _lines(message: Message) -> Iterator[str]:
    """The lines that are not blank, without white space around them."""
    return filter(None, map(str.strip, text_of(message).splitlines()))


def text_of(message: Message) -> str:
    """The beginning of the text; HTML's where there is no text."""
    text = message.text if message.text.strip() else _without_tags(message.html[:_LOOK_AT])
    return text[:_LOOK_AT]


def _without_tags(html: str) -> str:
    """Good enough to find a line; one pass, no parser."""
    first, *rest = html.split("<")
    pieces = [first]
    for piece in rest:
        tag, _, text = piece.partition(">")
        name = next(iter(tag.lower().split()), "").rstrip("/")
        pieces.append(("\n" if name in _LINE_TAGS else "") + text)
    joined = "".join(pieces)
    try:
        return unescape(joined)
    except ValueError:  # a character with a number of 5,000 digits (IN-15)
        return joined


def _is_answer(line: str) -> bool:
    """A number alone, or a number or a known word, then a mark and a value.

    A question of ours is no answer to it; a date or a time ("07.12.2026", "10:30") is no number of one.
    """
    if line.isdecimal() and len(line) <= 2:
        return True
    marks = [line.find(mark) for mark in ":.)" if mark in line]
    head, rest = (line[: min(marks)], line[min(marks) + 1 :]) if marks else ("", "")
    word, value = head.strip().casefold(), rest.strip()
    is_number = word.isdecimal() and len(word) <= 2 and not _GOES_ON.match(rest)
    return (is_number or word in ANSWER_WORDS) and bool(value) and not value.endswith("?")
