"""What introduces a quote is known by several signs, and nothing of the author's goes with it (IN-10)."""

import pytest

from service.reading.attribution import apart, introduces, length, quote_follows
from service.reading.lines import Line, Origin

ON = "On Mon, Nov 23, 2026 at 9:00 AM Ada Byron"
WROTE = "<ada@town.example> wrote:"
OLD = Line("What moved forward?", 1, Origin.QUOTE)


def taken(*lines: str | Line, at: int = 0) -> int:
    return length([line if isinstance(line, Line) else Line(line) for line in lines], at)


@pytest.mark.parametrize(
    "line",
    [
        f"{ON} {WROTE}",
        "On 23.11.2026 at 9:00 Ada:",
        "ada@town.example wrote:",
        "--- On 23.11.2026 Ada wrote ---",
        "Ada Byron 11/23/2026 9:00 AM >>>",
        "Ada Byron ---11/23/2026 9:00 AM---Hello Grace, what",
        "Ada Byron ---11/23/2026 9:00 AM---Hello Grace, what moved forward since --- so",
        "On 23.11.2026 at 9:00 Ada﹕",
    ],
)
def test_enough_signs_introduce_a_quote_wherever_they_stand(line: str) -> None:
    assert introduces(line, before_quote=False)


@pytest.mark.parametrize(
    "line",
    [
        "Ada wrote:",
        "23.11.2026:",
        "ada@town.example:",
        "Am 23.11.2026 schrieb Ada",
        "On 9:00:",
        "Ada, 23.11.2026 9:00",
        "*On Monday Ada wrote:*",
    ],
)
def test_fewer_signs_introduce_one_only_right_above_it(line: str) -> None:
    assert introduces(line, before_quote=True)
    assert not introduces(line, before_quote=False)


@pytest.mark.parametrize(
    "line",
    [
        "We wrote to ada@town.example on 23.11.2026.",
        "Did Ada write on 23.11.2026 at 9:00?",
        "Ada said on 23.11.2026",
        "We meet at 9:00:",
        "He wrote it down",
        "Ada ---11/23/2026---Hello",
        "Ada ---9:00 AM---Hello",
        "Ada ---11/23/2026 9:00 AM",
        "Ada --- we met on 11/23/2026 at 9:00 AM and then we all went home --- so",
        "The room is open",
    ],
)
def test_a_sentence_of_the_authors_introduces_nothing(line: str) -> None:
    assert not introduces(line, before_quote=False)
    assert not introduces(line, before_quote=line.endswith((".", "?")))


@pytest.mark.parametrize("line", ["He wrote it down", "We met on 3 May 2026", "At 9:00 then", "The room"])
def test_one_sign_alone_introduces_nothing_even_right_above_a_quote(line: str) -> None:
    assert not introduces(line, before_quote=True)


def test_an_introduction_takes_its_own_line_and_none_beside_it() -> None:
    assert taken(f"{ON} {WROTE}", OLD) == 1
    assert taken("All is well.", f"{ON} {WROTE}", OLD, at=1) == 1
    assert taken("All is well.", f"{ON} {WROTE}", OLD) == 0


@pytest.mark.parametrize("more", [[], ["of the City Library"], ["of the City Library", "and its friends"]])
def test_a_program_may_break_an_introduction_into_four_lines(more: list[str]) -> None:
    assert taken(ON, *more, WROTE, OLD) == 2 + len(more)


def test_what_runs_over_more_lines_is_no_introduction() -> None:
    assert taken(ON, "of the City Library", "and its friends", "and more", WROTE, OLD) == 0
    assert taken(ON, "", WROTE, OLD) == 0
    assert taken(f"{ON} {'very ' * 100}{WROTE}", OLD) == 0


@pytest.mark.parametrize("beside", [Line(WROTE, 1), Line(WROTE, origin=Origin.ORIGINAL)])
def test_what_was_typed_is_not_the_beginning_of_what_a_program_wrote(beside: Line) -> None:
    assert taken(ON, beside, Line("old", 2)) < 2


@pytest.mark.parametrize(
    "words",
    ["We met on 23.11.2026", "On 3 May", "On 3 May we met.", "On Monday we met.", "Hello all"],
)
def test_the_authors_line_above_an_introduction_is_kept(words: str) -> None:
    assert taken(words, "On 24.11.2026 at 9:00 Ada wrote:", OLD) == 0


def test_a_broken_introduction_begins_like_one() -> None:
    assert taken("ada@town.example", "wrote:", OLD) == 2
    assert taken("23.11.2026 9:00 Ada Byron", "schrieb:", OLD) == 2
    assert taken("On the 3rd", "Ada wrote:", OLD) == 2
    assert taken("*On the 3rd", "Ada wrote:*", OLD) == 2
    assert taken("On the third", "Ada wrote:", OLD) == 0
    assert taken("Ada Byron", "wrote on 23.11.2026:", OLD) == 0


def test_an_element_that_cites_is_an_introduction_whatever_it_says() -> None:
    assert taken(Line("Ada", origin=Origin.CITATION), "old") == 1


def test_a_quote_follows_over_a_few_blank_lines() -> None:
    blank, words = Line(""), Line("The room.")

    assert quote_follows([blank, blank, blank, OLD], 0, 0)
    assert not quote_follows([blank, blank, blank, blank, OLD], 0, 0)
    assert not quote_follows([blank, words, OLD], 0, 0)
    assert not quote_follows([OLD], 0, 1)
    assert not quote_follows([], 0, 0)


AT = "On 23.11.2026, Ada <ada@town.example> wrote:"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (f"The room. {AT}", ["The room.", AT]),
        (f"The room. -- {AT}", ["The room.", AT]),
        (f"The room.-----{AT}", ["The room.", AT]),
        (f"{AT}   What moved?", [AT, "What moved?"]),
        (f"{AT} > What moved?", [AT, "> What moved?"]),
        (f"{AT} -- What moved?", [AT, "-- What moved?"]),
        (f"The room. {AT} >What moved?", ["The room.", AT, ">What moved?"]),
        (AT, [AT]),
        (f" -- {AT}", [f" -- {AT}"]),
        (f"{AT}   ", [f"{AT}   "]),
        (f"23.11.2026 9:00 Ada wrote: {AT}", [f"23.11.2026 9:00 Ada wrote: {AT}"]),
        ("We met. On 3 May we go on.", ["We met. On 3 May we go on."]),
        ("He said:   come in May", ["He said:   come in May"]),
        ("", [""]),
    ],
)
def test_words_and_quote_on_the_line_of_an_introduction_are_set_apart(line: str, parts: list[str]) -> None:
    assert [part.text for part in apart([Line(line, anchor="moved")])] == parts
    assert {part.anchor for part in apart([Line(line, anchor="moved")])} == {"moved"}


def test_a_quoted_line_is_not_set_apart_in_front_of_an_introduction() -> None:
    line = Line(f"The room. {AT}", 1)

    assert apart([line]) == [line]
