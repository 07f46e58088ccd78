"""How near a text is to what somebody wrote, counted in words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from service.reading.words import normal, words_of

ROW = 8  # words: our labels, titles of milestones and corrected sentences are written by authors too
_SYMBOL = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_ITEM = re.compile(r"\s*\d{1,2}\\?[.)] ")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a reader should give back.

    ``wanted``: the author's words. ``optional``: lines that may stand or be left out (a greeting, a
    sign-off), in their normal form. ``spare``: words that may stand or be left out.
    """

    wanted: str
    optional: frozenset[str] = frozenset()
    spare: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers of words: ``lost`` of the ``wanted`` ones are missing, ``leaked`` of the ``said`` ones are
    somebody else's."""

    wanted: int
    said: int
    lost: int
    leaked: int

    @property
    def exact(self) -> bool:
        return not (self.lost or self.leaked)


def optional_lines(lines: Iterable[str]) -> frozenset[str]:
    """``lines`` in the form in which ``Gold.optional`` has them."""
    return frozenset(filter(None, map(normal, lines)))


def score(said: str, gold: Gold) -> Score:
    """Hold ``said`` against ``gold``. The order of words does not count: no reader changes it."""
    wanted, given = _counted(gold.wanted, gold.optional), _counted(said, gold.optional)
    leaked = given - wanted - _counted(gold.spare, gold.optional)
    return Score(wanted.total(), given.total(), (wanted - given).total(), leaked.total())


def _counted(text: str, optional: frozenset[str]) -> Counter[str]:
    """The words of ``text``. A number in front of a list's item belongs to the list: HTML may have none."""
    lines = (line for line in text.splitlines() if normal(line) not in optional)
    return Counter(word for line in lines for word in tokens(_ITEM.sub("", line, count=1)))


def tokens(text: str) -> list[str]:
    """Words in their normal form, and signs that stand for one ("🙂")."""
    return [word.normal for word in words_of(text)] + _SYMBOL.findall(text)


def holds(text: str, piece: str) -> bool:
    """The words of ``piece`` stand in ``text``, one after the other."""
    return f" {normal(piece)} " in f" {normal(text)} "


def borrows(said: str, own: Iterable[str], theirs: Iterable[str]) -> bool:
    """Some words in a row in ``said`` stand in ``theirs`` and not in ``own``."""
    foreign = set[tuple[str, ...]]().union(*map(_rows, theirs)).difference(*map(_rows, own))
    return not foreign.isdisjoint(_rows(said))


def _rows(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)
    return {tuple(words[at : at + ROW]) for at in range(len(words) - ROW + 1)}
