"""How long a regular expression can take, told from the pattern alone (IN-10).

A pattern costs more than its text's length where it may give back what it took and try again. Three
shapes do that: a repetition inside of a repetition; two repetitions that can share the same characters;
and, in a search, a repetition that may fail behind its end after it ran over further places to start.
"""

import re
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

FAR = 1000
"""A repetition that may go on longer than this has no bound."""

_SAMPLE = frozenset(map(chr, range(128))) | frozenset("\u0085\u00a0\u00ad·ÀÿıßЖ٣漢–—“”•…★\u2028\u3000😀")
"""Characters by which sets are compared, beside those that a pattern names."""
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

Node = tuple[Any, Any]
Characters = frozenset[str]


def faults(pattern: str | bytes, flags: int = 0, searched: bool = True) -> list[str]:
    """What makes ``pattern`` slow on some text. ``searched``: it may start anywhere in it.

    Upper and lower case count as the same, and a dot as any character, whatever the flags say.
    """
    tree = _parser.parse(pattern, flags).data
    reader = _Reader(_SAMPLE | frozenset(_named(tree)))
    found = [*reader.nested(tree, 0), *reader.shared(tree)]
    return [*found, *reader.restarted(tree)] if searched else found


def _named(sequence: Sequence[Node]) -> Iterator[str]:
    """Characters that stand in the pattern itself."""
    for kind, value in sequence:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif kind is op.RANGE:
            yield from map(chr, value)
        for inner in [value] if kind is op.IN else _inside((kind, value)):
            yield from _named(inner)


class _Reader:
    """Reads the tree of one pattern."""

    def __init__(self, sample: Characters) -> None:
        self._sample = sample

    def nested(self, sequence: Sequence[Node], around: int) -> Iterator[str]:
        """Repetitions without a bound inside of such."""
        for node in sequence:
            endless = _is_endless(node)
            if endless and around:
                yield "a repetition without a bound inside of another one"
            # what took all that it could gives nothing back
            closed = node[0] in (op.POSSESSIVE_REPEAT, op.ATOMIC_GROUP)
            for inner in _inside(node):
                yield from self.nested(inner, 0 if closed else around + endless)

    def shared(self, sequence: Sequence[Node]) -> Iterator[str]:
        """Two repetitions without a bound that can share characters, with nothing between to part them."""
        for at, node in enumerate(sequence):
            for inner in _inside(node):
                yield from self.shared(inner)
            for last in self._ends(node):
                taken = self._characters(last)
                if any(self._characters(first) & taken for first in self._reached(sequence[at + 1 :], taken)):
                    yield "two repetitions without a bound that can share characters"

    def restarted(self, sequence: Sequence[Node], before: Sequence[Node] = ()) -> Iterator[str]:
        """Repetitions without a bound that run over places to start at, and may fail behind their end."""
        for at, node in enumerate(sequence):
            lead, rest = [*before, *sequence[:at]], sequence[at + 1 :]
            if _is_endless(node):
                taken = self._characters(node)
                starts = any(self._parts(one, taken) or self._begins(one, taken) for one in lead)
                if any(map(_may_fail, rest)) and not starts:
                    yield "a search that starts again inside of what a repetition without a bound took"
            elif node[0] is op.SUBPATTERN:
                yield from self.restarted([*node[1][3], *rest], lead)
            elif node[0] is op.BRANCH:
                for branch in node[1][1]:
                    yield from self.restarted([*branch, *rest], lead)

    def _ends(self, node: Node) -> Iterator[Node]:
        """Repetitions that may still take what stands behind ``node``."""
        if _is_endless(node) and node[0] is not op.POSSESSIVE_REPEAT:
            yield node
        elif node[0] is not op.ATOMIC_GROUP and not _looks_only(node):
            for inner in _inside(node):
                for at, one in enumerate(inner):
                    yield from (
                        end
                        for end in self._ends(one)
                        if not any(self._parts(after, self._characters(end)) for after in inner[at + 1 :])
                    )

    def _reached(self, sequence: Sequence[Node], taken: Characters) -> Iterator[Node]:
        """Repetitions that a run of ``taken`` gets to from here."""
        for node in sequence:
            if _is_endless(node):
                yield node
            elif not _looks_only(node):
                for inner in _inside(node):
                    yield from self._reached(inner, taken)
            if self._parts(node, taken):
                return

    def _parts(self, node: Node, taken: Characters) -> bool:
        """Whether whatever ``node`` matches holds a character that is none of ``taken``."""
        kind, value = node
        if kind is op.BRANCH:
            return all(any(self._parts(one, taken) for one in branch) for branch in value[1])
        if kind in _REPEATS:
            return value[0] > 0 and any(self._parts(one, taken) for one in value[2])
        if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
            return any(self._parts(one, taken) for inner in _inside(node) for one in inner)
        return kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY) and not self._characters(node) & taken

    def _begins(self, node: Node, taken: Characters) -> bool:
        """Whether ``node`` looks back, so that nothing starts behind a character of ``taken``."""
        kind, value = node
        if kind is not op.ASSERT_NOT or value[0] > 0 or len(value[1]) != 1:
            return False
        return taken <= self._characters(value[1][0])

    def _characters(self, node: Node) -> Characters:
        """All characters that ``node`` may take, of a sample."""
        inner = [one for sequence in _inside(node) for one in sequence]
        if inner:
            return frozenset().union(*map(self._characters, inner))
        return frozenset(character for character in self._sample if _takes(node, character))


def _takes(node: Node, character: str) -> bool:
    """Whether ``node``, one character or a set, takes ``character``, in upper or lower case."""
    kind, value = node
    if kind is op.NOT_LITERAL:
        return bool(value != ord(character))
    if kind is op.IN and value[0][0] is op.NEGATE:
        return not any(_holds(one, {ord(character)}) for one in value[1:])
    cases = (character, character.lower(), character.upper())
    codes = {ord(case) for case in cases if len(case) == 1}
    return any(_holds(one, codes) for one in (value if kind is op.IN else [node]))


def _holds(node: Node, codes: set[int]) -> bool:
    """Whether one of ``codes`` is the character, or in the range or category, of ``node``."""
    kind, value = node
    if kind is op.CATEGORY:
        return any(re.match(_CATEGORIES[value], chr(code)) for code in codes)
    if kind is op.RANGE:
        return any(value[0] <= code <= value[1] for code in codes)
    return bool(kind is op.ANY or (kind is op.LITERAL and value in codes))


def _is_endless(node: Node) -> bool:
    return node[0] in _REPEATS and node[1][1] > FAR


def _looks_only(node: Node) -> bool:
    return node[0] in (op.ASSERT, op.ASSERT_NOT)


def _may_fail(node: Node) -> bool:
    """Whether the match can end here; what may be left out cannot."""
    kind, value = node
    if kind in _REPEATS:
        return value[0] > 0
    if kind is op.BRANCH:
        return all(any(map(_may_fail, branch)) for branch in value[1])
    if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return any(_may_fail(one) for inner in _inside(node) for one in inner)
    return True


def _inside(node: Node) -> list[Sequence[Node]]:
    """The sequences that a node is made of."""
    kind, value = node
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is op.ATOMIC_GROUP else []
