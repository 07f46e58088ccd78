"""Where a quote begins right below the author's words, the words stay the author's (IN-10)."""

import pytest

from service.reading.visible import visible

ON = "On Mon, Nov 23, 2026 at 9:00 AM Common Thread <thread@town.example> wrote:"
NUMBERED = "1: We have a room.\n2) Call Tom.\n3. Nothing, we meet tonight."


@pytest.mark.parametrize("words", [NUMBERED, "2: yes"])
def test_numbered_answers_right_above_an_introduction_are_no_part_of_it(words: str) -> None:
    assert visible(f"{words}\n{ON}\n> Hello Grace,\n> How did it go?\n", "") == words


def test_an_introduction_that_begins_with_a_date_is_found_on_two_lines() -> None:
    on = "23/11/2026 09:00 Common Thread <\nthread@town.example> wrote:"

    assert visible(f"All is well.\n\n{on}\n\n> Hello Grace,\n", "") == "All is well."


def test_what_was_typed_is_no_part_of_what_the_program_wrote() -> None:
    typed = "<div>On Monday we begin</div><div>Tom has the keys</div>"
    quote = f'<div class="yahoo_quoted"><div>{ON.replace("<", "&lt;")}</div><div>How did it go?</div></div>'

    assert visible("", typed + quote) == "On Monday we begin\nTom has the keys"
