"""Our own pass over a short text: every date that it names, relative to today."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from service.reading.answers.day_doubts import BREAK, is_doubtful
from service.reading.answers.days import Dated, Step, last_of, named, numeric
from service.reading.answers.months import MONTH_UNITS, MONTHS, NUMBERS, UNITS, WEEKDAYS
from service.reading.answers.weekdays import nth_weekday, weekday
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR, DOUBTFUL, is_enough
from service.reading.tables import table

_TOKENS = re.compile(r"\d+(?:st|nd|rd|th|er|º|ª)?|[^\W\d_]+|[./–—;!?-]")
_SIGNS = {**dict.fromkeys(";!?", BREAK), **dict.fromkeys("–—", "-")}
IN = table("in within for für pour por dans en tra fra em over om innerhalb")
TODAY = table("today heute hoy oggi hoje vandaag idag")
TOMORROW = table("tomorrow tmrw tmr morgen demain mañana domani amanhã imorgon")
OVERMORROW = (
    *(("day", "after", "tomorrow"), ("übermorgen",), ("après", "demain"), ("pasado", "mañana")),
    *(("dopodomani",), ("overmorgen",), ("i", "övermorgon"), ("övermorgon",), ("pojutrze",)),
)
NO_TOMORROW = table("la esta jeden jede am")
"""Words in front of "mañana" and "Morgen" that make it a morning, as weekdays do."""
ALSO_VERBS = table("sat sun wed mon")
"""Names of days that are other words in the middle of a sentence: "we sat down"."""
LEADS_DAY = table("on by until till this next and or")
END = ("end", "of")
FAR = timedelta(days=2 * 366)  # a slip of the finger in the year is more likely


def dates_in(text: str, circumstances: Circumstances) -> list[Dated]:
    """Every date named in ``text``, in order; doubtful where the words around it move it elsewhere."""
    tokens = _tokens(text)
    found: list[Dated] = []
    for at, taken, dated in _steps(tokens, circumstances):
        if dated is not None:
            far = abs(dated[0] - circumstances.today) > FAR
            doubtful = far or is_doubtful(tokens[max(0, at - 6) : at], tokens[at + taken : at + taken + 6])
            found.append((dated[0], DOUBTFUL) if doubtful else dated)
    return found


def words_beside(text: str, circumstances: Circumstances) -> list[str]:
    """The words of ``text`` that belong to no date."""
    tokens = _tokens(text)
    beside = (tokens[at : at + taken] for at, taken, dated in _steps(tokens, circumstances) if dated is None)
    return [word for words in beside for word in words if word.isalpha()]


def _steps(tokens: Sequence[str], circumstances: Circumstances) -> Iterator[tuple[int, int, Dated | None]]:
    """Where a step begins, how many tokens it takes, and the date that they name."""
    at = 0
    while at < len(tokens):
        taken, dated = _step(tokens, at, circumstances)
        yield at, taken, dated
        at += taken


def _tokens(text: str) -> list[str]:
    """Words, figures and signs in lower case; what only looks like a day is no word of ours."""
    found = _TOKENS.findall(text)
    lower = [_SIGNS.get(sign, sign.lower()) for sign in found]
    for at, word in enumerate(lower):
        led = at > 0 and lower[at - 1] in LEADS_DAY
        verb = word in ALSO_VERBS and len(lower) > 3 and not led and found[at].islower()
        morning = word in TOMORROW and at > 0 and (lower[at - 1] in NO_TOMORROW or lower[at - 1] in WEEKDAYS)
        if verb or morning:
            lower[at] = "_"
    return lower


def _step(tokens: Sequence[str], at: int, circumstances: Circumstances) -> Step:
    for matcher in MATCHERS:
        taken, dated = matcher(tokens[at : at + 6], circumstances)
        if taken:
            return taken, dated
    return 1, None


def _end_of(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """End of the week (its Friday), of the month, of December; eow, eom."""
    today = circumstances.today
    places = [at for at, token in enumerate(tokens) if token not in ("the", "this")]
    words = [tokens[at] for at in places]
    third = places[2] + 1 if len(places) > 2 else 0
    if words[:1] == ["eow"] or words[:3] == [*END, "week"]:
        return places[0] + 1 if words[0] == "eow" else third, _weekday_after(
            today, 4, CLEAR if today.weekday() <= 4 else DOUBTFUL
        )
    if words[:1] == ["eom"] or words[:3] == [*END, "month"]:
        return places[0] + 1 if words[0] == "eom" else third, (last_of(today.year, today.month), CLEAR)
    if tuple(words[:2]) == END and len(words) > 2 and words[2] in MONTHS:
        month = MONTHS[words[2]]
        return third, (last_of(today.year + (month < today.month), month), CLEAR)
    if tuple(words[:4]) == (*END, "next", "week"):
        return places[3] + 1, (today + timedelta(days=11 - today.weekday()), CLEAR)
    return 0, None


def _relative(tokens: Sequence[str], circumstances: Circumstances) -> Step:
    """Today, tomorrow, in two weeks, two weeks from now, a week from Friday."""
    today = circumstances.today
    for words in OVERMORROW:
        if tuple(tokens[: len(words)]) == words:
            return len(words), (today + timedelta(days=2), CERTAIN)
    if tokens[0] in TODAY:
        return 1, (today, CERTAIN)
    if tokens[0] in TOMORROW:
        return 1, (today + timedelta(days=1), CERTAIN)
    at = 1 if tokens[0] in IN else 0
    count = _count(tokens[at : at + 1])
    unit = tokens[at + 1] if len(tokens) > at + 1 else ""
    if count is None or not (at or "from" in tokens[at + 2 : at + 3]):
        return 0, None
    taken, start = (at + 2, today) if at else _start(tokens[3:], circumstances)
    if start is None or not (unit in UNITS or unit in MONTH_UNITS):
        return 0, None
    if unit in UNITS:
        return taken, (start + timedelta(days=count * UNITS[unit]), CLEAR)
    return taken, _months_on(start, count)


def _start(tokens: Sequence[str], circumstances: Circumstances) -> tuple[int, date | None]:
    """What a time is counted from, as in "a week from Friday", and the words of it all."""
    if tokens[:1] in (["now"], ["here"]):
        return 4, circumstances.today
    taken, dated = _step(tokens, 0, circumstances) if tokens else (0, None)
    return 3 + taken, dated[0] if dated is not None and is_enough(dated[1]) else None


def _count(tokens: Sequence[str]) -> int | None:
    if not tokens:
        return None
    return int(tokens[0]) if tokens[0].isdecimal() and len(tokens[0]) <= 3 else NUMBERS.get(tokens[0])


def _weekday_after(today: date, wanted: int, confidence: float) -> Dated:
    return today + timedelta(days=(wanted - today.weekday()) % 7), confidence


def _months_on(today: date, count: int) -> Dated:
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    return min(
        today.replace(day=1).replace(year=year, month=month) + timedelta(days=today.day - 1),
        last_of(year, month),
    ), CLEAR


MATCHERS: tuple[Callable[[Sequence[str], Circumstances], Step], ...] = (
    numeric,
    named,
    _end_of,
    _relative,
    nth_weekday,
    weekday,
)
