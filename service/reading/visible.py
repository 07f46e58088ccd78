"""The author's new words, without knowing what we sent."""

import re
from collections.abc import Sequence

from service.reading import headers, signature
from service.reading.attribution import apart
from service.reading.furniture import FORWARDS
from service.reading.lines import Line, Origin, text_lines
from service.reading.markup import html_lines
from service.reading.politeness import signoff_start
from service.reading.quotes import Place, places, with_quotations, with_torn_lines

LONGEST_PLACEHOLDER = 160  # characters
PREFIXED = re.compile(r"\s*[^\s:：]{1,6}(?:\[\d{1,3}\])?\s?[:：]")  # "Re:", "AW:", "答复："


def visible(text: str, html: str, subject: str = "", name: str = "", answers: bool = True) -> str:
    """The new words of a mail with these two parts and subject, without their sign-off.

    ``name``: the author's. ``answers``: whether it says that it answers another. The text part is read
    where it says more than "this is HTML". Where all of it stands under a header block, and it is no forward,
    these are the words to show: somebody's printed mail, or a reply whose top a server took.
    """
    lines: Sequence[Line] = html_lines(html) if html and _is_placeholder(text) else text_lines(text)
    if not (answers or PREFIXED.match(subject)):
        lines = _with_own_marks(lines)
    own = [line.text for line in new_lines(lines, name) or _under_a_header(lines, subject)]
    return "\n".join(own[: signoff_start(own, "", inline=True)]).strip("\n")


def _is_placeholder(text: str) -> bool:
    """Nothing, or a line such as "Please view this message in an HTML reader."."""
    bare = text.strip()
    return not bare or (len(bare) <= LONGEST_PLACEHOLDER and "html" in bare.lower() and ">" not in bare)


def _with_own_marks(lines: Sequence[Line]) -> Sequence[Line]:
    """A mail that answers nothing and introduces nothing quotes nobody: its marks are its author's."""
    if Place.FURNITURE in places(lines):
        return lines
    return [
        line._replace(text="> " * line.depth + line.text, depth=0, origin=Origin.TYPED)
        if line.depth
        else line
        for line in lines
    ]


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
