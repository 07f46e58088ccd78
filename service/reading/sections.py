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
from service.reading import politeness
from service.reading.authorship import Own
from service.reading.markers import Marker, Markers


class How(Enum):
    """How an answer was aimed at its question."""

    UNDER = "under"
    MARKED = "marked"
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
    aimed: list[Section] = []
    top: list[Part] = []
    rest: list[Part] = []
    for _, group in groupby(enumerate(own), key=lambda numbered: numbered[1].region):
        region = _Region(list(group), name)
        for section in region.sections(markers, private):
            if section.key:
                aimed.append(section)
            elif section.how is How.DEFAULT and not top:
                top.extend(section.parts)
            else:
                rest.extend(section.parts)
    return Sections(tuple(aimed), tuple(top), tuple(rest))


class _Region:
    """Lines of the author's that stand together."""

    def __init__(self, lines: list[tuple[int, Own]], name: str) -> None:
        self._under = lines[0][1].under
        self._open = lines[0][1].open
        texts = [own.text for _, own in lines]
        start = 0 if self._under else politeness.greeting_length(texts)
        end = politeness.signoff_start(texts, name, inline=bool(self._under))
        self._lines = [(number, own.text) for number, own in lines[start : max(start, end)]]

    def sections(self, markers: Markers, line_questions: set[str]) -> Iterator[Section]:
        marked = self._marked(markers)
        key, how, parts = (
            self._under,
            How.UNDER if self._under else How.DEFAULT if self._open else How.MARKED,
            list[Part](),
        )
        for (number, text), marker in zip(self._lines, marked, strict=True):
            ended = how is How.MARKED and key in line_questions and not text.strip()
            if marker is not None or ended:
                yield Section(key, how, tuple(parts))
                key, how, parts = marker.key if marker else "", How.MARKED, []
            parts.append(Part(number, marker.start if marker else 0))
        yield Section(key, how, tuple(parts))

    def _marked(self, markers: Markers) -> list[Marker | None]:
        labels = [markers.labelled(text) for _, text in self._lines]
        numbers = self._numbers(markers, labels)
        return [label or number for label, number in zip(labels, numbers, strict=True)]

    def _numbers(self, markers: Markers, labels: list[Marker | None]) -> list[Marker | None]:
        """Numbered lines that mean our questions: one style, each number once, no list of the author's."""
        found = [
            None if label else markers.numbered(text)
            for (_, text), label in zip(self._lines, labels, strict=True)
        ]
        if self._under:
            return [self._own_number(marker, at) for at, marker in enumerate(found)]
        style = next((marker.style for marker in found if marker), "")
        seen: set[str] = set()
        kept: list[Marker | None] = []
        for marker in found:
            fresh = marker is not None and marker.style == style and marker.key not in seen
            kept.append(marker if fresh else None)
            seen.update({marker.key} if marker is not None and fresh else ())
        return [None] * len(kept) if self._is_own_list(kept, len(seen), markers.count) else kept

    def _own_number(self, marker: Marker | None, at: int) -> Marker | None:
        """Under a question only its own number, on the first line, is one: other numbers are a list."""
        return marker if marker is not None and at == 0 and marker.key == self._under else None

    def _is_own_list(self, kept: list[Marker | None], numbers: int, questions: int) -> bool:
        """A colon at a line's end introduces a list of the author's own, unless it has all our numbers."""
        first = next((at for at, marker in enumerate(kept) if marker), 0)
        before = [text.strip() for _, text in self._lines[:first] if text.strip()]
        introduced = bool(before) and before[-1].endswith((":", "："))
        return introduced and numbers < questions and not politeness.speaks_of_answers(before[-1])
