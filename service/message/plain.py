"""Words that are harmless wherever they are stored or shown (IN-18)."""

import re
import unicodedata

MARKS = 30
"""Marks on one letter (UAX #15, stream-safe text). To put them in order takes the square of their number."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160))) | dict.fromkeys(b"\r\v\f\x85", "\n")
_HIDDEN = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e007a]{1,6}\U000e007f)|[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""What turns the direction of writing, and letters that nobody sees; but in flags these have a meaning."""
_MAY_BE_MARKS = re.compile(rf"[^\w\s!-~]{{{MARKS + 1},}}")
_RUN_OF_MARKS = re.compile(rf"[^\0]{{{MARKS + 1},}}".encode())


def plain(text: str) -> str:
    """``text`` in NFC, with line feeds for all that ends a line, and without other controls but tabs."""
    text = text.replace("\r\n", "\n")
    if _CONTROL.search(text):
        text = text.translate(_CONTROLS)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _with_few_marks(_HIDDEN.sub(r"\1", text)))


def _with_few_marks(text: str) -> str:
    if not _MAY_BE_MARKS.search(text):
        return text
    pieces, at = [], 0
    for run in _RUN_OF_MARKS.finditer(bytes(map(unicodedata.combining, text))):
        pieces.append(text[at : run.start() + MARKS])
        at = run.end()
    return "".join([*pieces, text[at:]])
