"""A mailbox shows conversations as mail programs do, and what became of each mail of a person."""

from datetime import timedelta
from pathlib import Path

import pytest

from service.library import templates_directory
from service.playbook.instruments import Instrument
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder
from service.sandbox.gallery import write_gallery
from service.sandbox.mailroom import LONGEST_NAME, Mailbox, mailroom, slug
from service.sandbox.record import Record
from service.sandbox.shelf import Shelf
from tests.unit.sandbox.records import NOW, RUTH, add

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Re: [Evening Tutors, wk 47] How did it go?", "re-evening-tutors-wk-47-how-did-it-go"),
        ("../../etc/passwd", "etc-passwd"),
        ("Größe: ÉTÉ\r\n", "groe-ete"),
        ("今日は", "mail"),
        ("", "mail"),
    ],
)
def test_a_subject_becomes_a_plain_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_long_subject_is_cut() -> None:
    assert slug("word " * 100) == "word-" * 7 + "word"
    assert len(slug("x" * 1000)) == LONGEST_NAME


def box_of(record: Record, address: str) -> Mailbox:
    return next(box for box in mailroom(record, Shelf()) if box.address == address)


def test_a_reply_stands_in_the_conversation_of_the_mail_that_it_answers(
    empty: Record, weekly: Instrument
) -> None:
    record = add(empty, RUTH, weekly.key, "How did it go?")
    record = add(record, RUTH, weekly.key, "Thank you", at=NOW + HOUR, answers="<0@ours.example>")
    record = add(record, RUTH, weekly.key, "Another one", at=NOW + 2 * HOUR)

    conversations = box_of(record, RUTH).conversations

    assert [[mail.words for mail in one.mails] for one in conversations] == [
        ["Another one"],
        ["How did it go?", "Thank you"],
    ]


def test_another_subject_begins_another_conversation(empty: Record, weekly: Instrument) -> None:
    record = add(empty, RUTH, weekly.key, subject="Week 42")
    record = add(record, RUTH, weekly.key, subject="Re: Week 42", answers="<0@ours.example>")
    record = add(record, RUTH, weekly.key, subject="Week 43", answers="<0@ours.example>")

    assert [one.subject for one in box_of(record, RUTH).conversations] == ["Week 43", "Week 42"]


def test_a_mail_is_shown_on_its_readers_clock(empty: Record, weekly: Instrument) -> None:
    """18:00 UTC is two in Alder Falls, and noon in the mountains."""
    for reader in (RUTH, "tomas@alderfalls.example"):
        empty = add(empty, reader, weekly.key)

    times = [box_of(empty, reader).mails[0].at for reader in (RUTH, "tomas@alderfalls.example")]

    assert times == ["Thu, Oct 15, 2:00 PM", "Thu, Oct 15, 12:00 PM"]


def test_the_page_shows_words_as_words_and_runs_none_of_them(
    empty: Record, weekly: Instrument, tmp_path: Path
) -> None:
    record = add(empty, RUTH, weekly.key, "<b>Hello</b>", "<p>Hello</p><script>alert(1)</script>")
    findings = [Finding("All is <well>", "1 & 2", came_about=True)]

    write_gallery(record, findings, [], Folder(tmp_path), templates_directory())

    page = (tmp_path / "index.html").read_text("utf-8")
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page
    assert "All is &lt;well&gt;" in page
    assert "<script>alert" not in page
    assert len(list((tmp_path / "mail" / "ruth").iterdir())) == 1
