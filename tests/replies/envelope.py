"""The finished mail: header fields, charsets, transfer encodings, format=flowed; octets as programs send them."""

import binascii
import quopri
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from tests.replies.paper import Body
from tests.replies.town import Resident

FLOW_AT = 72
_SEVEN_BIT = 127
_LONGEST_LINE = 990


def fitting(words: str, charsets: Sequence[str]) -> str:
    """The first of a program's charsets that can write all of ``words``."""
    for charset in charsets:
        try:
            words.encode(charset)
        except UnicodeEncodeError:
            continue
        return charset
    return "utf-8"


def flowed(text: str) -> str:
    """RFC 3676: lines end in a space where the paragraph goes on."""
    return "\n".join(part for line in text.split("\n") for part in _flow(line))


def _flow(line: str) -> list[str]:
    if line.rstrip() == "--":
        return [line]
    mark = line[: len(line) - len(line.lstrip("> "))] if line.startswith(">") else ""
    mark = mark.replace(" ", "") + (" " if mark else "")
    words = line[len(mark) :].rstrip() if mark else line.rstrip()
    parts, rest = [], words
    while len(rest) > FLOW_AT and (cut := rest.rfind(" ", 1, FLOW_AT)) > 0:
        parts.append(rest[: cut + 1])
        rest = rest[cut + 1 :]
    stuffed = [f" {part}" if not mark and part[:1] in (" ", ">") else part for part in (*parts, rest)]
    return [f"{mark}{part}".rstrip() if part is stuffed[-1] else f"{mark}{part}" for part in stuffed]


def finished(
    body: Body,
    author: Resident,
    to: str,
    subject: str,
    at: datetime,
    answered: str,
    fields: Mapping[str, str],
    charset: str,
    encoding: str,
) -> bytes:
    """The raw mail of ``body``, which answers the mail with the Message-ID ``answered``."""
    head = [
        f"From: {_name(author.name)} <{author.address}>",
        f"To: <{to}>",
        f"Subject: {_name(subject)}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{at:%Y%m%d%H%M%S}.{binascii.crc32(body.text.encode()):08x}@{author.address.rpartition('@')[2]}>",
        f"In-Reply-To: {answered}",
        f"References: {answered}",
        *(f"{name}: {value}" for name, value in fields.items()),
        *(() if "Mime-Version" in fields else ("MIME-Version: 1.0",)),
    ]
    parts = [
        _part(words, subtype, body.flowed, charset, encoding)
        for words, subtype in ((body.text, "plain"), (body.html, "html"))
        if words
    ]
    if len(parts) == 1:
        return "\r\n".join(head).encode() + b"\r\n" + parts[0]
    edge = "----=_Part_4711_1130"
    joined = b"".join(f"--{edge}\r\n".encode() + part + b"\r\n" for part in parts)
    kind = f'Content-Type: multipart/alternative; boundary="{edge}"\r\n\r\n'
    return "\r\n".join([*head, kind]).encode() + joined + f"--{edge}--\r\n".encode()


def _name(words: str) -> str:
    return words if words.isascii() else Header(words, "utf-8", maxlinelen=900).encode()


def _part(words: str, subtype: str, flows: bool, charset: str, encoding: str) -> bytes:
    """One part: its own fields, an empty line, its content."""
    flows = flows and subtype == "plain"
    octets = (flowed(words) if flows else words).replace("\r\n", "\n").replace("\n", "\r\n").encode(charset)
    encoding = _possible(octets, encoding)
    content = {"base64": _base64, "quoted-printable": _quoted}.get(encoding, bytes)(octets)
    extra = "; format=flowed" if flows else ""
    fields = f"Content-Type: text/{subtype}; charset={charset}{extra}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return fields.encode() + content


def _possible(octets: bytes, wanted: str) -> str:
    """What can carry these octets: long lines need quoted-printable, 8-bit ones at least 8bit."""
    too_long = any(len(line) > _LONGEST_LINE for line in octets.split(b"\r\n"))
    wide = any(octet > _SEVEN_BIT for octet in octets)
    if wanted in ("7bit", "8bit") and (too_long or (wide and wanted == "7bit")):
        return "quoted-printable"
    return wanted


def _base64(octets: bytes) -> bytes:
    encoded = b64encode(octets)
    return b"\r\n".join(encoded[at : at + 76] for at in range(0, len(encoded), 76)) + b"\r\n"


def _quoted(octets: bytes) -> bytes:
    return quopri.encodestring(octets.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
