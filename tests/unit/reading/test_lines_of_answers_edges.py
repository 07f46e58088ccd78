"""Labels and numbers at the start of a line: which are ours, and where the words begin (IN-9, IN-12)."""

import pytest

from service.reading.markers import Marker, Markers
from service.reading.numbering import free_standing, is_unsigned_list, numbered, runs_on, under_question
from tests.unit.reading.prompts import CHECK_IN, MOVED, NEXT, PACE, reading_of, values

MARKERS = Markers(CHECK_IN)


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        *(("Private;x", "private", "x"), ("private, x", "private", "x"), ("- private! x", "private", "x")),
        *(("**Private**: x", "private", "x"), ("PRIVATE", "private", ""), ("PRIVATE -", "private", "")),
        *(("Privat: x", "private", "x"), ("Moved forward", "moved", ""), ("*Next*", "next", "")),
        *(("Next.", "next", ""), ("2 Next", "next", ""), ("Next - paint", "next", "paint")),
        *(
            ("Next – paint", "next", "paint"),
            ("Next — paint", "next", "paint"),
            ("Next：paint", "next", "paint"),
        ),
        *(
            ("Next step: paint", "next", "paint"),
            ("Thnaks to: Ada", "thanks", "Ada"),
            ("need - two", "need", "two"),
        ),
        *(("needs: two", "need", "two"), ("One moer: 4", "pace", "4"), ("Moved forward: * x", "moved", "x")),
        *(("In the way?: no", "way", "no"), ("2. Next: a - b", "next", "a - b")),
    ],
)
def test_a_label_names_its_question_and_its_words_follow(line: str, key: str, words: str) -> None:
    found = MARKERS.labelled(line)

    assert found is not None
    assert (found.key, line[found.start :], found.alone) == (key, words, True)


@pytest.mark.parametrize(
    "line",
    [
        *("PRIVATE tea", "private tea", "2", "Nex: paint", "Nex - paint", "Moved forwrd - x", "1-9: fine"),
        *("x" * 61 + ": y", "What is your next step: paint", "Thanks: Ada", "the way: x", "next step is: x"),
        *(": x", "0-1: fine"),
    ],
)
def test_words_that_only_look_like_a_label_are_the_authors(line: str) -> None:
    assert MARKERS.labelled(line) is None


@pytest.mark.parametrize(
    ("line", "key"),
    [
        *(("1-3: fine", "moved"), ("1 & 2: fine", "moved"), ("2, 3 and 4: fine", "next")),
        *(("Next / In the way: fine", "next"), ("5 + 1: fine", "pace")),
    ],
)
def test_a_line_that_names_several_questions_belongs_to_none_of_them_for_certain(line: str, key: str) -> None:
    assert MARKERS.labelled(line) == Marker(key, 0, alone=False)


def test_several_questions_at_once_are_asked_again() -> None:
    reading = reading_of("1 & 2: fine")

    assert (values(reading), reading.unread) == ({}, ("moved",))


def test_a_question_knows_its_number_and_whether_it_wants_a_figure() -> None:
    assert [MARKERS.number(key) for key in ("moved", "next", "need", "none")] == [1, 2, 0, 0]
    assert [MARKERS.key(1), MARKERS.key(5)] == ["moved", "pace"]
    assert MARKERS.count == 5
    assert MARKERS.asks_for_figure("pace")
    assert not MARKERS.asks_for_figure("next")


@pytest.mark.parametrize(
    ("lines", "own", "figure", "ours"),
    [
        *(
            (["1: a"], 1, False, [1]),
            (["2: a"], 1, False, [None]),
            (["1: a", "2: b"], 1, False, [None, None]),
        ),
        *((["5: 4"], 5, True, [5]), (["5: ok"], 5, True, [None]), (["5."], 5, True, [None])),
        *((["1."], 1, False, [None]), ([], 1, False, []), (["x", "1: a"], 1, False, [None, None])),
        (["1: a", "b"], 1, False, [1, None]),
    ],
)
def test_below_a_question_only_its_own_number_is_ours(
    lines: list[str], own: int, figure: bool, ours: list[int | None]
) -> None:
    assert [one and one.number for one in under_question(lines, own, figure)] == ours


@pytest.mark.parametrize(
    ("lines", "ours"),
    [
        *((["1. a", "2. b", "9. c", "10. d"], [1, 2, 9, None]), (["1. a", "6. c"], [1, None])),
        *((["1. a", "2. b", "6. December"], [1, 2, None]), (["6. a", "1. b"], [None, 1])),
        *(
            (["1.a", "2.b", "5.4"], [1, 2, 5]),
            (["1.a", "5.4"], [1, None]),
            (["1.a", "2.b", "5.44"], [1, 2, None]),
        ),
        *((["One: a", "two: b"], [1, 2]), (["Two: a", "Three: b"], [None, None]), (["One: a"], [None])),
        *((["*ONE*: a", "b", "Two: c"], [1, None, 2]), (["4."], [None]), (["4.", "", "b"], [4, None, None])),
        *((["Our list:", "1. a", "2. b"], [None, None, None]), (["Our list:", "1. a"], [None, 1])),
        *((["Here are my answers:", "1. a", "2. b"], [None, 1, 2]), (["Here you go:", "4."], [None, None])),
        *((["Our list:", "", *(f"{at}. a" for at in range(1, 6))], [None, None, 1, 2, 3, 4, 5]),),
        *((["1) a", "2. b", "3) c"], [1, 2, 3]), (["1. a", "2) b", "1) c"], [1, None, None])),
        *((["1. a", "1. b", "2. c"], [1, None, 2]), (["1. a", "2) b", "2. c"], [1, None, 2])),
    ],
)
def test_a_number_is_ours_once_and_a_list_of_the_authors_is_not(
    lines: list[str], ours: list[int | None]
) -> None:
    assert [one and one.number for one in free_standing(lines, questions=5)] == ours


def test_a_number_where_a_program_broke_a_line_is_no_answer() -> None:
    long = "We talked about it with everybody who was there in room number"

    assert free_standing([long, "4. Then we locked it"], questions=5) == [None, None]
    assert free_standing(["We talked.", "4. Then we locked it"], questions=5)[1] is not None


def test_one_question_alone_has_no_list_of_answers() -> None:
    assert reading_of("1. x\n2. y", MOVED).unread == ("moved",)
    assert values(reading_of("1. x", MOVED)) == {"moved": "x"}
    assert values(reading_of("1. x\n2. y", MOVED, NEXT)) == {"moved": "x", "next": "y"}


@pytest.mark.parametrize(
    ("line", "number", "words"),
    [
        *(("Q1: a", 1, "a"), ("#1) a", 1, "a"), ("(1) a", 1, "a"), ("Re 1: a", 1, "a"), ("1 – a", 1, "a")),
        *(("1, a", 1, "a"), ("1️⃣ a", 1, "a"), ("1、a", 1, "a"), ("**1.** a", 1, "a"), ("Frage 2: a", 2, "a")),
    ],
)
def test_a_number_has_many_signs(line: str, number: int, words: str) -> None:
    found = numbered(line)

    assert found is not None
    assert (found.number, line[found.start :]) == (number, words)


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        *(("room 2) paint", True), ("room 2: paint", True), ("room 2. paint", True), ("room 2 paint", False)),
        *(("room\npaint 2) it", False), ("room 22) paint", False), ("room 3) paint", False)),
    ],
)
def test_an_answer_that_holds_the_next_number_on_its_line_runs_on(words: str, runs: bool) -> None:
    assert runs_on(words, 1) is runs


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        *(("1 room\n2 paint", True), ("1 room\n\n2 paint", True), ("1\nroom\n2\npaint", True)),
        *(("a) room\nb) paint", True), ("(A) room\n(B) paint", True), ("1 room", False), ("a) room", False)),
        *(("2 rooms\n3 lamps", False), ("a room\nb paint", False), ("a) room\nc) paint", False)),
    ],
)
def test_lines_that_count_up_without_a_sign_may_be_answers_to_us(words: str, listed: bool) -> None:
    assert is_unsigned_list(words) is listed


def test_a_label_that_awaits_its_words_takes_a_list_below_it_whole() -> None:
    reading = reading_of("Next:\n1. paint\n2. chairs\n\nOne more: 4")

    assert values(reading) == {"next": "1. paint\n2. chairs", "pace": 4}


def test_a_number_behind_a_label_with_words_is_ours() -> None:
    assert values(reading_of("Next: paint\n5. 4", *CHECK_IN)) == {"next": "paint", "pace": 4}
    assert values(reading_of("4.", PACE)) == {"pace": 4}
