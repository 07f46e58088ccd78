"""The same answers, sent by many mail programs, are read the same (IN-9, IN-12)."""

import pytest

from service.message import parse
from service.reading import read
from tests.unit.reading.clients import INLINE, TOP, mail
from tests.unit.reading.prompts import CHECK_IN, CIRCUMSTANCES, asked, question_lines, sent_text, values

SENT = sent_text(CHECK_IN)
NUMBERED = """1: We opened the room.
2. Call the bank
3) nothing
4: Maria and the Parks crew, for the keys
5: 4
need: a van on Friday
private: I am tired.

Thanks,
Grace"""
EXPECTED = {
    "moved": "We opened the room.",
    "next": "Call the bank",
    "way": "",
    "thanks": ["Maria Santos"],
    "pace": 4,
    "need": "a van on Friday",
    "private": "I am tired.",
}


def reading_from(body: tuple[str, str]):
    return read(parse(mail(body)), asked(), CIRCUMSTANCES)


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_numbered_answers_are_read_from_any_program(shape) -> None:
    # one kind of sign behind the numbers: people do not mix them
    words = NUMBERED.replace("2. ", "2: ").replace("3) ", "3: ")

    reading = reading_from(shape(SENT, words))

    assert values(reading) == EXPECTED
    assert reading.unread == ()
    assert reading.missing == ("offer",)
    assert reading.note == ""


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_free_words_answer_the_default_question(shape) -> None:
    reading = reading_from(
        shape(SENT, "Hi Ada,\n\nThe room is open.\n\nForty children came.\n\nBest,\nGrace")
    )

    assert values(reading) == {"moved": "The room is open.\n\nForty children came."}
    assert reading.note == ""


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_labels_are_read_in_any_order(shape) -> None:
    words = "In the way: the lease\nMoved forward: the room\noffer: twenty chairs\n\n- Grace"

    reading = reading_from(shape(SENT, words))

    assert values(reading) == {"way": "the lease", "moved": "the room", "offer": "twenty chairs"}


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_a_command_is_found_above_any_quote_and_never_in_it(shape) -> None:
    assert reading_from(shape(SENT, "stop")).command == "STOP"
    assert reading_from(shape(SENT, "All is well.")).command is None


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_an_untouched_quote_says_nothing(shape) -> None:
    reading = reading_from(shape(SENT, ""))

    assert (reading.answers, reading.unread, reading.note) == ((), (), "")


@pytest.mark.parametrize("shape", INLINE.values(), ids=INLINE.keys())
def test_words_between_our_questions_answer_the_one_above(shape) -> None:
    written = {"moved": "We opened the room.", "way": "The lease.", "pace": "5"}
    lines = {
        question.key: question_lines(number, question)
        for number, question in enumerate(CHECK_IN[:5], start=1)
    }

    reading = reading_from(shape(SENT, {lines[key][-1]: words for key, words in written.items()}))

    assert values(reading) == {"moved": "We opened the room.", "way": "The lease.", "pace": 5}
    assert reading.note in ("", "See below.")
    assert reading.unread == ()
