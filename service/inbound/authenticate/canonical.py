"""A mail in the form in which its signer hashed it (RFC 6376 section 3.4), in linear time.

dkimpy would do the same, but needs the square of the time for runs of spaces: 3.3 s for 40 KB of them.
"""

import re
from dataclasses import dataclass

from service.message.header import FIELD_NAME

_WHITE = re.compile(rb"[ \t]+")
_CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class RawField:
    """A field with its folding. ``name`` as it was written, ``value`` without the line end."""

    name: bytes
    value: bytes

    @property
    def key(self) -> str:
        """Its name as signatures list it."""
        return self.name.lower().decode("ascii")


def split_mail(raw: bytes) -> tuple[list[RawField], bytes]:
    """The fields and the body, with the wire's line ends; no fields where one of them is malformed."""
    lines = raw.replace(_CRLF, b"\n").replace(b"\n", _CRLF)
    head, _, body = lines.partition(_CRLF * 2)
    fields: list[list[bytes]] = []
    for line in head.split(_CRLF):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1].append(line)
        else:
            fields.append([line])
    pairs = [_CRLF.join(pieces).partition(b":") for pieces in fields]
    fit = all(name and colon and not name.strip(FIELD_NAME) for name, colon, _ in pairs)
    return [RawField(name, value) for name, _, value in pairs] if fit else [], body


def body_of(body: bytes, relaxed: bool) -> bytes:
    """Section 3.4.3 and 3.4.4: without empty lines at the end; relaxed, white space counts once."""
    if relaxed:
        body = _WHITE.sub(b" ", body).replace(b" " + _CRLF, _CRLF)
        body = body.removesuffix(b" ")
    end = len(body)
    while body[max(0, end - 2) : end] == _CRLF:
        end -= 2
    return body[:end] + _CRLF if end or not relaxed else b""


def field_of(one: RawField, relaxed: bool) -> bytes:
    """Section 3.4.1 and 3.4.2: one field, without the line end behind it."""
    if not relaxed:
        return one.name + b":" + one.value
    value = _WHITE.sub(b" ", one.value.replace(_CRLF, b"")).strip(b" ")
    return one.name.lower() + b":" + value


def header_of(fields: list[RawField], names: tuple[str, ...], signature: RawField, relaxed: bool) -> bytes:
    """What is signed (section 3.7): of each name the lowest field that is not taken yet, nothing where
    there is none left, and at the end the signature's own field without its value."""
    left: dict[str, list[RawField]] = {}
    for one in fields:
        left.setdefault(one.key, []).append(one)
    chosen = [left[name].pop() for name in names if left.get(name)]
    signed = [field_of(one, relaxed) + _CRLF for one in chosen]
    return b"".join(signed) + field_of(_without_value(signature), relaxed)


def _without_value(signature: RawField) -> RawField:
    """The field with an empty ``b=``, the white space around its value gone too (section 3.7)."""
    specs = [spec.partition(b"=") for spec in signature.value.split(b";")]
    kept = [name + equals + (b"" if name.strip() == b"b" else value) for name, equals, value in specs]
    return RawField(signature.name, b";".join(kept))
