"""IN-2: accepted is exactly one From with one plain mailbox; all programs must read it alike."""

from email import message_from_bytes
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    (b"From:\r\n Ada <ada@town.example>", "Ada"),
    (b"From:\tAda\t<ada@town.example>", "Ada"),
    (b"From: X <ada@town.example>", "X"),
    (b'From: "A < B" <ada@town.example>', "A < B"),
    (b'From: "Ada" "King" <ada@town.example>', "Ada King"),
    (b'From: "Ada \\\\ King" <ada@town.example>', "Ada \\ King"),
    (b'From: "Ada\\"" <ada@town.example>', 'Ada"'),
    (b'From: "" <ada@town.example>', ""),
    (b"From: " + b"a" * 300 + b" <ada@town.example>", "a" * 300),
    (b"From: ada@town.example\r\nX: y", ""),
    (b">From ada@town.example Mon Nov 23 10:00:00 2026\nFrom: ada@town.example", ""),
    (b"From: ada@town.example\r\nFrom mallory@evil.test Mon Nov 23 10:00:00 2026\r\nSubject: a", ""),
    (b"From: ada@town.example\r\nX-Old-Style : yes\r\nX-Fold: a\r\n \r\n\tb", ""),
    (b"Subject: no\r\n From: mallory@evil.test\r\nFrom: ada@town.example", ""),
    (b"From: ada@town.example\r\nSender: mallory@evil.test\r\nResent-From: mallory@evil.test", ""),
    (b"From: ada@town.example\r\nX-From: mallory@evil.test\r\nFromage: mallory@evil.test", ""),
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
    # "Composition Kills" (Chen, Paxson, Jiang, 2020), its attacks on From that are not above
    b"From: <mallory@evil.test>\r\nFrom: <ada@town.example>",
    b" From: <mallory@evil.test>\r\nFrom: <ada@town.example>",
    b"From : <mallory@evil.test>\r\nFrom: <ada@town.example>",
    b"From\r\n : <mallory@evil.test>\r\nFrom: <ada@town.example>",
    b"From: <ada@town.example>\r\nFrom\r\n\t: <mallory@evil.test>",
    b"From\r\n : <ada@town.example>\r\nSender: <mallory@evil.test>",
    b"From\r\n : <ada@town.example>\r\nResent-From: <mallory@evil.test>",
    b"Sender: <ada@town.example>",
    b"Resent-From: <ada@town.example>",
    b"From: <mallory@evil.test>, <ada@town.example>",
    b"From: <mallory@evil.test>, <ada@town.example>\r\nSender: <mallory@evil.test>",
    b"From:=?utf-8?B?PGFkYUB0b3duLmV4YW1wbGU+?=,<mallory@evil.test>",
    b"From: <@evil.test,@any.test:ada@town.example>",
    b"From: <ada@town.example>\\,<mallory@evil.test>",
    b"From: ada@town.example,<mallory@evil.test>",
    b"From: <mallory@evil.test>ada@town.example",
    b"From: <ada@town.example>mallory@evil.test",
    # "Weak Links in Authentication Chains" (Shen and others, 2021)
    b"From: <ada@town.example><mallory@evil.test>",
    b"From: <ada@town.example\0@evil.test>",
    b"From: ada@town.example\0,mallory@evil.test",
    "From: <ada@town.example\u202e>".encode(),
    "From: <\u200bada@town.example>".encode(),
    "From: \uff1cada@town.example\uff1e".encode(),
    "From: ada\uff20town.example".encode(),
    b"From: =?utf-8?B?YWRhQHRvd24uZXhhbXBsZQ==?=",
    b'From: "=?utf-8?q?ada=40town.example=22_=3C?=" =?utf-8?q?=3E?= <ada@town.example',
    b"From: (ada@town.example) (comment) <",
    b"From: Mallory <mallory@evil.test> (<ada@town.example>)",
    # a line that is no field: to some the words below it are its author's, whoever wrote it in
    b"From: ada@town.example\r\nno field\r\n1: No room.",
    b"no field\r\nFrom: ada@town.example",
    b"From: ada@town.example\r\nX y: z\r\nSubject: A room",
    b"From: ada@town.example\r\n: z",
    b"From: ada@town.example\r\n\r\r\n1: No room.",
    "From: ada@town.example\r\nÄ: z".encode(),
    b"From: ada@town.example\r\nX\x0b: y\r\n1: No room.",
    b"From: ada@town.example\r\nFrom : Team: mallory@evil.test;",
    # what IN-2 names beside them
    b"From: " + b"a" * 301 + b" <ada@town.example>",
    b"From: Ada\x7f <ada@town.example>",
    "From: Ada <ada@town.example>\u2028".encode(),
    "From: Ada <ada@town.example>\xa0".encode(),
    b"From : ada@town.example",
    b"From\t: ada@town.example",
    b"X: y\rFrom: ada@town.example",
    b"From: ada@town.example\r\nX: y\rFrom: mallory@evil.test",
    b"From: ada@town.example\rX: y",
    b"From: undisclosed-recipients:;",
    b"From: A: ada@town.example, B: mallory@evil.test;",
    b"From: Ada <ada@town.example>, ",
    b"From: , Ada <ada@town.example>",
    b"From: Ada <ada@town.example>;",
    b"From: <ada@town.example>\x0b",
    b"From: <ada@town.example>\x1c<mallory@evil.test>",
    "From: Ada <ada@town.example>\u2028<mallory@evil.test>".encode(),
    "From: Ada <ada@town.example>\x85<mallory@evil.test>".encode(),
    b"From: <ada@town.example >",
    b"From: < ada@town.example>",
    b"From: mailto:ada@town.example",
    b"From: <mailto:ada@town.example>",
]


@pytest.mark.parametrize("lines", REFUSED)
def test_anything_else_has_no_author(lines: bytes) -> None:
    """CVE-2023-27043, CVE-2024-49040, cpython #152519 and their relatives."""
    message = parse(lines + b"\r\nTo: thread@town.example\r\n\r\nhi")

    assert message.author is None


ADDRESSES = [
    "ada.king@town.example",
    "a@b.c",
    "ada+room@a.b.c.town.example",
    "o'ada_%?=^{|}~!#$&*/`-1@town.example",
    "ada@xn--twn-sna.example",
    "ada@1.2.example",
    f"{'a' * 64}@town.example",
    f"ada@{'a' * 63}.example",
    f"ada@{'.'.join(['a' * 61] * 4)}.example",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_plain_address_is_taken(address: str) -> None:
    assert parse(f"From: <{address}>\r\n\r\nhi".encode()).author == address


@pytest.mark.parametrize(
    "address",
    [f"{'a' * 65}@town.example", f"ada@{'a' * 64}.example", f"ada@{'.'.join(['a' * 61] * 4)}.examples"],
)
def test_what_is_longer_than_mail_allows_is_not(address: str) -> None:
    """RFC 5321 section 4.5.3.1, RFC 1035 section 2.3.4."""
    assert parse(f"From: <{address}>\r\n\r\nhi".encode()).author is None


def test_a_from_in_the_text_is_no_second_from() -> None:
    message = parse(b"From: Ada <ada@town.example>\r\n\r\nFrom: Mallory <mallory@evil.test>\r\n")

    assert message.author == "ada@town.example"


def test_the_postmark_of_an_mbox_file_is_no_from() -> None:
    message = parse(b"From ada@town.example Mon Nov 23 10:00:00 2026\r\nFrom: ada@town.example\r\n\r\nhi")

    assert message.author == "ada@town.example"


PIECES = st.sampled_from(
    [
        *(
            "From:",
            "from:",
            " ",
            "\t",
            "\r\n",
            "\r\n ",
            "\n",
            "\r",
            ",",
            ";",
            ":",
            "<",
            ">",
            "(",
            ")",
            '"',
            "@",
        ),
        *(
            "\\",
            "ada@town.example",
            "mallory@evil.test",
            "<ada@town.example>",
            "<mallory@evil.test>",
            '"Ada"',
        ),
        *("Ada", "=?utf-8?q?ada=40town.example?=", "=?utf-8?b?PA==?=", "Sender: x@y.z\r\n", "\0", "é"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_whoever_is_accepted_is_read_alike_by_other_programs(text: str) -> None:
    """IN-2: the one address that stands in the field, to a lenient reader too."""
    raw = f"From: {text} <ada@town.example>\r\n{text}\r\n\r\nhi".encode()
    author = parse(raw).author

    if author is not None:
        lenient = message_from_bytes(raw)
        unfolded = [str(value).replace("\n", "").replace("\r", "") for value in lenient.get_all("From", [])]
        found = getaddresses(unfolded)
        assert [address.lower() for _, address in found] == [author]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_header_raises(octets: bytes) -> None:
    author = parse(b"From: " + octets).author

    assert author is None or author.isascii()
