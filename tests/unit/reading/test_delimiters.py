"""A delimiter cuts all that follows: only what a program draws may be one (IN-10)."""

import pytest

from service.reading.delimiters import cuts, cuts_anywhere, is_rule, is_ruled


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "--- original message ---",
        "***Original Message***",
        "  -----URSPRÜNGLICHE NACHRICHT-----  ",
        "---- a message for Ada ----",
        "---- the message for Ada Byron ----",
        "-----Original Message----- -- Ada --",
        "---forwarded message--- From: Ada",
        "----- Forwarded Message ----- From: Ada <ada@town.example>",
        "---- Message ---- from Ada Byron of the City Library --- so",
        "--- Begin forwarded message:",
        "Original message:",
        "> Begin forwarded message:",
        "reply above this line.",
    ],
)
def test_what_a_program_draws_above_an_original_cuts(line: str) -> None:
    assert cuts(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--- message for Ada ---",
        "---- this message is for Ada and Grace ----",
        "---- news of the week ----",
        "---- a message for Ada and Grace ----",
        "---- [External] message ----",
        "-- EXTERNAL EMAIL MESSAGE --",
        "The original message was lost",
        "Begin forwarded message",
        "The room is open:",
        "A mail:",
        "--- We met ---, and then the original message",
        f"---- {'We met. ' * 20}Original message ----",
    ],
)
def test_words_between_rules_are_kept_where_no_program_drew_them(line: str) -> None:
    assert not cuts(line)


@pytest.mark.parametrize(
    "line",
    [
        "Please reply above this line",
        "PLEASE WRITE ABOVE THE LINE",
        "Type your reply above the line, please",
        "##- Reply above -##",
        "  ##- Svar over denne linje -##  ",
        "Only reply above the line, please",
    ],
)
def test_a_line_that_was_meant_for_a_machine_cuts_even_inside_a_quote(line: str) -> None:
    assert cuts_anywhere(line)


@pytest.mark.parametrize(
    "line",
    [
        "The printer wants us to write above the line.",
        "Reply above this mark",
        "I signed above this line",
        "## the line is drawn ##",
        "Please draw a line",
        "-----Original Message-----",
        f"{'We met. ' * 20} Reply above this line",
    ],
)
def test_a_sentence_about_a_line_cuts_nothing(line: str) -> None:
    assert not cuts_anywhere(line)


def test_a_rule_is_drawn_from_two_signs_on() -> None:
    assert [line for line in ("-", "--", " == ", "- -", "-x-", "", "–—") if is_rule(line)] == [
        "--",
        " == ",
        "–—",
    ]


def test_words_are_ruled_where_a_line_is_drawn_on_both_sides() -> None:
    assert [
        line for line in ("--a--", "-a---", "--a-", "----a", "a----", "-----a", "") if is_ruled(line)
    ] == [
        "--a--",
        "-a---",
    ]
