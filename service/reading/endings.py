"""Known endings: what somebody ends every mail with, left out where it stands again."""

import re
from collections.abc import Sequence
from itertools import groupby

from service.domain.ending import LONGEST, Ending
from service.domain.question import Question
from service.reading import signature
from service.reading.authorship import Own
from service.reading.delimiters import is_rule
from service.reading.lines import Line
from service.reading.markers import Markers
from service.reading.numbering import numbered
from service.reading.words import words_of

MOST = 3
"""Endings below each other: somebody's own, their office's, their domain's."""
WIDEST = 2 * LONGEST
"""Characters of a line that may belong to an ending, with its pictures."""
_IMAGE = re.compile(
    r"\[(?:cid:|image|img|logo|bild|inline)[^\[\]]{0,200}\]|<image\d{1,4}\.\w{3,4}>", re.IGNORECASE
)
"""A picture in plain text; its number is another one in each mail."""


def without_endings(
    own: Sequence[Own], known: Sequence[Ending], questions: tuple[Question, ...], name: str
) -> tuple[list[Own], tuple[Ending, ...]]:
    """The author's lines without what they are known to end with, and what was left out.

    Looks at the end of each region, and there again for what any mail may end with. What speaks to one
    of our ``questions`` stays. ``name``: the author's. Linear: it looks no further up than the longest
    known ending reaches.
    """
    if not known:
        return list(own), ()
    endings = _Endings(known, Markers(questions))
    kept: list[Own] = []
    found: list[Ending] = []
    for _, group in groupby(own, key=lambda one: one.region):
        region = list(group)
        for _ in range(MOST):
            cut = endings.cut([one.text for one in region])
            if cut is None:
                break
            at, ending = cut
            found.append(ending)
            lines = [Line(one.text, origin=one.origin) for one in region[:at]]
            region = region[: signature.end(lines, name)]
        kept += region
    return kept, tuple(found)


class _Endings:
    """The known ones, the longest first. ``most``: tokens of that one."""

    def __init__(self, known: Sequence[Ending], markers: Markers) -> None:
        tokens = [(ending, tokens_of(ending.text.splitlines())) for ending in known]
        self._known = sorted(tokens, key=lambda one: len(one[1]), reverse=True)
        self._most = len(self._known[0][1])
        self._markers = markers

    def cut(self, lines: Sequence[str]) -> tuple[int, Ending] | None:
        """Where the longest one begins that ends these lines, and which it is."""
        tail = _tail(lines, self._most)
        for ending, tokens in self._known:
            at = _start(tail, tokens)
            if at is not None and self._says_nothing(lines, at):
                return _with_pictures(lines, at), ending
        return None

    def _says_nothing(self, lines: Sequence[str], at: int) -> bool:
        return not hangs(lines, at) and not any(is_marked(line, self._markers) for line in lines[at:])


def tokens_of(lines: Sequence[str]) -> list[str]:
    """The words by which endings are compared, however they are wrapped."""
    return [token for line in lines for token in tokens_in(line)]


def tokens_in(line: str) -> list[str]:
    """The normal words of a line without its pictures; what has no word is one itself ("★★★★")."""
    bare = _IMAGE.sub(" ", line).strip()
    words = [word.normal for word in words_of(bare)]
    return words or ([bare] if bare and not is_rule(bare) else [])


def hangs(lines: Sequence[str], at: int) -> bool:
    """Whether what begins at line ``at`` is what a line above it announces: "Thanks to:"."""
    above = next((lines[before].rstrip() for before in range(at - 1, -1, -1) if lines[before].strip()), "")
    return above.endswith((":", "："))


def is_marked(line: str, markers: Markers) -> bool:
    """Whether it has a label or a number of ours."""
    found = numbered(line)
    return markers.labelled(line) is not None or (found is not None and found.number <= markers.count)


def _tail(lines: Sequence[str], most: int) -> list[tuple[int, list[str]]]:
    """The last lines that say something, from below, with their tokens: about ``most`` of these."""
    tail: list[tuple[int, list[str]]] = []
    for at in range(len(lines) - 1, -1, -1):
        if most <= 0 or len(lines[at]) > WIDEST:
            break
        if found := tokens_in(lines[at]):
            tail.append((at, found))
            most -= len(found)
    return tail


def _start(tail: Sequence[tuple[int, list[str]]], tokens: Sequence[str]) -> int | None:
    """The line that begins with the first of ``tokens``, where all of them end the lines."""
    left = len(tokens)
    for at, found in tail:
        if left < len(found) or list(tokens[left - len(found) : left]) != found:
            return None
        left -= len(found)
        if not left:
            return at
    return None


def _with_pictures(lines: Sequence[str], at: int) -> int:
    """A logo right above belongs to it."""
    while at and lines[at - 1].strip() and not tokens_in(lines[at - 1]):
        at -= 1
    return at
