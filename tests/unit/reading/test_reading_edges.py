"""From a mail to a reading: which part is read, what is answered, unread, missing and a note."""

from service.domain.reading import Aim, Command
from service.message import parse
from service.reading import read, visible_text
from service.reading.reader import read_parts
from tests.unit.reading.clients import HEADER, ON, divs, mail
from tests.unit.reading.prompts import CHECK_IN, CIRCUMSTANCES, asked, quoted, reading_of, sent_text, values

SENT = sent_text(CHECK_IN)
QUOTE = f"\n\n{ON}\n{quoted(SENT)}\n"


def test_a_mail_is_read_with_its_text_its_html_and_its_authors_name() -> None:
    raw = mail((f"1: The room.\n\nGrace Murray\ngrace@town.example{QUOTE}", ""))
    rich = mail(("", f"<div>5: 4</div><blockquote>{divs(SENT)}</blockquote>"))

    assert read(parse(raw), asked(), CIRCUMSTANCES).text == "1: The room."
    assert values(read(parse(rich), asked(), CIRCUMSTANCES)) == {"pace": 4}


def test_a_mail_past_the_limits_shows_nothing() -> None:
    header = b"Received: by mx.town.example" + b" x" * 400 + b"\r\n"

    assert visible_text(header * 2000 + b"\r\nThe room.") == ""
    assert visible_text(mail(("The room.", ""))) == "The room."


def test_a_mail_that_answers_nothing_keeps_its_own_marks() -> None:
    told = "He said:\n> Come in May.\nSo we go."

    assert visible_text(f"Subject: News\n\n{told}".encode()) == told
    assert visible_text(f"Subject: News\nReferences: <1@town.example>\n\n{told}".encode()) != told


def test_without_a_prompt_a_command_is_found_and_is_no_note() -> None:
    reading = read_parts("PAUSE\nI move house.", "", "", None, CIRCUMSTANCES)

    assert (reading.command, reading.command_argument) == (Command.PAUSE, "")
    assert reading.text == "PAUSE\nI move house."
    assert reading.note == "I move house."


def test_without_a_prompt_the_html_is_read_where_there_is_no_text() -> None:
    assert read_parts(" \n", "<p>The room.</p>", "", None, CIRCUMSTANCES).note == "The room."
    assert read_parts("plain", "<p>rich</p>", "", None, CIRCUMSTANCES).note == "plain"
    assert read_parts("", "", "", None, CIRCUMSTANCES).note == ""
    assert read_parts("", " ", "", asked(), CIRCUMSTANCES).answers == ()


def test_without_a_prompt_the_authors_signature_is_no_note() -> None:
    text = "The room.\n\nGrace Murray\ngrace@town.example"

    assert read_parts(text, "", "Grace Murray", None, CIRCUMSTANCES).note == "The room."
    assert "grace@town.example" in read_parts(text, "", "", None, CIRCUMSTANCES).note


def test_of_two_parts_that_say_the_same_the_one_with_fewer_lines_is_read() -> None:
    words = "We carried the chairs over the bridge and down to the mill,\nand they stayed until six."
    html = f"<div>{words.replace(chr(10), ' ')}</div><div>{ON}</div><blockquote>{divs(SENT)}</blockquote>"

    reading = read_parts(words + QUOTE, html, "", asked(), CIRCUMSTANCES)

    assert values(reading) == {"moved": words.replace("\n", " ")}


def test_of_two_parts_that_say_different_things_the_text_is_read() -> None:
    html = f"<div>Something else.</div><div>{ON}</div><blockquote>{divs(SENT)}</blockquote>"

    assert values(read_parts(f"The room.{QUOTE}", html, "", asked(), CIRCUMSTANCES)) == {"moved": "The room."}


def test_a_command_under_a_question_of_ours_is_an_answer() -> None:
    inline = quoted(SENT).replace("your next step?", "your next step?\nSTOP")

    reading = reading_of(f"{ON}\n{inline}")

    assert reading.command is None
    assert values(reading) == {"next": "STOP"}


def test_a_command_stays_in_the_text_and_moves_no_span() -> None:
    reading = reading_of(f"\nSKIP\n\n5: 4\n1: The room{QUOTE}")

    assert reading.text.split() == ["SKIP", "5:", "4", "1:", "The", "room"]
    assert {
        answer.question: [reading.text[span.start : span.end] for span in answer.spans]
        for answer in reading.answers
    } == {"pace": ["4"], "moved": ["The room"]}


def test_an_answer_of_two_paragraphs_has_a_span_for_each() -> None:
    reading = reading_of(f"1: The room is open.\n\nForty came.{QUOTE}")

    (answer,) = reading.answers
    assert [reading.text[span.start : span.end] for span in answer.spans] == [
        "The room is open.",
        "Forty came.",
    ]
    assert (reading.command, reading.command_argument) == (None, "")


def test_an_answer_in_two_places_has_two_spans() -> None:
    inline = quoted(SENT).replace("your next step?", "your next step?\nThen keys.\nAnd tape.")

    reading = reading_of(f"2: Paint first.\n5: 4\n\n{ON}\n{inline}")

    answer = next(answer for answer in reading.answers if answer.question == "next")
    assert [reading.text[span.start : span.end] for span in answer.spans] == [
        "Paint first.",
        "Then keys.\nAnd tape.",
    ]


def test_each_answer_says_how_it_was_aimed() -> None:
    inline = quoted(SENT).replace("your next step?", "your next step?\nPaint")

    reading = reading_of(f"1: The room.\n\n{ON}\n{inline}")

    assert {answer.question: answer.aim for answer in reading.answers}["next"] is Aim.UNDER
    assert {answer.question: answer.aim for answer in reading.answers}["moved"] is not Aim.UNDER


def test_a_question_is_answered_unread_or_missing_and_never_two_of_them() -> None:
    reading = reading_of(f"1: The room.\n5: 9{QUOTE}")
    answered = {answer.question for answer in reading.answers}

    assert (answered, set(reading.unread)) == ({"moved"}, {"pace"})
    assert sorted([*answered, *reading.unread, *reading.missing]) == sorted(one.key for one in CHECK_IN)
    assert reading.missing == tuple(one.key for one in CHECK_IN if one.key in reading.missing)


def test_words_below_an_unmarked_original_are_a_note_where_something_stands_above() -> None:
    reading = reading_of(f"1: The room.\n\n{HEADER}\n\n{SENT}\nSee you on Friday.")

    assert values(reading) == {"moved": "The room."}
    assert reading.note == "See you on Friday."
