"""Our own serialiser: header fields, two texts and their pictures to final bytes (OUT-2, OUT-3, OUT-6).

The stdlib's would break long identifiers into encoded-words, leave 8-bit text and NUL alone, and
make 250 mails a second.
"""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

FOLD_AT = 78

NEWLINES = re.compile(r"\r\n?")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


def as_text(text: str) -> str:
    """``text`` as it can travel: lines end in a line feed, NUL and lone surrogates as U+FFFD."""
    if "\r" in text:
        text = NEWLINES.sub("\n", text)
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
    return b"".join(map(_line, text.removesuffix("\n").split("\n")))


# Most lines of a mail are its template's, the same in every mail.
@lru_cache(maxsize=4096)
def _line(line: str) -> bytes:
    octets = b"\n" + b2a_qp(line.encode() + b"\r\n", istext=True)
    return octets.replace(b"\nFrom ", b"\n=46rom=\r\n ")[1:]


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


@dataclass(frozen=True, slots=True)
class InlineFile:
    """A file that the HTML shows by its Content-ID (RFC 2392). ``content_type``: as ``image/png``."""

    content_id: str
    filename: str
    content_type: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Related:
    """Inline files, encoded: what follows the HTML part in its multipart/related (RFC 2387).

    ``octets`` ends with the closing boundary, and is empty where there are no files.
    """

    boundary: str = ""
    octets: bytes = b""


NO_FILES = Related()


def related(files: Sequence[InlineFile]) -> Related:
    """``files`` in base64. The boundary comes from their Content-IDs: it is the same in every mail."""
    if not files:
        return NO_FILES
    boundary = _boundary(" ".join(file.content_id for file in files))
    parts = [_file_part(boundary, file) for file in files]
    return Related(boundary, b"".join((*parts, f"--{boundary}--\r\n".encode())))


def _file_part(boundary: str, file: InlineFile) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f"Content-Type: {file.content_type}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{file.content_id}>\r\n"
        f'Content-Disposition: inline; filename="{file.filename}"\r\n\r\n'
    )
    return head.encode("ascii") + encodebytes(file.octets).replace(b"\n", b"\r\n")


def alternative(
    fields: bytes, message_id: str, text: bytes, html: bytes, pictures: Related = NO_FILES
) -> bytes:
    """The whole message: ``fields`` (each ending in CRLF), then the plain and the HTML part.

    Both are quoted-printable already. The HTML stands in a multipart/related where it has pictures.
    The boundary comes from the Message-ID, so that the same mail has the same bytes.
    """
    boundary = _boundary(message_id)
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'
    html_head = _text_head(boundary, "html")
    if pictures.octets:
        html_head = _related_head(boundary, pictures.boundary) + _text_head(pictures.boundary, "html")
    plain = (fields, head.encode(), _text_head(boundary, "plain"), text)
    return b"".join((*plain, html_head, html, pictures.octets, f"--{boundary}--\r\n".encode()))


def _boundary(source: str) -> str:
    """It holds ``=_``, which neither of our encodings can produce (RFC 2045 section 6.7)."""
    return f"=_{sha256(source.encode()).hexdigest()[:32]}"


def _related_head(boundary: str, inner: str) -> bytes:
    return (
        f'--{boundary}\r\nContent-Type: multipart/related; type="text/html";\r\n boundary="{inner}"\r\n\r\n'
    ).encode()


def _text_head(boundary: str, subtype: str) -> bytes:
    return (
        f"--{boundary}\r\n"
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()
