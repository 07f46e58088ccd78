"""A milestone: which one, and how it stands: done, a new date, at risk, a hand wanted, let go."""

import re
from datetime import date
from itertools import takewhile

from rapidfuzz import fuzz

from service.domain.collaboration import MilestoneState
from service.domain.question import Option, Question
from service.domain.reading import Value
from service.reading.answers.dates import find_date
from service.reading.answers.meant import Meant
from service.reading.answers.months import MONTHS, NUMBERS
from service.reading.answers.reservations import asks, denies
from service.reading.circumstances import Circumstances
from service.reading.confidence import CLEAR, DOUBTFUL, is_enough
from service.reading.tables import table
from service.reading.words import normal

NEAR = 85
_NUMBER = re.compile(
    r"\s*(?:milestone\s{0,3}|m|no\.?\s{0,3}|nr\.?\s{0,3})?#?\s{0,2}(\d{1,3})\b(?![./-]\d)", re.IGNORECASE
)
_NUMBER_LAST = re.compile(
    r"\b(?:with|for|on|mit|bei|con|avec) (?:milestone |number |no\.? )?#?(\d{1,3})[\s.!]*$", re.IGNORECASE
)
_NO_NUMBER = re.compile(  # "2 and 6 done", "4 of 12 signs done", "80 % done"
    r"\s*#?\d{1,3}\s{0,2}(?:%|of\b|out of\b|(?:and|und|et|y|or|&|,|\+)\s{0,2}#?\d)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;.!:()\n–—]")
LONGEST_MOVE = 100
SHORTEST_WORD = 3
"""Letters of a title's word that may stand for it."""
STATES = {
    MilestoneState.HAND_WANTED: (
        "a hand",
        "hand from",
        "need help",
        "needs help",
        "help from",
        "help wanted",
        "need support",
        "could use help",
    ),
    MilestoneState.LET_GO: (
        "let it go",
        "let go",
        "drop it",
        "dropped it",
        "is dropped",
        "was dropped",
        "cancel",
        "cancelled",
        "canceled",
        "give it up",
        "abandon",
    ),
    MilestoneState.AT_RISK: (
        "at risk",
        "risky",
        "in danger",
        "in doubt",
        "may slip",
        "might slip",
        "not sure we",
        "shaky",
    ),
    MilestoneState.DONE: (
        "done",
        "finished",
        "complete",
        "completed",
        "ready",
        "achieved",
        "delivered",
        "fertig",
        "erledigt",
        "hecho",
        "listo",
        "fait",
    ),
    MilestoneState.MOVED: (
        "moved to",
        "moved",
        "move to",
        "move it to",
        "new date",
        "postponed",
        "pushed to",
        "push to",
        "delayed",
        "later",
        "shifted",
    ),
}
_ALL_STATES = tuple(phrase for phrases in STATES.values() for phrase in phrases)
UNFINISHED = table(
    """
    almost nearly half halfway partly partially mostly largely soon unless except but if once when until
    will should would could might may must to be being getting become becomes next percent fast beinahe halb
    teilweise bald wird werden presque bientôt sera casi medio pronto será tomorrow morgen
    """
)
"""Beside "done" they say that it is not."""


_PREPOSITIONS = table("by of for with in on at to from along near")
_COUNTS = table("eleven twelve dozen twenty thirty forty fifty hundred") | NUMBERS.keys()
_SMALL = table(
    """
    the a an is are was were our my this that it its now need needs so with by for and of to on in has have
    been got
    """
)
_ONTO = (" to ", "->", "→", " auf ", " nach ", " til ", " till ", " al ", " à ")


def read(words: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """{"milestone", "state", "date"}; None without one milestone and one state, or for a question."""
    bare = words.strip()[:300]
    if asks(bare) or _NO_NUMBER.match(bare) or _are_several(bare, question.options):
        return None
    option, rest = _which(bare, question.options)
    states = _states(rest)
    state = _state(rest, states)
    dated = _new_date(_after_number(rest), circumstances)
    if not states and dated is not None:
        state = MilestoneState.MOVED
    to_come = state is MilestoneState.DONE and _lies_ahead(dated, circumstances.today)
    if option is None or state is None or to_come:
        return None
    day = dated[0].isoformat() if dated is not None and state is not MilestoneState.DONE else None
    value: Value = {"milestone": option.key, "state": state.value, "date": day}
    incomplete = state is MilestoneState.MOVED and (
        day is None or (dated is not None and dated[1] <= DOUBTFUL)
    )
    return Meant(value, DOUBTFUL if incomplete else CLEAR)


def _lies_ahead(dated: tuple[date, float] | None, today: date) -> bool:
    """A day without a year that has only just passed is no day to come."""
    return dated is not None and is_enough(dated[1]) and dated[0] > today


def _are_several(words: str, options: tuple[Option, ...]) -> bool:
    """Lines, or clauses, about different milestones: one answer cannot hold them."""
    said = f" {normal(words)} "
    numbers = {word for option in options for word in option.words if word.isdecimal()}
    stated = {number for number in numbers for phrase in _ALL_STATES if f" {number} {phrase} " in said}
    if len(stated) > 1:
        return True
    meant = (_which(line.strip(), options)[0] for line in words.replace(";", "\n").splitlines())
    return len({option.key for option in meant if option is not None}) > 1


def _which(words: str, options: tuple[Option, ...]) -> tuple[Option | None, str]:
    """The milestone meant, and the words without its number. The only one asked about need not be named."""
    numbered = _NUMBER.match(words)
    if numbered:
        by_number = _numbered(numbered[1], options)
        if by_number is not None:
            return by_number, words[numbered.end() :]
        if normal(words[numbered.end() :]).partition(" ")[0] not in MONTHS:
            return None, words
    elif (last := _NUMBER_LAST.search(words)) and (by_number := _numbered(last[1], options)):
        return by_number, words[: last.start()]
    near = [option for option in options if _names(words, option)]
    if len(near) == 1:
        return near[0], _without(words, near[0])
    short = [option for option in options if _is_called(words, option)] if not near else []
    if len(short) == 1:
        return short[0], words
    return (options[0] if len(options) == 1 else None), words


def _numbered(number: str, options: tuple[Option, ...]) -> Option | None:
    """Its number as a reader sees it: one of its words, or its key where it has no such word."""
    for option in options:
        shown = [word for word in option.words if word.isdecimal()] or [option.key]
        if number in shown:
            return option
    return None


def _names(words: str, option: Option) -> bool:
    title, said = normal(option.label), normal(words)
    return bool(title) and len(said) >= len(title) // 2 and fuzz.partial_ratio(title, said) >= NEAR


def _is_called(words: str, option: Option) -> bool:
    """By most words of its title's beginning and no others: "benches" for "Benches by the mill path"."""
    title = [_singular(word) for word in normal(option.label).split() if len(word) >= SHORTEST_WORD]
    head = takewhile(lambda word: word not in _PREPOSITIONS, normal(option.label).split())
    named = {_singular(word) for word in head if word not in _SMALL | _COUNTS}
    said = _subject(normal(words))
    return 2 * len(named.intersection(said)) > len(named) and all(word in title for word in said)


def _subject(said: str) -> list[str]:
    """What is spoken of: the words in front of the state, or right behind it where it comes first."""
    padded = f" {said} "
    at, phrase = min(
        ((at, phrase) for phrase in _ALL_STATES if (at := padded.find(f" {phrase} ")) >= 0),
        default=(len(padded), ""),
    )
    head = [word for word in padded[:at].split() if word not in _SMALL]
    tail = (word for word in padded[at + len(phrase) + 1 :].split())
    behind = takewhile(lambda word: not (word[0].isdigit() or word in MONTHS or word == "to"), tail)
    return [_singular(word) for word in head or list(behind) if word not in _SMALL]


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _without(words: str, option: Option) -> str:
    """A title such as "Bus ready" must not say the state."""
    at = words.lower().find(option.label.lower())
    return words if at < 0 else words[:at] + " " + words[at + len(option.label) :]


def _after_number(words: str) -> str:
    return words.lstrip(" :.)#-–—>→")


def _new_date(words: str, circumstances: Circumstances) -> tuple[date, float] | None:
    """The one date, or the second of two: "from Dec 4 to Dec 11"."""
    found = find_date(words, circumstances)
    if found is not None or len(words) > LONGEST_MOVE:
        return found
    for sign in _ONTO:
        old, cut, new = words.rpartition(sign)
        if cut and find_date(old, circumstances) is not None:
            return find_date(new, circumstances)
    return None


def _states(words: str) -> list[MilestoneState]:
    said = f" {normal(words)} "
    return [state for state, phrases in STATES.items() if any(f" {phrase} " in said for phrase in phrases)]


def _state(words: str, found: list[MilestoneState]) -> MilestoneState | None:
    """One state; a denied one ("not done"), one to come ("almost done") or two of them are none."""
    states = [state for state in found if state is not MilestoneState.MOVED] if len(found) == 2 else found
    if len(states) != 1 or _is_denied(words, states[0]):
        return None
    return None if states == [MilestoneState.DONE] and _is_unfinished(words) else states[0]


def _is_unfinished(words: str) -> bool:
    """In front of "done", in its clause, or at the beginning of a later one: "done, once the paint dries"."""
    clauses = [said for clause in _CLAUSE.split(words) if (said := normal(clause))]
    done = STATES[MilestoneState.DONE]
    at = next(at for at, said in enumerate(clauses) if any(f" {phrase} " in f" {said} " for phrase in done))
    beside = " ".join(clauses[: at + 1]).split() + [said.split()[0] for said in clauses[at + 1 :]]
    return not UNFINISHED.isdisjoint(beside)


def _is_denied(words: str, state: MilestoneState) -> bool:
    """What is at risk may well be "because it is not here"; "no longer at risk" it is not."""
    if state is not MilestoneState.AT_RISK:
        return denies(words)
    said = normal(words)
    before = min((at for phrase in STATES[state] if (at := said.find(phrase)) >= 0), default=0)
    return denies(said[:before])
