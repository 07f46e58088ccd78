"""Pictures of mails: how they are written, and, where Chromium is, how they are taken."""

import os
import shutil
import struct
import zlib

import pytest

from service.cli.chromium import NAMES, open_chromium
from service.cli.picture import Screen, take_picture
from service.cli.png import indexed_png
from service.errors import Misconfigured, Permanent

needs_chromium = pytest.mark.skipif(
    not any(map(shutil.which, NAMES)), reason=f"none of {', '.join(NAMES)} is on the PATH"
)
RED, GREEN, BLUE, WHITE = (b"\xff\0\0", b"\0\xff\0", b"\0\0\xff", b"\xff\xff\xff")


def chunks(png):
    """The chunks of a PNG by their kind, each with its checksum verified."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, found = 8, {}
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        content = png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + content),)
        found[kind.decode()] = content
        at += 12 + length
    return found


def decoded(png):
    """The rows of pixels of a PNG with a palette and without filters."""
    found = chunks(png)
    width, height, depth, kind, *rest = struct.unpack(">IIBBBBB", found["IHDR"])
    assert (depth, kind, rest) == (8, 3, [0, 0, 0])
    palette = [found["PLTE"][at : at + 3] for at in range(0, len(found["PLTE"]), 3)]
    octets = zlib.decompress(found["IDAT"])
    rows = [octets[at : at + width + 1] for at in range(0, len(octets), width + 1)]
    assert len(rows) == height
    assert all(row[0] == 0 for row in rows)
    return [[palette[number] for number in row[1:]] for row in rows]


def pixels(*colours):
    return b"".join(colour + b"\xff" for colour in colours)


class TestFile:
    def test_every_pixel_keeps_its_colour(self):
        png = indexed_png(3, pixels(RED, GREEN, RED, WHITE, BLUE, RED))

        assert decoded(png) == [[RED, GREEN, RED], [WHITE, BLUE, RED]]

    def test_of_many_colours_the_rare_ones_become_their_nearest(self):
        greys = [bytes((4 * level,) * 3) for level in range(64)]
        rare = b"\x81\x80\x80"

        (row,) = decoded(indexed_png(129, pixels(*greys, *greys, rare)))

        assert row[:128] == greys * 2
        assert row[128] == b"\x80\x80\x80"


class TestWithoutChromium:
    def test_what_to_install_is_said(self, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))

        with pytest.raises(Misconfigured, match="chromium-browser") as caught, open_chromium():
            pass

        assert "Install" in caught.value.mend

    @pytest.mark.parametrize("script", ["exit 7", "echo no display >&2; exit 1", "cat <&3 >/dev/null"])
    def test_one_that_does_not_work_is_said_to(self, monkeypatch, tmp_path, script):
        program = tmp_path / "chromium"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr("service.cli.chromium._PATIENCE", 0.5)

        with pytest.raises(Permanent, match="made no picture"), open_chromium() as chromium:
            take_picture(chromium, "<p>hi", Screen())


@pytest.fixture(scope="module")
def picture():
    """The rows of the picture of some HTML."""
    with open_chromium() as chromium:
        yield lambda html, **screen: decoded(take_picture(chromium, html, Screen(**screen)))


@needs_chromium
class TestChromium:
    def test_a_picture_is_as_wide_as_the_screen_and_as_tall_as_the_mail(self, picture):
        tall = '<body style="margin: 0"><div style="height: 1234px; background: red"></div>'

        rows = picture(tall, width=230)

        assert (len(rows[0]), len(rows)) == (230, 1234)
        assert {colour for row in rows for colour in row} == {RED}

    def test_a_dark_screen_shows_the_dark_palette(self, picture):
        html = (
            "<style>body { margin: 0; background: red } p { margin: 0; height: 9px }"
            "@media (prefers-color-scheme: dark) { body { background: blue } }</style><body><p></p>"
        )

        assert picture(html, width=200)[0][0] == RED
        assert picture(html, width=200, dark=True)[0][0] == BLUE

    def test_a_small_screen_gets_its_own_rules(self, picture):
        html = (
            "<style>body { margin: 0; background: red } p { margin: 0; height: 9px }"
            "@media (max-width: 480px) { body { background: blue } }</style><body><p></p>"
        )

        assert picture(html, width=320)[0][0] == BLUE

    def test_a_mail_s_own_picture_is_seen_and_others_are_not_fetched(self, picture):
        dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        dot += "<rect width='9' height='9' fill='lime'/></svg>"
        html = f'<body style="margin: 0; background: red"><img src="{dot}" style="display: block">'
        html += '<img src="http://town.example/p.png" alt="" width="9" height="9" style="display: block">'

        rows = picture(html, width=200)

        assert rows[4][4] == GREEN
        assert rows[13][4] == RED
