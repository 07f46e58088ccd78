"""Numbers and labels at the start of a line: "1: …", "2. …", "Moved forward: …", "need: …"."""

import re
from typing import NamedTuple

from rapidfuzz import fuzz

from service.domain.question import Question
from service.reading.words import normal

LONGEST_LABEL = 60
NEAR = 88
_NUMBER = re.compile(
    r"[\s*_(\[#]{0,6}(?:[Qq](?:uestion)?\s{0,2})?#?(\d{1,2})\s?(:(?!\d\d\b)|\.(?!\d)|\)|\]|[-–—](?=\s)|,(?=\s))[*_]{0,3}\s*"
)
_BULLETS = " \t*_-–—•·>#"


class Marker(NamedTuple):
    """A line that begins an answer: the question's key, and where the answer's words start.

    ``style`` is the sign behind a number ("", where a label marks the line).
    """

    key: str
    start: int
    style: str = ""


class Markers:
    """Knows the numbers and labels of one prompt's questions."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        numbered = [question for question in questions if not question.prefix]
        self._keys = {number: question.key for number, question in enumerate(numbered, start=1)}
        names = [
            (normal(name), question)
            for question in questions
            for name in (question.prefix, question.label)
            if name
        ]
        self._labels = [(name, question.key) for name, question in names]
        self._labels += [
            (f"{self._number(question.key)} {name}", question.key)
            for name, question in names
            if not question.prefix
        ]
        self._texts = {normal(question.text): question.key for question in numbered}

    def _number(self, key: str) -> int:
        return next((number for number, known in self._keys.items() if known == key), 0)

    @property
    def count(self) -> int:
        """How many questions have a number."""
        return len(self._keys)

    def number(self, key: str) -> int:
        """The number of a question, 0 for a line question."""
        return self._number(key)

    def labelled(self, line: str) -> Marker | None:
        """A label or prefix word with a colon; one slip of the finger is forgiven."""
        for mark in (":", "：", " - ", " – ", " — "):
            cut = line.find(mark)
            if 0 < cut <= LONGEST_LABEL:
                key = self._key_of(normal(line[:cut].strip(_BULLETS)), exact=mark not in (":", "："))
                if key:
                    return Marker(key, _past_space(line, cut + len(mark)))
        return None

    def numbered(self, line: str) -> Marker | None:
        """A number of one of our questions, with a sign behind it."""
        found = _NUMBER.match(line)
        if found is None or int(found[1]) not in self._keys:
            return None
        return Marker(self._keys[int(found[1])], found.end(), found[2])

    def _key_of(self, name: str, exact: bool) -> str:
        same = {key for known, key in self._labels if known == name}
        if not same and not exact and len(name) >= 4:
            same = {key for known, key in self._labels if len(known) >= 4 and fuzz.ratio(known, name) >= NEAR}
        return same.pop() if len(same) == 1 else ""


def _past_space(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t*_":
        at += 1
    return at
