"""Numbers at the start of lines: ours ("1: …" answers our first question) or a list of the author's."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from service.reading.answers.months import MONTHS
from service.reading.asides import leads_in
from service.reading.politeness import speaks_of_answers
from service.reading.words import is_broken, normal

_NUMBER = re.compile(
    r"[\s*_(\[#]{0,6}(?:(?:q|question|re|ad|to|no|nr|number|point|answer|zu|frage|antwort|punkt|pregunta"
    r"|respuesta|réponse|vraag|antwoord|fråga|svar)\b\.?\s{0,2}|q)?#?"  # "1", "Q1", "#1", "(1", "Re 1"
    r"(\d{1,2})[*_]{0,3}\s?"
    r"(:(?!\d\d\b|-?[()|/\\]|-?[DPp]\b)|\.\)?(?!\d)|\)|\]|[、．。：]|\ufe0f?\u20e3|[-–—](?=\s)|,(?=\s))[*_]{0,3}\s*",
    # its sign: "1:30" is a time, and "1 :(" has a face
    re.IGNORECASE,
)


SPELLED = {
    word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), start=1)
}
LONGEST_SPELLED = 12
FEWEST_GLUED = 2
MOST_PAST = 4
"""So far a number may lie past our last one."""


class Numbered(NamedTuple):
    """A line that starts with a number. ``start``: where its words begin; ``sign``: what follows it."""

    number: int
    start: int
    sign: str


def numbered(line: str) -> Numbered | None:
    """The number at the start of ``line``, with a sign behind it."""
    found = _NUMBER.match(line)
    return None if found is None else Numbered(int(found[1]), found.end(), found[2])


def under_question(lines: Sequence[str], own: int, figure: bool) -> list[Numbered | None]:
    """Below question ``own``: its own number on the first line, alone. All else is the author's list.

    ``figure``: it asks for one, so a number that no other follows is the answer itself.
    """
    found = [numbered(line) for line in lines]
    alone = sum(one is not None for one in found) == 1
    own_number = found[0] if found and alone else None
    rest = lines[0][own_number.start :] if own_number else ""
    repeated = (
        own_number is not None and own_number.number == own and bool(rest[:1].isdigit() if figure else rest)
    )
    return [own_number if repeated else None, *[None] * (len(lines) - 1)] if lines else []


def free_standing(lines: Sequence[str], questions: int) -> list[Numbered | None]:
    """Numbers 1 to ``questions``, each once; none where the list is the author's own."""
    found = _spelled(lines) or _with_glued(lines, [numbered(line) for line in lines])
    if _is_all_there_is(lines, found) or _goes_on(lines, found):
        return [None] * len(lines)
    signs = _signs_of_one_list([one for one in found if one and one.number <= questions])
    same = [one if one and one.sign in signs else None for one in found]
    if _is_own_list(lines, same, questions):
        return [None] * len(lines)
    seen = {0}
    kept: list[Numbered | None] = []
    for line, one in zip(lines, same, strict=True):
        fresh = one is not None and one.number not in seen
        ours = fresh and one is not None and (one.number <= questions or _is_past(line, one, seen, questions))
        kept.append(one if ours else None)
        seen.add(one.number if one else 0)
    return kept


def _with_glued(lines: Sequence[str], found: Sequence[Numbered | None]) -> Sequence[Numbered | None]:
    """The "5.4" below "1.signs up" and "2.call Mei" is no fraction: it answers the fifth with a 4."""
    glued = [
        at for at, one in enumerate(found) if one and one.sign == "." and lines[at][one.start - 1] == "."
    ]
    if len(glued) < FEWEST_GLUED:
        return found
    return [one or _glued(line) for one, line in zip(found, lines, strict=True)]


def _glued(line: str) -> Numbered | None:
    first, dot, last = line.strip().partition(".")
    both = dot and len(first) == len(last) == 1 and first.isdecimal() and last.isdecimal()
    return Numbered(int(first), line.index(".") + 1, ".") if both else None


def _is_past(line: str, one: Numbered, seen: set[int], questions: int) -> bool:
    """A number that we did not ask goes on with the list of those that we did; "24. December" does not."""
    word = normal(line[one.start : one.start + 20]).partition(" ")[0]
    return questions >= max(seen) > 1 and one.number <= questions + MOST_PAST and word not in MONTHS


def _spelled(lines: Sequence[str]) -> list[Numbered | None]:
    """Numbers in words: "One: …" and below it "Two: …"; [] where they do not count up from there."""
    found: list[Numbered | None] = []
    for line in lines:
        word, colon, _ = line[:LONGEST_SPELLED].partition(":")
        number = SPELLED.get(word.strip(" *_").lower(), 0) if colon else 0
        found.append(Numbered(number, len(word) + 1, "one:") if number else None)
    numbers = [one.number for one in found if one]
    return found if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else []


def _is_all_there_is(lines: Sequence[str], found: Sequence[Numbered | None]) -> bool:
    """One number without a word is no number of ours but what the author says: "4."."""
    filled = [
        (line, one) for line, one in zip(lines, found, strict=True) if line.strip() and not leads_in(line)
    ]
    return len(filled) == 1 and filled[0][1] is not None and not filled[0][0][filled[0][1].start :]


def _goes_on(lines: Sequence[str], found: Sequence[Numbered | None]) -> bool:
    """The only number stands where a program broke a long line: "… room number", "4. Then we locked it"."""
    places = [at for at, one in enumerate(found) if one]
    return len(places) == 1 and places[0] > 0 and is_broken(lines[places[0] - 1])


def _signs_of_one_list(found: Sequence[Numbered]) -> frozenset[str]:
    """The first number's sign; and others ("1." then "2)") where together they count up.

    A sign that repeats a number belongs to a list inside an answer.
    """
    numbers = [one.number for one in found]
    counts_up = all(one < after for one, after in pairwise(numbers))
    return frozenset(one.sign for one in (found if counts_up else found[:1]))


def runs_on(words: str, number: int) -> bool:
    """True where the answer to ``number`` holds the next number on its first line: "room 2) paint"."""
    first = words.split("\n", 1)[0]
    return any(f" {number + 1}{sign} " in first for sign in (":", ")", "."))


def is_unsigned_list(words: str) -> bool:
    """Lines "1 room", "2 paint": our numbers without a sign, or amounts? Nobody can tell.

    Nor for figures alone between the lines, nor for letters: "a) room", "b) paint".
    """
    lines = [line.split() for line in words.splitlines() if line.strip()]
    alone = [line[0] for line in lines if len(line) == 1 and line[0].isdecimal()]
    return any(_counts_up(starts) for starts in ([line[0] for line in lines], alone))


def _counts_up(starts: Sequence[str]) -> bool:
    signs = [start.strip("().").lower() for start in starts]
    letters = [start.endswith(")") for start in starts]
    counted = [str(number) for number in range(1, len(starts) + 1)]
    return len(starts) > 1 and (
        signs == counted or (all(letters) and signs == list("abcdefghi"[: len(starts)]))
    )


def _is_own_list(lines: Sequence[str], found: Sequence[Numbered | None], questions: int) -> bool:
    """A list goes past our only question, or a line with a colon introduces it.

    Unless it has all our numbers, or that line speaks of answers.
    """
    numbers = {one.number for one in found if one}
    if questions == 1 and len(numbers) > 1:
        return True
    first = next((at for at, one in enumerate(found) if one), 0)
    before = next((line.strip() for line in reversed(lines[:first]) if line.strip()), "")
    leads = speaks_of_answers(before) or leads_in(before)
    introduced = len(numbers) > 1 and before.endswith((":", "：")) and not leads
    return introduced and not numbers >= set(range(1, questions + 1))
