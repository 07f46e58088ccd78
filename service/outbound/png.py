"""PNG files made small: the few colours of a flat drawing as a palette (RFC 2083).

A rasteriser writes 32 bits for each pixel, where the drawings of our mails need four. Pixels are
taken four octets at a time, and most of them are what stands above or before them, so this is
quick enough without help from C.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

COLOURS = 16
"""As many as half an octet can number."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">IIBBBBB")
_DIRECT = (8, 6, 0, 0, 0)
"""Eight bits each of red, green, blue and alpha, not interlaced."""
_INDEXED = (4, 3, 0, 0, 0)
"""Four bits: the number of a colour."""

Row = Sequence[int]
"""The pixels of a row, each its four octets as one number in the machine's own order."""


def shrink(png: bytes) -> bytes:
    """The same picture in 16 colours, opaque; rarer colours become the nearest of these.

    Raises ValueError for a PNG that is not written with 8 bits of red, green, blue and alpha.
    """
    chunks = list(_chunks(png))
    width, height, *kind = _HEAD.unpack(chunks[0][1])
    if tuple(kind) != _DIRECT:
        raise ValueError("this PNG is of another kind")
    filtered = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    rows = list(_rows(filtered, width))
    different = {id(row): row for row in rows}
    palette, numbers = _palette(different.values())
    packed = {key: _packed(row, numbers) for key, row in different.items()}
    pixels = b"".join(b"\0" + packed[id(row)] for row in rows)
    return _SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", _HEAD.pack(width, height, *_INDEXED)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(pixels, 8)),
            _chunk(b"IEND", b""),
        )
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        yield name, png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _rows(filtered: bytes, width: int) -> Iterator[Row]:
    """The pixels of each row. Each row says by which filter it was written (section 6)."""
    above: Row = [0] * width
    for at in range(0, len(filtered), 1 + 4 * width):
        differences = memoryview(filtered[at + 1 : at + 1 + 4 * width]).cast("I").tolist()
        kind = filtered[at]
        if any(differences) or kind not in _COPYING:
            above = _FILTERS[kind](differences, above)
        yield above


def _unsub(differences: Row, above: Row) -> Row:  # noqa: ARG001 - filters share one signature
    left, row = 0, []
    for difference in differences:
        if difference:
            left = _sum(difference, left)
        row.append(left)
    return row


def _unup(differences: Row, above: Row) -> Row:
    return [_sum(one, pixel) if one else pixel for one, pixel in zip(differences, above, strict=True)]


def _unaverage(differences: Row, above: Row) -> Row:
    left, row = 0, []
    for difference, up in zip(differences, above, strict=True):
        left = _sum(difference, _mean(left, up))
        row.append(left)
    return row


def _unpaeth(differences: Row, above: Row) -> Row:
    left, corner, row = 0, 0, []
    for difference, up in zip(differences, above, strict=True):
        if up != corner:
            left = _paeth(left, up, corner)
            corner = up
        if difference:
            left = _sum(difference, left)
        row.append(left)
    return row


_FILTERS: Sequence[Callable[[Row, Row], Row]] = (lambda row, _: row, _unsub, _unup, _unaverage, _unpaeth)
_COPYING = (2, 4)
"""Filters by which a row without differences is the row above."""


def _sum(one: int, other: int) -> int:
    """Octet by octet, without carrying over."""
    return ((one & 0x7F7F7F7F) + (other & 0x7F7F7F7F)) ^ ((one ^ other) & 0x80808080)


@cache
def _mean(one: int, other: int) -> int:
    return _octetwise(lambda a, b: (a + b) // 2, one, other)


@cache
def _paeth(left: int, up: int, corner: int) -> int:
    return _octetwise(_nearest, left, up, corner)


def _nearest(left: int, up: int, corner: int) -> int:
    """What is nearest to ``left + up - corner`` (section 6.6)."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _octetwise(calculate: Callable[..., int], *pixels: int) -> int:
    columns = zip(*(pixel.to_bytes(4, "little") for pixel in pixels), strict=True)
    return int.from_bytes(bytes(calculate(*column) for column in columns), "little")


def _palette(rows: Iterable[Row]) -> tuple[list[bytes], dict[int, int]]:
    """The most frequent colours, and the number of each colour's nearest among them."""
    counted: Counter[int] = Counter()
    for row in rows:
        counted.update(row)
    common = [colour for colour, _ in counted.most_common(COLOURS)]
    palette = [_octets(colour) for colour in common]
    numbers = {colour: number for number, colour in enumerate(common)}
    for colour in counted:
        if colour not in numbers:
            octets = _octets(colour)
            numbers[colour] = min(range(len(palette)), key=lambda at: _distance(octets, palette[at]))
    return palette, numbers


def _octets(colour: int) -> bytes:
    """Red, green and blue of a pixel, whichever end this machine begins with."""
    return struct.pack("=I", colour)[:3]


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _packed(row: Row, numbers: dict[int, int]) -> bytes:
    """Two pixels to the octet, the first in its higher half."""
    indexed = bytes(map(numbers.__getitem__, row)) + bytes(len(row) % 2)
    high, low = int.from_bytes(indexed[::2]), int.from_bytes(indexed[1::2])
    return (high << 4 | low).to_bytes(len(indexed) // 2)
