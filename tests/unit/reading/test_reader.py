"""Which question each word answers, and what happens to the words that answer none."""

import pytest

from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Asked, Command
from service.reading.reader import read_parts
from tests.unit.reading.clients import HEADER, ON
from tests.unit.reading.prompts import (
    CHECK_IN,
    CIRCUMSTANCES,
    CODE,
    MOVED,
    PACE,
    SIZE,
    VISIT,
    WHEN,
    asked,
    quoted,
    reading_of,
    sent_text,
    values,
)

SENT = sent_text(CHECK_IN)
QUOTE = f"\n\n{ON}\n{quoted(SENT)}\n"


def test_an_out_of_range_scale_is_asked_again_and_the_other_answers_are_kept() -> None:
    """IN-12."""
    reading = reading_of(f"1: The room.\n5: 9{QUOTE}")

    assert values(reading) == {"moved": "The room."}
    assert reading.unread == ("pace",)
    assert reading.unread_text == {"pace": "9"}
    assert "pace" not in reading.missing


def test_a_question_that_nobody_aimed_at_is_missing() -> None:
    assert reading_of(f"2: Paint{QUOTE}").missing == (
        "moved",
        "way",
        "thanks",
        "pace",
        "need",
        "offer",
        "private",
    )


def test_a_number_without_words_is_no_answer() -> None:
    reading = reading_of(f"1:\n2: Paint{QUOTE}")

    assert values(reading) == {"next": "Paint"}
    assert "moved" in reading.missing


def test_an_explicit_nothing_is_an_answer_with_its_words() -> None:
    reading = reading_of(f"1: -\n3: n/a{QUOTE}")

    assert [(answer.question, answer.value, answer.text) for answer in reading.answers] == [
        ("moved", "", "-"),
        ("way", "", "n/a"),
    ]


def test_an_answer_goes_on_over_lines_and_paragraphs_until_the_next_number() -> None:
    reading = reading_of(f"1: The room is open.\n\nForty children came.\n2: Paint{QUOTE}")

    assert values(reading) == {"moved": "The room is open.\n\nForty children came.", "next": "Paint"}


def test_numbers_may_come_in_any_order() -> None:
    assert values(reading_of(f"5: 3\n1: room{QUOTE}")) == {"pace": 3, "moved": "room"}


def test_a_list_inside_one_answer_is_not_taken_for_our_numbers() -> None:
    words = "We did three things:\n1. opened the room\n2. painted it\n3. cooked"

    assert values(reading_of(words + QUOTE)) == {"moved": words}


def test_a_list_of_another_style_belongs_to_the_answer_it_stands_in() -> None:
    reading = reading_of(f"1: we did\n1. paint\n2. keys\n2: rest{QUOTE}")

    assert values(reading) == {"moved": "we did\n1. paint\n2. keys", "next": "rest"}


def test_numbers_that_are_no_question_of_ours_are_words() -> None:
    assert values(reading_of(f"2024. was the year.\n17. is my number.{QUOTE}")) == {
        "moved": "2024. was the year.\n17. is my number."
    }


def test_a_time_of_day_is_no_number_of_a_question() -> None:
    assert values(reading_of(f"1:30 pm is when we opened.{QUOTE}")) == {"moved": "1:30 pm is when we opened."}


def test_announced_answers_are_answers_and_no_list() -> None:
    assert values(reading_of(f"Here are my answers:\n1. room\n2. paint{QUOTE}")) == {
        "moved": "room",
        "next": "paint",
    }


def test_a_list_under_one_question_of_ours_answers_that_question() -> None:
    inline = quoted(SENT).replace("since we last wrote?", "since we last wrote?\n1. paint\n2. keys")

    assert values(reading_of(f"{ON}\n{inline}")) == {"moved": "1. paint\n2. keys"}


def test_an_answer_on_the_line_of_its_question_is_cut_off_from_our_words() -> None:
    inline = SENT.replace("in the way?", "in the way? The lease").replace(
        "your next step?", "your next step? Paint, then keys."
    )

    assert values(reading_of(f"{HEADER}\n\n{inline}")) == {"next": "Paint, then keys.", "way": "The lease"}


def test_a_question_copied_into_the_answer_is_not_stored() -> None:
    reading = reading_of("What is your next step?\nPaint\n\nIs anything in the way? The lease")

    assert values(reading) == {"next": "Paint", "way": "The lease"}


def test_our_words_inside_a_sentence_of_the_author_stay_his() -> None:
    words = "You ask what is your next step and we do not know yet."

    assert values(reading_of(words + QUOTE)) == {"moved": words}


def test_a_label_forgives_one_slip_and_a_sentence_with_a_colon_is_no_label() -> None:
    reading = reading_of(f"Moved foward: room\nneeds: chairs\nRemember this: it rains.{QUOTE}")

    assert values(reading) == {"moved": "room", "need": "chairs\nRemember this: it rains."}


def test_words_after_a_blank_line_no_longer_belong_to_a_line_question() -> None:
    reading = reading_of(f"need: a van\n\nIt was a long week.{QUOTE}")

    assert values(reading) == {"need": "a van"}
    assert reading.note == "It was a long week."


def test_a_private_line_never_reaches_another_answer() -> None:
    reading = reading_of(f"The room is open.\nprivate: I am tired\nand sad{QUOTE}")

    assert values(reading) == {"moved": "The room is open.", "private": "I am tired\nand sad"}


def test_a_line_question_filled_in_where_it_stands_in_the_quote_is_read() -> None:
    filled = SENT.replace("need: something that somebody else may have", "need: a van on Friday")

    assert values(reading_of(f"{HEADER}\n\n{filled}")) == {"need": "a van on Friday"}


def test_what_stands_above_numbers_answers_the_default_question_unless_it_has_its_own() -> None:
    assert values(reading_of(f"A good week.\n\n2: Paint{QUOTE}")) == {
        "moved": "A good week.",
        "next": "Paint",
    }

    both = reading_of(f"A good week.\n\n1: The room.{QUOTE}")
    assert values(both) == {"moved": "The room."}
    assert both.note == "A good week."


@pytest.mark.parametrize(
    "words", ["Thanks, Grace", "Thank you!\n\nGrace", "Best,\nGrace Murray\nParks & Recreation", "Hi Ada,"]
)
def test_politeness_is_no_answer(words: str) -> None:
    reading = reading_of(words + QUOTE)

    assert reading.answers == ()
    assert reading.unread == ()
    assert reading.text == words


def test_a_sign_off_does_not_run_into_the_last_answer() -> None:
    assert values(reading_of(f"4: Linus Field for the bus\n5: 4\n\nKind regards\nGrace{QUOTE}")) == {
        "thanks": ["Linus Field"],
        "pace": 4,
    }


def test_thanks_under_their_own_question_are_an_answer() -> None:
    inline = quoted(SENT).replace("For what?", "For what?\nThanks, Maria!")

    assert values(reading_of(f"{ON}\n{inline}")) == {"thanks": ["Maria Santos"]}


def test_four_alone_answers_the_only_scale() -> None:
    assert values(reading_of(f"4{QUOTE}")) == {"pace": 4}


def test_four_alone_is_asked_again_where_no_question_wants_a_number() -> None:
    reading = reading_of("4", MOVED)

    assert reading.answers == ()
    assert reading.unread == ("moved",)


def test_four_alone_is_a_note_where_two_scales_are_open() -> None:
    second = Question(
        "heard", "Heard", "How well are you heard, from 1 to 5?", QuestionType.SCALE, Effect.REFLECTION
    )

    reading = reading_of("4", MOVED, PACE, second)

    assert reading.answers == ()
    assert reading.note == "4"


def test_no_alone_may_mean_either_question_so_it_is_asked_again() -> None:
    reading = reading_of("no", MOVED, VISIT)

    assert reading.answers == ()
    assert reading.unread == ("visit",)


def test_an_option_alone_answers_its_choice() -> None:
    assert values(reading_of("smaller", MOVED, SIZE)) == {"size": "smaller"}


def test_as_many_numbers_as_scales_are_read_in_order() -> None:
    second = Question(
        "heard", "Heard", "How well are you heard, from 1 to 5?", QuestionType.SCALE, Effect.REFLECTION
    )

    assert values(reading_of("4\n2", PACE, second)) == {"pace": 4, "heard": 2}


def test_the_only_question_needs_no_mark() -> None:
    assert values(reading_of("until 5 dec", WHEN)) == {"when": "2026-12-05"}


def test_two_answers_to_one_scale_are_asked_again() -> None:
    inline = quoted(SENT).replace("   (1 to 5)", "   (1 to 5)\n4")

    reading = reading_of(f"5: 2\n\n{ON}\n{inline}")

    assert reading.unread == ("pace",)


@pytest.mark.parametrize("command", list(Command))
def test_each_command_is_known_as_the_whole_first_line(command: Command) -> None:
    reading = reading_of(f"\n{command.lower()}.\n{QUOTE}")

    assert (reading.command, reading.command_argument) == (command, "")
    assert reading.answers == ()


@pytest.mark.parametrize(
    ("line", "argument"),
    [
        ("PAUSE", ""),
        ("pause until 5 dec", "2026-12-05"),
        ("Pause: 2026-12-05", "2026-12-05"),
        ("pause for two weeks", "2026-12-07"),
    ],
)
def test_pause_may_have_a_date(line: str, argument: str) -> None:
    reading = reading_of(line + QUOTE)

    assert (reading.command, reading.command_argument) == (Command.PAUSE, argument)


@pytest.mark.parametrize(
    "line",
    [
        "Stop by on Friday",
        "pause and think about 5 dec",
        "Help is needed",
        "pause until pigs fly",
        "nonstop",
        "1: stop",
    ],
)
def test_a_word_in_a_sentence_is_no_command(line: str) -> None:
    assert reading_of(line + QUOTE).command is None


def test_a_command_on_a_later_line_is_an_answer() -> None:
    reading = reading_of(f"The room is open.\nSTOP{QUOTE}")

    assert reading.command is None
    assert values(reading) == {"moved": "The room is open.\nSTOP"}


def test_free_words_below_a_command_are_a_note_and_marked_ones_answers() -> None:
    reading = reading_of(f"SKIP\nToo much to do.\n5: 2{QUOTE}")

    assert reading.command is Command.SKIP
    assert values(reading) == {"pace": 2}
    assert reading.note == "Too much to do."


def test_without_a_prompt_all_words_are_a_note() -> None:
    reading = read_parts(f"Please add my new address.{QUOTE}", "", "", None, CIRCUMSTANCES)

    assert (reading.text, reading.note, reading.answers) == (
        "Please add my new address.",
        "Please add my new address.",
        (),
    )


def test_the_code_line_never_comes_back() -> None:
    """IN-18: a quoted token must not reach a digest, whatever a client did to the line."""
    reading = reading_of(f"The room.\nRef {CODE}\n\n> Ref: {CODE}")

    assert CODE not in reading.text + reading.note


def test_an_earlier_reply_below_a_receipt_is_not_read_again() -> None:
    receipt = (
        "Hello Grace,\n\nThis is what I understood.\n\nMoved forward: the old room\n\n"
        "Reply to correct it.\n\n---\nRef " + CODE
    )
    both = Asked((SENT, receipt), CHECK_IN)
    thread = (
        f"1: the new room\n\n{HEADER}\n\n{receipt}\n\n{HEADER}\n\n1: the old room\n5: 2\n\n{HEADER}\n\n{SENT}"
    )

    reading = read_parts(thread, "", "Grace Murray", both, CIRCUMSTANCES)

    assert values(reading) == {"moved": "the new room"}
    assert "old room" not in reading.text


def test_words_of_another_person_in_the_quote_are_not_the_authors() -> None:
    attribution = "On Tue, Nov 24, 2026, Linus <linus@school.example> wrote:"
    forwarded = f"1: The room.\n\n{attribution}\n> 1: The bus.\n> 5: 1\n>\n{quoted(SENT, '> > ')}"

    reading = reading_of(forwarded)

    assert values(reading) == {"moved": "The room."}
    assert reading.text == "1: The room."


def test_the_part_that_keeps_our_questions_wins() -> None:
    from tests.unit.reading.clients import divs

    html = f"<div>See below.</div><blockquote>{divs(SENT)}</blockquote>"

    reading = read_parts("This mail needs a program that shows HTML.", html, "", asked(), CIRCUMSTANCES)

    assert reading.text == "See below."


def test_spans_point_at_the_words_of_their_answer() -> None:
    reading = reading_of(f"Hi Ada,\n\n1: The room\nis open.\n5:  4\n{QUOTE}")

    spans = {
        answer.question: [reading.text[span.start : span.end] for span in answer.spans]
        for answer in reading.answers
    }
    assert spans == {"moved": ["The room\nis open."], "pace": ["4"]}


@pytest.mark.parametrize(
    "line", ["5. One more: 4", "One more: 4", "5 - 4", "Q5: 4", "(5) 4", "**5:** 4", "One more\n4"]
)
def test_numbers_and_labels_may_be_written_in_many_ways(line: str) -> None:
    assert values(reading_of(line + QUOTE)) == {"pace": 4}


def test_several_numbers_on_one_line_are_asked_again() -> None:
    reading = reading_of(f"1) room 2) paint{QUOTE}")

    assert reading.answers == ()
    assert reading.unread == ("moved",)


def test_numbers_without_a_sign_are_asked_again() -> None:
    reading = reading_of(f"1 room\n2 paint{QUOTE}")

    assert reading.answers == ()
    assert reading.unread_text == {"moved": "1 room\n2 paint"}


def test_a_gateways_warning_is_no_answer() -> None:
    """IN-9."""
    banner = "[EXTERNAL] This email originated from outside of your organization. Do not click links."

    assert values(reading_of(f"{banner}\n\nThe room.{QUOTE}")) == {"moved": "The room."}
    assert values(reading_of(f"The room.\n\n{ON}\n> {banner}\n>\n{quoted(SENT)}")) == {"moved": "The room."}


def test_a_disclaimer_below_the_quote_is_no_answer() -> None:
    disclaimer = (
        "This email and its attachments are confidential and intended only for the person named above.\n"
        "If you are not the intended recipient, please delete it."
    )

    reading = reading_of(f"{ON}\n{quoted(SENT)}\n\n{disclaimer}")

    assert (reading.answers, reading.note) == ((), "")


def test_a_device_line_alone_is_no_answer() -> None:
    assert reading_of(f"Sent from my iPhone{QUOTE}").answers == ()


RECALL = "Last week: Walk the route with four seniors."


def test_a_line_of_ours_that_its_author_says_again_is_an_answer() -> None:
    """In order: a line of ours under another question, where the next one is due, was not quoted."""
    sent = sent_text(CHECK_IN).replace("1. Moved", f"{RECALL}\n\n1. Moved")
    text = f"{ON}\n{quoted(sent)}".replace("> 3. In", "> Walk the route with four seniors.\n> 3. In")

    reading = read_parts(text, "", "Grace Murray", Asked((sent,), CHECK_IN), CIRCUMSTANCES)

    assert values(reading) == {"next": "Walk the route with four seniors."}
    assert reading.note == ""


def test_a_line_of_ours_that_is_said_again_below_all_of_it_is_an_answer() -> None:
    sent = sent_text(CHECK_IN).replace("1. Moved", f"{RECALL}\n\n1. Moved")
    text = f"{HEADER}\n\n{sent}\nIn the way:\nWalk the route with four seniors."

    reading = read_parts(text, "", "Grace Murray", Asked((sent,), CHECK_IN), CIRCUMSTANCES)

    assert values(reading) == {"way": "Walk the route with four seniors."}


def test_an_answer_in_a_header_block_that_runs_into_our_questions_is_no_header() -> None:
    quote = f"1. Moved forward: {CHECK_IN[0].text}\nDate: agreed.\n2. Next: {CHECK_IN[1].text}\nNothing."

    assert values(reading_of(f"{HEADER}\n{quote}"))["moved"] == "Date: agreed."
