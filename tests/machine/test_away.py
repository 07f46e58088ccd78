"""Until when somebody is away, however it is written; and never a date that is not there (MM-7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.inbound.away import back_on
from service.inbound.languages import Language, languages
from service.message import parse
from tests.machine.samples import SENT, Sample, automatic, human, machinery

DATED = [sample for sample in automatic() if sample.back]
BASE = replace(automatic()[0], subject="Automatic reply: x", locale="en-GB", headers=())
WITH_MONTHS = [
    one for one in languages() if one.months.exact and not one.cues["until_after"] and one.cues["until"]
]


PIECES = (
    *("until", "back", "7", "Dec", "11.12.", "to", "-", ",", ".", "from", "2026-12-11", "Friday"),
    *("leave", "12/7", "bis", "月"),
)


def read(sample: Sample, *, quoting: bool = False) -> date | None:
    return back_on(parse(sample.raw(quoting=quoting)), sample.sent, sample.locale)


def reading(text: str, locale: str = "en-GB", sent: date = SENT) -> date | None:
    return read(replace(BASE, text=text, locale=locale, sent=sent))


@pytest.mark.parametrize("quoting", [True, False])
def test_dates_are_read_and_none_is_wrong(quoting: bool) -> None:
    found = {sample.name: (read(sample, quoting=quoting), sample.back) for sample in automatic()}
    right = [name for name, (day, back) in found.items() if day and day == back]

    assert {name: pair for name, pair in found.items() if pair[0] not in (None, pair[1])} == {}
    assert len(right) >= 0.95 * len(DATED)
    assert len(DATED) >= 200
    assert len({sample.language for sample in DATED}) >= 20


def test_people_and_other_machinery_may_be_asked_too() -> None:
    """Nothing is raised, and what is found lies ahead."""
    days = [read(sample) for sample in human()]
    days += [back_on(parse(raw), SENT, "en-GB") for raw in machinery().values()]

    assert all(day is None or day > SENT for day in days)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("I am out of the office until 11 December.", "2026-12-12"),
        ("I am out of the office until 11 December and back on 14 December.", "2026-12-14"),
        ("I am out of the office 7-11 December.", "2026-12-12"),
        ("I am away from 7 to 11 December 2026.", "2026-12-12"),
        ("I am away Dec 7 - Dec 11.", "2026-12-12"),
        ("I am away and will not return until 14 December.", "2026-12-14"),
        ("I am on leave, returning after 13 December.", "2026-12-14"),
        ("I am on leave and back on Monday.", "2026-12-07"),
        ("I am on leave until Tuesday.", "2026-12-09"),
        ("I am on leave until 5 January.", "2027-01-06"),
        ("I am on leave until 11/12.", "2026-12-12"),
        ("I am on leave until 12/18/26.", "2026-12-19"),
        ("I am on leave until Friday 12/11.", "2026-12-12"),
        ("I am on leave until 2026-12-11.", "2026-12-12"),
    ],
)
def test_the_last_day_away_is_the_one_before_the_day_of_return(text: str, back: str) -> None:
    assert reading(text) == date.fromisoformat(back)


def test_the_order_of_day_and_month_is_the_locales() -> None:
    text = "I am out of the office until 11/12."

    assert reading(text, "en-GB") == date(2026, 12, 12)
    assert reading(text, "en-US", date(2026, 11, 2)) == date(2026, 11, 13)


def test_a_weekday_decides_the_order_against_the_locale() -> None:
    assert reading("I am on leave until Saturday 12/5.", "en-GB") == date(2026, 12, 6)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office.",
        "I am out of the office until further notice.",
        "I am out of the office until Monday 8 December.",  # a Tuesday
        "I am out of the office until 25 November.",
        "I am out of the office until 31 December 2035.",
        "I am out of the office until 31 November.",
        "I am out of the office until 11 December. I am out of the office until 18 December.",
        "I am back on 7 December. I am back on 8 December.",
        "I am away until 14 December, back on 7 December.",
        "I am on leave until next Friday.",
        "I am on leave. Please register until 11 December.",
        "I am on leave. My office hours are Monday through Friday.",
        "I am on leave. Call 12/7 or 7.12, room 11.12.",
        "I am on leave. We will get back to you on 7 December.",
        "I am on leave from 7 December.",
        "I am out of the office Monday through Friday.",
        "I am out of the office until the the the the the the the 7 December.",
        "I am on leave. Feedback on 7 December is welcome.",
        "I am not in on 7 December and 9 December.",
        "As of 1 November 2026 I no longer work here.",
        "I am on leave until " + " ".join(f"{day} December," for day in range(2, 25)),
    ],
)
def test_in_doubt_there_is_no_date(text: str) -> None:
    assert reading(text) is None


def test_other_forms_of_a_mail_have_dates_too() -> None:
    """HTML alone, charsets, lines that a program broke."""
    forms = ("html-only", "iso-2022-jp", "two-languages", "windows-1252", "wrapped-lines")

    found = {back_on(parse(machinery()[name]), SENT, "en-GB") for name in forms}

    assert found == {date(2026, 12, 12)}


def test_the_subject_of_ours_is_no_word_of_the_machine() -> None:
    sample = replace(BASE, subject="Out of office: Report until 5 December", text="I am on leave.")

    assert read(sample) is None
    assert read(replace(sample, subject="Out of office until 5 December Re: Report")) == date(2026, 12, 6)


def _phrases(language: Language) -> list[tuple[str, str]]:
    vocabulary = language.vocabulary
    return [*vocabulary.unspaced, *(one for phrases in vocabulary.spaced.values() for one in phrases)]


@given(
    st.sampled_from(WITH_MONTHS),
    st.dates(SENT + timedelta(days=1), SENT + timedelta(days=180)),
    st.booleans(),
    st.data(),
)
def test_until_any_day_in_any_language(
    language: Language, last: date, with_year: bool, data: st.DataObject
) -> None:
    """Every name of a month and every word for "until" that the files of the languages have."""
    months = sorted(name for name, number in language.months.exact.items() if number == last.month)
    month, until = data.draw(st.sampled_from(months)), data.draw(st.sampled_from(language.cues["until"]))
    away = next(phrase for phrase, kind in _phrases(language) if kind == "away").strip()
    year = f" {last.year}" if with_year else ""

    found = reading(f"{away} {until} {last.day} {month}{year}.", f"{language.code}-XX")

    unsure = language.code == "ca" and found is None  # Romanian has the same word for being absent
    assert unsure or found == last + timedelta(days=1)


@given(
    st.text(max_size=300),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["en-US", "de-DE", "", "x"]),
)
def test_any_text_has_a_date_ahead_or_none(text: str, sent: date, locale: str) -> None:
    found = reading(text, locale, sent)

    assert found is None or sent < found <= sent + timedelta(days=731)


@given(st.lists(st.sampled_from(PIECES)))
def test_any_order_of_dates_and_words_has_a_date_ahead_or_none(words: list[str]) -> None:
    found = reading(" ".join(words))

    assert found is None or found > SENT
