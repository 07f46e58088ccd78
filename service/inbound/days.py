"""Days named in a text: "14 December", "Dec 7-9", 12.12., 2026-12-07, "Monday 7 Dec", 12月7日, "Friday".

Only days that exist are found. A weekday beside a date decides between day and month, and where it
contradicts the date the day is unknown: a wrong one is worse than none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.inbound.languages import Language

LONG_AGO = timedelta(days=60)
FAR = timedelta(days=730)
MOST_DAYS = 20
_SHORTEST_WEEKDAY = 4
_BESIDE = 24
_NEAR = 12

_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)\.?")
_FIGURES = re.compile(r"(?<![\d./:])(\d{1,2})([-./]) ?(\d{1,2})\2 ?(\d{4}|\d\d)(?![\d:])")
_SHORT = re.compile(r"(?<![\d./:,-])(\d{1,2})([./]) ?(\d{1,2})(?![\d:/%])(?!\.\d)(?! ?uhr)\.?")
_CJK = re.compile(r"(?:(?<!\d)(\d{4}) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日號号일]")
_DAY_MONTH = re.compile(
    r"(?<![\d./:])(\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?[ -]?(?:of |de |di |d'|den )?([^\W\d_]{2,15})\b\.?"
    r"(?:,? (?:de |del |of )?(\d{4})(?!\d))?"
)
_MONTH_DAY = re.compile(
    r"(?:(?<!\d)(\d{4})\.? (?:m\. )?)?\b([^\W\d_]{2,15})\.? (\d{1,2})(?:st|nd|rd|th)?(?![\d:/])"
    r"(?: ?(?:-|–|—|to|through|thru|until) ?(\d{1,2})(?:st|nd|rd|th)?(?![\d:/])(?!\.\d))?"
    r"(?:,? (\d{4})(?!\d))?"
)
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LAST_WORD = re.compile(r"([^\W\d_]{1,20})[ .,(]{0,3}$")
_FIRST_WORD = re.compile(r"(?:-[^\W\d_]{1,4})?[ ,(]{0,3}([^\W\d_]{1,20})(?! ?\d)")
_NEXT = frozenset({"next", "nächsten", "nächste", "nächster", "prochain", "volgende", "nästa", "neste"})


@dataclass(frozen=True, slots=True)
class Named:
    """A day named in the text from ``start`` to ``end``; ``day`` is None where it contradicts itself.

    ``ends_range``: the last day of "7-9 December". ``bare``: a weekday without a date.
    """

    start: int
    end: int
    day: date | None
    ends_range: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days are written: in which language, after which day, in which order."""

    language: Language
    today: date
    month_first: bool

    def dates(self, year: str | None, month: str | int, day: str) -> list[date]:
        """The date; without a year the next one, or one not long ago. None too far away."""
        if not year:
            near = (_date(each, int(month), int(day)) for each in (self.today.year, self.today.year + 1))
            return [when for when in near if when and when >= self.today - LONG_AGO][:1]
        when = _date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        return [when] if when and abs(when - self.today) <= FAR else []

    def next_weekday(self, number: int) -> date:
        """The first such day after today."""
        return self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)


def days_in(text: str, calendar: Calendar) -> list[Named]:
    """The days in the lower-case ``text``, in the order of the text; none in a list of dates."""
    found: list[Named] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            dates = [] if _overlaps(match.span(), found) else read(match, calendar)
            if dates:
                found.append(_named(match, dates, text, calendar.language))
            if len(found) > MOST_DAYS:
                return []
    found += [*_bare_weekdays(text, found, calendar)]
    return sorted(found, key=lambda named: named.start)


def _overlaps(span: tuple[int, int], found: list[Named]) -> bool:
    return any(span[0] < named.end and named.start < span[1] for named in found)


def _named(match: re.Match[str], dates: list[date], text: str, language: Language) -> Named:
    weekday = _weekday_beside(text, match.span(), language)
    fitting = dates if weekday is None else [when for when in dates if when.weekday() == weekday]
    ends_range = match.re is _MONTH_DAY and bool(match[4])
    return Named(*match.span(), None if not fitting else fitting[0], ends_range)


def _weekday_beside(text: str, span: tuple[int, int], language: Language) -> int | None:
    """The weekday right before the date, or right behind it and not before another date."""
    before = _LAST_WORD.search(text[max(0, span[0] - _BESIDE) : span[0]])
    behind = _FIRST_WORD.match(text[span[1] : span[1] + _BESIDE])
    numbers = (language.weekdays.number(word[1]) for word in (before, behind) if word)
    return next((number for number in numbers if number is not None), None)


def _bare_weekdays(text: str, dated: list[Named], calendar: Calendar) -> Iterator[Named]:
    """Weekdays far from any date: the next one. "Next Friday" may be this week's or not."""
    previous = ""
    for match in _WORD.finditer(text):
        number = calendar.language.weekdays.number(match[0]) if len(match[0]) >= _SHORTEST_WEEKDAY else None
        beside = (match.start() - _NEAR, match.end() + _NEAR)
        dated_behind = any(map(str.isdecimal, text[match.end() : match.end() + _NEAR]))
        if number is not None and not dated_behind and not _overlaps(beside, dated):
            day = calendar.next_weekday(number)
            doubtful = previous in _NEXT and day.isocalendar().week == calendar.today.isocalendar().week
            yield Named(*match.span(), None if doubtful else day, bare=True)
        previous = match[0]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_first(match: re.Match[str], calendar: Calendar) -> list[date]:
    return calendar.dates(match[1], match[3], match[4])


def _figures(match: re.Match[str], calendar: Calendar) -> list[date]:
    return _in_order(match[1], match[2], match[3], match[4], calendar)


def _short(match: re.Match[str], calendar: Calendar) -> list[date]:
    return _in_order(match[1], match[2], match[3], None, calendar)


def _in_order(one: str, mark: str, two: str, year: str | None, calendar: Calendar) -> list[date]:
    """Both readings that exist, the usual one first. Between dots and with a year the day is always first."""
    day_first, month_first = calendar.dates(year, two, one), calendar.dates(year, one, two)
    if calendar.month_first and (mark != "." or not year):
        return month_first + day_first
    return day_first + ([] if mark == "." else month_first)


def _cjk(match: re.Match[str], calendar: Calendar) -> list[date]:
    return calendar.dates(match[1], match[2], match[3])


def _day_month(match: re.Match[str], calendar: Calendar) -> list[date]:
    month = calendar.language.months.number(match[2])
    return calendar.dates(match[3], month, match[1]) if month else []


def _month_day(match: re.Match[str], calendar: Calendar) -> list[date]:
    month = calendar.language.months.number(match[2])
    return calendar.dates(match[5] or match[1], month, match[4] or match[3]) if month else []


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Calendar], list[date]]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_FIGURES, _figures),
    (_CJK, _cjk),
    (_DAY_MONTH, _day_month),
    (_MONTH_DAY, _month_day),
    (_SHORT, _short),
)
