"""The author's new words, without knowing what we sent."""

from collections.abc import Sequence

from service.reading import headers, signature
from service.reading.attribution import apart
from service.reading.furniture import FORWARDS
from service.reading.lines import Line, Origin, text_lines
from service.reading.markup import html_lines
from service.reading.politeness import signoff_start
from service.reading.quotes import Place, places, with_quotations, with_torn_lines


def visible(text: str, html: str, subject: str = "") -> str:
    """The new words of a mail with these two parts and subject, without their sign-off.

    The text part is read where there is one. Where all of it stands under a header block, and it is no
    forward, these are the words to show: somebody's printed mail, or a reply whose top a server took.
    """
    lines = text_lines(text) if text.strip() else html_lines(html)
    own = [line.text for line in new_lines(lines) or _under_a_header(lines, subject)]
    return "\n".join(own[: signoff_start(own, "", inline=True)]).strip("\n")


def _under_a_header(lines: Sequence[Line], subject: str) -> Sequence[Line]:
    start = next((at for at, line in enumerate(lines) if not line.blank), 0)
    block = headers.block_length(lines, start) if lines else 0
    if not block or subject.lower().startswith(FORWARDS):
        return ()
    return new_lines([line._replace(origin=Origin.TYPED) for line in lines[start + block :]])


def new_lines(lines: Sequence[Line], name: str = "") -> list[Line]:
    """Lines that the author wrote, up to their signature. ``name``: the author's."""
    lines = apart(lines)
    found = with_torn_lines(lines, with_quotations(lines, places(lines), [()] * len(lines)))
    own = [line for line, place in zip(lines, found, strict=True) if place is Place.NEW]
    own = own[signature.banner_length(own) : signature.end(own, name)]
    device = next((at for at, line in enumerate(own) if at and signature.is_device(line.text)), len(own))
    return own[: signature.end(own[:device], name)]
