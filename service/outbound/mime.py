"""Our own serialiser: header fields and two texts to final bytes (OUT-2, OUT-3, OUT-6).

The stdlib's would break long identifiers into encoded-words, leave 8-bit text and NUL alone, and
make 250 mails a second.
"""

import re
from binascii import b2a_qp
from hashlib import sha256

FOLD_AT = 78

_NEWLINES = re.compile(r"\r\n?")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


def as_text(text: str) -> str:
    """``text`` as it can travel: lines end in a line feed, NUL and lone surrogates as U+FFFD."""
    if "\r" in text:
        text = _NEWLINES.sub("\n", text)
    return _UNSENDABLE.sub("\ufffd", text) if "\0" in text or not _encodes(text) else text


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def quoted_printable(text: str) -> bytes:
    """``text`` (see as_text) as UTF-8 in quoted-printable (RFC 2045 section 6.7), ending in CRLF.

    A line that starts with "From " is written so that no mbox file changes it (RFC 2049 section 3).
    """
    octets = text.encode().replace(b"\n", b"\r\n")
    if not octets.endswith(b"\r\n"):
        octets += b"\r\n"
    lines = b"\n" + b2a_qp(octets, istext=True)
    return lines.replace(b"\nFrom ", b"\n=46rom=\r\n ")[1:]


def fold(name: str, value: str) -> bytes:
    """A machine header as written by us: folded at white space at 78 columns, never encoded.

    A single token that is longer stays whole: breaking it would break threading (OUT-2). Raises
    ValueError for anything but printable ASCII: only names of ours and checked ones get here.
    """
    if not (value.isascii() and value.isprintable()):
        raise ValueError(f"{name}: {value!r} cannot stand in a header")
    line = f"{name}: {value}"
    if len(line) <= FOLD_AT:
        return line.encode("ascii") + b"\r\n"
    lines = [f"{name}:"]
    for word in value.split():
        if len(lines[-1]) + 1 + len(word) <= FOLD_AT or lines == [f"{name}:"]:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def alternative(fields: bytes, message_id: str, text: str, html: str) -> bytes:
    """The whole message: ``fields`` (each ending in CRLF), then the plain and the HTML part.

    The boundary comes from the Message-ID, so that the same mail has the same bytes; it holds
    ``=_``, which quoted-printable cannot produce (RFC 2045 section 6.7).
    """
    boundary = f"=_{sha256(message_id.encode()).hexdigest()[:32]}"
    return b"".join(
        (
            fields,
            b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="',
            boundary.encode(),
            b'"\r\n\r\n',
            _part(boundary, "plain", text),
            _part(boundary, "html", html),
            f"--{boundary}--\r\n".encode(),
        )
    )


def _part(boundary: str, subtype: str, text: str) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + quoted_printable(text)
