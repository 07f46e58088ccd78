"""Header blocks, read from raw octets line by line (RFC 5322 section 2.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.message import limits
from service.message.charset import decode
from service.message.limits import TooLarge

_NUL = "\ufffd".encode()
FIELD_NAME = bytes(octet for octet in range(33, 127) if octet != ord(":"))
"""What a field's name is made of (RFC 5322 section 2.2)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One header field as it was written: unfolded, not decoded any further.

    White space before the colon stays in ``name``: only half of the programs take "From :" for a From,
    so nobody may rely on such a field. A NUL in ``value`` is U+FFFD, so that nothing reads as if it were
    not there.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The fields in their order, and where in the octets the body starts."""

    fields: tuple[Field, ...]
    body: int


def read_block(raw: bytes, start: int = 0, end: int | None = None) -> HeaderBlock:
    """The header block at ``start``. It ends at an empty line, or before a line that is no field.

    Raises ``TooLarge`` past IN-13's limits for one header, for their number and for the block.
    """
    lines: list[bytes] = []
    body = start
    for line, after in _lines(raw, start, len(raw) if end is None else end):
        if line and not _take(lines, line):
            break
        body = after
        if not line:
            break
        _check(lines, body - start)
    return HeaderBlock(tuple(map(_field, lines)), body)


def read_fields(block: bytes) -> tuple[Field, ...]:
    """The fields of a header that travels inside a part. What goes past the limits reads as nothing."""
    try:
        return read_block(block).fields
    except TooLarge:
        return ()


def _lines(raw: bytes, at: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Each line without its ending, and where the next one starts."""
    while at < end:
        stop = raw.find(b"\n", at, end) + 1 or end
        yield raw[at:stop].rstrip(b"\r\n"), stop
        at = stop


def _take(lines: list[bytes], line: bytes) -> bool:
    """Add one line to the fields so far. False: it is neither a field nor part of one."""
    if line[0] in b" \t":
        if lines:
            lines[-1] += line
        return bool(lines)
    if is_postmark(line):
        return True
    name, colon, _ = line.partition(b":")
    name = name.rstrip(b" \t")
    if not colon or not name or name.strip(FIELD_NAME):
        return False
    lines.append(line)
    return True


def is_postmark(line: bytes) -> bool:
    """The line that mbox files put before a mail, and its quoted form."""
    return line.startswith((b"From ", b">From ")) and not line.startswith((b"From :", b"From\t:"))


def _check(lines: list[bytes], size: int) -> None:
    if size > limits.HEADER_BLOCK:
        raise TooLarge("octets in the header block", limits.HEADER_BLOCK)
    if lines and len(lines[-1]) > limits.HEADER:
        raise TooLarge("octets in one header", limits.HEADER)
    if len(lines) > limits.HEADERS:
        raise TooLarge("headers", limits.HEADERS)


def _field(line: bytes) -> Field:
    name, _, value = line.partition(b":")
    return Field(name.decode("ascii"), decode(value.replace(b"\0", _NUL)).strip())
