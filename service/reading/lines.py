"""A mail's text as lines that know where they come from."""

from enum import Enum
from typing import NamedTuple

MOST_LINES = 5000  # nobody reads further, and neither do we: the time for one mail stays bounded (IN-10)
QUOTE_MARKS = ">|›»＞"
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\ufeff\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\x00")
)


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
    return [unquote(line) for line in cleaned(unified).split("\n", MOST_LINES)[:MOST_LINES]]


def cleaned(text: str) -> str:
    """Without what nobody sees; odd spaces as spaces."""
    return text.translate(INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ").replace("\u3000", " ")


def unquote(raw: str) -> Line:
    """Take the marks off the front of one line: ``> > text``, ``>>text`` (RFC 3676 section 4.5)."""
    depth = at = 0
    while at < len(raw) and (raw[at] in QUOTE_MARKS or raw[at] == " "):
        if raw[at] != " ":
            depth += 1
        elif not _mark_follows(raw, at):
            break
        at += 1
    if not depth or _is_drawn(raw[at:].rstrip()):
        return Line(raw.rstrip())
    return Line(raw[at + 1 if raw[at : at + 1] == " " else at :].rstrip(), depth, Origin.QUOTE)


def _is_drawn(words: str) -> bool:
    """Marks around words are an ornament: ">>> news <<<", or GroupWise's ">>> Ada 11/23/2026 9:00 AM >>>"."""
    return words.endswith(("<<", ">>>"))


def _mark_follows(raw: str, at: int) -> bool:
    """Spaces in front of a mark belong to the marks; four or more belong to the text."""
    ahead = raw[at : at + 4].lstrip(" ")
    return bool(ahead) and ahead[0] in QUOTE_MARKS
