"""A day by its figures or its name: 2026-12-05, 5.12., 12/5, "5 dec", "the 5th"."""

from collections.abc import Sequence
from datetime import date, timedelta

from service.reading.answers.months import MONTHS
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR, DOUBTFUL, LIKELY
from service.reading.tables import table

Dated = tuple[date, float]
Step = tuple[int, Dated | None]  # tokens taken, and the date that they name

ENGLISH_VERBS = table("out set ago mag gen")
"""Months elsewhere; to who writes English "we set 5 tables" is none."""
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
LATE = timedelta(days=31)  # a day without a year that passed so lately may be meant as past


def numeric(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """2026-12-05, 5.12.2026, 12/5, 5.12. – the order of day and month is the locale's."""
    if len(tokens) < 3 or not tokens[0].isdecimal() or tokens[1] not in "./-" or not tokens[2].isdecimal():
        return 0, None
    three = len(tokens) >= 5 and tokens[3] == tokens[1] and tokens[4].isdecimal()
    figures = [int(token[:6]) for token in (tokens[0:5:2] if three else tokens[0:3:2])]
    if three and len(tokens[0]) == 4:
        return 5, _day(figures[0], figures[1], figures[2], CERTAIN)
    bare = tokens[1] == "-" or (tokens[1] == "." and tokens[3:4] != ["."])  # "1.5 hours" is no day
    if not three and (bare or len(tokens[0]) > 2 or len(tokens[2]) > 2):
        return 3, None
    if figures == [24, 7]:  # "24/7" is always, and never the 24th of July
        return 3, None
    return (5 if three else 3), _ordered(figures, circumstances, dotted=tokens[1] == ".")


def _ordered(figures: list[int], circumstances: Circumstances, dotted: bool) -> Dated | None:
    """Who writes the month first writes no dots; with them nobody knows which comes first."""
    one, two = figures[:2]
    month_first = _month_first(circumstances.locale)
    unsure = one <= 12 and two <= 12 and one != two
    month, day = (one, two) if (month_first and one <= 12) or two > 12 else (two, one)
    confidence = (DOUBTFUL if dotted and month_first else LIKELY) if unsure else CLEAR
    if len(figures) == 3:
        year = figures[2] + 2000 if figures[2] < 100 else figures[2]
        return _day(year, month, day, confidence)
    return _coming(month, day, circumstances.today, confidence)


def _month_first(locale: str) -> bool:
    language, _, region = locale.partition("-")
    return region.upper() in MONTH_FIRST if region else language.lower() == "en"


def named(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """5 dec, Dec 5th, 5 de diciembre de 2026, the 5th of December."""
    places = [at for at, token in enumerate(tokens) if token not in ("of", "de", "du", "the", ".", "den")]
    words = [tokens[at] for at in places]
    if len(words) < 2 or tokens[0] != words[0]:
        return 0, None
    day, month = _figure(words[0]), _month(words[1], circumstances)
    if day is None or month is None:
        day, month = _figure(words[1]), _month(words[0], circumstances)
    if day is None or month is None or not 1 <= day <= 31:
        return 0, None
    has_year = len(words) > 2 and len(words[2]) == 4 and words[2].isdecimal()
    if has_year:
        return places[2] + 1, _day(int(words[2]), month, day, CERTAIN)
    return places[1] + 1, _coming(month, day, circumstances.today, CERTAIN)


def _month(token: str, circumstances: Circumstances) -> int | None:
    english = circumstances.locale.lower().startswith("en")
    return None if english and token in ENGLISH_VERBS else MONTHS.get(token)


def _figure(token: str) -> int | None:
    digits = token.rstrip("stndrheºª")
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else None


def day_of_month(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """The next 5th; only with its ending ("5 chairs" are no day)."""
    if not tokens or not tokens[0][:1].isdecimal() or tokens[0].isdecimal():
        return 0, None
    dated = next_day_of_month(_figure(tokens[0]) or 0, circumstances.today)
    return (1, dated) if dated else (0, None)


def next_day_of_month(day: int, today: date) -> Dated | None:
    """The next such day, this month or in one of the next two."""
    months = ((today.year + (today.month - 1 + on) // 12, (today.month - 1 + on) % 12 + 1) for on in range(3))
    dates = (_day(year, month, day, DOUBTFUL if day == today.day else LIKELY) for year, month in months)
    return next((dated for dated in dates if dated and dated[0] >= today), None)


def _coming(month: int, day: int, today: date, confidence: float) -> Dated | None:
    """The next such day; asked again where the last one was only just."""
    this_year = _day(today.year, month, day, confidence)
    if this_year is None or this_year[0] >= today:
        return this_year
    sure = confidence if today - this_year[0] > LATE else DOUBTFUL
    return _day(today.year + 1, month, day, sure)


def _day(year: int, month: int, day: int, confidence: float) -> Dated | None:
    try:
        return date(year, month, day), confidence
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
