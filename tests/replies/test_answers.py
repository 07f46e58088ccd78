"""Every reply that was written by hand is understood as a careful assistant would understand it (IN-9)."""

import pytest

from tests.replies import answers


@pytest.mark.parametrize("name", answers.tables())
def test_a_reply_is_understood_as_a_careful_assistant_would_understand_it(name: str) -> None:
    case = answers.load(name)

    assert list(answers.faults(case, case.read())) == []


def test_there_are_many_of_them() -> None:
    assert len(answers.tables()) >= 600
