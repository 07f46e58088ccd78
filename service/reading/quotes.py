"""Which lines are the author's own, judged without knowing what we sent."""

from collections.abc import Sequence
from enum import Enum
from itertools import groupby

from service.reading import attribution, delimiters, evidence, headers
from service.reading.lines import Line, Origin

LEFT_OUT = ("[...]", "[…]", "(...)", "(…)", "[snip]", "<snip>", "[cut]", "[schnipp]", "<schnipp>")
"""What people write where they shortened a quote."""


class Place(Enum):
    """Where a line stands in a reply."""

    NEW = "new"
    FURNITURE = "furniture"  # an introduction, a header block, a delimiter
    QUOTED = "quoted"


def places(lines: Sequence[Line]) -> list[Place]:
    """One place per line.

    After a header block, a delimiter or an introduction without quote marks, all that follows is
    the original.
    """
    found: list[Place] = []
    original = written = False
    while len(found) < len(lines):
        at = len(found)
        taken, cut = _furniture(lines, at)
        if taken:
            found += [Place.FURNITURE] * taken
            # below a header block that opens the mail, marks set the original off from the answers
            original = original or (cut and (written or not _is_marked_below(lines, at, taken)))
        else:
            found.append(Place.QUOTED if original or lines[at].quoted else Place.NEW)
            written = written or (found[-1] is Place.NEW and not lines[at].blank)
    return found


def _furniture(lines: Sequence[Line], at: int) -> tuple[int, bool]:
    """(lines of furniture from ``at``, is all that follows an original?)."""
    line = lines[at]
    if delimiters.cuts_anywhere(line.text):
        return 1, True
    if line.blank:
        return 0, False
    if line.depth:
        return _quoted_furniture(lines, at), False
    if delimiters.cuts(line.text):
        return 1, True
    rule = 1 if delimiters.is_rule(line.text) or delimiters.is_ruled(line.text.strip()) else 0
    taken = headers.block_length(lines, at + rule) if at + rule < len(lines) else 0
    if taken:
        return taken + rule, True
    taken = attribution.length(lines, at)
    if taken:
        follows = attribution.quote_follows(lines, at + taken, line.depth) or line.origin is Origin.CITATION
        return taken, not follows
    return 0, False


def _is_marked_below(lines: Sequence[Line], at: int, taken: int) -> bool:
    block = taken > 1 and lines[at].origin is Origin.TYPED
    return block and attribution.quote_follows(lines, at + taken, lines[at].depth)


def _quoted_furniture(lines: Sequence[Line], at: int) -> int:
    """Inside a quote these say nothing of what follows, but they are nobody's words."""
    taken = headers.block_length(lines, at) or attribution.length(lines, at)
    deeper = attribution.quote_follows(lines, at + taken, lines[at].depth)
    return taken if deeper or headers.field_of(lines[at].text) else 0


def with_torn_lines(lines: Sequence[Line], found: Sequence[Place]) -> list[Place]:
    """Rests of quoted lines that a client broke without a mark go to their quote.

    Only for lines that nobody can align: right below a quoted line that is in mid-sentence.
    """
    mended = list(found)
    for at in range(1, len(lines)):
        quoted = lines[at - 1].depth > 0 or (mended[at - 1] is Place.QUOTED and mended[at] is Place.NEW)
        if mended[at] is Place.NEW and quoted and _goes_on(lines[at - 1].text, lines[at].text):
            mended[at] = Place.QUOTED
    return mended


def with_quotations(
    lines: Sequence[Line], found: Sequence[Place], ours: Sequence[Sequence[object]]
) -> list[Place]:
    """What the author set off in a blockquote of their own is theirs.

    No client marks or introduces it, it stands right below the author's words, nothing in it is ``ours``,
    and the mail that is answered is quoted elsewhere: nobody quotes it twice.
    """
    mended = list(found)
    answers = Place.FURNITURE in found or any(ours)
    above = Place.QUOTED  # of the last line that says something
    for origin, run in groupby(range(len(lines)), key=lambda at: lines[at].origin):
        block = list(run)
        own = origin is Origin.SET_OFF or (origin is Origin.UNMARKED and answers)
        if own and above is Place.NEW and not any(ours[at] or _speaks_of(lines[at]) for at in block):
            mended[block[0] : block[-1] + 1] = [Place.NEW] * len(block)
        above = next((mended[at] for at in reversed(block) if not lines[at].blank), above)
    return mended


def _speaks_of(line: Line) -> bool:
    return attribution.introduces(line.text[: evidence.LONGEST], before_quote=True)


def _goes_on(above: str, text: str) -> bool:
    start = text.lstrip(" (<")
    if text.strip().lower() in LEFT_OUT:
        return True
    joins = text[:1] in "(<_" or start.startswith(("http", "www."))
    return bool(start) and (joins or (start[0].islower() and above.rstrip()[-1:] not in ".?!:;"))
