"""Pictures of a mail in the HTML that shows them."""

from base64 import b64encode

import pytest

from service.message import limits, with_inline_images

PNG = b"\x89PNG\r\n\x1a\n not much of a picture"
ADDRESS = f"data:image/png;base64,{b64encode(PNG).decode()}"


def mail(html: str, *pictures: tuple[str, str], octets: bytes = PNG) -> bytes:
    """A mail with ``html`` and pictures, each with its Content-ID and type."""
    parts = [f"Content-Type: text/html\r\n\r\n{html}"]
    for name, content_type in pictures:
        head = f"Content-Type: {content_type}\r\nContent-ID: {name}\r\nContent-Transfer-Encoding: base64"
        parts.append(f"{head}\r\n\r\n{b64encode(octets).decode()}")
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/related; boundary=b\r\n\r\n{body}--b--\r\n".encode()


def test_a_picture_stands_where_the_mail_shows_it() -> None:
    """RFC 2392: the address is the Content-ID without its brackets, percent-encoded."""
    html = "<img src=\"cid:trail@town.example\"><img src='cid:a%2Bb'>"

    shown = with_inline_images(mail(html, ("<trail@town.example>", "image/png"), ("<a+b>", "image/png")))

    assert shown == f"<img src=\"{ADDRESS}\"><img src='{ADDRESS}'>"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="cid:other">',
        '<img src="cid:trails">',
        '<img src="https://town.example/trail">',
        "<p>cid:trail is how a mail names its picture</p>",
        '<img src="cid:page">',
        '<img src="cid:">',
    ],
)
def test_all_else_stays_as_it_is(html: str) -> None:
    assert with_inline_images(mail(html, ("<trail>", "image/png"), ("<page>", "text/html"))) == html


def test_a_mail_without_pictures_or_html_stays_as_it_is() -> None:
    assert with_inline_images(b"Content-Type: text/html\r\n\r\n<p>hi") == "<p>hi"
    assert with_inline_images(b"Subject: hi\r\n\r\nhi") == ""


def test_a_picture_that_is_named_thousands_of_times_stays_within_the_limit_of_a_mail() -> None:
    """IN-13: what is made of a mail is as bounded as the mail."""
    octets = bytes(200_000)
    html = '<img src="cid:a">' * 2_000

    shown = with_inline_images(mail(html, ("<a>", "image/gif"), octets=octets))

    assert len(shown) < limits.MESSAGE + len(html)
    assert 0 < shown.count("data:image/gif") < 2_000
    assert "cid:a" in shown
