"""Words that were once stored as something else than their author meant."""

from datetime import date

import pytest

from service.reading import Circumstances
from service.reading.answers.dates import find_date
from service.reading.confidence import is_enough
from tests.unit.reading.prompts import THANKS, reading_of, values

TODAY = date(2026, 11, 24)  # a Tuesday


def day(words: str, locale: str = "en-US") -> date | None:
    """The day that is stored; None where it is asked again."""
    found = find_date(words, Circumstances(TODAY, locale))
    return found[0] if found is not None and is_enough(found[1]) else None


@pytest.mark.parametrize(
    ("words", "locale"),
    [
        ("3/4 December", "en-US"),
        ("5/6 dec", "en-GB"),
        ("5/6 décembre", "fr-FR"),
        ("3/4 grudnia", "pl-PL"),
        ("3./4. Dezember", "de-DE"),
    ],
)
def test_one_of_two_days_of_a_month_is_asked_again(words: str, locale: str) -> None:
    assert day(words, locale) is None


def test_a_day_and_a_month_in_figures_stay_a_date_whatever_word_follows() -> None:
    assert day("12/5 works") == date(2026, 12, 5)


def test_a_day_that_has_only_just_passed_is_asked_again_in_any_language() -> None:
    assert day("20 listopada", "pl-PL") is None
    assert day("20 listopada 2027", "pl-PL") == date(2027, 11, 20)


@pytest.mark.parametrize("words", ["Friday every week", "Friday each week", "every Friday"])
def test_a_day_of_each_week_is_no_day(words: str) -> None:
    assert day(words) is None


@pytest.mark.parametrize("words", ["end of the week", "by the end of this week", "end of week"])
def test_the_end_of_a_week_is_its_friday(words: str) -> None:
    assert day(words) == date(2026, 11, 27)


def test_who_did_not_help_is_not_thanked_and_who_did_is() -> None:
    assert "Ada Byron" not in values(reading_of("Ada did not, Maria did", THANKS)).get("thanks", [])


def test_private_alone_on_its_line_keeps_the_words_below_it_from_the_team() -> None:
    stored = values(reading_of("We found a room.\n\nPrivate\nLinus is tired."))

    assert stored["moved"] == "We found a room."
    assert stored["private"] == "Linus is tired."


def test_a_sentence_of_the_author_about_a_line_cuts_nothing() -> None:
    text = "I signed above this line.\nThe room is open."

    assert values(reading_of(text))["moved"] == text


def test_a_comma_above_the_name_is_no_sign_off_where_nothing_else_was_said() -> None:
    assert values(reading_of("We painted the gate,\nGrace"))["moved"].startswith("We painted the gate")


def test_words_behind_a_dash_in_small_letters_are_no_name() -> None:
    assert "paint" in reading_of("We bought:\nbrushes\n-paint").text


def test_quotation_marks_at_the_start_of_a_line_are_no_quote() -> None:
    assert reading_of("»Das Tor ist offen«, sagte Maria.").text == "»Das Tor ist offen«, sagte Maria."
