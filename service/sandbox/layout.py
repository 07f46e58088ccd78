"""How people lay out their answers: by number, by label, under each question, or just so."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

_NUMBERED = re.compile(r"(\d{1,2})\. ([^:]{1,40}): ")


class Style(StrEnum):
    """The habits of the town's people."""

    NUMBERED = "numbered"
    LABELLED = "labelled"
    INLINE = "inline"
    BARE = "bare"


def lay_out(style: Style, answers: Mapping[str, str], sent: str) -> str:
    """``answers`` (by the question's label) as words of their own, for the mail whose text is ``sent``."""
    if style is Style.BARE:
        return "\n\n".join(answers.values())
    numbers = question_numbers(sent) if style is Style.NUMBERED else {}
    return "\n".join(f"{_lead(label, numbers)}: {words}" for label, words in answers.items())


def write_between(answers: Mapping[str, str], sent: str) -> Iterator[tuple[str, str]]:
    """Each line of ``sent`` with the answer that stands under it, '' under most."""
    for line in sent.splitlines():
        found = _NUMBERED.match(line)
        yield line, answers.get(found[2], "") if found else ""


def question_numbers(sent: str) -> dict[str, int]:
    """The number of each question in a mail of ours, by its label."""
    found = (_NUMBERED.match(line) for line in sent.splitlines())
    return {match[2]: int(match[1]) for match in found if match}


def _lead(label: str, numbers: Mapping[str, int]) -> str:
    """A line question (``need:``) has no number, so its word stands there whatever the habit."""
    return str(numbers.get(label, label))
