"""Thanks: which people of the roster are named."""

from collections import defaultdict
from typing import NamedTuple

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.answers.text import says_nothing
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, LIKELY
from service.reading.words import Word, words_of


class Mention(NamedTuple):
    """``name`` of the roster stands in a text from ``start`` to ``end``, in full or by its first word."""

    name: str
    start: int
    end: int


def read(words: str, _question: Question, circumstances: Circumstances) -> Meant:
    """The roster's names in the order of the text; the text itself where nobody is on the roster."""
    stripped = words.strip()
    if says_nothing(stripped):
        return Meant("", CERTAIN)
    found = named_people(stripped, circumstances.people)
    return Meant(found, LIKELY) if found else Meant(stripped, CERTAIN)


def named_people(text: str, people: tuple[str, ...]) -> list[str]:
    """People of ``people`` whom ``text`` names: in full, or by a first name that only one of them has."""
    return list(dict.fromkeys(mention.name for mention in mentions(text, people)))


def mentions(text: str, people: tuple[str, ...]) -> list[Mention]:
    """Every place where ``text`` names one of ``people``, in the order of the text."""
    said = words_of(text)
    by_first: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name in people:
        if wanted := [word.normal for word in words_of(name)]:
            by_first[wanted[0]].append((name, wanted))
    return [
        Mention(name, said[at].start, said[at + length - 1].end)
        for at, word in enumerate(said)
        for name, length in _names_at(text, said, at, by_first.get(word.normal, []))
    ]


def _names_at(
    text: str, said: list[Word], at: int, known: list[tuple[str, list[str]]]
) -> list[tuple[str, int]]:
    """Who of ``known`` is named from word ``at`` on, and by how many words."""
    full = [
        (name, len(wanted))
        for name, wanted in known
        if [word.normal for word in said[at : at + len(wanted)]] == wanted
    ]
    if not full and len(known) == 1 and _may_be_short(text, said, at):
        return [(known[0][0], 1)]
    return full


def _may_be_short(text: str, said: list[Word], at: int) -> bool:
    """A first name has a capital ("will" is no Will), and no other surname behind it."""
    word = said[at]
    if not text[word.start].isupper() and len(said) > 1:
        return False
    follows = said[at + 1] if at + 1 < len(said) else None
    return follows is None or text[word.end : follows.start] != " " or not text[follows.start].isupper()
