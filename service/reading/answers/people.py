"""Thanks: which people of the roster are named."""

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.answers.text import says_nothing
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, LIKELY
from service.reading.words import Word, words_of


def read(words: str, _question: Question, circumstances: Circumstances) -> Meant:
    """The roster's names in the order of the text; the text itself where nobody is on the roster."""
    stripped = words.strip()
    if says_nothing(stripped):
        return Meant("", CERTAIN)
    found = named_people(stripped, circumstances.people)
    return Meant(found, LIKELY) if found else Meant(stripped, CERTAIN)


def named_people(text: str, people: tuple[str, ...]) -> list[str]:
    """People of ``people`` whom ``text`` names: in full, or by a first name that only one of them has."""
    said = words_of(text)
    places = {name: at for name in people if (at := _place(text, said, name, people)) is not None}
    return sorted(places, key=lambda name: places[name])


def _place(text: str, said: list[Word], name: str, people: tuple[str, ...]) -> int | None:
    wanted = [word.normal for word in words_of(name)]
    if not wanted:
        return None
    for at, word in enumerate(said):
        if word.normal != wanted[0]:
            continue
        if [other.normal for other in said[at : at + len(wanted)]] == wanted:
            return at
        if _may_be_short(text, said, at) and _only_one(wanted[0], people):
            return at
    return None


def _may_be_short(text: str, said: list[Word], at: int) -> bool:
    """A first name has a capital ("will" is no Will), and no other surname behind it."""
    word = said[at]
    if not text[word.start].isupper() and len(said) > 1:
        return False
    follows = said[at + 1] if at + 1 < len(said) else None
    return follows is None or text[word.end : follows.start] != " " or not text[follows.start].isupper()


def _only_one(first: str, people: tuple[str, ...]) -> bool:
    return sum(1 for name in people if (words := words_of(name)) and words[0].normal == first) == 1
