"""Header blocks that clients print above an original: From, Sent, To, Subject in any language."""

from collections.abc import Sequence

from service.reading import evidence
from service.reading.furniture import HEADERS, Header
from service.reading.lines import Line

LONGEST_KEY = 28
LONGEST_BLOCK = 14
LONGEST_VALUE = 3  # lines that one folded field may take


def block_length(lines: Sequence[Line], at: int) -> int:
    """How many lines, from ``at``, are a header block; 0 when there is none.

    Two different fields at least, and a date or an address among their values: a line such as
    "To: be decided" is no header (IN-10).
    """
    first = field_of(lines[at].text)
    if first is None:
        return 0
    kinds: set[Header] = set()
    values: list[str] = []
    end, gap, known = at, 0, 0
    for index in range(at, min(at + LONGEST_BLOCK, len(lines))):
        if lines[index].depth != lines[at].depth:
            break
        field = field_of(lines[index].text)
        if field is not None:
            if index > at and field[0] is first[0] is not Header.OTHER and not _is_reply_to(lines[index]):
                return 0  # the block begins further down: the first line is the author's
            kinds |= {field[0], *_fields_inside(field[1])}
            values.append(field[1])
            end, gap, known = index + 1, 0, len(values) + (not field[1])
            continue
        values.append(lines[index].text)
        gap += 1
        folds = not lines[index].blank  # over lines, never over paragraphs
        if gap > LONGEST_VALUE or (folds and lines[index - 1].blank):
            break
    return end - at if _convinces(kinds, " ".join(values[:known])[:2000]) else 0


def field_of(text: str) -> tuple[Header, str] | None:
    """The field that one line states: its kind and value."""
    bare = text.lstrip(" *_\t")
    cut = min((at for at in (bare.find(":"), bare.find("：")) if at >= 0), default=-1)
    if not 0 < cut <= LONGEST_KEY:
        return None
    kind = HEADERS.get(bare[:cut].strip(" *_\t").casefold())
    return None if kind is None else (kind, bare[cut + 1 :].strip(" *_\t"))


def _is_reply_to(line: Line) -> bool:
    return line.text.lstrip(" *_\t").lower().startswith("reply")


def _fields_inside(value: str) -> set[Header]:
    """Further fields on the same line, as some clients and flattened HTML have them."""
    names = (word.strip("*_:").casefold() for word in value[:500].split() if word.rstrip("*_")[-1:] == ":")
    return {HEADERS[name] for name in names if name in HEADERS}


def _convinces(kinds: set[Header], values: str) -> bool:
    main = kinds - {Header.OTHER}
    address = evidence.has_address(values)
    # "From: 9:00" and "To: 17:00" are hours, "Date: 14 June 2026" and "Subject: Summer fair" a poster
    tells = Header.FROM in main and not main <= {Header.FROM, Header.TO}
    return len(main) >= 2 and (
        address or (tells and (evidence.has_date(values) or evidence.has_time(values)))
    )
