"""What people and their programs do with a mail of ours, each rule by itself (IN-9, IN-10, IN-12)."""

import pytest

from service.domain.question import Effect, Question, QuestionType
from service.reading.markup import html_lines
from service.reading.reader import read_parts
from service.reading.visible import visible
from tests.unit.reading.clients import HEADER, ON, divs
from tests.unit.reading.prompts import (
    CHECK_IN,
    CIRCUMSTANCES,
    MOVED,
    PACE,
    THANKS,
    WAY,
    asked,
    quoted,
    reading_of,
    sent_text,
    values,
)

SENT = sent_text(CHECK_IN)
QUOTE = f"\n\n{ON}\n{quoted(SENT)}\n"
HEARD = Question("heard", "Heard", "How well are you heard, from 1 to 5?", QuestionType.SCALE, Effect.NOTE)
BRING = Question("bring", "Bring", "What will you bring to it?", QuestionType.LIST, Effect.NOTE)


def html_reading(html: str):
    return read_parts("", html, "Grace Murray", asked(), CIRCUMSTANCES)


@pytest.mark.parametrize("line", ["5.) 4", "*5*: 4", "*5.* 4", "Q5: 4", "(5) 4", "5 – 4"])
def test_a_number_may_have_many_signs(line: str) -> None:
    assert values(reading_of(line + QUOTE)) == {"pace": 4}


def test_a_list_that_a_program_made_keeps_its_numbers() -> None:
    html = f'<ol><li>The room</li></ol><ol start="5"><li>4</li></ol><blockquote>{divs(SENT)}</blockquote>'

    assert values(html_reading(html)) == {"moved": "The room", "pace": 4}


def test_a_list_has_the_numbers_letters_and_bullets_that_a_reader_sees() -> None:
    html = '<ol start="3"><li>c<li value="7">g<li>h</ol><ol type="a"><li>x</ol><ul><li>y</ul>'

    assert [line.text for line in html_lines(html) if line.text] == ["3. c", "7. g", "8. h", "- x", "- y"]


@pytest.mark.parametrize("words", ["2.", "2", "2 - too slow", "2: slow"])
def test_a_figure_below_a_scale_is_the_answer_whatever_the_questions_number_is(words: str) -> None:
    questions = (MOVED, HEARD)
    inline = quoted(sent_text(questions)).replace("   (1 to 5)", f"   (1 to 5)\n{words}")

    assert values(reading_of(f"{ON}\n{inline}", *questions)) == {"heard": 2}


def test_the_questions_own_number_in_front_of_a_figure_is_left_out() -> None:
    questions = (MOVED, HEARD)
    inline = quoted(sent_text(questions)).replace("   (1 to 5)", "   (1 to 5)\n2. 4")

    assert values(reading_of(f"{ON}\n{inline}", *questions)) == {"heard": 4}


def test_a_figure_with_a_point_and_nothing_else_is_an_answer_and_no_number() -> None:
    assert values(reading_of(f"4.{QUOTE}")) == {"pace": 4}
    assert values(reading_of(f"4.\n\nThanks,\nGrace{QUOTE}")) == {"pace": 4}


@pytest.mark.parametrize(
    ("line", "value"), [("Moved forward: -", ""), ("Moved forward: 👍", "👍"), ("Moved forward:\n–", "")]
)
def test_signs_behind_a_label_are_words_too(line: str, value: str) -> None:
    assert values(reading_of(line + QUOTE)) == {"moved": value}


def test_a_list_right_below_a_label_is_the_authors_own() -> None:
    reading = reading_of(f"Moved forward:\n\n1. paint\n2. keys\n\nNext: rest{QUOTE}")

    assert values(reading) == {"moved": "1. paint\n2. keys", "next": "rest"}


def test_of_two_signs_on_a_line_the_first_ends_the_label() -> None:
    assert values(reading_of(f"Moved forward - To: be seen{QUOTE}")) == {"moved": "To: be seen"}


def test_a_lone_number_where_a_program_broke_a_long_line_is_no_number_of_ours() -> None:
    words = "We carried all the boxes from the depot up to the room with number\n4. Then we locked it."

    assert values(reading_of(words + QUOTE)) == {"moved": words}


def test_a_figure_above_our_next_question_is_no_part_of_it() -> None:
    questions = (PACE, HEARD, WAY)
    copied = sent_text(questions).replace("   (1 to 5)\n", "2\n", 1).replace("   (1 to 5)\n", "3\n", 1)
    typed = copied[copied.index("1. One more") : copied.index("3. In the way")]

    assert values(reading_of(typed, *questions)) == {"pace": 2, "heard": 3}


@pytest.mark.parametrize(
    "pointer",
    ["See below.", "Inline", "My answers are in red below", "Antworten siehe unten.", "Zie hieronder"],
)
def test_a_line_that_points_to_the_answers_is_none(pointer: str) -> None:
    inline = quoted(SENT).replace("your next step?", "your next step?\nPaint")

    reading = reading_of(f"{pointer}\n\n{ON}\n{inline}")

    assert (values(reading), reading.note) == ({"next": "Paint"}, pointer)


def test_without_answers_below_the_same_words_are_an_answer() -> None:
    assert values(reading_of(f"See below.{QUOTE}")) == {"moved": "See below."}


def test_words_below_several_questions_may_answer_any_of_them_so_they_are_asked_again() -> None:
    three = quoted(SENT[SENT.index("1. ") : SENT.index("4. ")])

    assert reading_of(f"{ON}\n{three}\n\nA quiet week.").unread == ("way",)
    assert reading_of(f"{ON}\n{three}\n\n1. room\n2. paint").answers == ()


def test_words_below_the_only_quoted_question_answer_it() -> None:
    assert values(reading_of("> 3. In the way: Is anything in the way?\n\nThe lease")) == {"way": "The lease"}


def test_a_sure_figure_below_a_scale_needs_no_further_question() -> None:
    two = (HEARD, PACE)

    assert values(reading_of(quoted(sent_text(two).partition("---")[0]) + "\n\n4", *two)) == {"pace": 4}


def test_who_greets_below_the_quote_begins_a_mail_of_their_own() -> None:
    three = quoted(SENT[SENT.index("1. ") : SENT.index("4. ")])

    assert values(reading_of(f"{three}\n\nHello Ada,\n\n1. room\n2. paint")) == {
        "moved": "room",
        "next": "paint",
    }


def test_what_a_colleague_wrote_between_our_questions_is_theirs() -> None:
    block = HEADER.replace("Common Thread <thread@town.example>", "Linus <linus@school.example>")
    answered = SENT.replace("your next step?", "your next step?\nCall the garage")

    reading = reading_of(f"1: The room.\n\n{block}\n\nThe bus.\n\n{HEADER}\n\n{answered}")

    assert (values(reading), reading.note) == ({"moved": "The room."}, "")


def test_who_writes_nothing_above_answers_between_the_questions_even_of_a_forwarded_mail() -> None:
    block = HEADER.replace("Common Thread <thread@town.example>", "Linus <linus@school.example>")
    answered = SENT.replace("your next step?", "your next step?\nCall the garage")

    assert values(reading_of(f"{block}\n\nThe bus.\n\n{HEADER}\n\n{answered}")) == {"next": "Call the garage"}


def test_a_subject_of_ours_in_a_header_block_opens_no_quote_of_ours() -> None:
    titled = asked()
    own = titled.texts[0].replace("Hello Grace,", "Weekly check-in of the room\n\nHello Grace,")
    block = HEADER.replace("Subject: Weekly check-in", "Subject: Weekly check-in of the room")

    reading = read_parts(
        f"Fine.\n\n{block}\n\nLinus says no.\n\n{HEADER}\n\n{own}", "", "Grace", titled, CIRCUMSTANCES
    )

    assert values(reading) == {"moved": "Fine."}


def test_words_without_a_mark_between_marked_lines_are_the_authors_below_a_header_block_too() -> None:
    inline = quoted(SENT).replace("your next step?", "your next step?\n\nPaint\n")

    assert values(reading_of(f"------ Original Message ------\nFrom Common Thread\n\n{inline}")) == {
        "next": "Paint"
    }


def test_words_below_an_unmarked_original_are_a_reply_where_nothing_stands_above() -> None:
    assert values(reading_of(f"{HEADER}\n\n{SENT}\n\nThe room is open.")) == {"moved": "The room is open."}


def test_an_introduction_and_the_original_may_share_a_line() -> None:
    text = f"The room.\n\n  {ON.replace(' <', '<')}   Hello Grace,\n\n{SENT}"

    assert values(reading_of(text)) == {"moved": "The room."}


def test_marks_that_html_shows_as_words_are_marks() -> None:
    html = f"<div>The room.</div><div>{ON.replace('<', '&lt;')}</div>{divs(quoted(SENT))}"

    assert values(html_reading(html)) == {"moved": "The room."}


def test_of_two_forms_with_the_same_words_the_unbroken_one_is_read() -> None:
    broken = "need: a van with a driver\nand a hook"
    html = divs(broken.replace("\n", " ")) + f"<blockquote>{divs(SENT)}</blockquote>"

    reading = read_parts(f"{broken}{QUOTE}", html, "", asked(), CIRCUMSTANCES)

    assert values(reading) == {"need": "a van with a driver and a hook"}


def test_outlooks_paragraphs_are_lines_and_an_empty_one_is_a_blank_line() -> None:
    html = (
        '<p class="MsoNormal">a</p><p class="MsoNormal">b</p><p class="MsoNormal">&nbsp;</p><p>c</p><p>d</p>'
    )

    assert [line.text for line in html_lines(html)] == ["a", "b", "", "c", "", "d", ""]


@pytest.mark.parametrize(
    "words",
    [
        "On Tuesday I met Linus and wrote down what he needs.",
        "On Friday, 5 March 2027 at 10:00, if the paint is dry.",
        "am 5.12.2026",
        "We wrote to the county on 11/16/2026 at 9:30.",
        "Sent from the depot: twelve chairs",
        "Thanks, everybody helped.",
        "Hi, all done.",
        "Subject: none of us likes it.\nDate: to be agreed.\nTo: be honest, it can wait.",
        "The first walk went well.\n\n---\n\nThe second one did not go so well.",
    ],
)
def test_words_that_look_like_furniture_right_above_a_quote_are_kept(words: str) -> None:
    assert values(reading_of(words + QUOTE)) == {"moved": words}


def test_the_first_line_of_an_introduction_is_no_line_of_the_author() -> None:
    words = "A win: the room.\nTo be honest it was easy"

    assert visible(f"{words}\n{ON}\n> old", "") == words


@pytest.mark.parametrize(
    "ending",
    [
        "Onwards and upwards,\nGrace",
        "LG Grace",
        "Hartelijke groet!\nGrace",
        "Grace Murray\nThird Grade\nHillside School",
        "Grace Murray | Director | City Library",
        "-- \nGrace Murray",
    ],
)
def test_an_ending_is_known_by_the_authors_name(ending: str) -> None:
    assert values(reading_of(f"The room.\n\n{ending}{QUOTE}")) == {"moved": "The room."}
    assert reading_of(f"{ON}\n{quoted(SENT)}\n\n{ending}").note == ""


def test_a_sign_off_does_not_end_the_answers_that_follow_it() -> None:
    reading = reading_of(f"4: Thanks, Maria\n5: 4{QUOTE}")

    assert values(reading) == {"thanks": ["Maria Santos"], "pace": 4}


def test_a_copied_question_without_an_answer_is_not_answered_by_the_sign_off() -> None:
    assert reading_of("What is your next step?\n\nBest,\nGrace").answers == ()


@pytest.mark.parametrize("tag", ['div class="gmail_signature"', 'div id="Signature"', "signature"])
def test_a_signature_that_the_markup_names_is_none_of_the_authors_words(tag: str) -> None:
    signature = f'<{tag}>Ada<br>"A motto."</{tag.split()[0]}>'

    reading = html_reading(f"<div>The room.</div>{signature}<blockquote>{divs(SENT)}</blockquote>")

    assert values(reading) == {"moved": "The room."}


def test_a_link_that_a_program_put_behind_our_address_is_nobodys() -> None:
    inline = SENT.replace(
        "your team, with your name.", "your team, with your name.<https://gate.example/?u=1>"
    )

    assert reading_of(f"{HEADER}\n\n{inline}").note == ""


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("songs; a dog;\npaper", ["songs", "a dog", "paper"]),
        ("songs\na dog", ["songs", "a dog"]),
        ("- songs, loud\n- a dog", ["songs, loud", "a dog"]),
    ],
)
def test_a_list_may_have_lines_bullets_and_semicolons(words: str, items: list[str]) -> None:
    assert values(reading_of(words, BRING)) == {"bring": items}


def test_a_list_whose_line_with_commas_goes_on_below_is_asked_again() -> None:
    assert reading_of("songs, a dog, paper\ncups", BRING).unread == ("bring",)


def test_words_in_the_block_of_a_question_that_was_not_asked_are_a_note() -> None:
    html = f'<div id="q-gone"><p>By the way</p></div><blockquote>{divs(SENT)}</blockquote>'

    assert (html_reading(html).answers, html_reading(html).note) == ((), "By the way")


def test_stars_below_a_label_are_an_answer() -> None:
    assert values(reading_of(f"One more:\n★★★★☆{QUOTE}")) == {"pace": 4}


def test_thanks_are_read_below_a_label_that_stands_alone() -> None:
    assert values(reading_of("Thanks to:\nThanks, Maria!", MOVED, THANKS)) == {"thanks": ["Maria Santos"]}


@pytest.mark.parametrize(
    ("ending", "later"),
    [
        ("Best,\nGrace", "P.S. Bring the key."),
        ("Grace", "PS: bring the key"),
        ("Thanks!\n\nGrace Murray", "PPS bring the key"),
        ("Best,\nGrace", "Oh, and bring the key back."),
    ],
)
def test_what_stands_below_the_sign_off_is_a_note(ending: str, later: str) -> None:
    reading = reading_of(f"1. room\n\n{ending}\n\n{later}{QUOTE}")

    assert (values(reading), reading.note) == ({"moved": "room"}, later)


def test_a_postscript_below_a_contact_block_is_kept() -> None:
    reading = reading_of(f"The room.\n\nGrace Murray\nT 555 010 0142\n\nPS: the key is back{QUOTE}")

    assert (values(reading), reading.note) == ({"moved": "The room."}, "PS: the key is back")


@pytest.mark.parametrize(
    "lead", ["Hope you are well.", "Sorry for the late reply!", "Here you go:", "Merci pour le rappel !"]
)
@pytest.mark.parametrize(
    ("words", "key"), [("2. paint\n3. rain", "next"), ("Next: paint", "next"), ("paint", "moved")]
)
def test_a_line_that_only_leads_in_is_a_note(lead: str, words: str, key: str) -> None:
    reading = reading_of(f"{lead}\n\n{words}{QUOTE}")

    assert values(reading)[key] == "paint"
    assert reading.note == lead


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("1-3: nothing", "moved"),
        ("2 & 3: nothing", "next"),
        ("1/2: nothing", "moved"),
        ("3, 4 and 5: nothing", "way"),
        ("Next / In the way: nothing", "next"),
        ("Moved forward und Next: nothing", "moved"),
        ("a) room\nb) paint", "moved"),
        ("1\nroom\n2\npaint", "moved"),
    ],
)
def test_words_for_several_questions_at_once_are_asked_again(words: str, key: str) -> None:
    reading = reading_of(words + QUOTE)

    assert (reading.answers, reading.unread_text) == ((), {key: words})


@pytest.mark.parametrize(
    "words", ["12-15 people: all happy", "1-9 of them: all happy", "Grace and Ada: all happy"]
)
def test_figures_and_names_that_are_no_questions_of_ours_name_none(words: str) -> None:
    assert values(reading_of(words + QUOTE)) == {"moved": words}


@pytest.mark.parametrize("lead", ["Re 2: ", "ad 2) ", "No. 2: ", "zu 2: ", "Frage 2 - ", "Question 2. "])
def test_a_word_may_stand_in_front_of_a_number(lead: str) -> None:
    assert values(reading_of(f"{lead}paint{QUOTE}")) == {"next": "paint"}


def test_a_label_may_go_on_as_its_question_does() -> None:
    assert values(reading_of(f"Next step: paint{QUOTE}")) == {"next": "paint"}
    assert values(reading_of(f"Next week: paint{QUOTE}")) == {"moved": "Next week: paint"}


def test_a_mark_in_front_of_a_copied_question_is_no_word_of_the_author() -> None:
    reading = reading_of(
        "Q: How does the pace feel, from 1 (far too slow or too fast) to 5 (just right)?\nA: 4"
    )

    assert (values(reading), reading.note) == ({"pace": 4}, "")


@pytest.mark.parametrize("end", ["Is anyth", "Is anything", "Is"])
def test_a_line_of_ours_that_a_program_cut_off_is_ours(end: str) -> None:
    head = quoted(SENT[: SENT.index("3. In the way")])

    reading = reading_of(f"The room.\n\n{ON}\n{head}\n> 3. In the way: {end}")

    assert (values(reading), reading.note) == ({"moved": "The room."}, "")


def test_a_name_at_the_end_of_a_line_that_a_program_broke_is_no_sign_off() -> None:
    words = "The ground is frozen until March, and so is the paint, says our\nGrace"

    assert values(reading_of(f"In the way: {words}{QUOTE}")) == {"way": words}
