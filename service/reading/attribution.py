"""Lines that introduce a quote: "On Tuesday Ada wrote:", in any language, by evidence (IN-10)."""

import re
from collections.abc import Iterator, Sequence

from service.reading import evidence
from service.reading.delimiters import RULES, is_ruled
from service.reading.furniture import OPENERS, WROTE
from service.reading.lines import Line, Origin

LONGEST = 4
LONGEST_STAMP = 40
ENOUGH = 5
SHORTEST_BROKEN = 55  # characters after which a program may break a line
SHARED = re.compile(
    r"[-–—]{0,6} ?\b(?:On|Le|Am|El|Il|Op|Em|Den|W dniu) (?:[A-ZÀ-Ýa-zà-ÿ]{2,10}[.,]{0,2} |\d)"
)

BEGUN = re.compile(r":(?:  (?=\s*\S)| ?>| --)")  # behind an introduction, the original


def length(lines: Sequence[Line], at: int) -> int:
    """How many lines, from ``at``, introduce a quote; 0 when they do not."""
    if lines[at].origin is Origin.CITATION:
        return 1
    joined = ""
    for index in range(at, min(at + LONGEST, len(lines))):
        line = lines[index]
        if line.blank or len(line.text) > evidence.LONGEST or _is_apart(line, lines[at]):
            return 0
        if evidence.has_date(joined) and evidence.has_date(line.text):
            return 0  # two lines with a date are no single introduction
        joined = f"{joined} {line.text.strip()}".strip()
        if introduces(joined, quote_follows(lines, index + 1, lines[at].depth)):
            return 0 if index > at and _begins(line.text) else index + 1 - at
        if not _may_go_on(joined):
            return 0
    return 0


def _begins(text: str) -> bool:
    """A line that is an introduction of its own, whatever stands above it."""
    start = text.lstrip(" *_\"'").lower()
    return start.startswith(OPENERS) and evidence.has_date(start) and introduces(text, before_quote=True)


def _is_apart(line: Line, first: Line) -> bool:
    """What the author typed is never the beginning of what their program wrote."""
    return line.depth != first.depth or line.origin is not first.origin


def introduces(text: str, before_quote: bool) -> bool:
    """Enough evidence that ``text`` introduces somebody else's words."""
    if "---" in text and _is_summed_up(text):
        return True
    ruled = is_ruled(text.strip()) or text.strip().endswith(">>>")
    bare = text.strip(" *_>" + RULES * ruled).lower()
    ends = bare.endswith((":", "：", "﹕", *WROTE))
    sentence = bare.endswith((".", "!", "?")) and not ruled
    if sentence or not (ends or ruled or before_quote):
        return False
    verb = any(verb in bare for verb in WROTE)
    address, dated, timed = evidence.has_address(bare), evidence.has_date(bare), evidence.has_time(bare)
    # what happens to stand above a quote may have a verb or a date, but not two of these
    if not (ends or ruled or address or dated + timed + verb > 1):
        return False
    weight = 1 * ends + 2 * before_quote + 2 * ruled + 2 * verb + 2 * address + 2 * dated + timed
    return weight + bare.startswith(OPENERS) >= ENOUGH


def _is_summed_up(text: str) -> bool:
    """Notes has "Ada Byron ---11/23/2026 9:00 AM---" and the first words of the original on one line."""
    stamp, rule, _ = text.partition("---")[2].partition("---")
    return (
        bool(rule) and len(stamp) <= LONGEST_STAMP and evidence.has_date(stamp) and evidence.has_time(stamp)
    )


def quote_follows(lines: Sequence[Line], at: int, depth: int) -> bool:
    """True where the next line that is not blank is quoted more deeply."""
    for line in lines[at : at + 4]:
        if not line.blank:
            return line.depth > depth
    return False


def _may_go_on(text: str) -> bool:
    """Only a line that begins like an introduction, and ends no sentence, may run on over the next lines."""
    start = text.lstrip(" *_\"'").lower()
    if len(text) < SHORTEST_BROKEN and text.endswith((".", "!", "?")):
        return False
    return (
        (start.startswith(OPENERS) and any(map(str.isdigit, start)))
        or evidence.has_address(start)
        or evidence.has_date(start[:60])
    )


def apart(lines: Sequence[Line]) -> list[Line]:
    """Lines on which the author's words run into an introduction, or that into its quote, as two each."""
    return [part for line in lines for half in _split_behind(line) for part in _split(half)]


def _split_behind(line: Line) -> Iterator[Line]:
    """Some go on with the original on the line of its introduction, behind spaces, a mark or a rule."""
    begun = BEGUN.search(line.text[: evidence.LONGEST])
    head = line.text[: begun.start() + 1] if begun else ""
    if head and introduces(head, before_quote=False):
        yield line._replace(text=head)
        yield line._replace(text=line.text[len(head) :].strip())
    else:
        yield line


def _split(line: Line) -> Iterator[Line]:
    found = SHARED.search(line.text, 1) if 0 < len(line.text) <= evidence.LONGEST and not line.depth else None
    tail = line.text[found.start() :] if found else ""
    before = line.text[: -len(tail)].rstrip() if tail else ""
    if (
        before.strip(RULES + " ")
        and introduces(tail, before_quote=False)
        and not introduces(before, before_quote=True)
    ):
        yield line._replace(text=before)
        yield line._replace(text=tail.lstrip(" -–—"))
    else:
        yield line
