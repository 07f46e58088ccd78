"""A day by its name in the week: Friday, next Tuesday, "Tuesday next week", the first Monday in December."""

from collections.abc import Sequence
from datetime import date, timedelta

from service.reading.answers.days import Step, day_of_month, last_of, named, numeric
from service.reading.answers.months import MONTHS, NEXT, THIS, WEEKDAYS, WEEKS
from service.reading.circumstances import Circumstances
from service.reading.confidence import CLEAR, DOUBTFUL, LIKELY

ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 0,
}


def weekday(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """Friday, this Friday, next Tuesday; the "next" one is next week's. Saturday, December 5."""
    if tokens[0] in NEXT and tokens[1:2] and tokens[1] in WEEKS:
        return _in_next_week(tokens[2:], circumstances)
    led = tokens[0] in NEXT or tokens[0] in THIS
    name = tokens[1] if led and len(tokens) > 1 else tokens[0]
    if name not in WEEKDAYS:
        return 0, None
    today, wanted = circumstances.today, WEEKDAYS[name]
    taken, dated = _dated(tokens[1:], circumstances)
    if dated is not None:  # the day is said twice: it has to be the same
        return 1 + taken, (dated[0], dated[1] if dated[0].weekday() == wanted else DOUBTFUL)
    ahead = (wanted - today.weekday()) % 7
    days = 7 - today.weekday() + wanted
    of_week = _of_week([word for word in tokens[1:4] if word != "of"])
    if of_week and not led:
        on = days if of_week == "next" else wanted - today.weekday()
        return 3 + ("of" in tokens[1:4]), (today + timedelta(days=on), CLEAR)
    if tokens[0] in NEXT:
        return 2, (today + timedelta(days=days), CLEAR if days <= 7 else LIKELY)
    confidence = CLEAR if ahead else LIKELY
    return (2 if led else 1), (today + timedelta(days=ahead), confidence)


def _of_week(tokens: Sequence[str]) -> str:
    """The "next" or "this" in "Tuesday next week", "Friday of this week"; '' for none."""
    if len(tokens) < 2 or tokens[1] not in WEEKS:
        return ""
    return "next" if tokens[0] in NEXT else "this" if tokens[0] in THIS else ""


def _in_next_week(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """A day behind "next week", as in "next week on Tuesday"; without a day it is no date."""
    skipped = tokens[:1] in (["on"], ["am"], ["le"], ["el"])
    wanted = WEEKDAYS.get(tokens[skipped]) if len(tokens) > skipped else None
    if wanted is None:
        return 2, None
    days = 7 - circumstances.today.weekday() + wanted
    return 3 + skipped, (circumstances.today + timedelta(days=days), CLEAR)


def nth_weekday(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """The first Monday in December; without its month it is no date."""
    nth, wanted = ORDINALS.get(tokens[0]), WEEKDAYS.get(tokens[1]) if len(tokens) > 1 else None
    if nth is None or wanted is None:
        return 0, None
    month = MONTHS.get(tokens[3]) if len(tokens) > 3 and tokens[2] in ("in", "of") else None
    if month is None:
        return 2, None
    today = circumstances.today
    days = (_nth_of(today.year + years, month, nth, wanted) for years in (0, 1))
    return 4, next(((day, CLEAR) for day in days if day >= today), None)


def _nth_of(year: int, month: int, nth: int, wanted: int) -> date:
    """``nth`` 1 to 4; 0 is the last one."""
    if not nth:
        last = last_of(year, month)
        return last - timedelta(days=(last.weekday() - wanted) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (nth - 1))


def _dated(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """What follows a weekday: "5 dec", "the 5th of December", "12/5", "the 5th"."""
    article = tokens[:1] == ["the"]
    steps = (matcher(tokens[article:], circumstances) for matcher in (named, numeric, day_of_month))
    return next(((taken + article, dated) for taken, dated in steps if dated is not None), (0, None))
