"""What a FETCH answered (RFC 3501 section 7.4.2), sorted by UID.

Servers add answers that nobody asked for, change the order and put items after a literal, so
nothing is taken by its place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVAL = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Part = bytes | tuple[bytes, bytes] | None
"""What imaplib makes a list of: a line, or a line and the literal that ended it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is known of a message before its text is read. ``size``: octets."""

    uid: int
    size: int
    received_at: datetime


def arrivals(answer: Iterable[Part]) -> dict[int, Arrived]:
    """Read UID, size and arrival; an answer without UID and size is somebody's flag change."""
    found = {}
    for line, _ in _items(answer):
        uid, size = _UID.search(line), _SIZE.search(line)
        if uid and size:
            found[int(uid[1])] = Arrived(int(uid[1]), int(size[1]), _arrival(line))
    return found


def literals(answer: Iterable[Part]) -> dict[int, bytes]:
    """Read one literal per UID."""
    found = {}
    for line, literal in _items(answer):
        uid = _UID.search(line)
        if uid and literal is not None:
            found[int(uid[1])] = literal
    return found


def _items(answer: Iterable[Part]) -> Iterator[tuple[bytes, bytes | None]]:
    """Join each line with what follows its literal: the UID may stand on either side."""
    head, literal = b"", None
    for part in answer:
        if isinstance(part, tuple):
            if literal is not None:
                yield head, literal
            head, literal = part
        elif literal is not None:
            yield head + b" " + (part or b""), literal
            literal = None
        elif part:
            yield part, None
    if literal is not None:
        yield head, literal


def _arrival(line: bytes) -> datetime:
    """Read ``23-Nov-2026 09:00:00 +0000``; a server that writes nonsense gets the epoch."""
    stamp = _ARRIVAL.search(line)
    try:
        moment = parsedate_to_datetime(stamp[1].decode("ascii").replace("-", " ", 2)) if stamp else _EPOCH
    except ValueError:
        return _EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_whole(raw: bytes, size: int) -> bool:
    """Compare a literal with RFC822.SIZE (REL-22); a server may count line ends as two octets."""
    return len(raw) + raw.count(b"\n") >= size


def header_of(raw: bytes) -> bytes:
    """Cut the header block off, with the empty line that ends it."""
    header, _, _ = raw.partition(b"\r\n\r\n")
    return header + b"\r\n\r\n"
