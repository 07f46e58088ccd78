"""Mails as real programs write them, read without the mail they answer: only the new words come out.

Beside each `NAME.eml` stands `NAME.txt`: the wanted words, and after a line `%% optional` a sign-off that
may stay or go.
"""

import re
from pathlib import Path

import pytest

from service.reading import visible_text

MAILS = Path(__file__).parent / "unprompted"
NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))
BULLET = re.compile(r"^\s*[-*•·‣]\s+")


def read_words(text: str) -> list[str]:
    """The words of every line in order; a list's own bullets and the width of blanks do not count."""
    return [word for line in text.splitlines() for word in BULLET.sub("", line).split()]


def accepted(name: str) -> tuple[list[str], list[str]]:
    wanted, _, optional = (MAILS / f"{name}.txt").read_text(encoding="utf-8").partition("%% optional\n")
    return read_words(wanted), read_words(wanted) + read_words(optional)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_new_words_of_a_mail_are_visible(name: str) -> None:
    read = read_words(visible_text((MAILS / f"{name}.eml").read_bytes()))

    assert read in accepted(name)


def test_every_mail_has_its_expectation_and_there_are_enough_of_them() -> None:
    assert {path.stem for path in MAILS.glob("*.txt")} == set(NAMES)
    assert len(NAMES) >= 150
