"""What many mails of a page have in common stands in it once: pictures, styles, whole bodies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_SHARED = re.compile(
    r"data:image/[a-z]{3,5};base64,[A-Za-z0-9+/=]{400,}|<style[^>]{0,200}>[^<]{400,}</style>"
)
OPENS, CLOSES = "\ue000", "\ue001"
"""Around the number of a piece: characters that no language has (Unicode, private use)."""


@dataclass
class Shelf:
    """``bodies`` are HTML with numbers in the place of ``pieces``; the page puts them together again."""

    bodies: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def put(self, html: str) -> int:
        """The number under which ``html`` lies in ``bodies``; the same HTML has the same number."""
        words = html.replace(OPENS, "").replace(CLOSES, "")
        return self._place(_SHARED.sub(self._piece, words), self.bodies)

    def _piece(self, found: re.Match[str]) -> str:
        return f"{OPENS}{self._place(found[0], self.pieces)}{CLOSES}"

    def _place(self, text: str, row: list[str]) -> int:
        if text not in self._places:
            self._places[text] = len(row)
            row.append(text)
        return self._places[text]


def whole(number: int, bodies: Sequence[str], pieces: Sequence[str]) -> str:
    """A body as it was put there; the page's script does the same."""
    return re.sub(f"{OPENS}(\\d+){CLOSES}", lambda found: pieces[int(found[1])], bodies[number])
