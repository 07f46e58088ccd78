"""Words in a normal form, with their place in the line: what alignment compares."""

import re
import unicodedata
from typing import NamedTuple

LONG = 60  # characters after which programs may break a line
_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """One word: ``normal`` without case, accents composed; ``start`` to ``end`` in its line."""

    normal: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of one line. Punctuation, markup and quote marks are no words."""
    return [Word(_normal(found[0]), *found.span()) for found in _WORD.finditer(text)]


def normals(text: str) -> list[str]:
    """The normal words of one line, where nobody asks for their places."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [_normal(word) for word in _WORD.findall(text)]


def normal(text: str) -> str:
    """``text`` as its normal words with single spaces: for comparing short phrases."""
    return " ".join(normals(text))


def is_broken(line: str) -> bool:
    """A long line that ends no sentence: a program may have broken it here."""
    bare = line.rstrip()
    return len(bare) >= LONG and bare[-1] not in ".!?:;"


def first_clause(text: str) -> str:
    """``text`` up to the mark that ends its first clause; a mark in front of all words ends nothing."""
    cut = min((at for at in (text.find(mark) for mark in ",.;:!\n–—(") if at > 0), default=len(text))
    dash = text.find(" - ")
    return text[: min(cut, dash) if dash > 0 else cut]


def _normal(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()
