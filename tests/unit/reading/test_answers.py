"""Each type of answer, as people write it. What is not certain is None, never a guess (IN-12)."""

from datetime import date

import pytest

from service.domain.question import Effect, Option, Question, QuestionType
from service.reading import Circumstances
from service.reading.answers import read_answer
from service.reading.confidence import is_enough
from tests.unit.reading.prompts import CIRCUMSTANCES, MOVED, PACE, SIZE, THANKS, TODAY, VISIT, WHEN


def value(words: str, question: Question, circumstances: Circumstances = CIRCUMSTANCES) -> object:
    """What is stored for these words; None when they are asked again."""
    meant = read_answer(words, question, circumstances)
    return meant.value if meant is not None and is_enough(meant.confidence) else None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *[
            ("4", 4),
            (" 4. ", 4),
            ("4/5", 4),
            ("4 / 5", 4),
            ("4 out of 5", 4),
            ("4 of 5", 4),
            ("5 stars", 5),
            ("a 3", 3),
        ],
        *[("four", 4), ("Four!", 4), ("five stars", 5), ("drei", 3), ("cuatro", 4), ("five out of five", 5)],
        *[("4\ufe0f\u20e3", 4), ("★★★☆☆", 3), ("⭐⭐⭐⭐", 4), ("★ ★", 2), ("4, because we wait a lot", 4)],
        *[
            ("4 - good", 4),
            ("3: could be better", 3),
            ("I'd say 4", 4),
            ("about 3", 3),
            ("4\nWe wait a lot.", 4),
        ],
    ],
)
def test_a_scale_is_read_in_figures_words_and_stars(words: str, number: int) -> None:
    assert value(words, PACE) == number


@pytest.mark.parametrize(
    "words",
    [
        *[
            "0",
            "6",
            "9",
            "-3",
            "10",
            "3.5",
            "3-4",
            "3 or 4",
            "between 3 and 4",
            "4/10",
            "40%",
            "not 4",
            "good",
            "4 5",
        ],
        *["★★★★★★", "☆☆☆☆☆", "one of us left", "", "four or five", "1 person said 5", "http://x.example/4/2"],
    ],
)
def test_a_scale_out_of_range_or_in_doubt_is_asked_again(words: str) -> None:
    assert value(words, PACE) is None


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Y",
        "Yes!",
        "yep",
        "sure",
        "of course",
        "yes, on Tuesday",
        "ja",
        "Oui.",
        "sí",
        "👍",
        "✅",
        "Yes we did",
    ],
)
def test_yes_has_many_words(words: str) -> None:
    assert value(words, VISIT) is True


@pytest.mark.parametrize(
    "words", ["no", "N", "Nope.", "not yet", "not really", "no, next week", "nein", "non", "👎", "pas encore"]
)
def test_no_has_many_words(words: str) -> None:
    assert value(words, VISIT) is False


@pytest.mark.parametrize(
    "words",
    [
        "yes and no",
        "no idea",
        "no problem",
        "not sure",
        "maybe",
        "yes or no?",
        "Tuesday",
        "no, yes",
        "yes, no, maybe",
    ],
)
def test_neither_yes_nor_no_is_asked_again(words: str) -> None:
    assert value(words, VISIT) is None


@pytest.mark.parametrize(
    ("words", "key"),
    [
        *[
            ("smaller", "smaller"),
            ("Smaller.", "smaller"),
            ("the same", "same"),
            ("unchanged", "same"),
            ("BIGGER!", "bigger"),
        ],
        *[
            ("smaler", "smaller"),
            ("a bit smaller", "smaller"),
            ("bigger - the van is gone", "bigger"),
            ("the same, I think", "same"),
        ],
    ],
)
def test_a_choice_is_read_by_its_words_or_a_near_miss(words: str, key: str) -> None:
    assert value(words, SIZE) == key


@pytest.mark.parametrize(
    "words",
    ["smaller or bigger", "not smaller", "green", "smaller, bigger", "2", "neither smaller nor bigger"],
)
def test_a_choice_between_two_options_is_asked_again(words: str) -> None:
    assert value(words, SIZE) is None


def test_the_longer_of_two_options_wins_where_one_contains_the_other() -> None:
    options = (Option("change", "change"), Option("keep", "no change"))
    question = Question(
        "pilot", "Pilot", "Change or no change?", QuestionType.CHOICE, Effect.NOTE, options=options
    )

    assert value("no change", question) == "keep"
    assert value("change", question) == "change"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *[
            ("2026-12-05", "2026-12-05"),
            ("5 dec", "2026-12-05"),
            ("until 5 dec", "2026-12-05"),
            ("Dec 5th", "2026-12-05"),
        ],
        *[
            ("the 5th of December", "2026-12-05"),
            ("December 5, 2027", "2027-12-05"),
            ("5 de diciembre", "2026-12-05"),
        ],
        *[
            ("eod Friday", "2026-11-27"),
            ("this Friday", "2026-11-27"),
            ("next Tuesday", "2026-12-01"),
            ("by Thursday", "2026-11-26"),
        ],
        *[
            ("tomorrow", "2026-11-24"),
            ("in two weeks", "2026-12-07"),
            ("in 3 days", "2026-11-26"),
            ("a week from today", "2026-11-30"),
        ],
        *[
            ("end of the month", "2026-11-30"),
            ("end of January", "2027-01-31"),
            ("eow", "2026-11-27"),
            ("12/24", "2026-12-24"),
        ],
        *[
            ("12/5/2026", "2026-12-05"),
            ("24.12.2026", "2026-12-24"),
            ("Friday 27 November", "2026-11-27"),
            ("in a month", "2026-12-23"),
        ],
        *[("Feb 1", "2027-02-01"), ("we hope for 5 dec, if the paint is dry", "2026-12-05")],
    ],
)
def test_a_date_is_read_relative_to_today(words: str, day: str) -> None:
    assert value(words, WHEN) == day


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "in December",
        "5 or 6 dec",
        "31 feb",
        "13/13/2026",
        "November 20",
        "next month",
        "1.5 hours",
        "",
        "99/99",
    ],
)
def test_no_date_or_two_dates_are_asked_again(words: str) -> None:
    assert value(words, WHEN) is None


@pytest.mark.parametrize(
    ("locale", "day"),
    [("en-US", "2027-05-12"), ("en-GB", "2026-12-05"), ("de-DE", "2026-12-05"), ("es-US", "2027-05-12")],
)
def test_the_locale_decides_the_order_of_day_and_month(locale: str, day: str) -> None:
    assert value("5/12", WHEN, Circumstances(TODAY, locale)) == day


def test_a_date_in_another_language_is_read_by_its_locale() -> None:
    assert value("5. joulukuuta", WHEN, Circumstances(TODAY, "fi-FI")) == "2026-12-05"


def test_the_last_day_of_a_month_counts_on_in_months() -> None:
    assert value("in a month", WHEN, Circumstances(date(2027, 1, 31))) == "2027-02-28"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Thanks to Maria and the Parks crew", ["Maria Santos"]),
        ("Linus Field, and Ada!", ["Linus Field", "Ada Byron"]),
        ("ada byron for the keys", ["Ada Byron"]),
        ("grace", ["Grace Murray"]),
        ("the Parks crew", "the Parks crew"),
        ("Maria Lopez from the school", "Maria Lopez from the school"),
        ("we worked with grace under pressure", "we worked with grace under pressure"),
        ("nobody", ""),
    ],
)
def test_thanks_name_people_of_the_roster_and_unknown_names_stay_text(words: str, names: object) -> None:
    assert value(words, THANKS) == names


def test_a_first_name_that_two_people_share_names_nobody() -> None:
    two = Circumstances(TODAY, people=("Maria Santos", "Maria Field"))

    assert value("thanks to Maria", THANKS, two) == "thanks to Maria"
    assert value("thanks to Maria Field", THANKS, two) == ["Maria Field"]


@pytest.mark.parametrize(
    "words", ["-", "n/a", "N/A", "nothing", "Nothing.", "none", "—", "no", "nada", "nichts"]
)
def test_nothing_is_an_answer_and_no_gap(words: str) -> None:
    assert value(words, MOVED) == ""


def test_text_is_kept_as_it_was_written() -> None:
    assert value("  Nothing but good news.\n\nReally. ", MOVED) == "Nothing but good news.\n\nReally."


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("- paint\n- keys\n  for both doors\n- a van", ["paint", "keys for both doors", "a van"]),
        ("paint\nkeys", ["paint", "keys"]),
        ("paint, keys, a van", ["paint", "keys", "a van"]),
        ("paint (red, blue); keys", ["paint (red, blue)", "keys"]),
        ("1. paint\n2. keys", ["paint", "keys"]),
        ("none", []),
    ],
)
def test_a_list_has_an_item_per_bullet_line_or_comma(words: str, items: list[str]) -> None:
    question = Question("list", "List", "What is missing?", QuestionType.LIST, Effect.NOTE)

    assert value(words, question) == items


STEPS = (Option("1", "Open the room"), Option("2", "Train the volunteers"), Option("3", "Bus ready"))
STEP = Question(
    "step", "Your step", "How is your step?", QuestionType.MILESTONE, Effect.MILESTONE, options=STEPS
)


@pytest.mark.parametrize(
    ("words", "milestone", "state", "day"),
    [
        ("2 done", "2", "done", None),
        ("#1: moved to 5 dec", "1", "moved", "2026-12-05"),
        ("Open the room - done!", "1", "done", None),
        ("train the volunteer is at risk", "2", "at_risk", None),
        ("3: we could use help", "3", "hand_wanted", None),
        ("milestone 2: 12/24", "2", "moved", "2026-12-24"),
        ("1 let it go", "1", "let_go", None),
    ],
)
def test_a_milestone_is_named_by_number_or_title(
    words: str, milestone: str, state: str, day: str | None
) -> None:
    assert value(words, STEP) == {"milestone": milestone, "state": state, "date": day}


@pytest.mark.parametrize(
    "words",
    [
        "done",
        "2",
        "2 not done",
        "1 moved",
        "7 done",
        "Bus ready",
        "Open the room and train the volunteers: done",
    ],
)
def test_a_milestone_without_its_state_or_its_name_is_asked_again(words: str) -> None:
    assert value(words, STEP) is None


def test_the_only_milestone_need_not_be_named() -> None:
    question = Question(
        "step", "Your step", "How is it?", QuestionType.MILESTONE, Effect.MILESTONE, options=STEPS[:1]
    )

    assert value("done", question) == {"milestone": "1", "state": "done", "date": None}
