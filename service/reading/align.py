"""Which words of a reply are ours, found by content whatever a mail client did to them.

A reply's words and the sent words are compared in order, three at a time, so re-wrapping, quote
marks and markup do not matter; a line of ours counts when (nearly) all of it is there. Linear:
each word is looked at a bounded number of times.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from service.reading.lines import Line
from service.reading.sent import GRAM, SentLine, SentText
from service.reading.words import Word, words_of

NEARLY = 0.7  # share of a quoted line that must be there, when the line has LONG_ENOUGH words
LONG_ENOUGH = 5
LONGEST_LINE = 8000  # characters; a whole prompt on one line has fewer
GAP = 2  # words that a client may have changed in a row
LONGEST_LEAD = 9  # characters
ECHOES = 2  # lines of ours that an answer may repeat
BLOCK = 3  # lines of ours in a row that are a quote even without any mark
LINK = re.compile(r"[<\[(](?:mailto:|https?://)[^\s<>\[\]()]{1,2000}[>\])]", re.IGNORECASE)


class Run(NamedTuple):
    """Words ``start`` to ``end`` of the reply are one line of ours. ``cut``: its beginning, and no more."""

    start: int
    end: int
    line: SentLine
    complete: bool
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """``ours``: for each line of the reply, the stretches (from, to, question) that we wrote."""

    ours: tuple[tuple[tuple[int, int, SentLine], ...], ...]
    questions: int = field(default=0)


class _Spot(NamedTuple):
    line: int
    word: Word
    first: bool
    ends: bool  # no further word right behind it


def align(lines: Sequence[Line], quoted: Sequence[bool], sent: SentText) -> Alignment:
    """Find our words in ``lines``. ``quoted``: where the mail's own marks speak of a quote.

    Outside of such a place the bar is higher: a whole question, or several lines of ours in a row.
    """
    spots = [
        _Spot(number, word, not at, line.text[word.end : word.end + 1] != " ")
        for number, line in enumerate(lines)
        for at, word in enumerate(words_of(_without_links(line.text[:LONGEST_LINE])))
    ]
    matches = _matches([spot.word.normal for spot in spots], sent)
    found = _runs(matches, sent)
    runs = [_without_number(run, matches) if _is_stray(run, spots, quoted) else run for run in found]
    stretches: list[list[tuple[int, int, SentLine]]] = [[] for _ in lines]
    accepted = list(_accepted([_to_the_cut(run, spots, sent) for run in runs], spots, quoted, lines))
    accepted = list(_whole_again(_without_echoes(accepted), spots, matches, sent))
    for run in accepted:
        for number, words in groupby(spots[run.start : run.end], key=lambda spot: spot.line):
            group = [spot.word for spot in words]
            stretches[number].append((group[0].start, group[-1].end, run.line))
    _add_hints(lines, stretches, sent)
    asked = {run.line.question for run in accepted if run.line.asks}
    return Alignment(tuple(tuple(stretch) for stretch in stretches), len(asked))


def _without_links(text: str) -> str:
    """Programs put an address behind our words once more: "it-desk@town.example <mailto:…>"."""
    return LINK.sub(lambda link: " " * len(link[0]), text) if "://" in text or "mailto:" in text else text


def _matches(words: Sequence[str], sent: SentText) -> list[int]:
    """For each word of the reply: the place of the same word in what we sent, or -1."""
    found = [-1] * len(words)
    at = expected = 0
    while at < len(words):
        places = sent.grams.get(tuple(words[at : at + GRAM]), ())
        best, length = _longest(words, at, places, expected, sent)
        if length:
            found[at : at + length] = range(best, best + length)
            expected = best + length
        at += max(length, 1)
    return found


def _longest(
    words: Sequence[str], at: int, places: Sequence[int], expected: int, sent: SentText
) -> tuple[int, int]:
    """The longest run of equal words from ``at``; of equals, the one that goes on where the last ended."""
    best, length = 0, 0
    for place in sorted(places, key=lambda place: abs(place - expected)):
        same = _common(words, at, sent.words, place)
        if same > length:
            best, length = place, same
    return best, length


def _common(words: Sequence[str], at: int, sent: Sequence[str], place: int) -> int:
    length, most = 0, min(len(words) - at, len(sent) - place)
    while length < most and words[at + length] == sent[place + length]:
        length += 1
    return length


def _runs(matches: Sequence[int], sent: SentText) -> Iterator[Run]:
    """Matches gathered by the line of ours that they belong to; small changes are bridged."""
    start = last = -1
    covered = 0
    for at in range(len(matches) + 1):
        place = matches[at] if at < len(matches) else -1
        if place < 0 and at < len(matches):
            continue
        goes_on = start >= 0 and place >= 0 and _goes_on(at, place, last, matches[last], sent)
        if not goes_on and start >= 0:
            yield _run(start, last, covered, matches, sent)
        if not goes_on:
            start, covered = (at, 0) if place >= 0 else (-1, 0)
        last, covered = at, covered + 1


def _is_stray(run: Run, spots: Sequence[_Spot], quoted: Sequence[bool]) -> bool:
    """An answer "3" above our question 3 is no number of ours: it stands on, or ends, another line."""
    first, second = spots[run.start], spots[run.start + 1] if run.end - run.start > GRAM else spots[run.start]
    return second.line != first.line and not (first.first and quoted[first.line])


def _without_number(run: Run, matches: Sequence[int]) -> Run:
    rest = [place for place in matches[run.start + 1 : run.end] if place >= 0]
    complete = _is_whole(rest[0], rest[-1], len(rest), run.line)
    return run._replace(start=run.start + 1, complete=complete)


def _goes_on(at: int, place: int, last: int, before: int, sent: SentText) -> bool:
    """Same line of ours, further on, and no more added than was replaced: additions are the author's."""
    added, replaced = at - last - 1, place - before - 1
    same = sent.line_at[place] == sent.line_at[before]
    return same and replaced >= added and 0 <= replaced <= GAP + 1 and added <= GAP


def _run(start: int, last: int, covered: int, matches: Sequence[int], sent: SentText) -> Run:
    line = sent.lines[sent.line_at[matches[start]]]
    return Run(start, last + 1, line, _is_whole(matches[start], matches[last], covered, line))


def _is_whole(first: int, last: int, covered: int, line: SentLine) -> bool:
    """All of the line, or all of the question in it, word for word."""
    begins = first <= line.ask_at if line.asks else first == line.start
    return begins and last == line.end - 1 and covered == last - first + 1


def _to_the_cut(run: Run, spots: Sequence[_Spot], sent: SentText) -> Run:
    """A line that a program cut off begins as ours does, and its last word may be a part of ours."""
    words = [spot.word.normal for spot in spots[run.start : run.end]]
    same = list(sent.words[run.line.start : run.line.start + len(words)]) == words
    rest = [spot.word.normal for spot in spots[run.end : run.end + 2] if spot.line == spots[run.end - 1].line]
    next_word = sent.words[run.line.start + len(words)] if run.line.start + len(words) < run.line.end else ""
    if len(words) < GRAM or not same or run.complete or not next_word or len(rest) > 1:
        return run
    broken = bool(rest) and next_word.startswith(rest[0])
    return run._replace(end=run.end + broken, cut=not rest or broken)


def _accepted(
    runs: Sequence[Run], spots: Sequence[_Spot], quoted: Sequence[bool], lines: Sequence[Line]
) -> Iterator[Run]:
    covered = _covered(runs)
    for run, block, words in zip(runs, _block_sizes(runs), covered, strict=True):
        size = run.line.end - run.line.start
        nearly = size >= LONG_ENOUGH and words >= NEARLY * size
        if quoted[spots[run.start].line]:
            convinced = run.complete or nearly or run.cut
        else:
            first = spots[run.start]
            begins = first.first or is_lead(lines[first.line].text[: first.word.start])
            starts = (begins and spots[run.end - 1].ends) or block >= BLOCK
            convinced = starts and (
                (run.complete and run.line.asks) or (block >= BLOCK and (run.complete or nearly))
            )
        if convinced:
            yield run


def _without_echoes(runs: Sequence[Run]) -> list[Run]:
    """Who repeats a line of ours says it: it stands where the lines around it follow each other."""
    kept: list[Run] = []
    for at, run in enumerate(runs):
        if not (kept and _is_echo(kept[-1], runs[at : at + ECHOES + 1])):
            kept.append(run)
    return kept


def _is_echo(above: Run, runs: Sequence[Run]) -> bool:
    """Whether the first of ``runs``, or some of them from there on, interrupt what goes on below them."""
    if len(runs) == 1:
        return not runs[0].line.asks and runs[0].line.start < above.line.start
    for below in range(1, len(runs)):
        first, last = above.line.start, runs[below].line.start
        between = runs[:below]
        if first < last and not any(run.line.asks or first <= run.line.start <= last for run in between):
            return True
    return False


def _whole_again(
    runs: Sequence[Run], spots: Sequence[_Spot], matches: Sequence[int], sent: SentText
) -> Iterator[Run]:
    """An echo may have taken the first words of the line of ours below it along."""
    free = 0
    for run in runs:
        start, place = run.start, matches[run.start]
        while start > free and place > run.line.start and matches[start - 1] not in (-1, place - 1):
            if spots[start - 1].word.normal != sent.words[place - 1]:
                break
            start, place = start - 1, place - 1
        yield run._replace(start=start)
        free = run.end


def is_lead(words: str) -> bool:
    """A mark that people put in front of a question that they copy: "Q: "."""
    bare = words.strip(" *_>")
    ends = bare[-1:] in (":", ")") or (bare[-1:] == "." and any(map(str.isdigit, bare)))
    return 1 < len(bare) <= LONGEST_LEAD and ends and bare[:-1].isalnum()


def _add_hints(
    lines: Sequence[Line], stretches: Sequence[list[tuple[int, int, SentLine]]], sent: SentText
) -> None:
    """Lines too short to be found by their words are ours right below a line of ours: "(yes / no)", "---"."""
    above: SentLine | None = None
    for line, stretch in zip(lines, stretches, strict=True):
        if stretch:
            above = stretch[-1][2]
        elif above is not None and not line.blank:
            hint = _hint(line.text, above, sent)
            if hint is not None:
                stretch.append((0, len(line.text), hint))
            above = None


def _hint(text: str, above: SentLine, sent: SentText) -> SentLine | None:
    if text.strip() in sent.rules:
        return replace(above, question="", ask_at=-1)
    hint = sent.below(above)
    same = hint is not None and [word.normal for word in words_of(text)] == list(
        sent.words[hint.start : hint.end]
    )
    return hint if same else None


def _covered(runs: Sequence[Run]) -> list[int]:
    """For each run: how many words of its line are here, in it and in the long runs that go on with it."""
    words: list[int] = []
    for _, group in groupby(runs, key=lambda run: run.line):
        pieces = list(group)
        sizes = [piece.end - piece.start for piece in pieces]
        broken = not any(piece.complete for piece in pieces)
        whole = sum(size for size in sizes if size > GRAM)
        words += [whole if broken and size > GRAM else size for size in sizes]
    return words


def _block_sizes(runs: Sequence[Run]) -> list[int]:
    """For each run: how many lines of ours stand together, without a word between them."""
    sizes: list[int] = []
    while len(sizes) < len(runs):
        first = last = len(sizes)
        while last + 1 < len(runs) and runs[last].end == runs[last + 1].start:
            last += 1
        whole = sum(run.complete for run in runs[first : last + 1])
        sizes += [whole] * (last + 1 - first)
    return sizes
