"""Palette PNGs made of the rasteriser's (RFC 2083)."""

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from service.outbound.png import COLOURS, shrink

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR = st.binary(min_size=3, max_size=3).map(lambda rgb: rgb + b"\xff")


@st.composite
def drawings(draw, colours=COLOURS):
    """Rows of pixels in few colours, and by which filter each is written."""
    palette = draw(st.lists(COLOUR, min_size=1, max_size=colours, unique=True))
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 6))
    row = st.lists(st.sampled_from(palette), min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=height, max_size=height))
    return rows, draw(st.lists(st.integers(0, 4), min_size=height, max_size=height))


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def paeth(left, up, corner):
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def predicted(kind, left, up, corner):
    return (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]


def written(rows, kinds):
    """A PNG with eight bits of red, green, blue and alpha."""
    above, lines = bytes(4 * len(rows[0])), b""
    for pixels, kind in zip(rows, kinds, strict=True):
        octets = b"".join(pixels)
        lefts, corners = bytes(4) + octets, bytes(4) + above
        predictions = (predicted(kind, lefts[at], above[at], corners[at]) for at in range(len(octets)))
        lines += bytes([kind]) + bytes((a - b) % 256 for a, b in zip(octets, predictions, strict=True))
        above = octets
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def read(png):
    """The rows of a PNG with a palette and four bits for each pixel."""
    chunks, at = {}, len(SIGNATURE)
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        chunks[name] = png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(name + chunks[name]),)
        at += 12 + length
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert kind == [4, 3, 0, 0, 0]
    palette = [chunks[b"PLTE"][at : at + 3] for at in range(0, len(chunks[b"PLTE"]), 3)]
    lines, step = zlib.decompress(chunks[b"IDAT"]), 1 + (width + 1) // 2
    assert len(lines) == step * height
    numbers = [
        [half for octet in lines[at + 1 : at + step] for half in (octet >> 4, octet & 15)][:width]
        for at in range(0, len(lines), step)
    ]
    return [[palette[number] for number in row] for row in numbers]


@given(drawings())
def test_sixteen_colours_stay_as_they_are_however_the_rows_were_written(drawing):
    rows, kinds = drawing

    assert read(shrink(written(rows, kinds))) == [[pixel[:3] for pixel in row] for row in rows]


@given(drawings(colours=40))
def test_further_colours_become_one_of_the_sixteen(drawing):
    rows, kinds = drawing

    shown = read(shrink(written(rows, kinds)))

    assert len({pixel for row in shown for pixel in row}) <= COLOURS
    assert [len(row) for row in shown] == [len(row) for row in rows]
