"""Words of people, made fit for a line, a paragraph, a header."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from markupsafe import Markup, escape

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SURROGATE = re.compile("[\ud800-\udfff]")


def one_line(text: str, limit: int) -> str:
    """``text`` for one line of a header or mail (OUT-4), cut to ``limit`` characters.

    Control characters become a space; bidi controls and zero-width characters go. The start of an
    encoded-word is broken up, because Python 3.11 decodes it, line breaks and all, and writes
    them out (a ``Bcc`` from somebody's name).
    """
    plain = text.isascii() and text.isprintable()
    if plain and len(text) <= limit and not _needs_care(text):
        return text
    if not plain:
        text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))
    text = " ".join(text.split())
    text = text.replace("=?", "= ?")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _needs_care(text: str) -> bool:
    return "  " in text or "=?" in text or text[:1] == " " or text[-1:] == " "


def day(value: date) -> str:
    """A day as US English says it: ``Monday, December 7``."""
    return f"{value:%A, %B} {value.day}"


def short_day(value: date) -> str:
    """A day in few letters: ``Dec 7``."""
    return f"{value:%b} {value.day}"


def later(value: date, days: int) -> date:
    """The day that comes ``days`` after ``value``."""
    return value + timedelta(days=days)


def moment(value: datetime) -> str:
    """A moment with its zone: ``Monday, December 7, 9:30 AM EST``."""
    return f"{day(value)}, {value.hour % 12 or 12}:{value:%M %p %Z}"


def week(period: str) -> int:
    """The number of an ISO week such as ``2026-W49``; 0 for a period of another kind."""
    number = period.rpartition("-W")[2]
    return int(number) if number != period and number.isdecimal() else 0


def in_words(number: int) -> str:
    """A count as a sentence says it: in letters up to nine."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def upto(text: str, octets: int) -> str:
    """``text`` cut to ``octets`` of UTF-8, so that a mail stays small whatever people write (OUT-7)."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= octets:
        return text
    return encoded[:octets].decode("utf-8", "ignore").rstrip() + " … (cut here; all of it is kept)"


def brief(text: str, octets: int) -> str:
    """``text`` on one line, cut to ``octets`` of UTF-8: for the many names of a list (OUT-7)."""
    encoded = one_line(text, octets).encode()
    if len(encoded) <= octets:
        return encoded.decode()
    return encoded[: octets - 3].decode("utf-8", "ignore").rstrip() + "…"


def spelled(addr_spec: str) -> str:
    """An address to look at, of which no mail program makes a link: ``ada [at] town [dot] example``."""
    return addr_spec.replace("@", " [at] ").replace(".", " [dot] ")


def breaks(text: str) -> Markup:
    """``text`` for HTML with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


FILTERS: Mapping[str, Callable[..., object]] = {
    "line": one_line,
    "brief": brief,
    "upto": upto,
    "breaks": breaks,
    "spelled": spelled,
    "day": day,
    "short_day": short_day,
    "moment": moment,
    "later": later,
    "week": week,
    "in_words": in_words,
}
"""What templates may use beside Jinja's own, by name."""
