"""Questions beside an answer, days with something behind them, scales: the edges of meaning (IN-9, IN-12)."""

from datetime import date

import pytest

from service.domain.question import Effect, Option, Question, QuestionType
from service.reading import Circumstances
from service.reading.tables import phrases
from tests.unit.reading.meaning import BRING, DAY, PACE, SEND, STEP, THANKS, TUESDAY, VISIT, pairs, value

SIZE = Question(
    *("size", "Size", "How big is it?", QuestionType.CHOICE, Effect.NOTE),
    options=(Option("big", "big"), Option("very-big", "very big")),
)
POLISH = Circumstances(TUESDAY, "pl-PL")
FEBRUARY = Circumstances(date(2025, 2, 1), "pl-PL")


def test_who_answers_first_may_ask_something_afterwards() -> None:
    assert value("4. Why do you ask?", PACE) == 4
    assert value("Yes. And you?", VISIT) is True


@pytest.mark.parametrize("words", ["4? I do not know yet", "4? Or 5?", "three?\nor so"])
def test_who_asks_first_has_not_answered(words: str) -> None:
    assert value(words, PACE) is None


def test_a_mark_inside_of_a_link_asks_nothing() -> None:
    assert value("Yes, see http://localhost?page=2 for it", VISIT) is True
    assert value("Dec 12, see https://town.example/days?month=1", DAY) == "2026-12-12"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *(("Is Dec 12 ok? Tell me.", None), ("Dec 12\nIs that ok?", "2026-12-12")),
        *(("As agreed\nDec 12\nIs that ok?", "2026-12-12"), ("Dec 5, yes, around Dec 5", None)),
    ],
)
def test_a_day_that_is_only_asked_about_or_weakened_is_none_yet(words: str, day: str | None) -> None:
    assert value(words, DAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    pairs(
        """
        Dec 5 at 3 => 2026-12-05|Dec 5, 7 pm => 2026-12-05|Dec 5, 120 people come => 2026-12-05
        |Dec 5. Full team comes. => 2026-12-05|all of us like Dec 5 => 2026-12-05
        |I asked but Dec 5 is it => 2026-12-05|Saturday, the 12/5 => 2026-12-05
        |last Friday of November => 2026-11-27|the first Monday, Dec 7 => 2026-12-07|Nov 24 => 2026-11-24
        |Saturday, the 100th visitor comes => 2026-11-28|We are open 24/7, Friday is best => 2026-11-27
        |in 12 months => 2027-11-24|eom => 2026-11-30|end of month => 2026-11-30
        """
    ),
)
def test_what_stands_beside_a_day_may_leave_it_as_it_is(words: str, day: str) -> None:
    assert value(words, DAY) == day


@pytest.mark.parametrize(
    "words",
    phrases(
        "Dec 5 to 7th|Dec 5th - 7th|Dec 5 to 12|Dec 5 to 7|this Friday or so|Dec 4 & 5|tomorrow or so"
        "|end of next week or so|end of week or so|eom or so"
    ),
)
def test_two_days_and_a_day_or_so_are_asked_about(words: str) -> None:
    assert value(words, DAY) is None


def test_a_text_is_searched_for_a_day_up_to_its_limit_and_a_longer_one_not_at_all() -> None:
    assert value("x" * 292 + ". Dec 5", DAY) is not None
    assert value("x" * 293 + ". Dec 5", DAY) is not None
    assert value("x" * 294 + ". Dec 5", DAY) is None


def test_a_day_in_another_language_is_counted_from_the_day_of_the_mail() -> None:
    assert value("10 kwietnia", DAY, FEBRUARY) == "2025-04-10"
    assert value("za 3 dni", DAY, FEBRUARY) == "2025-02-04"


@pytest.mark.parametrize(
    ("words", "circumstances"),
    [
        *(("10 5", POLISH), ("jutro", POLISH), ("za tydzień", POLISH)),
        *(("5 grudnia", Circumstances(TUESDAY, "de-DE")), ("5 grudnia", Circumstances(TUESDAY))),
    ],
)
def test_nobody_guesses_a_language_or_a_day_without_its_figure_and_its_month(
    words: str, circumstances: Circumstances
) -> None:
    assert value(words, DAY, circumstances) is None


def test_a_day_of_next_week_is_read_in_german() -> None:
    assert value("nächste Woche am Freitag", DAY, Circumstances(TUESDAY, "de-DE")) == "2026-12-04"


@pytest.mark.parametrize(
    ("words", "number"),
    pairs(
        """
        4 von 5 => 4|4 sur 5 => 4|4 su 5 => 4|4 de 5 => 4|4 of 5 => 4|4 out of 5 => 4|4 to us => 4
        |4 to me => 4|★ => 1|⭐️⭐️⭐️ => 3|★☆☆☆☆ => 1|three, it rains => 3|three: the van => 3
        |Rooms I give 4 => 4
        """
    ),
)
def test_a_scale_has_more_ways_to_be_written(words: str, number: str) -> None:
    assert value(words, PACE) == int(number)


@pytest.mark.parametrize(
    "words", phrases("☆☆|🌟🌟🌟🌟🌟🌟|4 to go|three people came|say what you like but 4 vans")
)
def test_stars_without_light_too_many_of_them_and_amounts_are_asked_again(words: str) -> None:
    assert value(words, PACE) is None


def test_of_two_options_in_a_sentence_the_one_that_holds_the_other_is_meant() -> None:
    assert value("it is very big", SIZE) == "very-big"
    assert value("I think it is big", SIZE) == "big"


def test_a_no_far_behind_a_yes_speaks_of_something_else() -> None:
    assert value("Yes, we were there on Monday and it was not raining", VISIT) is True


def test_why_not_with_more_words_is_leave_all_the_same() -> None:
    assert value("Why not, please do?", SEND) is True


@pytest.mark.parametrize(
    ("words", "items"),
    [
        *(("soup\n- bread", ["soup", "bread"]), ("- soup, bread", ["soup", "bread"])),
        *(
            ("- soup\nwith noodles\n- bread", ["soup with noodles", "bread"]),
            ("soup, hot; bread;\ncake; tea", ["soup, hot", "bread", "cake", "tea"]),
        ),
    ],
)
def test_a_list_may_begin_without_a_bullet_and_go_on_below(words: str, items: list[str]) -> None:
    assert value(words, BRING) == items


@pytest.mark.parametrize(
    ("words", "key", "state", "day"),
    [
        *(
            ("6 at risk, the wood is not here and it may slip", "12", "at_risk", None),
            ("2 done today", "7", "done", None),
        ),
        *(
            ("moved the benches to Friday", "12", "moved", "2026-11-27"),
            ("6 done, later than planned", "12", "done", None),
        ),
    ],
)
def test_a_milestone_has_one_state_whatever_else_is_said(
    words: str, key: str, state: str, day: str | None
) -> None:
    assert value(words, STEP) == {"milestone": key, "state": state, "date": day}


@pytest.mark.parametrize("words", ["trail map done; benches done", "signs done", "map done"])
def test_two_milestones_or_half_of_a_title_are_asked_about(words: str) -> None:
    assert value(words, STEP) is None


SATURDAY = Circumstances(date(2026, 11, 28))


@pytest.mark.parametrize("words", ["eow", "by the end of the week"])
def test_the_end_of_the_week_is_its_friday_and_on_a_saturday_nobody_knows_which(words: str) -> None:
    assert value(words, DAY) == "2026-11-27"
    assert value(words, DAY, SATURDAY) is None


def test_days_are_counted_in_up_to_three_figures() -> None:
    assert value("in 100 days", DAY) == "2027-03-04"
    assert value("in 1000 days", DAY) is None


def test_a_milestone_that_moves_to_a_day_in_doubt_is_asked_about() -> None:
    assert value("6 moved to 05.12.2026", STEP) is None
    assert value("6 moved to 12.12.2026", STEP) == {"milestone": "12", "state": "moved", "date": "2026-12-12"}


def test_a_language_without_a_region_has_its_order_of_day_and_month() -> None:
    assert value("12/5", DAY, Circumstances(TUESDAY, "en")) == "2026-12-05"
    assert value("12/5", DAY, Circumstances(TUESDAY, "de")) == "2027-05-12"


@pytest.mark.parametrize("words", ["Ada brought tea thanks to Ruth", "Ada was great and thank you Ruth"])
def test_who_is_thanked_anew_in_the_same_sentence_is_thanked(words: str) -> None:
    assert value(words, THANKS) == ["Ada Marlow", "Ruth Calloway"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        *(("Will you thank Ada", ["Ada Marlow"]), ("Many thanks to Ms. Calloway", ["Ruth Calloway"])),
        *(
            ("Ruth, instead of Ada", ["Ruth Calloway"]),
            ("Mr Marlow and Ruth C", ["Ada Marlow", "Ruth Calloway"]),
        ),
        *(("Instead of Ada it was Ruth", "Instead of Ada it was Ruth"), ("Ada I", "Ada I")),
        *(
            ("Ada's team and Ruth", ["Ruth Calloway"]),
            ("everyone but Ada, and Ruth", "everyone but Ada, and Ruth"),
        ),
    ],
)
def test_a_name_counts_by_the_words_beside_it(words: str, names: object) -> None:
    assert value(words, THANKS) == names
