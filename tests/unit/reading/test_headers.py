"""Header blocks above an original: several fields, and proof that a program wrote them (IN-10)."""

import pytest

from service.reading.furniture import Header
from service.reading.headers import block_length, field_of
from service.reading.lines import Line

ADA = "From: Ada <ada@town.example>"


def block(*lines: str | Line, at: int = 0) -> int:
    return block_length([line if isinstance(line, Line) else Line(line) for line in lines], at)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Subject: Check-in", (Header.SUBJECT, "Check-in")),
        ("*From:* Ada: at home", (Header.FROM, "Ada: at home")),
        ("**Betreff：** x", (Header.SUBJECT, "x")),
        (" \tTo : me", (Header.TO, "me")),
        ("_Date:_ today_", (Header.DATE, "today")),
        ("SENT:", (Header.DATE, "")),
        ("*From*: Ada", (Header.FROM, "Ada")),
        ("A: Grace", (Header.TO, "Grace")),
        ("Cc：a: b", (Header.OTHER, "a: b")),
        ("Cc：a：b", (Header.OTHER, "a：b")),
    ],
)
def test_a_field_is_known_however_a_program_set_it(line: str, field: tuple[Header, str]) -> None:
    assert field_of(line) == field


@pytest.mark.parametrize("line", ["", ": a", "Room: a", "Subject", "The subject of all of it: From: Ada"])
def test_a_line_without_the_name_of_a_field_states_none(line: str) -> None:
    assert field_of(line) is None


@pytest.mark.parametrize(
    "second", ["Subject: Check-in", "To: Grace", "Sent: Monday", "Cc: Linus\nSubject: Check-in"]
)
def test_two_fields_with_an_address_are_a_block(second: str) -> None:
    lines = [ADA, *second.split("\n")]

    assert block(*lines, "", "Hello Grace,") == len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("From: Ada", "Date: 14 June 2026"),
        ("From: Ada", "Subject: at 9:00"),
        ("From: Ada", "To:", "ada@town.example"),
        ("From: Ada", "Sent: Monday, 9:00", "To: Grace", "Subject: Check-in"),
    ],
)
def test_two_fields_with_an_author_and_a_date_or_a_time_are_a_block(lines: tuple[str, ...]) -> None:
    assert block(*lines) > 1


@pytest.mark.parametrize(
    "lines",
    [
        (ADA,),
        (ADA, "Cc: Linus", "Bcc: Ruth"),
        ("From: 9:00", "To: 17:00"),
        ("Date: 14 June 2026", "Subject: Summer fair"),
        ("From: Ada", "Subject: paint"),
        ("Hello", ADA, "Subject: paint"),
        ("From: Ada", "To: Grace", "", "ada@town.example"),
        ("From: Ada", "To: Grace", "Write to", "ada@town.example"),
        ("From: us all", "To: be decided", "We meet on 14 June 2026."),
        ("Subject: paint", "To: us", "From", "ada@town.example"),
    ],
)
def test_lines_of_a_poster_or_an_answer_are_no_block(lines: tuple[str, ...]) -> None:
    assert block(*lines) == 0


def test_a_block_begins_where_it_is_asked_for() -> None:
    assert block("Hello", ADA, "Subject: paint", "All well.", at=1) == 2
    assert block("Subject: fair", "", ADA, "Hello.", at=2) == 0


def test_a_field_may_be_folded_over_three_lines_and_no_more() -> None:
    to = ("To: Grace", "  Linus", "  Ruth", "  Mei")

    assert block(ADA, *to, "Subject: paint") == 6
    assert block(ADA, *to, "  Tom", "Subject: paint") == 2


def test_blank_lines_may_stand_between_fields_but_no_paragraph() -> None:
    assert block(ADA, "", "Subject: paint", "", "Hello") == 3
    assert block(ADA, "", "", "", "Subject: paint") == 5
    assert block(ADA, "", "", "", "", "Subject: paint") == 0
    assert block(ADA, "", "We meet at noon.", "Subject: paint") == 0
    assert block(ADA, "Subject: paint", "", "We meet at noon.", "Date: agreed.") == 2


def test_a_block_has_one_depth() -> None:
    assert block(ADA, Line("Subject: paint", 1)) == 0
    assert block(Line(ADA, 1), Line("Subject: paint", 1), Line("To: Grace", 2)) == 2


def test_a_block_ends_after_as_many_lines_as_programs_write() -> None:
    lines = [ADA, "Subject: paint", *["Cc: Linus"] * 30]

    assert 2 < block(*lines) < len(lines)


def test_fields_on_one_line_are_a_block() -> None:
    assert block("From: Ada *To:* <ada@town.example> *Subject: paint", "Hello") == 1
    assert block("From: Ada *To:* <ada@town.example>", "Hello") == 1
    assert block("From: Ada Sent: Monday, 9:00", "Hello") == 1
    assert block("From: Ada *to: <ada@town.example>", "Hello") == 1
    assert block("From: Ada The to-do: <ada@town.example>", "Hello") == 0
    assert block("From: Ada Note: ada@town.example", "Hello") == 0
