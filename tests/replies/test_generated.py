"""Generated replies: any prompt of the playbook, from any mail program, is read as it was meant (IN-9, IN-12)."""

import pytest

from tests.replies.generated import generate
from tests.replies.measure import Tally, tally

pytestmark = pytest.mark.timeout(600)  # reading all of them is one fixture
COUNT = 2000
ENOUGH = 98.5  # per cent of the plain answers


@pytest.fixture(scope="module")
def measured() -> Tally:
    """The first replies of the generator, read once for all tests."""
    return tally(range(1, COUNT + 1), shown=10)


def test_no_wrong_answer_is_stored(measured: Tally) -> None:
    assert measured.examples["wrong"] == []


def test_no_word_of_ours_is_taken_for_the_authors(measured: Tally) -> None:
    assert measured.examples["ours"] == []


def test_no_word_of_the_author_is_lost(measured: Tally) -> None:
    assert measured.examples["lost"] == []


def test_no_word_that_programs_added_is_taken_for_the_authors(measured: Tally) -> None:
    assert measured.examples["furniture"] == []


def test_nearly_every_answer_is_read_without_asking_again(measured: Tally) -> None:
    figures = measured.figures

    assert figures["answers"] > COUNT
    assert 100 * figures["read"] >= ENOUGH * figures["answers"], measured.examples["asked"]


def test_the_same_number_gives_the_same_reply() -> None:
    assert generate(4711) == generate(4711)
