"""What is said in a clause, told from phrases: fast enough to ask every language about every mail."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Literal

Said = Literal["topic", "away", "handling", "thanks", "past"]
Phrase = tuple[str, Said]

WHOLE = 5
_KEY = 3
_LETTERS = 10
_EDGES = "()\"'*,."
_FOREIGN = re.compile(r"\b[a-z]{2,40}\b")
_LETTER = re.compile(r"[^\W\d_]")


def is_unspaced(phrase: str) -> bool:
    """Whether words of this script run into each other, or carry prefixes."""
    return "\u0590" <= phrase[0] <= "\u0eff" or "\u3040" <= phrase[0] <= "\ud7ff"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``spaced``: phrases by the first letters of their first word; ``unspaced`` match anywhere.

    ``known``: words without a matter of their own, ``stems`` the beginnings of others.
    """

    spaced: Mapping[str, tuple[Phrase, ...]]
    unspaced: tuple[Phrase, ...]
    known: frozenset[str]
    stems: tuple[str, ...]

    def says(self, clause: str) -> set[Said]:
        """Everything that the lower-case clause says in this language."""
        return {kind for _, kind in self._found(clause)}

    def weight(self, clause: str) -> int:
        """How many phrases of this language are in the lower-case clause."""
        return len(set(self._found(clause)))

    def strange(self, clause: str, names: Set[str]) -> int:
        """How many words, beside ``names``, are of a matter of their own; by length where words run on."""
        if self.unspaced:
            said = sum(len(phrase) for phrase in {phrase for phrase, _ in self._found(clause)})
            foreign = len(_FOREIGN.findall(" ".join(word for word in clause.split() if "@" not in word)))
            return max(0, len(_LETTER.findall(clause)) - said) // _LETTERS + foreign
        words = (word.strip(_EDGES) for word in clause.split() if "@" not in word)
        others = (word for word in words if word not in self.known and word not in names)
        return sum(not word.startswith(self.stems) for word in others if _LETTER.search(word))

    def _found(self, clause: str) -> Iterator[Phrase]:
        placed = f" {clause} "
        candidates = [self.spaced.get(key, ()) for key in {word[:_KEY] for word in clause.split()}]
        return (one for one in chain(self.unspaced, *candidates) if one[0] in placed)


def build(phrases: Iterable[Phrase], words: Iterable[str], beginnings: Iterable[str]) -> Vocabulary:
    """The vocabulary of ``phrases`` and of other words, or beginnings of words, that mean no matter."""
    spaced: dict[str, list[Phrase]] = defaultdict(list)
    unspaced: list[Phrase] = []
    known, stems = set(words), set(beginnings)
    for phrase, kind in phrases:
        if is_unspaced(phrase):
            unspaced.append((phrase, kind))
            continue
        spaced[phrase.split()[0].rstrip("*")[:_KEY]].append((f" {_ended(phrase, kind)}", kind))
        known.update(phrase.rstrip("*").split())
        if _goes_on(phrase):
            stems.add(phrase.split()[-1].rstrip("*"))
    by_beginning = {key: tuple(found) for key, found in spaced.items()}
    return Vocabulary(by_beginning, tuple(unspaced), frozenset(known), tuple(stems))


def _ended(phrase: str, kind: Said) -> str:
    """With a blank behind it where its last word must be whole."""
    return phrase.rstrip("*") if _goes_on(phrase) and kind != "past" else f"{phrase} "


def _goes_on(phrase: str) -> bool:
    return phrase[-1] == "*" or len(phrase.split()[-1]) >= WHOLE
