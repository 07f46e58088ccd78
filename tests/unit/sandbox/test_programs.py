"""Each mail program of the town writes a reply that is read as it was meant."""

from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from service.inbound import kind_of
from service.library import templates_directory
from service.message import parse
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Playbook, Trigger
from service.reading import Circumstances, asked_from_mail, read, visible_text
from service.sandbox.layout import Style, lay_out, question_numbers
from service.sandbox.mailers import Author, Words, new_mail, received, reply
from service.sandbox.programs import PROGRAMS

ZONE = "America/New_York"
GRACE = Author(
    "Grace Fielding", "grace@town.example", datetime(2026, 11, 23, 10, 5, tzinfo=ZoneInfo(ZONE)), "7"
)
ANSWERS = {"Moved forward": "We have a room.", "In the way": "The keys are with the caretaker until noon."}
TYPED = [name for name, program in PROGRAMS.items() if not program.automatic]
QUOTING = [name for name in TYPED if name != "plain"]
INLINE = ("apple", "thunderbird")


def understood(raw: bytes, sent: bytes, playbook: Playbook) -> dict[str, str]:
    """What the reader makes of a reply, by label; '' holds what fits no question."""
    asked = asked_from_mail(parse(sent), playbook)
    assert asked is not None
    labels = {question.key: question.label for question in asked.questions}
    reading = read(parse(raw), asked, Circumstances(date(2026, 11, 23), "en-US", ()))
    assert reading.unread == ()
    note = {"": reading.note} if reading.note else {}
    return {labels[answer.question]: answer.text for answer in reading.answers} | note


@pytest.mark.parametrize("style", [Style.NUMBERED, Style.LABELLED])
@pytest.mark.parametrize("name", TYPED)
def test_answers_above_the_quote_are_read_as_they_were_meant(
    name: str, style: Style, asking_mail: bytes, playbook: Playbook
) -> None:
    original = received(asking_mail, ZONE)

    raw = reply(PROGRAMS[name], original, Words(lay_out(style, ANSWERS, original.text), {}), GRACE)

    assert understood(raw, asking_mail, playbook) == ANSWERS


@pytest.mark.parametrize("name", INLINE)
def test_answers_between_the_questions_are_read_as_they_were_meant(
    name: str, asking_mail: bytes, playbook: Playbook
) -> None:
    raw = reply(PROGRAMS[name], received(asking_mail, ZONE), Words("", ANSWERS), GRACE)

    assert understood(raw, asking_mail, playbook) == ANSWERS


@pytest.mark.parametrize("name", QUOTING)
def test_a_quote_carries_our_questions_but_the_new_words_are_the_authors(
    name: str, asking_mail: bytes
) -> None:
    original = received(asking_mail, ZONE)

    raw = reply(PROGRAMS[name], original, Words("All is well.", {}), GRACE)

    message = parse(raw)
    for label in question_numbers(original.text):
        assert label in message.text + message.html
    assert visible_text(raw) == "All is well."


def test_a_reply_goes_to_the_signed_address_and_into_the_thread(asking_mail: bytes) -> None:
    original = received(asking_mail, ZONE)

    message = parse(reply(PROGRAMS["gmail"], original, Words("Fine.", {}), GRACE))

    assert message.recipients == (original.reply_to,)
    assert message.in_reply_to == (original.message_id,)
    assert message.references == (original.message_id,)
    assert message.author == "grace@town.example"
    assert message.message_id == "<7@town.example>"


def test_a_picture_that_the_quote_shows_travels_with_it(playbook: Playbook) -> None:
    instrument = playbook.for_trigger(Trigger.DIGEST)[0]
    templates = load_templates(templates_directory() / "emails")
    original = received(sample_composer(templates).compose(instrument, sample_letter(instrument)).raw, ZONE)
    names = {part.content_id for part in original.pictures}

    raw = reply(PROGRAMS["gmail"], original, Words("What a week.", {}), GRACE)

    message = parse(raw)
    assert names
    assert {part.content_id for part in message.parts if part.content_id} == names
    assert message.attachments == ()
    assert (
        visible_text(reply(PROGRAMS["gmail"], original, Words("What a week.", {}), GRACE)) == "What a week."
    )


def test_an_automatic_reply_goes_to_the_return_path_and_says_what_it_is(asking_mail: bytes) -> None:
    """RFC 3834 section 4."""
    original = received(asking_mail, ZONE)

    raw = reply(PROGRAMS["exchange_away"], original, Words("I am away.", {}), GRACE)

    assert parse(raw).recipients == (original.return_path,)
    assert kind_of(raw) == "auto_reply"


def test_a_new_mail_belongs_to_no_thread() -> None:
    raw = new_mail(PROGRAMS["plain"], GRACE, "thread@town.example", "Hello", "Hello there")

    message = message_from_bytes(raw, policy=default)
    assert message["To"] == "thread@town.example"
    assert message["In-Reply-To"] is None
    assert message.get_content() == "Hello there\r\n"
