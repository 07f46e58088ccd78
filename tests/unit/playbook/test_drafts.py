"""What a manager would be told: plain sentences that a person can say yes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.recognition import Told
from service.playbook.drafts import (
    LONGEST_QUOTE,
    LONGEST_WORDING,
    Occasion,
    draft,
    in_their_words,
    is_telling,
)

TUTORS = Occasion("Evening Tutors", "Priya Hollis", "City Library", "Ruth Calloway")


def test_a_draft_is_what_the_author_said_and_one_sentence_for_an_evaluation():
    assert draft(TUTORS, "for letting us start at their place") == Told(
        'Priya Hollis (City Library) thanks Ruth Calloway: "for letting us start at their place."',
        "In Evening Tutors, a colleague from City Library recognized Ruth Calloway: "
        '"for letting us start at their place."',
    )


def test_without_a_reason_it_says_no_more_than_that_there_are_thanks():
    assert draft(TUTORS, "") == Told(
        "Priya Hollis (City Library) thanks Ruth Calloway.",
        "In Evening Tutors, a colleague from City Library recognized Ruth Calloway.",
    )


def test_their_own_words_stand_alone_and_the_sentence_says_whose_words_they_are():
    """Nobody is quoted with words that they did not write."""
    text = in_their_words(TUTORS, "I moved the first evening\nto the senior center")

    assert text == Told(
        "I moved the first evening to the senior center",
        "In Evening Tutors, a colleague from City Library recognized Ruth Calloway, who puts it in these "
        'words: "I moved the first evening to the senior center."',
    )


@pytest.mark.parametrize(
    ("reason", "quote"),
    [
        ("for the chairs\nand\r\n\tthe cake", '"for the chairs and the cake."'),
        ('for saying "start with us"', "\"for saying 'start with us'.\""),
        ("for “us” and «them»", "\"for 'us' and 'them'.\""),
        ("She saved our evening!", '"She saved our evening!"'),
        ("for\x00 the\u202e ch\u200bairs\ud800", '"for the chairs."'),
        ("für die Stühle 🪑", '"für die Stühle 🪑."'),
        (" \n ", ""),
    ],
)
def test_a_quote_is_one_plain_line(reason, quote):
    assert draft(TUTORS, reason).told.removeprefix("Priya Hollis (City Library) thanks Ruth Calloway") == (
        f": {quote}" if quote else "."
    )


def test_very_long_thanks_are_cut_behind_a_word():
    told = draft(TUTORS, "patience, " * 90).told

    assert told.endswith('patience, patience…"')
    assert len(told) < LONGEST_QUOTE + 60


def test_a_single_endless_word_is_cut_as_well():
    assert len(draft(TUTORS, "x" * 9000).told) < LONGEST_QUOTE + 60


def test_names_of_any_length_leave_a_sentence():
    endless = Occasion(*("word\n" * 300,) * 4)

    assert len(draft(endless, "for it").sentence) < LONGEST_QUOTE + 80
    assert "\n" not in draft(endless, "for it").sentence


@given(st.text())
def test_a_draft_is_printable_and_the_same_each_time(reason):
    text = draft(TUTORS, reason)

    assert text.told.isprintable()
    assert text.sentence.isprintable()
    assert text.sha256 == draft(TUTORS, reason).sha256


@pytest.mark.parametrize(
    ("wording", "telling"),
    [("Ruth opened the room.", True), ("", False), (" \n\u200b", False), ("x" * LONGEST_WORDING, True)],
)
def test_a_paragraph_can_be_told(wording, telling):
    assert is_telling(wording) is telling
    assert not is_telling("x" + "x" * LONGEST_WORDING)


def test_the_hash_tells_where_one_text_ends_and_the_other_begins():
    assert Told("ab", "c").sha256 != Told("a", "bc").sha256
