"""Pictures of facts: SVG templates drawn for mail, with words that say what they show."""

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import resvg_py

from service.errors import Misconfigured
from service.outbound.mime import InlineFile
from service.outbound.png import shrink
from service.outbound.render import Chart, TemplateSet
from service.outbound.sources import PICTURE
from service.outbound.words import one_line

DENSITY = 2
"""Pixels of the file for each pixel of the page: sharp on every screen."""
ALT_LIMIT = 600

# One font that comes with the service, so that every machine draws the same picture.
_FONTS = "font_source_sans_pro"
_FONT = "files/SourceSansPro-Semibold.ttf"
_FAMILY = "Source Sans Pro"
_SIZE = struct.Struct(">8x8xII")
"""Width and height of a PNG: behind its signature and the head of its first chunk (RFC 2083)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside a mail. ``width`` and ``height`` are those on the page; ``alt`` is read out."""

    cid: str
    width: int
    height: int
    alt: str
    file: InlineFile


def draw(
    templates: TemplateSet, names: Iterable[str], facts: Mapping[str, object], domain: str
) -> dict[str, Picture]:
    """The charts called ``names`` that have something to show: an SVG template may render to nothing.

    Raises Misconfigured where a template is missing, asks for too much, or is no SVG.
    """
    pictures: dict[str, Picture] = {}
    for name in names:
        chart = templates.render_chart(name, facts)
        if chart.svg.strip():
            pictures[name] = _picture(name, chart, domain)
    return pictures


def _picture(name: str, chart: Chart, domain: str) -> Picture:
    """Named by its content, so that the same picture has the same Content-ID in every mail."""
    try:
        png = rasterise(chart.svg)
    except ValueError as error:
        where = f"charts/{name}{PICTURE}"
        raise Misconfigured(where, f"it cannot be drawn: {error}.", "Mend the SVG that it makes.") from error
    cid = f"{hashlib.sha256(chart.svg.encode()).hexdigest()[:24]}@{domain}"
    width, height = (size // DENSITY for size in _SIZE.unpack_from(png))
    file = InlineFile(cid, f"{name}.png", "image/png", png)
    return Picture(cid, width, height, one_line(chart.alt, ALT_LIMIT), file)


# A digest that is too large is written again with fewer words, and its pictures stay.
@lru_cache(maxsize=64)
def rasterise(svg: str) -> bytes:
    """``svg`` as an opaque PNG of a few colours. Raises ValueError where it is no SVG."""
    with as_file(files(_FONTS) / _FONT) as font:
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=DENSITY,
            skip_system_fonts=True,
            font_files=[str(font)],
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    return shrink(png)
