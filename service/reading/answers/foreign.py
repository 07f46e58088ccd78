"""The last resort for dates: dateparser, on one short candidate, with nothing left to chance."""

import warnings
from datetime import date, datetime, time
from typing import Any

from service.reading.circumstances import Circumstances

LONGEST = 40
MOST_WORDS = 6
YEAR_FIRST = ("ja", "zh", "ko", "hu", "lt")


def parse(text: str, circumstances: Circumstances) -> date | None:
    """A date with day and month in the author's own language, or None."""
    language = circumstances.locale.partition("-")[0].lower()
    candidate = len(text) <= LONGEST and len(text.split()) <= MOST_WORDS and any(map(str.isdecimal, text))
    # English is read whole by our own pass: what it left is no date.
    if not candidate or language == "en" or (text.isascii() and text.replace(" ", "").isdecimal()):
        return None
    found = _parse(text, language, circumstances.today)
    return found.date() if found is not None else None


def _parse(text: str, language: str, today: date) -> datetime | None:
    from dateparser import parse as parse_date  # takes 150 ms to import: only who needs it pays

    settings: Any = {
        "DATE_ORDER": "YMD" if language in YEAR_FIRST else "DMY",
        "RELATIVE_BASE": datetime.combine(today, time()),
        "PREFER_DATES_FROM": "future",
        "STRICT_PARSING": False,
        "REQUIRE_PARTS": ["day", "month"],
        "TIMEZONE": "UTC",
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse_date(text, languages=[language], settings=settings)
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError):
        return None  # an unknown language, or words that it stumbles over: no date
