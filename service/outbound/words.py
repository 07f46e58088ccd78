"""Words of people, made fit for a line, a paragraph, a header."""

import re
from datetime import date

from markupsafe import Markup, escape

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def one_line(text: str, limit: int) -> str:
    """``text`` for one line of a header or mail (OUT-4), cut to ``limit`` characters.

    Control characters become a space; bidi controls and zero-width characters go. The start of an
    encoded-word is broken up, because Python 3.11 decodes it, line breaks and all, and writes
    them out (a ``Bcc`` from somebody's name).
    """
    if not (text.isascii() and text.isprintable()):
        text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))
    text = " ".join(text.split())
    text = text.replace("=?", "= ?")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def day(value: date) -> str:
    """A day as US English says it: ``Monday, December 7``."""
    return f"{value:%A, %B} {value.day}"


def upto(text: str, octets: int) -> str:
    """``text`` cut to ``octets`` of UTF-8, so that a mail stays small whatever people write (OUT-7)."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= octets:
        return text
    return encoded[:octets].decode("utf-8", "ignore").rstrip() + " … (cut here; all of it is kept)"


def breaks(text: str) -> Markup:
    """``text`` for HTML with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
