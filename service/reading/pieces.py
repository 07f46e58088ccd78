"""A reply cut into pieces: lines, and parts of lines, that are ours or not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.reading import attribution
from service.reading.align import Alignment, is_lead
from service.reading.headers import field_of
from service.reading.lines import Line
from service.reading.quotes import Place
from service.reading.sent import SentLine

CODE = re.compile(r"\bRef:?\s{0,3}f-[a-z2-7]{20,40}\b", re.IGNORECASE)
AFTER_WORDS = "?.!:;,)]}_*>…”’\"'"
BEFORE_WORDS = " \t*_>|([{#&-–—•·“‘\"'"
STROKES = ("-", "–", "—")
FOOTER = SentLine(0, 0, "", -1)


class Piece(NamedTuple):
    """A line, or a part of one. ``ours``: the line of ours that it is; None where others wrote it."""

    line: Line
    place: Place
    ours: SentLine | None


def cut(lines: Sequence[Line], found: Sequence[Place], alignment: Alignment) -> Iterator[Piece]:
    """Every line of the reply in order, cut where our words begin and end."""
    ours_above = asked = False
    for line, place, stretches in zip(lines, found, alignment.ours, strict=True):
        if ours_above and _is_only_a_link(line.text):
            continue  # it belongs to the line above, which a program broke
        ours_above = bool(stretches)
        asked = place is Place.FURNITURE and (asked or _asks(line, stretches))
        if CODE.search(line.text):
            yield Piece(line, place, FOOTER)
            if not stretches and (rest := CODE.sub("", line.text).strip(AFTER_WORDS + BEFORE_WORDS)):
                yield Piece(line._replace(text=rest), place, None)
        elif asked and not stretches:
            yield Piece(line, Place.QUOTED, None)  # "Date: on Friday" below a question of ours is no header
        elif stretches and (place is not Place.FURNITURE or _asks(line, stretches)):
            yield from _cut(line, place, stretches)
        else:
            yield Piece(line, place, None)


def _asks(line: Line, stretches: Iterable[tuple[int, int, SentLine]]) -> bool:
    """A question of ours stands on this line, which is no header: a subject may be one as well."""
    return any(sent.asks for _, _, sent in stretches) and field_of(line.text) is None


def _cut(line: Line, place: Place, stretches: Iterable[tuple[int, int, SentLine]]) -> Iterator[Piece]:
    """A line that is ours in part: what stands before, between and after our words is the author's."""
    at, asked = 0, False
    for start, end, sent in stretches:
        before = line.text[at:start].strip(BEFORE_WORDS)
        leads = at == 0 and sent.asks and is_lead(before)
        if before and not leads and not _is_only_a_link(line.text[at:start]):
            introduces = attribution.introduces(before, before_quote=True)
            yield Piece(line._replace(text=before), Place.FURNITURE if introduces else place, None)
        yield Piece(line._replace(text=line.text[start:end]), place, sent)
        at, asked = _past_punctuation(line.text, end), sent.asks
    rest = line.text[at:].strip()
    if _is_only_a_link(rest):
        return
    if rest.strip(AFTER_WORDS + BEFORE_WORDS) or (asked and rest in STROKES):
        yield Piece(line._replace(text=rest), place, None)


def _is_only_a_link(rest: str) -> bool:
    """What a program puts behind an address of ours: "it-desk@town.example<mailto:…>"."""
    bare = rest.strip().rstrip(",.;:")
    bracketed = bare[:1] + bare[-1:] in ("<>", "[]", "()")
    return bracketed and " " not in bare and ("@" in bare or "://" in bare)


def _past_punctuation(text: str, at: int) -> int:
    while at < len(text) and text[at] in AFTER_WORDS:
        at += 1
    return at
