"""docs/emails.md: `commonthread preview --book docs/emails.md` writes it anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from service.cli.book import book_text
from service.library import read_playbook, templates_directory
from service.playbook.instruments import Trigger, parse_instrument

BOOK = Path(__file__).parents[3] / "docs" / "emails.md"

SPRING = """
title = "How was spring?"
audience = ["observer", "partner_lead", "member"]
trigger = ["weekly", "command:help"]
privacy = "T"
blind = true
minutes = 1
open_days = 1
rotate = "turn"

[[questions]]
key = "went"
label = "It went"
text = "How did it go | roughly?"
type = "choice"
effect = "reflection"
default = true
options = [{ key = "well", label = "well" }, { key = "so-so", label = "so-so" }]

[[questions]]
key = "why"
label = "Why"
text = "Why so?"
type = "text"
effect = "private_note"
privacy = "C"
group = "turn"

[[questions]]
key = "who"
label = "Thanks"
text = "Who helped?"
prefix = "thanks"
type = "people"
effect = "thanks"

[[questions]]
key = "pass-on"
label = "Pass on"
text = "Shall they hear of it?"
type = "yes_no"
effect = "pass_on"
each = "thanks"
follows = "who"
"""


@pytest.fixture(scope="module")
def instruments():
    return read_playbook(templates_directory()).instruments


def test_the_page_in_docs_is_what_the_command_writes_today(instruments):
    assert BOOK.read_text("utf-8") == book_text(instruments.values())


def test_every_mail_has_its_section_its_questions_and_its_picture(instruments):
    book = book_text(instruments.values())

    for one in instruments.values():
        assert f"\n## {one.title}\n" in book
        assert f"`{one.key}`" in book
        assert f"](pictures/emails/{one.key}.png)" in book
        assert all(question.text.replace("|", "/") in book for question in one.questions)


def test_the_pictures_in_docs_are_those_of_mails_that_there_are_and_small(instruments):
    pictures = list((BOOK.parent / "pictures" / "emails").glob("*"))

    assert {picture.name for picture in pictures} <= {f"{key}.png" for key in instruments}
    assert all(picture.stat().st_size < 120_000 for picture in pictures)


def test_a_section_says_what_the_instrument_says():
    _, _, section = book_text([parse_instrument("spring.toml", SPRING)]).partition("## ")

    assert section == (
        "How was spring?\n\n"
        "- **Key:** `spring`\n"
        "- **Goes to:** member, partner lead, observer\n"
        "- **Goes out:** every week; in answer to HELP\n"
        "- **Replies are read by:** your team, with your name; "
        "nobody but its author reads an answer before the round is closed\n"
        "- **Takes:** 1 minute\n"
        "- **Open for:** 1 day\n\n"
        "| | asks | answer | becomes |\n"
        "|---|---|---|---|\n"
        "| **It went** | How did it go / roughly? | well, so-so | reflection |\n"
        "| **Why** (in turn with others; read by the champion, with your name) | Why so? | in words "
        "| private note |\n"
        "| `thanks:` | Who helped? | names, and words | thanks to the people named |\n"
        "| **Pass on** (once for each person thanked; in the receipt of whoever answers “Thanks”) "
        "| Shall they hear of it? | yes or no | whether the thanks are passed on |\n\n"
        "![The mail “How was spring?” as its reader sees it](pictures/emails/spring.png)\n"
    )


def test_the_first_mail_comes_first_and_answers_to_commands_last(instruments):
    some = next(iter(instruments.values()))
    order = (Trigger.JOINED, Trigger.WEEKLY, Trigger.REPLY, Trigger.COMMAND_HELP)
    mails = [replace(some, key=str(trigger), triggers=frozenset({trigger})) for trigger in reversed(order)]

    book = book_text(mails)

    assert sorted(order, key=lambda trigger: book.index(f"`{trigger}`")) == list(order)
