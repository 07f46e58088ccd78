"""Our own pass over a short text: every date that it names, relative to today."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from service.reading.answers.months import MONTHS, NUMBERS, WEEKDAYS
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR, DOUBTFUL, LIKELY
from service.reading.tables import table

Dated = tuple[date, float]
Step = tuple[int, Dated | None]  # tokens taken, and the date that they name

_TOKENS = re.compile(r"\d+(?:st|nd|rd|th|er|º|ª)?|[^\W\d_]+|[./-]")
UNITS = {
    **dict.fromkeys(
        table("day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen dagar dage"), 1
    ),
    **dict.fromkeys(
        table(
            "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor"
        ),
        7,
    ),
}
MONTH_UNITS = table(
    """
    month months monat monate monaten mois mes meses mese mesi mês maand maanden månad månader måned
    måneder
    """
)
IN = table("in within for für pour por dans en tra fra em over om innerhalb")
NEXT = table(
    """
    next nächsten nächste nächster kommenden prochain próximo prossimo volgende nästa næste
    """
)
THIS = table("this diesen dieser ce este questo deze denna denne coming")
TODAY = table("today heute hoy oggi hoje vandaag idag")
TOMORROW = table("tomorrow tmrw tmr morgen demain mañana domani amanhã imorgon")
END = ("end", "of")
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
LATE = timedelta(days=31)  # a day without a year that passed so lately may be meant as past


def dates_in(text: str, circumstances: Circumstances) -> list[Dated]:
    """Every date named in ``text``, in order."""
    tokens = [token.lower() for token in _TOKENS.findall(text)]
    found: list[Dated] = []
    at = 0
    while at < len(tokens):
        taken, dated = _step(tokens, at, circumstances)
        if dated is not None:
            found.append(dated)
        at += taken
    return found


def _step(tokens: Sequence[str], at: int, circumstances: Circumstances) -> Step:
    for matcher in MATCHERS:
        taken, dated = matcher(tokens[at : at + 6], circumstances)
        if taken:
            return taken, dated
    return 1, None


def _numeric(tokens: Sequence[str], circumstances: Circumstances) -> Step:
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
    return (5 if three else 3), _ordered(figures, circumstances)


def _ordered(figures: list[int], circumstances: Circumstances) -> Dated | None:
    one, two = figures[:2]
    month_first = _month_first(circumstances.locale)
    unsure = one <= 12 and two <= 12 and one != two
    month, day = (one, two) if (month_first and one <= 12) or two > 12 else (two, one)
    confidence = LIKELY if unsure else CLEAR
    if len(figures) == 3:
        year = figures[2] + 2000 if figures[2] < 100 else figures[2]
        return _day(year, month, day, confidence)
    return _coming(month, day, circumstances.today, confidence)


def _month_first(locale: str) -> bool:
    language, _, region = locale.partition("-")
    return region.upper() in MONTH_FIRST if region else language.lower() == "en"


def _named(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """5 dec, Dec 5th, 5 de diciembre de 2026, the 5th of December."""
    words = [token for token in tokens if token not in ("of", "de", "du", "the", ".", "den")]
    skipped = len(tokens) - len(words)
    if len(words) < 2 or tokens[0] != words[0]:
        return 0, None
    day, month = _figure(words[0]), MONTHS.get(words[1])
    if day is None or month is None:
        day, month = _figure(words[1]), MONTHS.get(words[0])
    if day is None or month is None or not 1 <= day <= 31:
        return 0, None
    has_year = len(words) > 2 and len(words[2]) == 4 and words[2].isdecimal()
    taken = min(len(tokens), (3 if has_year else 2) + skipped)
    if has_year:
        return taken, _day(int(words[2]), month, day, CERTAIN)
    return taken, _coming(month, day, circumstances.today, CERTAIN)


def _figure(token: str) -> int | None:
    digits = token.rstrip("stndrheºª")
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else None


def _end_of(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """End of the week (its Friday), of the month, of December; eow, eom."""
    today = circumstances.today
    words = [token for token in tokens if token not in ("the", "this")]
    if words[:1] == ["eow"] or words[:3] == [*END, "week"]:
        return (1 if words[0] == "eow" else 3), _weekday_after(
            today, 4, CLEAR if today.weekday() <= 4 else DOUBTFUL
        )
    if words[:1] == ["eom"] or words[:3] == [*END, "month"]:
        return (1 if words[0] == "eom" else 3), (_last_of(today.year, today.month), CLEAR)
    if tuple(words[:2]) == END and len(words) > 2 and words[2] in MONTHS:
        month = MONTHS[words[2]]
        return 3, (_last_of(today.year + (month < today.month), month), CLEAR)
    if tuple(words[:4]) == (*END, "next", "week"):
        return 4, (today + timedelta(days=11 - today.weekday()), CLEAR)
    return 0, None


def _relative(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """Today, tomorrow, in two weeks, two weeks from now, a week from today."""
    today = circumstances.today
    if tokens[0] in TODAY:
        return 1, (today, CERTAIN)
    if tokens[0] in TOMORROW:
        return 1, (today + timedelta(days=1), CERTAIN)
    at = 1 if tokens[0] in IN else 0
    count = _count(tokens[at : at + 1])
    unit = tokens[at + 1] if len(tokens) > at + 1 else ""
    if count is None or not (at or "from" in tokens[at + 2 : at + 3]):
        return 0, None
    taken = min(len(tokens), at + (2 if at else 4))  # "from now" says nothing more
    if unit in UNITS:
        return taken, (today + timedelta(days=count * UNITS[unit]), CLEAR)
    return (taken, _months_on(today, count)) if unit in MONTH_UNITS else (0, None)


def _count(tokens: Sequence[str]) -> int | None:
    if not tokens:
        return None
    return int(tokens[0]) if tokens[0].isdecimal() and len(tokens[0]) <= 3 else NUMBERS.get(tokens[0])


def _weekday(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """Friday, this Friday, next Tuesday; the "next" one is next week's. Saturday, December 5."""
    led = tokens[0] in NEXT or tokens[0] in THIS
    name = tokens[1] if led and len(tokens) > 1 else tokens[0]
    if name not in WEEKDAYS:
        return 0, None
    today, wanted = circumstances.today, WEEKDAYS[name]
    taken, dated = _dated(tokens[1:], circumstances)
    if dated is not None:  # the day is said twice: it has to be the same
        return 1 + taken, (dated[0], dated[1] if dated[0].weekday() == wanted else DOUBTFUL)
    ahead = (wanted - today.weekday()) % 7
    if tokens[0] in NEXT:
        days = 7 - today.weekday() + wanted
        return 2, (today + timedelta(days=days), CLEAR if days <= 7 else LIKELY)
    confidence = CLEAR if ahead else LIKELY
    return (2 if led else 1), (today + timedelta(days=ahead), confidence)


def _dated(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """What follows a weekday: "5 dec", "the 5th of December", "12/5"."""
    article = tokens[:1] == ["the"]
    steps = (matcher(tokens[article:], circumstances) for matcher in (_named, _numeric))
    return next(((taken + article, dated) for taken, dated in steps if dated is not None), (0, None))


def _weekday_after(today: date, wanted: int, confidence: float) -> Dated:
    return today + timedelta(days=(wanted - today.weekday()) % 7), confidence


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


def _last_of(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _months_on(today: date, count: int) -> Dated:
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    return min(
        today.replace(day=1).replace(year=year, month=month) + timedelta(days=today.day - 1),
        _last_of(year, month),
    ), CLEAR


MATCHERS: tuple[Callable[[Sequence[str], Circumstances], Step], ...] = (
    _numeric,
    _named,
    _end_of,
    _relative,
    _weekday,
)
