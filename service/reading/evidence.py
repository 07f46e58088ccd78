"""Signs of a date, a time or an address in one bounded line. Linear, no nested repetition (IN-10)."""

import re

LONGEST = 500

_NUMERIC = re.compile(r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(  # and not the day and month of 5.12.2026
    r"(?<!\d)(?<!\d\.)\d{1,2}[:.h]\d\d(?!\d|\.\d)|(?<!\d)\d{1,2} ?[ap]\.?m\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,190}")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def has_date(text: str) -> bool:
    """A whole date: in figures, or a year with a day beside it."""
    if "年" in text and "月" in text:
        return True
    year = _YEAR.search(text)
    return bool(_NUMERIC.search(text) or (year and _DAY.search(text)))


def has_time(text: str) -> bool:
    """A time of day."""
    return bool(_TIME.search(text))


def has_address(text: str) -> bool:
    """Something with an @ in the middle."""
    return "@" in text and bool(_ADDRESS.search(text))
