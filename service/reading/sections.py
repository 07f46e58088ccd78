"""Which question each of the author's lines answers.

Under a question of ours: that question. Elsewhere a number or a label at the start of the line says
so, and the lines after it go on with that answer. Unlabelled words on top answer the default
question. The rest is a note.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from service.domain.question import Question
from service.reading import asides, politeness
from service.reading.authorship import Own
from service.reading.markers import Marker, Markers
from service.reading.numbering import free_standing, numbered, under_question


class How(Enum):
    """How an answer was aimed at its question."""

    UNDER = "under"
    BELOW = "below"  # under the last one that is quoted: perhaps below the whole mail
    MARKED = "marked"
    SEVERAL = "several"  # with the marks of two or more
    DEFAULT = "default"


class Part(NamedTuple):
    """One of the author's lines from column ``start`` on."""

    line: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that answer one question."""

    key: str
    how: How
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sections:
    """``rest``: lines that nothing points at a question, in order; ``top`` of them may answer the default."""

    aimed: tuple[Section, ...]
    top: tuple[Part, ...]
    rest: tuple[Part, ...]


def divide(own: Sequence[Own], questions: tuple[Question, ...], name: str) -> Sections:
    """Give each line of ``own`` to a question, to the top, to the rest, or (politeness) to nobody."""
    markers = Markers(questions)
    private = {question.key for question in questions if question.prefix}
    known = {question.key for question in questions}
    aimed: list[Section] = []
    top: list[Part] = []
    rest: list[Part] = []
    for _, group in groupby(enumerate(own), key=lambda numbered: numbered[1].region):
        region = _Region(list(group), name)
        for section in region.sections(markers, private):
            if section.key in known:
                aimed.append(section)
            elif section.how is How.DEFAULT and not top:
                top.extend(section.parts)
            else:
                rest.extend(section.parts)
    return Sections(tuple(aimed), tuple(top), tuple(rest))


class _Region:
    """Lines of the author's that stand together."""

    def __init__(self, lines: list[tuple[int, Own]], name: str) -> None:
        own = lines[0][1]
        greeting = politeness.greeting_length([one.text for _, one in lines])
        self._under = "" if own.below and greeting else own.under  # who greets begins a mail of their own
        self._how = How.UNDER if self._under else How.DEFAULT if own.open else How.MARKED
        self._below = own.below
        self._name = name
        spoken = [(number, one.text) for number, one in lines[0 if self._under else greeting :]]
        first = next((at for at, (_, text) in enumerate(spoken) if text.strip()), 0)
        later = (at for at in range(first + 1, len(spoken)) if asides.is_afterthought(spoken[at][1]))
        end = next(later, len(spoken))
        self._lines, self._later = spoken[:end], spoken[end:]

    def sections(self, markers: Markers, line_questions: set[str]) -> Iterator[Section]:
        """Cut at each marker; an answer to a line question also ends at a blank line."""
        marked = self._marked(markers)
        end = self._signoff(marked)
        below = [*self._said_below(end), *self._later]
        if end < len(self._lines):  # a number may stand alone without what is below it
            del self._lines[end:]
            marked = self._marked(markers)
        key, parts = self._under, list[Part]()
        how = How.BELOW if key and self._may_answer_all(markers.count) else self._how
        for (number, text), marker in zip(self._lines, marked, strict=True):
            ended = how is How.MARKED and key in line_questions and not text.strip()
            if marker is not None or ended:
                yield Section(key, how, tuple(parts))
                key, how, parts = marker.key if marker else "", How.MARKED, []
                if marker and not marker.alone:
                    how = How.SEVERAL
            parts.append(Part(number, marker.start if marker else 0))
        yield Section(key, how, tuple(parts))
        yield Section("", How.MARKED, tuple(Part(number) for number, _ in below))

    def _marked(self, markers: Markers) -> list[Marker | None]:
        labels = [markers.labelled(text) for _, text in self._lines]
        texts = list(self._without_labels(labels))
        numbers = (
            under_question(texts, markers.number(self._under), markers.asks_for_figure(self._under))
            if self._under
            else free_standing(texts, markers.count)
        )
        return [
            label or (markers.numbered(one) if one else None)
            for label, one in zip(labels, numbers, strict=True)
        ]

    def _signoff(self, marked: Sequence[Marker | None]) -> int:
        """Where the sign-off begins: below the last mark, and the words of a label that stands alone."""
        texts = [text for _, text in self._lines]
        first = max((at for at, marker in enumerate(marked) if marker), default=-1)
        if first >= 0 and (marker := marked[first]) and not texts[first][marker.start :].strip():
            labels = not any(character.isdigit() for character in texts[first])
            words = (at for at in range(first + 1, len(texts)) if texts[at].strip() and labels)
            first = next(words, first)
        inline = bool(self._under) or first >= 0
        first = max(first, 0)
        return first + politeness.signoff_start(texts[first:], self._name, inline)

    def _said_below(self, signoff: int) -> list[tuple[int, str]]:
        """What somebody wrote below their sign-off."""
        below = self._lines[signoff:]
        said = (at for at, (_, text) in enumerate(below) if asides.is_sentence(text))
        return below[next(said, len(below)) :]

    def _may_answer_all(self, questions: int) -> bool:
        """Below several questions of ours, or with the numbers of several."""
        numbers = {
            one.number for _, text in self._lines if (one := numbered(text)) and one.number <= questions
        }
        return self._below > 1 or (self._below == 1 and len(numbers) > 1)

    def _without_labels(self, labels: Sequence[Marker | None]) -> Iterator[str]:
        """What may have a number of ours: no labelled line, and no list right below a label alone."""
        listed = awaited = False
        for (_, text), label in zip(self._lines, labels, strict=True):
            if label is not None:
                listed = awaited = not text[label.start :].strip()
            elif text.strip():
                awaited = False
            else:
                listed = listed and awaited
            yield "" if label is not None or listed else text
