"""Dates as people write them: "until 5 dec", "next Tuesday", "eod Friday", "in two weeks", 12/5.

Our own pass knows the usual forms; ``dateparser`` sees only a short rest that holds a figure.
Two different dates in one answer are no answer.
"""

import re
from datetime import date, timedelta

from service.domain.question import Question
from service.reading.answers import calendar, foreign
from service.reading.answers.days import LATE, Dated, next_day_of_month
from service.reading.answers.meant import Meant
from service.reading.answers.months import MONTHS
from service.reading.answers.reservations import without_questions
from service.reading.circumstances import Circumstances
from service.reading.confidence import CLEAR, DOUBTFUL

LONGEST = 300
_LEADS = r"(?:on |by |until |till |am |bis |le |el |den )?"
_ALONE = re.compile(rf"\W*{_LEADS}(?:the )?(\d{{1,2}})(?:st|nd|rd|th)\W*", re.IGNORECASE)
_EITHER = re.compile(
    r"(?<![\d/.-])\d{1,2}(?:st|nd|rd|th)?\.? ?"
    r"(?:or|and|to|oder|ou|und|et|y|o|-|–) ?\d{1,2}(?:st|nd|rd|th)?\.? [^\W\d]"
)

_SHARED = re.compile(r"(?<![\d/.-])\d{1,2}\.?/ ?\d{1,2}\.? ?([^\W\d_]{3,12})")
_YEAR = re.compile(r"\d{4}")
YEAR = timedelta(days=365)


def read(words: str, _question: Question, circumstances: Circumstances) -> Meant | None:
    """An ISO date, or None where no date, or more than one, can be read."""
    found = find_date(words, circumstances)
    return None if found is None else Meant(found[0].isoformat(), found[1])


def find_date(words: str, circumstances: Circumstances) -> tuple[date, float] | None:
    """The one date in ``words`` with its confidence."""
    bare = words.strip()
    if not bare or len(bare) > LONGEST or _are_two(bare, circumstances):
        return None
    found = calendar.dates_in(bare, circumstances)
    if found:
        return _one_of(found, bare, circumstances)
    if alone := _ALONE.fullmatch(bare):
        return next_day_of_month(int(alone[1]), circumstances.today)
    day = foreign.parse(bare, circumstances)
    if day is None:
        return None
    just_past = day - circumstances.today > YEAR - LATE and not _YEAR.search(bare)
    return day, DOUBTFUL if just_past else CLEAR


def _are_two(words: str, circumstances: Circumstances) -> bool:
    """Whether it is one of two days: "5 or 6 dec", "3/4 December"."""
    months = (found[1] for found in _SHARED.finditer(words))
    return bool(_EITHER.search(words)) or any(
        month.lower() in MONTHS or foreign.parse(f"1 {month}", circumstances) for month in months
    )


def _one_of(found: list[Dated], words: str, circumstances: Circumstances) -> tuple[date, float] | None:
    """The only day; a day that is only asked about ("Is Saturday ok?") is none yet."""
    if len({day for day, _ in found}) > 1:
        return None
    said = without_questions(words)
    asked = said != words and not calendar.dates_in(said, circumstances)
    return None if asked else min(found, key=lambda one: one[1])
