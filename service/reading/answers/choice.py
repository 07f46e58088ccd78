"""One of the options that were offered: by its words, by their beginning, by its place, or by a near miss."""

from service.domain.question import Option, Question
from service.reading.answers import yes_no
from service.reading.answers.meant import Meant
from service.reading.answers.reservations import asks, denies
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR, LIKELY
from service.reading.slips import is_slip
from service.reading.tables import table
from service.reading.words import first_clause, normal

ASKING = table("how can could may shall what")
"""An option may be a question itself: "How can I help?"."""
UNREAL = table("wish wished hope hoped should would could might may will was were used supposed want if")
"""In front of an option they say that it is not so, or not now: "I wish it were smaller"."""
LONGEST = 12  # words; a longer answer names its option first or is not understood
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "last": -1}
_AROUND_PLACE = table("the one option choice")


def read(words: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """The key of the one option that the words name; None when they name none, or several, or only ask."""
    said = normal(words[:600])
    names = sorted(_names(question.options), key=lambda named: -len(named[0]))
    exact, asked = _exact(said, names), asks(words[:600])
    if exact and (not asked or said.partition(" ")[0] in ASKING):
        return exact
    if asked and not said.startswith("why not"):
        return None
    meant = (
        _first(words, said, names)
        or _within(said, names)
        or _near(said, names)
        or _by_place(words, question.options)
        or _consent(words, said, question, circumstances)
    )
    return None if meant is None or _is_half_given(meant, said, question, names) else meant


def _is_half_given(meant: Meant, said: str, question: Question, names: list[tuple[str, str]]) -> bool:
    """Leave that is not plain: "yes once Ruth agrees", "fine with one change"."""
    if question.effect not in yes_no.LEAVES or ("yes", meant.value) not in names:
        return False
    rest = f" {said} "
    for name, _ in names:
        rest = rest.replace(f" {name} ", " ", 1)
    return yes_no.is_reserved(rest.split())


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
    others = _keys_in(said[len(head) :], names)
    return Meant(exact.value, CLEAR) if exact and others <= {exact.value} else None


def _within(said: str, names: list[tuple[str, str]]) -> Meant | None:
    if len(said.split()) > LONGEST or denies(said):
        return None
    rest, keys = f" {said} ", set()
    for name, key in names:
        before, found, _ = rest.partition(f" {name} ")
        if found:
            if not UNREAL.isdisjoint(before.split()) and "say" not in before.split():
                return None
            keys.add(key)
            rest = rest.replace(f" {name} ", " | ")
    return Meant(keys.pop(), LIKELY) if len(keys) == 1 else None


def _near(said: str, names: list[tuple[str, str]]) -> Meant | None:
    """A slip of the finger, when no second option is nearly as near."""
    near = {key for name, key in names if is_slip(said[:80], name)}
    return Meant(near.pop(), LIKELY) if len(near) == 1 else None


def _by_place(words: str, options: tuple[Option, ...]) -> Meant | None:
    """A place such as "the second one": nothing but a place among the options."""
    said = [word for word in normal(first_clause(words.strip())).split() if word not in _AROUND_PLACE]
    place = _PLACES.get(said[0]) if len(said) == 1 else None
    return Meant(options[place].key, LIKELY) if place is not None and place < len(options) else None


def _consent(words: str, said: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """Where one option is "yes" and one "no", all words for these count, if they name no third."""
    names = _names(question.options)
    both = [next((key for name, key in names if name == word), "") for word in ("no", "yes")]
    if not all(both) or _keys_in(said, names) - set(both):
        return None
    meant = yes_no.read(words, question, circumstances)
    return None if meant is None else Meant(both[bool(meant.value)], meant.confidence)


def _keys_in(said: str, names: list[tuple[str, str]]) -> set[str]:
    return {key for name, key in names if f" {name} " in f" {said} "}
