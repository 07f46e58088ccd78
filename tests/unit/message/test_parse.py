"""What a mail's view holds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.message import Field, parse


def lines(*text: str) -> bytes:
    return "\r\n".join(text).encode()


def test_fields_keep_their_order_and_are_unfolded_but_not_decoded() -> None:
    raw = lines("B: 1", "a: =?utf-8?q?x?=", "b:  2", "\t3 ", "", "hi")

    message = parse(raw)

    assert message.fields == (Field("B", "1"), Field("a", "=?utf-8?q?x?="), Field("b", "2\t3"))
    assert message.all("B") == ("1", "2\t3")
    assert message.first("b") == "1"
    assert message.first("c") == ""


def test_bare_line_feeds_end_lines_too() -> None:
    message = parse(b"Subject: a\n b\n\nhi\nthere")

    assert (message.subject, message.text) == ("a b", "hi\nthere")


def test_a_line_that_is_no_field_ends_the_header() -> None:
    message = parse(lines("Subject: a", "just words", "Subject: b"))

    assert message.all("subject") == ("a",)
    assert message.text.startswith("just words")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?a_b=21?=", "a b!"),
        ("=?UTF-8?B?w6Q=?=", "ä"),
        ("=?utf-8?b?w6?=", "Ã"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä"),
        ("=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?iso-8859-1?q?=E4?= =?utf-8?q?=C3=A4?=", "ää"),
        ("=?utf-8*en?q?a?=", "a"),
        ("=?x-none?q?=E4?=", "ä"),
        ("=?gb2312?b?1tDOxA==?=", "中文"),
        ("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?a", "=?utf-8?q?a"),
        ("=?utf-8", "=?utf-8"),
        ("=?=?=?", "=?=?=?"),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("a\u202eb", "a b"),
    ],
)
def test_subjects_are_decoded_and_kept_on_one_line(written: str, meant: str) -> None:
    """RFC 2047; what is malformed stays as it was written (IN-15)."""
    assert parse(lines("Subject: " + written, "", "hi")).subject == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 23 Nov 2026 10:00:00 +0100", datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 23 Nov 2026 10:00:00 -0000", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("23 Nov 2026 10:00 GMT", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 45 Nov 2026 10:00:00 +0100", None),
        ("", None),
    ],
)
def test_dates_are_aware_and_keep_their_zone(written: str, meant: datetime | None) -> None:
    assert parse(lines("Date: " + written, "", "hi")).date == meant


def test_message_ids_are_found_in_order() -> None:
    """IN-20."""
    message = parse(
        lines(
            "Message-ID: x <1@a.example> y",
            "In-Reply-To: <2@a.example>",
            "References: <3@a><4@a>",
            " <3@a> <",
            "",
            "",
        )
    )

    assert message.message_id == "<1@a.example>"
    assert message.in_reply_to == ("<2@a.example>",)
    assert message.references == ("<3@a>", "<4@a>")


@pytest.mark.parametrize("written", ["<", "<>", "<a", "a>", "a@b", "< a@b >", "<" + "a" * 998 + ">"])
def test_what_is_no_message_id_reads_as_none(written: str) -> None:
    assert parse(lines("Message-ID: " + written, "", "")).message_id == ""


def test_only_the_last_fifty_references_are_kept() -> None:
    message = parse(lines("References: " + " ".join(f"<{n}@a>" for n in range(60)), "", ""))

    assert message.references[0] == "<10@a>"
    assert len(message.references) == 50


def test_recipients_of_our_own_server_stand_first() -> None:
    """mail-rules 2.1."""
    message = parse(
        lines(
            "Cc: d@town.example",
            'To: "b, c" <b@town.example>, c@town.example',
            "X-Original-To: a@town.example",
            "Delivered-To: 'z@town.example'",
            "",
            "",
        )
    )

    assert message.recipients == (
        "z@town.example",
        "a@town.example",
        "b@town.example",
        "c@town.example",
        "d@town.example",
    )


@pytest.mark.parametrize(
    ("parameter", "name"),
    [
        ('filename="plan.pdf"', "plan.pdf"),
        ("filename=plan.pdf", "plan.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="..%2f..%2Fplan.pdf"', "plan.pdf"),
        ('filename="C:\\\\temp\\\\plan.pdf"', "plan.pdf"),
        ('filename=".."', "unnamed"),
        ('filename=".profile"', "profile"),
        ('filename="a\x01b\u202efdp.exe"', "abfdp.exe"),
        ('filename="=?utf-8?q?pl=C3=A4ne.pdf?="', "pläne.pdf"),
        ("filename*=utf-8''pl%C3%A4ne.pdf", "pläne.pdf"),
        ("filename*=utf-8''..%2F..%2Fplan.pdf", "plan.pdf"),
        ("filename*0*=utf-8''pl%C3%A4; filename*1=ne; filename*2=.pdf", "pläne.pdf"),
        ("filename*0=a; filename*2=c", "a"),
        ("; ".join(f"filename*{n}=a" for n in range(200)), "a" * 64),
        ('filename="' + "x" * 200 + '.pdf"', "x" * 39 + "…" + "x" * 35 + ".pdf"),
        ("", "unnamed"),
    ],
)
def test_names_of_attachments_are_harmless(parameter: str, name: str) -> None:
    """IN-16: base name, no control or direction characters, at most 80 characters."""
    raw = lines("Content-Type: application/pdf", f"Content-Disposition: attachment; {parameter}", "", "%PDF")

    shown = parse(raw).attachments

    assert len(shown[0]) <= 80
    assert shown[0] == name


def multipart(kind: str, *parts: str) -> str:
    inside = "\r\n".join(f"--{kind}\r\n{part}" for part in parts)
    header = f'Content-Type: multipart/{kind}; boundary="{kind}"'
    return f"{header}\r\n\r\npreamble\r\n{inside}\r\n--{kind}--\r\nepilogue"


PLAIN = "Content-Type: text/plain\r\n\r\n1: 4"
HTML = "Content-Type: text/html\r\n\r\n<p>1: 4"
BLANK = "Content-Type: text/plain\r\n\r\n \r\n"
FOOTER = "Content-Type: text/plain\r\n\r\nlist footer"
FORWARDED = "Content-Type: message/rfc822\r\n\r\nFrom: grace@town.example\r\n\r\n1: 1"
FILE = "Content-Type: text/plain; name=n.txt\r\nContent-Disposition: attachment\r\n\r\n1: 2"
NAMED = "Content-Type: text/plain; name=n.txt\r\nContent-Disposition: inline\r\n\r\n1: 2"
PICTURE = "Content-Type: image/png; name=logo.png\r\nContent-ID: <1@x>\r\n\r\nPNG"


@pytest.mark.parametrize(
    ("tree", "text", "html"),
    [
        (PLAIN, "1: 4", ""),
        (HTML, "", "<p>1: 4"),
        (multipart("alternative", PLAIN, HTML), "1: 4", "<p>1: 4"),
        (multipart("alternative", PLAIN, multipart("related", HTML, PICTURE)), "1: 4", "<p>1: 4"),
        (multipart("mixed", multipart("alternative", PLAIN, HTML), FOOTER), "1: 4", "<p>1: 4"),
        (multipart("mixed", PLAIN, FORWARDED), "1: 4", ""),
        (multipart("mixed", FORWARDED, PLAIN), "1: 4", ""),
        (multipart("mixed", FILE, PLAIN), "1: 4", ""),
        (multipart("mixed", PLAIN, FOOTER), "1: 4", ""),
        (multipart("mixed", BLANK, HTML), "", "<p>1: 4"),
        (multipart("mixed", HTML, FOOTER), "", "<p>1: 4"),
        (multipart("digest", FORWARDED, FORWARDED), "", ""),
        (multipart("digest", "\r\nFrom: grace@town.example\r\n\r\n1: 1"), "", ""),
        (multipart("mixed", BLANK, NAMED), "", ""),
        (multipart("mixed", NAMED.replace("inline", "inline\r\nContent-ID: <1@x>"), PLAIN), "1: 4", ""),
        (multipart("signed", PLAIN, "Content-Type: application/pgp-signature\r\n\r\nx"), "1: 4", ""),
        (FORWARDED, "", ""),
        (multipart("mixed", PLAIN).replace("--mixed--", ""), "1: 4\n\nepilogue", ""),
    ],
)
def test_one_body_is_chosen_and_parts_are_never_joined(tree: str, text: str, html: str) -> None:
    """IN-11: a forwarded colleague's answer is not the sender's."""
    message = parse(b"From: ada@town.example\r\n" + tree.encode())

    assert (message.text, message.html) == (text, html)


def test_attachments_are_named_and_pictures_of_the_html_are_not() -> None:
    message = parse(multipart("mixed", multipart("related", HTML, PICTURE), FILE).encode())

    assert message.attachments == ("n.txt",)
    assert [part.content_type for part in message.parts] == ["text/html", "image/png", "text/plain"]


def test_a_boundary_inside_a_line_divides_nothing() -> None:
    raw = lines(
        "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x --b", "--bb", "--b  ", "", "y", "--b--"
    )

    assert [part.text for part in parse(raw).parts] == ["x --b\n--bb", "y"]


@pytest.mark.parametrize(
    ("charset", "octets", "text"),
    [
        ("big5", "ä".encode(), "ä"),
        ("us-ascii", b"\x93a\x94", "“a”"),
        ("iso-8859-1", b"\x80", "€"),
        ("gb2312", "中".encode("gb18030"), "中"),
        ("utf-16", "ä".encode("utf-16"), "ä"),
        ("utf-8", b"\xef\xbb\xbfa", "a"),
        ("", b"\xe4", "ä"),
        ("utf-8", b"\xe4", "ä"),
        ("utf-8", b"\x93a\x94", "“a”"),
        ("utf-8", "ä★".encode()[:-1], "ä"),
        ("iso-8859-1", b"caf\xe9", "café"),
    ],
)
def test_charset_labels_are_hints(charset: str, octets: bytes, text: str) -> None:
    """IN-15: valid UTF-8 wins, labels mean what mail programs write, latin-1 comes last."""
    assert parse(f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + octets).text == text


def test_a_text_past_the_limit_is_cut_between_characters() -> None:
    """IN-13."""
    message = parse("Content-Type: text/plain; charset=utf-8\r\n\r\n★".encode() + "★".encode() * 90_000)

    assert set(message.text) == {"★"}
    assert len(message.text) == 256 * 1024 // 3
