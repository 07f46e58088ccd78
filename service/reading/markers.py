"""Labels at the start of a line ("Moved forward: …", "need: …"), and the numbers of our questions."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.domain.question import Effect, Question, QuestionType
from service.reading.numbering import Numbered
from service.reading.slips import SHORTEST, is_slip
from service.reading.words import normal, words_of

LONGEST_LABEL = 60
_BULLETS = " \t*_-–—•·>#"


_BETWEEN = re.compile(r"[-–/&+,]|\b(?:and|to|und|bis|et|y|e|en|och|og)\b")
SIGNS = (":", "：", " - ", " – ", " — ")
PRIVATE_SIGNS = tuple(";,.!=")


class Marker(NamedTuple):
    """A line that begins an answer: the question's key, and where the answer's words start.

    ``alone``: it names no other question beside this one.
    """

    key: str
    start: int
    alone: bool = True


class Markers:
    """Knows the numbers and labels of one prompt's questions."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self._keys = [question.key for question in questions if not question.prefix]
        self._labels = [(normal(question.label), question.key) for question in questions]
        self._labels += [(normal(question.prefix), question.key) for question in questions if question.prefix]
        self._labels += [
            (f"{number} {name}", key)
            for number, key in enumerate(self._keys, start=1)
            for name, known in self._labels
            if known == key
        ]
        self._asking = [(normal(one.label), one.key, normal(one.text)) for one in questions]
        self._figures = {question.key for question in questions if question.type is QuestionType.SCALE}
        self._private = {one.prefix: one.key for one in questions if one.effect is Effect.PRIVATE_NOTE}
        steps = [question for question in questions if question.type is QuestionType.MILESTONE]
        self._steps = {normal(name): one.key for one in steps for name in (one.label, one.prefix) if name}

    @property
    def count(self) -> int:
        """How many questions have a number."""
        return len(self._keys)

    def number(self, key: str) -> int:
        """The number of a question; 0 where it has none."""
        return self._keys.index(key) + 1 if key in self._keys else 0

    def asks_for_figure(self, key: str) -> bool:
        """Whether a figure answers the question."""
        return key in self._figures

    def key(self, number: int) -> str:
        """The key of the question with ``number``, 1 to ``count``."""
        return self._keys[number - 1]

    def numbered(self, one: Numbered) -> Marker:
        """Where the answer to a number begins; a number past our last one stays with its words."""
        key = self._keys[one.number - 1] if one.number <= self.count else ""
        return Marker(key, one.start if key else 0)

    def labelled(self, line: str) -> Marker | None:
        """A label alone on its line, or before a dash or a colon (one slip of the finger is forgiven)."""
        if private := self._private_at(line):
            return private
        alone = self._key_of(normal(line), exact=True) if _is_only_words(line) else ""
        if alone in self._keys:
            return Marker(alone, len(line))
        for cut, sign in sorted((line.find(sign), sign) for sign in SIGNS):
            if 0 < cut <= LONGEST_LABEL:
                if step := self._step(line[:cut].rstrip(_BULLETS)):
                    return step
                name, colon = line[:cut].strip(_BULLETS), sign in (":", "：")
                key = self._key_of(normal(name), exact=not colon) or (self._longer(name) if colon else "")
                if key:
                    return Marker(key, _past_space(line, cut + len(sign)))
                if several := self._several(name):
                    return Marker(several, 0, alone=False)
        return None

    def named(self, words: str) -> str:
        """The key of the question that ``words`` name, by its number, label or prefix, or by some
        words of its label; '' for none."""
        name = normal(words)
        if name.isdecimal():
            return self.key(int(name)) if 0 < int(name) <= self.count else ""
        within = {key for known, key in self._labels if name and f" {name} " in f" {known} "}
        return self._key_of(name, exact=False) or (within.pop() if len(within) == 1 else "")

    def _private_at(self, line: str) -> Marker | None:
        """The word for few ears with any sign behind it, or alone on its line: better one line too many
        than one that everybody reads."""
        bare = line.lstrip(_BULLETS)
        for prefix, key in self._private.items():
            if bare[: len(prefix)].lower() != prefix:
                continue
            rest = bare[len(prefix) :]
            if not rest.strip(_BULLETS):
                return Marker(key, len(line))
            if rest[:1] in PRIVATE_SIGNS:
                return Marker(key, _past_space(line, len(line) - len(rest) + 1))
        return None

    def _step(self, name: str) -> Marker | None:
        """A milestone's number behind the label: "Milestone 2: done"."""
        label, _, number = name.rpartition(" ")
        key = self._steps.get(normal(label), "")
        return Marker(key, len(name) - len(number)) if key and number.lstrip("#").isdecimal() else None

    def _longer(self, name: str) -> str:
        """A label with more words of its question behind it: "Next step" asks "What is your next step?"."""
        said = normal(name)
        meant = {
            key
            for label, key, text in self._asking
            if said.startswith(f"{label} ") and f" {said} " in f" {text} "
        }
        return meant.pop() if len(meant) == 1 else ""

    def _several(self, name: str) -> str:
        """The first of two or more questions that a line names: "1-3: …", "Next / In the way: …"."""
        names = [part.strip(_BULLETS) for part in _BETWEEN.split(name)]
        keys = [self._numbered(one) or self._key_of(normal(one), exact=True) for one in names]
        return keys[0] if len(keys) > 1 and all(keys) else ""

    def _numbered(self, name: str) -> str:
        return (
            self.key(int(name)) if name.isdecimal() and len(name) < 3 and 0 < int(name) <= self.count else ""
        )

    def _key_of(self, name: str, exact: bool) -> str:
        same = {key for known, key in self._labels if known == name}
        if not same and not exact and len(name) >= SHORTEST:
            same = {key for known, key in self._labels if is_slip(name, known)}
        return same.pop() if len(same) == 1 else ""


def _is_only_words(line: str) -> bool:
    """Nothing that may be an answer stands behind the words, as in "Moved forward: -" or "Pace: ★★★"."""
    words = words_of(line) if len(line) <= LONGEST_LABEL else []
    return bool(words) and not line[words[-1].end :].strip(" \t*_:：.")


def question_named(words: str, questions: Sequence[Question]) -> str:
    """The key of the one of ``questions`` that ``words`` name; '' for none."""
    return Markers(tuple(questions)).named(words)


def _past_space(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t*_":
        at += 1
    return at
