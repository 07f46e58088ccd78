"""Every mail of the corpus that was written by hand is read as the file beside it says (IN-9, IN-12)."""

import pytest

from tests.replies import corpus


@pytest.mark.parametrize("name", corpus.names())
def test_a_mail_written_by_hand_is_read_as_the_file_beside_it_says(name: str) -> None:
    fixture = corpus.load(name)

    assert list(corpus.faults(fixture, fixture.read())) == []


def test_there_are_many_of_them() -> None:
    assert len(corpus.names()) >= 300
