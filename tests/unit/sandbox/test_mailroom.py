"""Names of folders and files are such as every file system takes."""

import pytest

from service.sandbox.mailroom import LONGEST_NAME, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Re: [Evening Tutors, wk 47] How did it go?", "re-evening-tutors-wk-47-how-did-it-go"),
        ("../../etc/passwd", "etc-passwd"),
        ("Größe: ÉTÉ\r\n", "groe-ete"),
        ("今日は", "mail"),
        ("", "mail"),
    ],
)
def test_a_subject_becomes_a_plain_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_long_subject_is_cut() -> None:
    assert slug("word " * 100) == "word-" * 7 + "word"
    assert len(slug("x" * 1000)) == LONGEST_NAME
