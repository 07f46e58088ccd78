"""One of the options that were offered: by its words, by their beginning, or by a near miss."""

from rapidfuzz import fuzz

from service.domain.question import Option, Question
from service.reading.answers.meant import Meant
from service.reading.answers.scale import DENIALS
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR, LIKELY
from service.reading.words import first_clause, normal

LONGEST = 12  # words; a longer answer names its option first or is not understood
NEAR = 88


def read(words: str, question: Question, _circumstances: Circumstances) -> Meant | None:
    """The key of the one option that the words name; None when they name none, or several."""
    said = normal(words[:600])
    names = sorted(_names(question.options), key=lambda named: -len(named[0]))
    return _exact(said, names) or _first(words, said, names) or _within(said, names) or _near(said, names)


def _names(options: tuple[Option, ...]) -> list[tuple[str, str]]:
    named = [
        (normal(name), option.key) for option in options for name in (option.label, option.key, *option.words)
    ]
    return [(name, key) for name, key in named if name]


def _exact(said: str, names: list[tuple[str, str]]) -> Meant | None:
    return next((Meant(key, CERTAIN) for name, key in names if said == name), None)


def _first(words: str, said: str, names: list[tuple[str, str]]) -> Meant | None:
    """The option, then punctuation or a new line, then an explanation."""
    head = normal(first_clause(words.strip()))
    exact = _exact(head, names)
    others = {key for name, key in names if f" {name} " in f" {said[len(head) :]} "}
    return Meant(exact.value, CLEAR) if exact and others <= {exact.value} else None


def _within(said: str, names: list[tuple[str, str]]) -> Meant | None:
    tokens = said.split()
    if len(tokens) > LONGEST or any(token in DENIALS for token in tokens):
        return None
    rest, keys = f" {said} ", set()
    for name, key in names:
        if f" {name} " in rest:
            keys.add(key)
            rest = rest.replace(f" {name} ", " | ")
    return Meant(keys.pop(), LIKELY) if len(keys) == 1 else None


def _near(said: str, names: list[tuple[str, str]]) -> Meant | None:
    """A slip of the finger, when no second option is nearly as near."""
    near = {key for name, key in names if len(name) >= 4 and fuzz.ratio(said[:80], name) >= NEAR}
    return Meant(near.pop(), LIKELY) if len(near) == 1 else None
