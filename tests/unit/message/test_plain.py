"""IN-18: words are harmless wherever they are stored or shown."""

import pytest

from service.message import parse, plain

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        ("a\x00b\x07c\x1b[31md\x7fe\x9bf", "abc[31mdef"),
        ("a\u202egpj\u202c.exe", "agpj.exe"),
        ("\u2067a\u2069 \u2066b\u2069 \u2068c\u2069", "a b c"),
        ("a\u200fb\u200d", "a\u200fb\u200d"),
        ("a\U000e0061\U000e0062b", "ab"),
        (f"{FLAG}!", f"{FLAG}!"),
        (f"{FLAG}\U000e0061!", f"{FLAG}!"),
        ("Bru\u0308cke", "Brücke"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_controls_and_what_hides_go_and_words_stay(text: str, harmless: str) -> None:
    assert plain(text) == harmless


def test_thirty_marks_stay_on_a_letter_and_no_more() -> None:
    assert plain("x" + "\u0316" * 30 + "y") == "x" + "\u0316" * 30 + "y"
    assert plain("x" + "\u0316" * 31 + "y" + "\u0316") == "x" + "\u0316" * 30 + "y\u0316"


@pytest.mark.timeout(20)
def test_marks_by_the_hundred_thousand_hang_nobody() -> None:
    """Their order takes the square of their number."""
    assert len(plain("x" + "\u0301\u0316" * 130_000)) <= 32


def test_a_mails_text_is_plain() -> None:
    raw = "Content-Type: text/plain; charset=utf-8\r\n\r\nA\x1b[2J \u202eroom\x00.\r\n".encode()

    assert parse(raw).text == "A[2J room.\n"
