"""Our own words are found by content, whatever a client did to them (IN-9)."""

import textwrap

import pytest

from service.message import parse
from service.playbook.instruments import parse_playbook
from service.reading import asked_from_mail
from service.reading.align import align
from service.reading.lines import Line, text_lines
from service.reading.sent import prepare
from tests.unit.reading.prompts import CHECK_IN, asked, quoted, sent_text

SENT = sent_text(CHECK_IN)
PREPARED = prepare(asked())


def foreign_words(text: str, quote: bool) -> str:
    """What alignment leaves of a text."""
    lines = text_lines(text)
    ours = align(lines, [quote] * len(lines), PREPARED).ours
    return " ".join(
        _outside(line, [stretch[:2] for stretch in stretches])
        for line, stretches in zip(lines, ours, strict=True)
    )


def _outside(line: Line, stretches: list[tuple[int, int]]) -> str:
    kept = "".join(
        c for at, c in enumerate(line.text) if not any(start <= at < end for start, end in stretches)
    )
    return "".join(c for c in kept if c.isalnum())


@pytest.mark.parametrize("width", [200, 76, 58, 30, 12])
def test_a_quote_is_ours_however_it_was_wrapped(width: int) -> None:
    wrapped = "\n".join(textwrap.fill(line, width, break_long_words=False) for line in SENT.splitlines())

    assert foreign_words(quoted(wrapped), quote=True).strip() == ""


@pytest.mark.parametrize("mark", ["> ", ">> ", "| ", ">", "", "* "])
def test_a_quote_is_ours_whatever_its_mark(mark: str) -> None:
    assert foreign_words(quoted(SENT, mark), quote=True).strip() == ""


def test_all_of_it_on_one_line_is_ours() -> None:
    assert foreign_words(" ".join(SENT.split()), quote=True).strip() == ""


def test_capitals_accents_and_markup_do_not_matter() -> None:
    marked = SENT.upper().replace("MOVED FORWARD", "*MOVED FORWARD*")

    assert foreign_words(marked, quote=True).strip() == ""


def test_a_word_that_a_client_changed_does_not_hide_the_line() -> None:
    changed = SENT.replace("two weeks", "2 weeks").replace("public record", "pubIic record")

    assert foreign_words(changed, quote=True).strip() == ""


def test_a_word_that_the_author_added_stays_his() -> None:
    added = SENT.replace("Is anything in the way?", "Is anything in the way? Rain")

    assert foreign_words(added, quote=True).split() == ["Rain"]


def test_an_option_left_standing_is_the_authors_answer() -> None:
    left = SENT.replace("(1 to 5)", "5")

    assert foreign_words(left, quote=True).split() == ["5"]


def test_outside_of_a_quote_only_whole_questions_are_ours() -> None:
    assert foreign_words("What is your next step?", quote=False).strip() == ""
    assert "next" in foreign_words("Ada asked what is your next step of all", quote=False)
    assert "anything" in foreign_words("Is anything in the way of that?", quote=False)


def test_what_was_asked_is_rebuilt_from_the_mail_we_sent() -> None:
    toml = """
title = "Check-in"
audience = ["member"]
trigger = "weekly"
privacy = "T"
[[questions]]
key = "moved"
label = "Moved forward"
text = "What moved forward?"
type = "text"
effect = "progress"
default = true
[[questions]]
key = "next"
label = "Next"
text = "What is next?"
type = "text"
effect = "next_step"
"""
    playbook = parse_playbook({"weekly.toml": toml})
    sent = parse(b"X-Common-Thread-Asked: weekly next gone\r\n\r\n1. Next: What is next?\r\n")

    found = asked_from_mail(sent, playbook)

    assert found is not None
    assert [question.key for question in found.questions] == ["next"]
    assert found.texts == (sent.text,)
    assert asked_from_mail(parse(b"Subject: hello\r\n\r\nhello"), playbook) is None
    assert asked_from_mail(parse(b"X-Common-Thread-Asked: monthly next\r\n\r\nx"), playbook) is None
