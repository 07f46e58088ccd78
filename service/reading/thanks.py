"""What somebody is thanked for, in the author's own words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from service.reading.answers.people import Mention, mentions
from service.reading.tables import table
from service.reading.words import words_of

LONGEST = 4000
"""Characters that are looked at."""
SOMEBODY = "[a colleague]"
"""Stands for whoever else is named: nobody hears of them without their own yes."""

_AND = table("and also plus und y et")
_THANKS = table("thanks thank kudos gracias")
_LEAD = _AND | _THANKS | table("a an big huge many special very so much my our you to again")
"""Words that only say that there are thanks, not what for."""
_REASON = table("for because as since who she he they that when by")
"""Words after a name that begin a reason; with any other the name is part of the sentence."""
_STOPS = tuple(",;:.!?\n&+/–—(-*•")
_EDGE = " \n\t,;:&+/–—-*•"


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words from ``start`` to ``end`` about people whose names stand from ``first`` to ``named``.

    Where ``start`` lies before ``first``, the names are part of a sentence.
    """

    names: frozenset[str]
    start: int
    first: int
    named: int
    end: int


def reason_for(text: str, name: str, people: tuple[str, ...], may_be_named: Collection[str] = ()) -> str:
    """The part of ``text`` that says what ``name`` is thanked for; "" where it only names them.

    ``people`` is the roster. Where several are thanked, each gets the words behind their own name, or
    behind the last of names that stand together. Nobody but they and ``may_be_named`` is named in it.
    """
    text = text[:LONGEST]
    found = mentions(text, people)
    hidden = [mention for mention in found if mention.name not in {name, *may_be_named}]
    mine = [clause for clause in _clauses(text, found) if name in clause.names]
    pieces = [_reason(text, clause, hidden) for clause in mine] or [_masked(text, 0, len(text), hidden)]
    return " … ".join(filter(None, pieces))


def _clauses(text: str, found: Sequence[Mention]) -> Iterator[_Clause]:
    """``text`` cut before each name, or row of names, that begins something new."""
    clause, last = None, 0
    for mention in found:
        gap = text[last : mention.start]
        if clause is None:
            begins = mention.start if _only_leads(gap) else 0
            clause = _Clause(frozenset((mention.name,)), begins, mention.start, mention.end, len(text))
        elif _joins(gap):
            if clause.named == last:
                clause = replace(clause, names=clause.names | {mention.name}, named=mention.end)
        elif (end := _end_before_name(gap)) is not None:
            yield replace(clause, end=last + end)
            clause = _Clause(frozenset((mention.name,)), mention.start, mention.start, mention.end, len(text))
        last = mention.end
    if clause is not None:
        yield clause


def _only_leads(words: str) -> bool:
    return all(word.normal in _LEAD for word in words_of(words))


def _joins(gap: str) -> bool:
    """Between two names of one row stands an "and" or a comma; a new line begins something new."""
    words = {word.normal for word in words_of(gap)}
    return words <= _AND and (bool(words) or "\n" not in gap or "," in gap)


def _end_before_name(gap: str) -> int | None:
    """Where ``gap`` ends if a name behind it begins something new: it follows a stop, an "and", a
    "thanks to". None where the name stands inside a sentence."""
    words = words_of(gap)
    kept = len(words)
    while kept and _links([word.normal for word in words[max(0, kept - 2) : kept]]):
        kept -= 1
    end = words[kept - 1].end if kept else 0
    linked = any(word.normal in _AND | _THANKS for word in words[kept:])
    return end if linked or any(stop in gap[end:] for stop in _STOPS) else None


def _links(words: Sequence[str]) -> bool:
    """Whether the last of one or two words only leads to the name behind it."""
    return words[-1] in _AND | _THANKS | {"to"} or list(words) == ["thank", "you"]


def _reason(text: str, clause: _Clause, hidden: Sequence[Mention]) -> str:
    rest = text[clause.named : clause.end].lstrip(" ")
    first = next(iter(words_of(rest[:80])), None)
    goes_on = first is not None and not rest.startswith(_STOPS) and first.normal not in _REASON
    start = clause.start if goes_on or clause.start < clause.first else clause.named
    said = _masked(text, start, clause.end, hidden)
    return "" if _only_leads(said) else said


def _masked(text: str, start: int, end: int, hidden: Sequence[Mention]) -> str:
    """``text`` from ``start`` to ``end`` with the hidden names covered."""
    said, at = "", start
    for mention in hidden:
        if at <= mention.start < end:
            said += text[at : mention.start] + SOMEBODY
            at = mention.end
    return _trimmed(said + text[at:end])


def _trimmed(words: str) -> str:
    """Without what only joined it to a name."""
    words = words.lstrip(_EDGE + ".!?").rstrip(_EDGE)
    return words[1:-1] if words.startswith("(") and words.endswith(")") else words
