"""What may stand on the wire: addresses in commands, and the octets of a message."""

import re

_LINE_OPENING_DOT = re.compile(rb"(?m)^\.")
_BARE_LINE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_FORBIDDEN_IN_PATH = frozenset("<> ")


def is_path(addr_spec: str) -> bool:
    """Say whether an address can stand between angle brackets without leaving them."""
    return not any("\ud800" <= letter <= "\udfff" for letter in addr_spec) and not any(
        letter in _FORBIDDEN_IN_PATH or ord(letter) < 32 or letter == "\x7f" for letter in addr_spec
    )


def has_bare_line_ends(raw: bytes) -> bool:
    """Say whether a CR or LF stands alone.

    Servers disagree on these, which lets one mail hide a second one; a client must not send them
    (RFC 5321 section 2.3.8). Our serialiser never writes them.
    """
    return _BARE_LINE_END.search(raw) is not None


def stuffed(raw: bytes) -> bytes:
    """Double every dot that opens a line, and end the last line (RFC 5321 section 4.5.2)."""
    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return _LINE_OPENING_DOT.sub(b"..", ended)


FINAL_DOT = b".\r\n"
