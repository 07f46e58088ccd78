"""Commands in other words, what is told in confidence, and slips of the finger."""

import pytest

from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Command
from service.reading.authorship import Own
from service.reading.commands import is_wish_for_command, read_command
from service.reading.discretion import is_confided
from service.reading.inline_lines import with_own_lines
from service.reading.slips import is_slip
from service.reading.tables import phrases
from tests.unit.reading.meaning import HERE, PACE, pairs


@pytest.mark.parametrize(
    ("line", "argument"),
    pairs(
        """
        pause until march => 2027-03-01|pause for two weeks => 2026-12-08|PAUSE UNTIL Dec 7 => 2026-12-07
        |Pause until Monday please => 2026-11-30|Pause until I am back on Dec 7 => 2026-12-07
        """
    ),
)
def test_a_pause_says_until_when(line: str, argument: str) -> None:
    assert read_command(line, HERE) == (Command.PAUSE, argument)


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        Pause in the works: the crane is in Ohio until Monday.|Pause until Friday: the crane is gone
        |pause on the posters until Dec 5, the printer is broken|pause until we know more|STOP it please
        """
    ),
)
def test_a_sentence_with_a_date_is_no_pause(line: str) -> None:
    assert read_command(line, HERE) is None


def test_the_name_of_a_question_is_taken_back_in_small_letters_too() -> None:
    labels = ("Moved forward", "Next")

    assert read_command("take back next", HERE, labels) == (Command.TAKE_BACK, "next")
    assert read_command("take back the books", HERE, labels) is None


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        STOP it please|unsubscribe|please stop sending me these|erase me please|PAUSE|Skip it
        |pause until the new year|Please unsubscribe me from this list|resume on Monday
        """
    ),
)
def test_a_wish_for_a_command_is_heard(line: str) -> None:
    assert is_wish_for_command(line)


@pytest.mark.parametrize(
    "line",
    phrases(
        """
        please stop asking about the van|Help with the chairs would be nice|Stop the press!|Cancel the walk
        """
    ),
)
def test_a_sentence_that_begins_like_a_command_is_none(line: str) -> None:
    assert not is_wish_for_command(line)


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        Privately I think it is early|Tomas is tired, keep this between us|Don't tell the team
        |Not for the team: …
        """
    ),
)
def test_what_is_confided_is_noticed(words: str) -> None:
    assert is_confided(words)


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        A private donor!|The confidential report is out|we met privately|the gap between us is closed
        |Not private: …
        """
    ),
)
def test_a_private_matter_is_not_always_a_secret(words: str) -> None:
    assert not is_confided(words)


ASIDE = Question(
    "private", "Private", "for the champion", QuestionType.TEXT, Effect.PRIVATE_NOTE, prefix="private"
)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Posters are up. Private: Tomas is tired.", ["Posters are up.", "Private: Tomas is tired."]),
        ("Posters are up (private: Tomas is tired)", ["Posters are up", "private: Tomas is tired"]),
        ("We are not private: come in", ["We are not private: come in"]),
        ("Posters are up.", ["Posters are up."]),
        ("private: one. private: two", ["private: one.", "private: two"]),
    ],
)
def test_a_private_answer_in_the_middle_of_a_line_gets_its_own(line: str, parts: list[str]) -> None:
    assert [own.text for own in with_own_lines([Own(line)], [ASIDE])] == parts


def test_without_a_line_question_no_line_is_cut() -> None:
    lines = [Own("Posters are up. Private: Tomas is tired.")]

    assert with_own_lines(lines, [PACE]) == lines


@pytest.mark.parametrize(
    ("said", "meant", "same"),
    [
        *(
            ("pirvate", "private", True),
            ("decision 2", "decision 1", False),
            ("decison 1", "decision 1", True),
        ),
        *(("some", "same", False), ("one", "one", False), ("milestones", "milestone", True)),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_but_never_in_a_figure(said: str, meant: str, same: bool) -> None:
    assert is_slip(said, meant) is same
