"""IN-13 and IN-15: whatever arrives is either read or refused as too large, and nothing else."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.inbound import kind_of
from service.message import TooLarge, parse

HEAD = b"From: Ada <ada@town.example>\r\nTo: thread@town.example\r\nSubject: Re: hello\r\n"


def nested(levels: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels)
    )
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


def with_parts(count: int, boundary: bytes = b"b") -> bytes:
    part = b"--" + boundary + b"\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    head = HEAD + b"Content-Type: multipart/mixed; boundary=" + boundary
    return head + b"\r\n\r\n" + part * count + b"--" + boundary + b"--\r\n"


def body(text: bytes, *headers: bytes) -> bytes:
    return HEAD + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + text


TOO_LARGE: dict[str, tuple[str, bytes]] = {
    "a mail of more than 10 MB": ("octets in the mail", body(b"x" * (10 * 1024 * 1024))),
    "a subject of 406 KB of encoded-words": (
        "octets in one header",
        b"Subject: " + b"=?utf-8?q?a?=\r\n " * 29_000 + b"\r\n\r\nhi",
    ),
    "one header of 16 KB and more on one line": ("octets in one header", body(b"hi", b"X: " + b"a" * 16_400)),
    "a header block of more than 64 KB": ("header block", body(b"hi", *[b"X: " + b"a" * 8000] * 9)),
    "201 headers": ("headers", b"X: y\r\n" * 201 + b"\r\nhi"),
    "a million headers": ("headers", b"X: y\r\n" * 1_000_000 + b"\r\nhi"),
    "32,000 addresses": ("header", b"To: " + b"a@b.example, " * 32_000 + b"\r\n\r\nhi"),
    "50,000 references": ("octets in one header", b"References: " + b"<a@b>\r\n " * 50_000 + b"\r\n\r\nhi"),
    "2,000 parts inside each other": ("levels of parts", nested(2000)),
    "21 parts inside each other": ("levels of parts", nested(21)),
    "101 parts beside each other": ("parts", with_parts(101)),
    "101 parts in several groups": (
        "parts",
        with_parts(60).replace(b"--b--", b"--b\r\n" + with_parts(60, b"c")),
    ),
    "a million delimiters": (
        "parts",
        body(b"--b\n" * 1_000_000, b"Content-Type: multipart/mixed; boundary=b"),
    ),
    "lines that are almost delimiters": (
        "lines like a delimiter",
        body(b"--b!\n" * 10_001, b"Content-Type: multipart/mixed; boundary=b"),
    ),
    "a large header inside a part": (
        "octets in one header",
        with_parts(1).replace(b"--b\r\n", b"--b\r\nX: " + b"a" * 17_000 + b"\r\n", 1),
    ),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_mail_past_a_limit_is_refused_before_it_is_read(name: str) -> None:
    """IN-13."""
    limit, raw = TOO_LARGE[name]

    with pytest.raises(TooLarge, match=limit):
        parse(raw)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_mail_too_large_to_read_counts_as_human(name: str) -> None:
    assert kind_of(TOO_LARGE[name][1]) == "human"


HOSTILE: dict[str, tuple[bytes, Callable[[str], bool]]] = {
    "2,000 brackets in To": (b"To: " + b"(" * 2000 + b"\r\n" + body(b"kept"), lambda text: text == "kept"),
    "a Message-ID that never closes": (body(b"kept", b"Message-ID: <"), lambda text: text == "kept"),
    "broken base64 in a subject": (
        b"Subject: =?utf-8?b?a?=\r\n" + body(b"kept"),
        lambda text: text == "kept",
    ),
    "NUL in the text": (body(b"ke\0pt"), lambda text: text == "kept"),
    "NUL in a header name": (b"X\0Y: z\r\n" + body(b""), lambda _: True),
    "an unknown charset": (
        body("geprüft".encode(), b"Content-Type: text/plain; charset=x-none"),
        lambda t: t == "geprüft",
    ),
    "an unknown charset and no UTF-8": (
        body(b"gepr\xfcft", b"Content-Type: text/plain; charset=x"),
        lambda t: t == "geprüft",
    ),
    "charset idna": (body(b"\xfcb..er", b"Content-Type: text/plain; charset=idna"), lambda t: t == "üb..er"),
    "charset undefined": (
        body(b"\xfcber", b"Content-Type: text/plain; charset=undefined"),
        lambda t: t == "über",
    ),
    "charset base64": (body(b"\xfcber", b"Content-Type: text/plain; charset=base64"), lambda t: t == "über"),
    "charset with NUL": (body(b"kept", b'Content-Type: text/plain; charset="a\0b"'), lambda t: t == "kept"),
    "lone surrogates from UTF-7": (
        body(b"+2AA-x", b"Content-Type: text/plain; charset=utf-7"),
        lambda t: t.endswith("x"),
    ),
    "base64 that is none": (body(b"!!!!\r\nYQ", b"Content-Transfer-Encoding: base64"), lambda t: t == "a"),
    "base64 of one digit": (body(b"Y", b"Content-Transfer-Encoding: base64"), lambda t: t == ""),
    "quoted-printable that is none": (
        body(b"a=zz=\r\nb=", b"Content-Transfer-Encoding: quoted-printable"),
        lambda t: t[0] == "a",
    ),
    "a multipart without a boundary": (
        body(b"kept", b"Content-Type: multipart/mixed"),
        lambda t: t == "kept",
    ),
    "a multipart without parts": (
        body(b"kept", b"Content-Type: multipart/mixed; boundary=b"),
        lambda t: t == "kept",
    ),
    "a content type that is none": (body(b"kept", b"Content-Type: ;;;=;"), lambda t: t == "kept"),
    "a date beyond all years": (
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n" + body(b"kept"),
        lambda t: t == "kept",
    ),
    "no line end at all": (b"just words", lambda t: t == "just words"),
    "nothing": (b"", lambda t: t == ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_without_an_exception(name: str) -> None:
    """IN-15: each of these made a well-known parser raise."""
    raw, expected = HOSTILE[name]

    message = parse(raw)

    assert expected(message.text)


def test_text_is_cut_at_256_kb() -> None:
    message = parse(body(base64.encodebytes(b"a" * 400_000), b"Content-Transfer-Encoding: base64"))

    assert len(message.text) == 256 * 1024


def test_twenty_levels_and_a_hundred_parts_are_still_read() -> None:
    assert parse(nested(20)).text == "deep\n"
    assert len(parse(with_parts(99)).parts) == 99


@given(st.binary(max_size=2000))
def test_any_octets_are_read_or_too_large(raw: bytes) -> None:
    """FIG-4 in small."""
    try:
        message = parse(raw)
    except TooLarge:
        return
    assert "\0" not in message.text
    message.text.encode("utf-8")


SEED = (
    b"Return-Path: <ada@town.example>\r\nFrom: =?utf-8?q?Ada_L=C3=B6v?= <ada@town.example>\r\n"
    b'To: "Common Thread" <thread+r-x@town.example>\r\nSubject: =?utf-8?b?UmU6IGjDqQ==?=\r\n'
    b"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@town.example>\r\nReferences: <a@b> <c@d>\r\n"
    b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n'
    b"Content-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\n"
    b"Content-Type: text/plain; charset=iso-2022-jp\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n1: four =E9\r\n--b2\r\n"
    b"Content-Type: text/html\r\n\r\n<p>1: four\r\n"
    b"--b2--\r\n--b1\r\nContent-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=b.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b1--\r\n"
)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=6), st.integers(0, 40)), max_size=6)
)
def test_a_mutated_mail_is_read_or_too_large(edits: list[tuple[int, bytes, int]]) -> None:
    raw = bytearray(SEED)
    for at, octets, removed in edits:
        raw[at : at + removed] = octets

    kind = kind_of(bytes(raw))

    assert kind in ("human", "bounce", "auto_reply", "complaint")
