"""Greetings, sign-offs, pointers, afterthoughts and commands: where they begin (IN-9)."""

import pytest

from service.domain.reading import Command
from service.reading.asides import is_afterthought, is_sentence, points_elsewhere
from service.reading.commands import is_wish_for_command, read_command
from service.reading.politeness import greeting_length, is_greeting, signoff_start
from service.reading.tables import phrases
from tests.unit.reading.meaning import HERE, pairs

GRACE = "Grace Murray"
LONG = "We talked about it with everybody who was there on that day and with"


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        Hi Ada,|Hi, Ada|Hello, all|Hallo zusammen|Dear all,|Hi ada ruth|Hi Ada, Grace
        |Good morning to you Ada,
        """
    ),
)
def test_a_greeting_names_its_readers_or_is_short(line: str) -> None:
    assert is_greeting(line)
    assert is_greeting(f"  {line} ")


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        Hi, all done.|Hi Ada, thanks|Hi?|Hi Ada:|Hi ada ruth mei|Hi there everyone and all of you,
        |Hi Ada Byron-Lovelace-King of the County Library,
        """
    ),
)
def test_words_behind_a_greeting_make_it_a_sentence(line: str) -> None:
    assert not is_greeting(line)


def test_a_greeting_may_stand_below_blank_lines_and_nothing_greets_nobody() -> None:
    assert greeting_length(["", "Hi Ada,", "We did it"]) == 2
    assert greeting_length(["We did it", "Hi Ada,"]) == 0
    assert greeting_length([]) == 0


@pytest.mark.parametrize(
    "below",
    [
        *(["Best,", "Grace"], ["Best,"], ["Onwards and upwards,", "Grace"], ["Grace"], ["GM"], ["G"]),
        *(["- Grace Murray"], ["LG Grace"], ["LG Grace Murray"], ["Best,", "", "Grace"], ["Best,", "x" * 60]),
        ["Best,", *"abcdef"],
    ],
)
def test_a_sign_off_begins_below_the_last_words(below: list[str]) -> None:
    assert signoff_start(["We did it", *below], GRACE, inline=False) == 1
    assert signoff_start(["We did it", *below], GRACE, inline=True) == 1


@pytest.mark.parametrize(
    "below", [["Best,", "x" * 61], ["Best,", *"abcdefh"], ["Ruth"], ["Onwards,", "Ruth"], [LONG, "Grace"]]
)
def test_what_goes_on_below_is_no_sign_off(below: list[str]) -> None:
    assert signoff_start(["We did it", *below], GRACE, inline=False) == 1 + len(below)


def test_a_closing_that_is_all_there_is_answers_a_question_above_it_unless_it_is_signed() -> None:
    assert signoff_start(["Thanks"], GRACE, inline=True) == 1
    assert signoff_start(["Grace"], GRACE, inline=True) == 1
    assert signoff_start(["Best,", "Grace"], GRACE, inline=True) == 0
    assert signoff_start(["Thanks"], GRACE, inline=False) == 0
    assert signoff_start(["Grace"], GRACE, inline=False) == 0


def test_without_a_known_name_a_closing_still_closes() -> None:
    assert signoff_start(["We did it", "Best,", "Grace"], "", inline=False) == 1
    assert signoff_start(["We did it", "Grace"], "", inline=False) == 2


@pytest.mark.parametrize("line", phrases("below|See below|My answers are in the text below in blue"))
def test_a_line_may_only_say_where_the_answers_are(line: str) -> None:
    assert points_elsewhere(line)


@pytest.mark.parametrize(
    "line",
    [
        *("see my answers", "the room below", "See my answers below in the red and blue text here"),
        "see the answers below" + " " * 40,
    ],
)
def test_a_line_that_names_no_place_or_more_than_a_place_points_nowhere(line: str) -> None:
    assert not points_elsewhere(line)


@pytest.mark.parametrize("line", ["P.S. we paint", "PS: we paint", "pps we paint", "PS – more"])
def test_an_afterthought_is_heard(line: str) -> None:
    assert is_afterthought(line)


@pytest.mark.parametrize("line", ["PS", "P.S. ", "PSA we paint", "we paint, PS"])
def test_an_afterthought_without_words_is_none(line: str) -> None:
    assert not is_afterthought(line)


def test_a_sentence_has_five_words_and_an_end() -> None:
    assert is_sentence("We saw all of it!")
    assert is_sentence("Is it all that is there? ")
    assert not is_sentence("All of it, Grace.")
    assert not is_sentence("The City Library in Milton")


@pytest.mark.parametrize(
    ("line", "argument"),
    pairs(
        """
        PAUSE 5 dec => 2026-12-05|pause until the beginning of march => 2027-03-01
        |pause until early december => 2026-12-01|pause until december => 2026-12-01
        |pause for the day after tomorrow => 2026-11-26|Pause, until Dec 7 => 2026-12-07
        |pause until 1 Dec 2026 please and thanks => 2026-12-01
        """
    ),
)
def test_a_pause_ends_on_a_day_or_with_a_month(line: str, argument: str) -> None:
    assert read_command(line, HERE) == (Command.PAUSE, argument)


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        pause march|pause to march|Pause next week|pause until the march of the tin soldiers
        |pause until I am back home from the lake and well on Dec 7|PAUSE until 05.12.2026
        """
    ),
)
def test_a_pause_without_a_plain_end_is_none(line: str) -> None:
    assert read_command(line, HERE) is None


@pytest.mark.parametrize(
    ("line", "argument"),
    [
        *(("take back", ""), ("TAKE BACK.", ""), ("TAKE BACK the books", "the books")),
        *(("Take back: next.", "next."), ("*TAKE BACK next*", "next*"), ("TAKE BACK " + "x" * 60, "x" * 60)),
    ],
)
def test_what_is_taken_back_may_have_any_name_behind_capitals(line: str, argument: str) -> None:
    found = read_command(line, HERE, ("Moved forward", "Next"))

    assert found == (Command.TAKE_BACK, argument.rstrip(".*"))


def test_a_name_longer_than_any_question_is_not_taken_back() -> None:
    assert read_command("TAKE BACK " + "x" * 61, HERE) is None


@pytest.mark.parametrize("line", ["STOP.", "*stop*", "'Stop'", "stop:", "Stop!"])
def test_a_command_may_be_marked_up(line: str) -> None:
    assert read_command(line, HERE) == (Command.STOP, "")


@pytest.mark.parametrize(
    "line",
    [
        *("I want to stop", "pause please", "pause from Monday", "could you please remove me from this list"),
        "please please please please stop these mails now",
    ],
)
def test_a_wish_may_be_polite(line: str) -> None:
    assert is_wish_for_command(line)


@pytest.mark.parametrize(
    "line",
    [
        *("remove the chair", "pause: from here on we paint", "pause the works", ""),
        *("please please please please please stop these mails now", "stop " + "these mails " * 5),
        "please stop sending me all of these mails, thank you very much",
    ],
)
def test_a_long_wish_or_one_for_something_else_is_none(line: str) -> None:
    assert not is_wish_for_command(line)
