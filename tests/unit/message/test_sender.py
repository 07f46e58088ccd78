"""IN-2: accepted is exactly one From with one plain mailbox; all programs must read it alike."""

import pytest

from service.message import parse

ACCEPTED: list[tuple[bytes, str]] = [
    (b"From: ada@town.example", ""),
    (b"From: <ada@town.example>", ""),
    (b"From: Ada <ada@town.example>", "Ada"),
    (b"From: Ada Byron King <ada@town.example>", "Ada Byron King"),
    (b"From: Ada B. King <ada@town.example>", "Ada B. King"),
    (b'From: "King, Ada" <ada@town.example>', "King, Ada"),
    (b'From: "Ada \\"A\\" King" <ada@town.example>', 'Ada "A" King'),
    (b'From: "Ada"<ada@town.example>', "Ada"),
    (b"From: ada@town.example (Ada King)", "Ada King"),
    (b"From: =?utf-8?q?Ad=C3=A4?= <ada@town.example>", "Adä"),
    (b"From: =?utf-8?b?QWTDpA==?= =?utf-8?q?_King?= <ada@town.example>", "Adä King"),
    ("From: Adä <ada@town.example>".encode(), "Adä"),
    (b"From: Ada\r\n King <ada@town.example>", "Ada King"),
    (b"from:Ada <ADA@Town.Example>", "Ada"),
    (b"FROM: Ada <ada@town.example>  ", "Ada"),
    (b'From: "ada@town.example" <ada@town.example>', "ada@town.example"),
    (b"From: O'Ada <ada@town.example>", "O'Ada"),
]


@pytest.mark.parametrize(("line", "name"), ACCEPTED)
def test_one_plain_mailbox_is_the_author(line: bytes, name: str) -> None:
    message = parse(line + b"\r\nTo: thread@town.example\r\n\r\nhi")

    assert (message.author, message.author_name) == ("ada@town.example", name)


REFUSED: list[bytes] = [
    b"X: no From at all",
    b"From:",
    b"From: <>",
    b"From: Ada <>",
    b"From: Ada",
    b"From: ada@town.example, mallory@evil.test",
    b"From: Ada <ada@town.example>, Mallory <mallory@evil.test>",
    b"From: ada@town.example <mallory@evil.test>",
    b"From: <ada@town.example> <mallory@evil.test>",
    b"From: Ada <ada@town.example> mallory@evil.test",
    b"From: Ada <ada@town.example> Mallory",
    b"From: Ada <<ada@town.example>>",
    b"From: Ada <ada@town.example",
    b"From: Ada ada@town.example>",
    b"From: King, Ada <ada@town.example>",
    b"From: Team: ada@town.example, mallory@evil.test;",
    b"From: Team:;",
    b"From: Team: ada@town.example;",
    b"From: <@evil.test:ada@town.example>",
    b"From: <@evil.test,@b.test:ada@town.example>",
    b"From: =?utf-8?q?ada=40town.example=2C?= mallory@evil.test",
    b"From: =?utf-8?q?ada=40town.example?=",
    b"From: <=?utf-8?q?ada?=@town.example>",
    b"From: Ada <=?utf-8?b?YWRh?=@town.example>",
    b"From: Ada <ada@town.example>\r\nFrom: Mallory <mallory@evil.test>",
    b"From: Ada <ada@town.example>\r\nfrom: Ada <ada@town.example>",
    b"From: Ada <ada@town.example>\r\nFrom : Mallory <mallory@evil.test>",
    b"From: Ada <ada@town.example>\r\nFrom\t: Mallory <mallory@evil.test>",
    b"From: Ada <ada@town.example>\rFrom: Mallory <mallory@evil.test>",
    b"X: y\rFrom: Mallory <mallory@evil.test>\r\nFrom: Ada <ada@town.example>",
    b"From: Ada <ada@town.example>\r\nno field here\r\nFrom: Mallory <mallory@evil.test>",
    b"From: Ada\0 <ada@town.example>",
    b"From: Ada <ada\0@town.example>",
    b"From: Ada \xff <ada@town.example>",
    b'From: "Ada <ada@town.example>',
    b'From: Ada" <ada@town.example>',
    b'From: "ada"@town.example',
    b'From: <"ada"@town.example>',
    b'From: <"ada@town.example,"@evil.test>',
    b"From: ada@[192.0.2.1]",
    b"From: ada@town",
    b"From: ada@@town.example",
    b"From: ada@town..example",
    b"From: .ada@town.example",
    b"From: ada.@town.example",
    b"From: a..da@town.example",
    b"From: ada@-town.example",
    b"From: ada@town-.example",
    b"From: ada@town.example.",
    b"From: ada @town.example",
    b"From: ada@ town.example",
    b"From: ada(comment)@town.example",
    b"From: ada@town.example(mallory@evil.test)",
    b"From: Ada (a(b)c) <ada@town.example>",
    b"From: Ada; Mallory <ada@town.example>",
    b"From: ada\\@town.example",
    b"From: ada@town.example\r\n\tmallory@evil.test",
    b"From: " + b"a" * 400 + b" <ada@town.example>",
    b"From: " + b"a" * 65 + b"@town.example",
    b"From: ada@" + b"a" * 64 + b".example",
    "From: adä@town.example".encode(),
    "From: ada@tówn.example".encode(),
]


@pytest.mark.parametrize("lines", REFUSED)
def test_anything_else_has_no_author(lines: bytes) -> None:
    """CVE-2023-27043, CVE-2024-49040, cpython #152519 and their relatives."""
    message = parse(lines + b"\r\nTo: thread@town.example\r\n\r\nhi")

    assert message.author is None


def test_a_from_in_the_text_is_no_second_from() -> None:
    message = parse(b"From: Ada <ada@town.example>\r\n\r\nFrom: Mallory <mallory@evil.test>\r\n")

    assert message.author == "ada@town.example"


def test_the_postmark_of_an_mbox_file_is_no_from() -> None:
    message = parse(b"From ada@town.example Mon Nov 23 10:00:00 2026\r\nFrom: ada@town.example\r\n\r\nhi")

    assert message.author == "ada@town.example"
