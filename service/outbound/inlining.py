"""The stylesheet, written into the tags of a template before it is compiled (stack.md).

css-inline speaks HTML, not Jinja, and an HTML parser moves or escapes what it does not know. So
each piece of markup travels as something that HTML leaves where it stands: a statement as a
comment, an expression as a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from css_inline import CSSInliner

_DISGUISE = re.compile(r"(?:<!--)?jinja(\d+)(?:-->|jinja)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a template: text, or Jinja markup that starts at ``line``."""

    source: str
    line: int
    markup: bool = False


class MovedMarkupError(Exception):
    """Inlining would move or lose the markup on ``line``."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}")


def inline_css(pieces: Sequence[Piece], css: str) -> str:
    """The template with ``css`` in its tags. Rules for certain screens stay in the head's style.

    A template with ``</head>`` is a document, any other a fragment of one. Raises MovedMarkupError.
    """
    html = "".join(_disguised(number, piece) for number, piece in enumerate(pieces))
    inliner = CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
    if "</head>" in html:
        inlined = inliner.inline(html.replace("</head>", f"<style>{css}</style></head>", 1))
    else:
        inlined = inliner.inline_fragment(html, css)
    return "".join(_restored(inlined, pieces))


def _disguised(number: int, piece: Piece) -> str:
    if not piece.markup:
        return piece.source
    return f"jinja{number}jinja" if _is_expression(piece) else f"<!--jinja{number}-->"


def _is_expression(piece: Piece) -> bool:
    return piece.source.startswith("{{")


def _restored(inlined: str, pieces: Sequence[Piece]) -> Iterator[str]:
    """``inlined`` with the markup back in place, each piece once."""
    texts = _DISGUISE.split(inlined)
    _check_order([int(number) for number in texts[1::2]], pieces)
    yield texts[0]
    for number, text in zip(texts[1::2], texts[2::2], strict=True):
        yield pieces[int(number)].source
        yield text


def _check_order(found: Sequence[int], pieces: Sequence[Piece]) -> None:
    """Statements have to stand in their old order, expressions between the same two of them.

    Between them css-inline may sort the attributes of a tag, and their expressions with them.
    """
    runs: list[list[int]] = [[]]
    for number in found:
        if _is_expression(pieces[number]):
            runs[-1].append(number)
        else:
            runs += [number], []
    settled = [number for run in runs for number in sorted(run)]
    written = [number for number, piece in enumerate(pieces) if piece.markup]
    for number, other in zip_longest(written, settled):
        if number != other:
            raise MovedMarkupError(pieces[number if number is not None else other].line)
