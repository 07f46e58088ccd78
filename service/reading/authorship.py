"""The author's own words in a reply to a mail of ours, and which of our questions stands above them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from service.reading import signature
from service.reading.align import Alignment
from service.reading.asides import is_afterthought
from service.reading.lines import Line, Origin
from service.reading.pieces import Piece, cut
from service.reading.quotes import Place


class Own(NamedTuple):
    """A line of the author's.

    ``under``: the question of ours that stands above it, or "". ``region`` counts from 0 and grows
    where words of ours stand between. ``open``: may unlabelled words here answer the default question?
    ``origin``: what the mail's markup says of it. ``below``: how many questions of ours are quoted, where
    all of them stand above; else 0.
    """

    text: str
    under: str = ""
    region: int = 0
    open: bool = True
    origin: Origin = Origin.TYPED
    below: int = 0


def own_lines(lines: Sequence[Line], found: Sequence[Place], alignment: Alignment, name: str) -> list[Own]:
    """The author's lines in order, signatures cut off each region."""
    kept = _written(list(cut(lines, found, alignment)), name, alignment.questions)
    regions = (list(group) for _, group in groupby(kept, key=lambda own: own.region))
    return [own for region in regions for own in _without_signature(region, name)]


def _written(pieces: Sequence[Piece], name: str, questions: int) -> Iterator[Own]:
    """Walk down the mail, remembering what of ours was seen last."""
    levels = list(_levels(pieces))
    pieces = list(_without_repeats(pieces, levels))
    last_ours = max((at for at, piece in enumerate(pieces) if piece.ours is not None), default=-1)
    wrote = _wrote_outside(pieces, name)
    above: Piece | None = None
    region, seen = 0, False
    for at, (piece, level) in enumerate(zip(pieces, levels, strict=True)):
        if piece.ours is not None or piece.place is Place.FURNITURE:
            above, seen = (piece if piece.ours is not None else None), True
            continue
        # a colleague quoted us: what stands between our lines is theirs
        theirs = piece.place is not Place.NEW and level > 1 and (wrote or at > last_ours)
        if theirs or not _is_authors(piece, above, at < last_ours) or (piece.line.blank and seen):
            continue
        region, seen = region + seen, False
        under = above.ours.question if above is not None and above.ours is not None else piece.line.anchor
        # below an unmarked original stands a reply as well, where nothing stands above
        free = piece.place is Place.NEW or not wrote
        below = max(questions, 1) if 0 <= last_ours < at else 0
        yield Own(piece.line.text, under, region, free, piece.line.origin, below)


def _wrote_outside(pieces: Sequence[Piece], name: str) -> bool:
    """Whether anything stands outside of quotes, but for a banner and a signature."""
    lines = [piece.line for piece in pieces if piece.place is Place.NEW and piece.ours is None]
    rest = lines[signature.banner_length(lines) :]
    return any(not line.blank for line in rest[: signature.end(rest, name)])


def _levels(pieces: Sequence[Piece]) -> Iterator[int]:
    """How many mails are introduced above each piece: in the second one a colleague answered us."""
    level, inside = 0, False
    for piece in pieces:
        introduces = piece.place is Place.FURNITURE and piece.ours is None
        level += introduces and not inside
        inside = introduces or (inside and piece.line.blank)
        yield level


def _without_repeats(pieces: Sequence[Piece], levels: Sequence[int]) -> Iterator[Piece]:
    """A single line of ours in somebody's mail, all else of ours being in another: they said it too."""
    ours = Counter(level for level, piece in zip(levels, pieces, strict=True) if piece.ours is not None)
    for level, piece in zip(levels, pieces, strict=True):
        alone = level > 0 and ours[level] == 1 < ours.total() - 1
        yield piece._replace(ours=None) if alone and piece.ours and not piece.ours.asks else piece


def _is_authors(piece: Piece, above: Piece | None, between: bool) -> bool:
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
    end = signature.end(lines, name)
    after = next((at for at in range(end, len(body)) if is_afterthought(body[at].text)), len(body))
    thought = body[after : after + signature.end(lines[after:], name)]
    return [*body[signature.banner_length(lines) : end], *thought]
