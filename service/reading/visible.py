"""The author's new words, without knowing what we sent."""

from collections.abc import Sequence

from service.reading import signature
from service.reading.attribution import apart
from service.reading.lines import Line, text_lines
from service.reading.markup import html_lines
from service.reading.politeness import signoff_start
from service.reading.quotes import Place, places, with_torn_lines


def visible(text: str, html: str) -> str:
    """The new words of a mail with these two parts, without their sign-off.

    The text part is read where there is one.
    """
    own = [line.text for line in new_lines(text_lines(text) if text.strip() else html_lines(html))]
    return "\n".join(own[: signoff_start(own, "", inline=True)]).strip("\n")


def new_lines(lines: Sequence[Line], name: str = "") -> list[Line]:
    """Lines that the author wrote, up to their signature. ``name``: the author's."""
    lines = apart(lines)
    found = with_torn_lines(lines, places(lines))
    own = [line for line, place in zip(lines, found, strict=True) if place is Place.NEW]
    own = own[signature.banner_length(own) : signature.end(own, name)]
    device = next((at for at, line in enumerate(own) if at and signature.is_device(line.text)), len(own))
    return own[: signature.end(own[:device], name)]
