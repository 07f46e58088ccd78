"""Encoded-words in headers (RFC 2047), read by a linear scanner that never raises (IN-15)."""

import quopri

from service.message.charset import decode
from service.message.encoding import base64

Word = tuple[str, bytes]
"""Charset label and octets of one encoded-word."""


def decode_words(value: str) -> str:
    """``value`` with its encoded-words decoded; whatever is malformed stays as it was written."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    run: list[Word] = []
    at = 0
    while (start := value.find("=?", at)) >= 0:
        word, end = _read_word(value, start)
        gap = value[at:start]
        if word is None:
            pieces += [_join(run), gap, value[start:end]]
            run = []
        else:
            if gap and not (run and gap.isspace()):
                pieces += [_join(run), gap]
                run = []
            run.append(word)
        at = end
    return "".join([*pieces, _join(run), value[at:]])


def _read_word(value: str, start: int) -> tuple[Word | None, int]:
    """The encoded-word at ``start`` and where it ends; None and the place to go on from otherwise."""
    charset_end = value.find("?", start + 2)
    letter = value[charset_end + 1 : charset_end + 2].lower()
    text_start = charset_end + 3
    if charset_end < 0 or letter not in ("b", "q") or value[charset_end + 2 : text_start] != "?":
        return None, start + 2
    end = value.find("?=", text_start)
    if end < 0:
        return None, start + 2
    charset = value[start + 2 : charset_end].partition("*")[0]
    return (charset, _octets(letter, value[text_start:end])), end + 2


def _octets(letter: str, text: str) -> bytes:
    octets = text.encode("utf-8", "replace")
    return base64(octets) if letter == "b" else quopri.decodestring(octets, header=True)


def _join(words: list[Word]) -> str:
    """Neighbours of one charset are decoded together: programs cut inside a character."""
    text = ""
    together = b""
    for place, (charset, octets) in enumerate(words):
        together += octets
        if place + 1 == len(words) or words[place + 1][0].lower() != charset.lower():
            text += decode(together, charset)
            together = b""
    return text
