"""The author's own words in a reply to a mail of ours, and which of our questions stands above them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from service.reading import attribution, signature
from service.reading.align import Alignment
from service.reading.lines import Line, Origin
from service.reading.quotes import Place
from service.reading.sent import SentLine

CODE = re.compile(r"\bRef:?\s{0,3}f-[a-z2-7]{20,40}\b", re.IGNORECASE)
AFTER_WORDS = "?.!:;,)]}_*>…”’\"'"
STROKES = ("-", "–", "—")
FOOTER = SentLine(0, 0, "", -1)
BEFORE_WORDS = " \t*_>|([{#&-–—•·“‘\"'"


class Own(NamedTuple):
    """A line of the author's.

    ``under``: the question of ours that stands above it, or "". ``region`` counts from 0 and grows
    where words of ours stand between. ``open``: may unlabelled words here answer the default question?
    ``origin``: what the mail's markup says of it. ``below``: so many of our questions are quoted, all of them above.
    """

    text: str
    under: str = ""
    region: int = 0
    open: bool = True
    origin: Origin = Origin.TYPED
    below: int = 0


class _Piece(NamedTuple):
    line: Line
    place: Place
    ours: SentLine | None


def own_lines(lines: Sequence[Line], found: Sequence[Place], alignment: Alignment, name: str) -> list[Own]:
    """The author's lines in order, signatures cut off each region."""
    pieces = list(_pieces(lines, found, alignment))
    kept = list(_written(pieces, name, alignment.questions))
    regions = (list(group) for _, group in groupby(kept, key=lambda own: own.region))
    return [own for region in regions for own in _without_signature(region, name)]


def _pieces(lines: Sequence[Line], found: Sequence[Place], alignment: Alignment) -> Iterator[_Piece]:
    for line, place, stretches in zip(lines, found, alignment.ours, strict=True):
        if CODE.search(line.text):
            yield _Piece(line, place, FOOTER)
        elif stretches and (place is not Place.FURNITURE or any(sent.asks for _, _, sent in stretches)):
            yield from _cut(line, place, stretches)
        else:
            yield _Piece(line, place, None)


def _cut(line: Line, place: Place, stretches: Iterable[tuple[int, int, SentLine]]) -> Iterator[_Piece]:
    """A line that is ours in part: what stands before, between and after our words is the author's."""
    at, asked = 0, False
    for start, end, sent in stretches:
        before = line.text[at:start].strip(BEFORE_WORDS)
        if before:
            introduces = attribution.introduces(before, before_quote=True)
            yield _Piece(line._replace(text=before), Place.FURNITURE if introduces else place, None)
        yield _Piece(line._replace(text=line.text[start:end]), place, sent)
        at, asked = _past_punctuation(line.text, end), sent.asks
    rest = line.text[at:].strip()
    if _is_only_a_link(rest):
        return
    if rest.strip(AFTER_WORDS + BEFORE_WORDS) or (asked and rest in STROKES):
        yield _Piece(line._replace(text=rest), place, None)


def _is_only_a_link(rest: str) -> bool:
    """What a program puts behind an address of ours: "it-desk@town.example<mailto:…>"."""
    return rest.startswith(("<http", "<mailto:")) and rest.endswith(">") and " " not in rest


def _past_punctuation(text: str, at: int) -> int:
    while at < len(text) and text[at] in AFTER_WORDS:
        at += 1
    return at


def _written(pieces: Sequence[_Piece], name: str, questions: int) -> Iterator[Own]:
    """Walk down the mail, remembering what of ours was seen last."""
    last_ours = _last_ours(pieces)
    wrote = _wrote(pieces, name)
    above: _Piece | None = None
    region, seen = 0, False
    for at, (piece, level) in enumerate(zip(pieces, _levels(pieces), strict=True)):
        if piece.ours is not None:
            above, seen = piece, True
            continue
        if piece.place is Place.FURNITURE:
            above, seen = None, True
            continue
        if piece.place is not Place.NEW and level > 1 and (wrote or at > last_ours):
            continue  # a colleague quoted us: what stands between our lines is theirs
        if not _is_authors(piece, above, at < last_ours) or (piece.line.blank and seen):
            continue
        region += seen
        seen = False
        under = above.ours.question if above is not None and above.ours is not None else piece.line.anchor
        # below an unmarked original stands a reply as well, where nothing stands above
        free = piece.place is Place.NEW or not wrote
        below = questions if at > last_ours else 0
        yield Own(piece.line.text, under, region, free, piece.line.origin, below)


def _wrote(pieces: Sequence[_Piece], name: str) -> bool:
    """Whether anything stands outside of quotes, but for a banner and a signature."""
    lines = [piece.line for piece in pieces if piece.place is Place.NEW and piece.ours is None]
    rest = lines[signature.banner_length(lines) :]
    return any(not line.blank for line in rest[: signature.end(rest, name)])


def _last_ours(pieces: Sequence[_Piece]) -> int:
    return max((at for at, piece in enumerate(pieces) if piece.ours is not None), default=-1)


def _levels(pieces: Sequence[_Piece]) -> Iterator[int]:
    """How many mails are introduced above each piece: in the second one a colleague answered us."""
    level, inside = 0, False
    for piece in pieces:
        introduces = piece.place is Place.FURNITURE and piece.ours is None
        level += introduces and not inside
        inside = introduces or (inside and piece.line.blank)
        yield level


def _is_authors(piece: _Piece, above: _Piece | None, between: bool) -> bool:
    """In a quote of ours, what is not ours was written into it; any other quote is somebody else's."""
    if piece.place is Place.NEW:
        return True
    if above is None or above.ours is None or piece.line.depth not in (0, above.line.depth):
        return False
    return between or bool(above.ours.question) or not above.line.depth


def _without_signature(region: Sequence[Own], name: str) -> list[Own]:
    start = next((at for at, own in enumerate(region) if own.text.strip()), len(region))
    body = region[start:]
    lines = [Line(own.text, origin=own.origin) for own in body]
    return list(body[signature.banner_length(lines) : signature.end(lines, name)])
