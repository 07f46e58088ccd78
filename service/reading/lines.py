"""A mail's text as lines that know where they come from."""

import re
from collections import Counter
from enum import Enum
from typing import NamedTuple

MOST_LINES = 5000  # nobody reads further, and neither do we: the time for one mail stays bounded (IN-10)
QUOTE_MARKS = ">|›»＞"
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\ufeff\u2060\u2061\u2062\u2063\u2064\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\x00")
)
JOINERS = re.compile("[\u200c\u200d]+")
INITIALS = re.compile(r"[ \t]{0,8}([A-Z][A-Za-z]{1,9})> ?(?![>\s])")
FRAME = re.compile(r" {0,4}(?:\|-{3,200}>|>-{3,200}\|) {0,4}")
LONGEST_NAME = 120


class Origin(Enum):
    """What the mail's markup says of a line. Text part lines are TYPED: only their depth speaks."""

    TYPED = "typed"
    QUOTE = "quote"  # a blockquote of a client, or a quote mark
    UNMARKED = "unmarked"  # a blockquote that bears no client's mark
    SET_OFF = "set off"  # a blockquote that a person makes with Gmail's button
    ORIGINAL = "original"  # a client's container for the mail that is answered, or all that follows it
    CITATION = "citation"  # an element that introduces a quote ("On … wrote:")
    SIGNATURE = "signature"  # an element that a client fills with a signature


class Line(NamedTuple):
    """One line without its quote marks.

    ``depth``: levels of quoting around it. ``anchor``: key of the question block (``id="q-KEY"``) that
    it stands in, where the client kept our HTML.
    """

    text: str
    depth: int = 0
    origin: Origin = Origin.TYPED
    anchor: str = ""

    @property
    def blank(self) -> bool:
        """Nothing to read here."""
        return not self.text or self.text.isspace()

    @property
    def quoted(self) -> bool:
        """True where its markup or its mark says that somebody else wrote it."""
        return self.depth > 0 or self.origin in (Origin.ORIGINAL, Origin.CITATION)


def text_lines(text: str) -> list[Line]:
    """The lines of a ``text/plain`` part, their quote marks counted and taken off."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    raw = cleaned(unified).split("\n", MOST_LINES)[:MOST_LINES]
    raw = _without_initials(raw) if "> " in unified else raw
    return [unquote(line) for line in (_without_boxes(raw) if "|---" in unified else raw)]


def cleaned(text: str) -> str:
    """Without what nobody sees; odd spaces as spaces."""
    text = text.translate(INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ").replace("\u3000", " ")
    return JOINERS.sub(_joiner, text) if "\u200c" in text or "\u200d" in text else text


def _joiner(found: re.Match[str]) -> str:
    """Within a word or a picture of several people they spell it; beside a space they fill a line."""
    text, start, end = found.string, found.start(), found.end()
    inside = start > 0 and end < len(text) and not (text[start - 1].isspace() or text[end].isspace())
    return found[0] if inside else ""


def unquote(raw: str) -> Line:
    """Take the marks off the front of one line: ``> > text``, ``>>text`` (RFC 3676 section 4.5)."""
    depth = at = 0
    while at < len(raw) and (raw[at] in QUOTE_MARKS or raw[at] == " "):
        if raw[at] != " ":
            depth += 1
        elif not _mark_follows(raw, at):
            break
        at += 1
    if not depth or _is_drawn(raw, at) or _speaks(raw):
        return Line(raw.rstrip())
    return Line(raw[at + 1 if raw[at : at + 1] == " " else at :].rstrip(), depth, Origin.QUOTE)


def _speaks(raw: str) -> bool:
    """A sentence in German quotation marks: »Das Tor ist offen«, sagte Ruth."""
    bare = raw.lstrip()
    return bare[:1] in ("»", "›") and bare[1:2] not in (" ", "»", "›", "")


def _is_drawn(raw: str, at: int) -> bool:
    """Marks around words are an ornament or a table's row.

    As ">>> news <<<", GroupWise's ">>> Ada 11/23/2026 9:00 AM >>>" and "| tables | 12 |".
    """
    words, bar = raw[at:].rstrip(), raw[at - 1] == "|"
    return words.endswith(("<<", ">>>")) or (bar and words.endswith("|"))


def _without_initials(raw: list[str]) -> list[str]:
    """Marks with the initials or the name of who is quoted ("AO> ", "Ada> ") as plain marks.

    They stand on several lines, or below a line that names who they are short for.
    """
    found = [INITIALS.match(line) for line in raw]
    often = Counter(mark[1] for mark in found if mark)
    named = ""
    for at, mark in enumerate(found):
        if mark and (often[mark[1]] > 1 or _is_short_for(mark[1], named)):
            raw[at] = f"> {raw[at][mark.end() :]}"
        elif raw[at].strip():
            named = raw[at]
    return raw


def _without_boxes(raw: list[str]) -> list[str]:
    """The header of an original in Notes' boxes ("|---->", "| From: |", ">----|"), without these."""
    framed = [bool(FRAME.fullmatch(line)) for line in raw]
    if not any(framed):
        return raw
    last = len(framed) - framed[::-1].index(True)
    inside = [line.strip("| ") for line, frame in zip(raw[:last], framed, strict=False) if not frame]
    first = framed.index(True)
    return [*raw[:first], *inside[first:], *raw[last:]]


def _is_short_for(mark: str, line: str) -> bool:
    names = [word.strip("\"'<>(),:") for word in line[:LONGEST_NAME].split()]
    initials = "".join(name[0] for name in names if name[:1].isupper())
    return line.rstrip().endswith(":") and (mark in names or mark in initials)


def _mark_follows(raw: str, at: int) -> bool:
    """Spaces in front of a mark belong to the marks; four or more belong to the text."""
    ahead = raw[at : at + 4].lstrip(" ")
    return bool(ahead) and ahead[0] in QUOTE_MARKS
