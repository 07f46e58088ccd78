"""How words were given to a question: what a correction may replace depends on it."""

from dataclasses import replace

import pytest

from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.reading import Aim, Asked, Reading
from service.reading import is_nod, question_named
from service.reading.reader import read_parts
from tests.unit.reading.clients import ON
from tests.unit.reading.prompts import (
    CHECK_IN,
    CIRCUMSTANCES,
    MOVED,
    PRIVATE,
    SIZE,
    quoted,
    reading_of,
    sent_text,
    values,
)

PASS_ON = Question(
    "pass-on-2",
    "Pass on to Ada",
    "May we pass your thanks on to Ada Byron?",
    QuestionType.YES_NO,
    Effect.PASS_ON,
    default=True,
    follows="thanks",
)
STEP = Question(
    "milestone",
    "Milestone",
    "its number and how it stands: done, a new date, or a hand from somebody",
    QuestionType.MILESTONE,
    Effect.MILESTONE,
    prefix="milestone",
    options=(Option("11", "Trail map", ("1",)), Option("12", "First walk", ("2",))),
)
RECEIPT = """Hello Grace,

Thank you. This is what I understood, and who gets to read it:

Moved forward
    We found a room.
    Read by: your team, with your name.

Next (changed)
    Call the school again on Monday.
    Before: Call the school.
    Read by: your team, with your name.

Something not quite right? Reply with its name and better words.

---
Ref f-abcdefgh234567abcdefgh234567abc
"""


def aims(reading: Reading) -> dict[str, Aim]:
    return {answer.question: answer.aim for answer in reading.answers}


@pytest.mark.parametrize(
    "words", ["Next: paint", "2: paint", "2. Next: paint", "Next - paint", "Next\npaint"]
)
def test_a_label_or_a_number_names_its_question(words: str) -> None:
    assert aims(reading_of(words)) == {"next": Aim.NAMED}


def test_a_prefix_names_its_question() -> None:
    assert aims(reading_of("need: two lamps")) == {"need": Aim.NAMED}


def test_words_below_a_quoted_question_name_none() -> None:
    lines = quoted(sent_text(CHECK_IN)).splitlines()
    at = next(at for at, line in enumerate(lines) if "2. Next" in line)

    reading = reading_of("\n".join([ON, *lines[: at + 1], "paint", *lines[at + 1 :]]))

    assert aims(reading) == {"next": Aim.UNDER}


def test_plain_words_name_none() -> None:
    assert aims(reading_of("We found a room.")) == {"moved": Aim.PLAIN}
    assert aims(reading_of("smaller", MOVED, SIZE)) == {"size": Aim.PLAIN}


def test_a_name_within_words_below_the_question_counts() -> None:
    lines = quoted(sent_text(CHECK_IN)).splitlines()
    at = next(at for at, line in enumerate(lines) if "2. Next" in line)

    reading = reading_of("\n".join([ON, *lines[: at + 1], "2: paint", *lines[at + 1 :]]))

    assert (values(reading), aims(reading)) == ({"next": "paint"}, {"next": Aim.NAMED})


def test_words_written_into_a_quoted_receipt_belong_to_the_answer_above_them() -> None:
    texts = (sent_text(CHECK_IN), RECEIPT)
    lines = [ON]
    for line in quoted(RECEIPT).splitlines():
        lines += [line, "and the printer"] if "Before: Call" in line else [line]

    reading = read_parts("\n".join(lines), "", "Grace Murray", Asked(texts, CHECK_IN), CIRCUMSTANCES)

    assert (values(reading), aims(reading)) == ({"next": "and the printer"}, {"next": Aim.UNDER})


class TestAQuestionThatFollowsAnAnswer:
    """A receipt asks "may we pass it on?": a yes is its answer, other words are not."""

    def read(self, words: str) -> Reading:
        return reading_of(words, PASS_ON, replace(MOVED, default=False, prefix="moved"))

    @pytest.mark.parametrize(
        "words",
        [
            "yes",
            "Yes!",
            "yes, please",
            "Yes please do.",
            "Sure.",
            "Of course.",
            "yes, gladly",
            "ok",
            "Sí",
            "Gladly.\n\nyes",
        ],
    )
    def test_a_yes_is_its_answer(self, words: str) -> None:
        assert values(self.read(words)) == {"pass-on-2": True}

    @pytest.mark.parametrize(
        "words", ["no", "No, thanks.", "No thank you", "nope", "Better not, she would blush.\n\nno"]
    )
    def test_a_no_is_too(self, words: str) -> None:
        reading = self.read(words)

        assert values(reading) == {"pass-on-2": False}
        assert reading.note == ""

    @pytest.mark.parametrize(
        "words",
        [
            "No news from the school yet.",
            "Yes and no.",
            "Yesterday we found a room.",
            "We did it, yes!",
            "not yet",
            "Ok, thanks.",
            "Yes, correct.",
            "Right, the room is 12.",
            "👍",
            "Correct.",
            "Right",
        ],
    )
    def test_anything_else_is_a_note(self, words: str) -> None:
        """Nobody consents by a nod, and words about a person are nothing for a team."""
        reading = self.read(words)

        assert (values(reading), reading.unread, reading.note) == ({}, (), words)

    def test_by_its_number_it_takes_any_yes(self) -> None:
        assert values(self.read("1: Yes, and tell her about the lamps")) == {"pass-on-2": True}


class TestMilestonesByNumber:
    @pytest.mark.parametrize(
        "words",
        [
            "Milestone 2: done",
            "milestone: 2 done",
            "milestone #2 - done",
            "- Milestone 2: done",
            "Milestone: First walk is done",
        ],
    )
    def test_its_number_may_stand_in_front_of_the_colon(self, words: str) -> None:
        reading = reading_of(words, MOVED, STEP)

        assert values(reading) == {"milestone": {"milestone": "12", "state": "done", "date": None}}
        assert aims(reading) == {"milestone": Aim.NAMED}

    @pytest.mark.parametrize(
        "words",
        ["milestone: 1 done\nmilestone: 2 moved to December 17", "milestone: 1 done; 2 moved to December 17"],
    )
    def test_two_of_them_in_one_answer_are_not_guessed_at(self, words: str) -> None:
        assert reading_of(words, MOVED, STEP).unread == ("milestone",)

    def test_several_lines_about_one_are_one_answer(self) -> None:
        reading = reading_of("milestone: 2 moved to December 17\nbecause the school is closed", MOVED, STEP)

        assert values(reading)["milestone"] == {"milestone": "12", "state": "moved", "date": "2026-12-17"}


def test_a_rest_of_a_quoted_line_that_has_no_word_is_ours() -> None:
    """Some programs wrap a quote behind the "&" of a department's name."""
    lines = [
        line.replace("One word is enough, ", "&\n> One word is enough, ")
        for line in quoted(sent_text(CHECK_IN)).splitlines()
    ]

    reading = reading_of("\n".join(["We found a room.", "", ON, *lines]))

    assert (values(reading), reading.note) == ({"moved": "We found a room."}, "")


def test_one_numbered_line_behind_a_lead_is_no_list_of_the_author_s() -> None:
    reading = reading_of("One more thing:\n\n2: paint")

    assert (values(reading)["next"], aims(reading)["next"]) == ("paint", Aim.NAMED)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Next", "next"),
        ("next", "next"),
        ("nxt", ""),
        ("2", "next"),
        ("0", ""),
        ("6", ""),
        ("moved", "moved"),
        ("Moved forwrd", "moved"),
        ("thanks", "thanks"),
        ("way", "way"),
        ("private", "private"),
        ("the budget", ""),
        ("", ""),
        ("*!", ""),
    ],
)
def test_a_question_is_found_by_its_number_its_names_and_words_of_its_label(words: str, key: str) -> None:
    assert question_named(words, CHECK_IN) == key


def test_words_that_two_labels_share_name_neither() -> None:
    other = Question("pass-on-3", "Pass on to Linus", "?", QuestionType.YES_NO, Effect.PASS_ON)

    assert question_named("pass on", (PASS_ON, other, PRIVATE)) == ""


@pytest.mark.parametrize(
    "words",
    ["Thanks!", "Yes, all correct.", "Perfect", "looks good", "👍", "That's right, thank you so much"],
)
def test_a_nod_says_only_that_a_mail_was_read(words: str) -> None:
    assert is_nod(words)


@pytest.mark.parametrize(
    "words",
    [
        "We found a good room",
        "Great news: the room is ours",
        "yes " * 9,
        "all is well with the lamps",
        "fine " * 20,
    ],
)
def test_anything_more_is_no_nod(words: str) -> None:
    assert not is_nod(words)
