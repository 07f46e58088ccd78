"""Words in their normal form, and where a line or a clause ends."""

import pytest

from service.reading.words import first_clause, is_broken, normal, normals, words_of


@pytest.mark.parametrize(("one", "other"), [("STRASSE", "straße"), ("Ｒｏｏｍ", "room"), ("ΟΔΟΣ", "οδος")])
def test_the_same_word_has_one_form_however_a_program_wrote_it(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert [word.normal for word in words_of(one)] == normals(other)


def test_phrases_are_compared_by_their_words_with_one_space_between() -> None:
    assert normal("*In  the*\n way?") == "in the way"


def test_a_word_knows_where_it_stands() -> None:
    assert [tuple(word) for word in words_of("> *Ada's* room_2")] == [
        ("ada", 3, 6),
        ("s", 7, 8),
        ("room", 10, 14),
        ("2", 15, 16),
    ]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("yes, and thanks, Ada", "yes"),
        ("yes - no - maybe", "yes"),
        ("bigger, the van - it is gone", "bigger"),
        ("bigger - the van, it is gone", "bigger"),
        ("5, or so", "5"),
        ("5 - or so", "5"),
        ("yes\nno", "yes"),
        ("a well-known X-ray room", "a well-known X-ray room"),
        ("- four", "- four"),
        (" - four", " - four"),
        (" - four, I think", " - four"),
        (", four", ", four"),
    ],
)
def test_a_clause_ends_at_its_first_mark_but_not_in_front_of_its_words(text: str, clause: str) -> None:
    assert first_clause(text) == clause


SIXTY = "We carried the chairs over the bridge and down to the mill b"


@pytest.mark.parametrize(
    "line", [SIXTY, f"{SIXTY}  ", f"{SIXTY} (in the rain.)", f"{SIXTY} as far as point X"]
)
def test_a_long_line_that_ends_no_sentence_may_have_been_broken(line: str) -> None:
    assert is_broken(line)


@pytest.mark.parametrize(
    "line", [SIXTY[1:], f"      {SIXTY[6:]}."[:-7], f"{SIXTY}y.", f"{SIXTY}y.   ", f"{SIXTY}y:"]
)
def test_a_short_line_and_one_that_ends_a_sentence_were_not_broken(line: str) -> None:
    assert not is_broken(line)
