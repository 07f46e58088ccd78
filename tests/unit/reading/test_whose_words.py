"""Whose words a reply's lines are: none of the author's is lost, nobody else's is taken."""

import pytest

from service.reading.align import align
from service.reading.authorship import Own, own_lines
from service.reading.lines import Line, Origin, text_lines
from service.reading.pieces import cut
from service.reading.quotes import Place, places
from service.reading.sent import prepare
from tests.unit.reading.clients import HEADER, ON
from tests.unit.reading.prompts import CHECK_IN, CODE, MOVED, NEXT, asked, quoted, sent_text

SENT = sent_text(CHECK_IN)
NEXT_LINE = "> 2. Next: What is your next step?"
WAY_LINE = "> 3. In the way: Is anything in the way?"
ASKED = "2. Next: What is your next step"


def pieces(text: str) -> list[tuple[str, str]]:
    """Each piece and whose it is: N(ew), F(urniture) or Q(uoted), or the question that is ours."""
    lines = text_lines(text)
    found = places(lines)
    alignment = align(lines, [place is not Place.NEW for place in found], prepare(asked()))
    return [
        (piece.line.text, (piece.ours.question or "ours") if piece.ours else piece.place.name[0])
        for piece in cut(lines, found, alignment)
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"{NEXT_LINE} Paint", [(ASKED, "next"), ("Paint", "Q")]),
        (f'{NEXT_LINE}" (Paint)', [(ASKED, "next"), ("(Paint)", "Q")]),
        ("> * Paint - 2. Next: What is your next step?", [("Paint", "Q"), (ASKED, "next")]),
        (f"{NEXT_LINE}Paint", [(ASKED, "next"), ("Paint", "Q")]),
        (f"{NEXT_LINE} -", [(ASKED, "next"), ("-", "Q")]),
        (f"{NEXT_LINE} —", [(ASKED, "next"), ("—", "Q")]),
        (f"{NEXT_LINE} ---", [(ASKED, "next")]),
        (f"{NEXT_LINE} *", [(ASKED, "next")]),
        ("> Q: What is your next step?", [("What is your next step", "next")]),
        (
            "> Next (paint): What is your next step?",
            [("Next (paint):", "Q"), ("What is your next step", "next")],
        ),
        (
            "> Ada wrote on 23.11.2026: What is your next step?",
            [("Ada wrote on 23.11.2026:", "F"), ("What is your next step", "next")],
        ),
    ],
)
def test_a_line_is_cut_where_our_words_begin_and_end(line: str, found: list[tuple[str, str]]) -> None:
    assert [(text.rstrip("."), whose) for text, whose in pieces(line)] == [
        (text.rstrip("."), whose) for text, whose in found
    ]


def test_two_questions_on_one_line_are_cut_apart() -> None:
    line = "> What is your next step? Paint it again. What is your next step? Nothing at all"

    assert [text for text, whose in pieces(line) if whose == "Q"] == ["Paint it again.", "Nothing at all"]


def test_a_short_answer_between_two_questions_on_one_line_is_kept() -> None:
    line = "> What is your next step? Yes. 3. In the way: Is anything in the way? No."

    assert [text for text, whose in pieces(line) if whose == "Q"] == ["Yes.", "No."]


@pytest.mark.parametrize(
    "link",
    [
        " <mailto:ada@town.example>",
        " [https://town.example/x]",
        "\n<https://town.example>",
        "\n(ada@town.example)",
        " [ada@town.example].",
    ],
)
def test_a_link_that_a_program_puts_behind_our_words_is_nobodys(link: str) -> None:
    assert pieces(NEXT_LINE + link) == [(ASKED, "next")]
    assert pieces(f"{NEXT_LINE}{link}\nPaint") == [(ASKED, "next"), ("Paint", "N")]


@pytest.mark.parametrize(
    "words", ["(paint)", "<paint it at town.example>", "(ask ada@town.example)", "ada@town.example"]
)
def test_words_in_brackets_and_an_address_alone_are_the_authors(words: str) -> None:
    assert pieces(f"{NEXT_LINE}\n{words}")[1:] == [(words, "N")]
    assert pieces(f"{NEXT_LINE} {words}")[1:] == [(words, "Q")]


def test_a_link_below_the_authors_own_line_is_the_authors() -> None:
    assert pieces("<https://town.example>") == [("<https://town.example>", "N")]
    assert pieces("See this:\n<https://town.example>") == [
        ("See this:", "N"),
        ("<https://town.example>", "N"),
    ]


def test_the_code_line_is_ours_wherever_it_stands() -> None:
    """IN-18."""
    for line in (f"Ref {CODE}", f"> ref: {CODE}", f"Ref:  {CODE.upper()}"):
        assert [whose for _, whose in pieces(line)] == ["ours"]
    assert ("Paint it", "N") in pieces(f"Paint it. Ref {CODE}")
    assert pieces("Ref f-short") == [("Ref f-short", "N")]


def test_a_field_below_a_question_of_ours_is_an_answer_and_no_header() -> None:
    text = f"{HEADER}\n1. Moved forward: {MOVED.text}\nDate: agreed.\nFrom: us\n2. Next: {NEXT.text}\nPaint"

    assert pieces(text)[4:] == [
        ("1. Moved forward: What moved forward since we last wrote", "moved"),
        ("Date: agreed.", "Q"),
        ("From: us", "Q"),
        (ASKED, "next"),
        ("Paint", "Q"),
    ]


def test_a_subject_that_reads_like_a_question_of_ours_is_a_header() -> None:
    header = HEADER.replace("Weekly check-in", f"Next: {NEXT.text}")

    assert {whose for _, whose in pieces(f"See below.\n{header}\nDate: 23.11.2026")[1:]} == {"F"}


def own(text: str, name: str = "Grace Murray") -> list[Own]:
    lines = text_lines(text)
    found = places(lines)
    alignment = align(lines, [place is not Place.NEW for place in found], prepare(asked()))
    return [line for line in own_lines(lines, found, alignment, name) if line.text]


def said(text: str) -> list[tuple[str, str]]:
    return [(line.text, line.under) for line in own(text)]


INLINE = (
    quoted(SENT)
    .replace("your next step?", "your next step?\nPaint")
    .replace("the way?", "the way?\n\nRain\n\nSnow")
)


def test_words_below_a_question_of_ours_stand_under_it() -> None:
    lines = own(f"Hi\n\n{ON}\n{INLINE}\n\nBye")

    assert [(line.text, line.under, line.region, line.below) for line in lines] == [
        ("Hi", "", 0, 0),
        ("Paint", "next", 1, 0),
        ("Rain", "way", 2, 0),
        ("Snow", "way", 2, 0),
        ("Bye", "", 3, len(CHECK_IN)),
    ]


def test_below_an_unmarked_original_unlabelled_words_answer_only_where_nothing_stands_above() -> None:
    assert [(line.text, line.open) for line in own(f"Top.\n\n{HEADER}\n\n{SENT}\nBelow")] == [
        ("Top.", True),
        ("Below", False),
    ]
    assert [(line.text, line.open) for line in own(f"{HEADER}\n\n{SENT}\nBelow")] == [("Below", True)]
    assert [(line.text, line.open) for line in own(f"[EXTERNAL]\n\n{HEADER}\n\n{SENT}\nBelow")] == [
        ("Below", True)
    ]


LINUS = "On Tue, Nov 24, 2026, Linus <linus@school.example> wrote:"
ADA = "On Mon, Nov 23, 2026, Ada <ada@town.example> wrote:"


def test_what_a_colleague_wrote_between_our_lines_is_the_colleagues() -> None:
    theirs = quoted(SENT.replace("your next step?", "your next step?\nTheirs"), "> > ")
    text = f"Top.\n\n{LINUS}\n> 1: The bus.\n>\n> {ADA}\n{theirs}\n> Linus\nBottom"

    assert said(text) == [("Top.", ""), ("Bottom", "")]
    assert said(f"Top.\n\n{LINUS}\n> The bus.\n> More of it.") == [("Top.", "")]


def test_a_line_of_ours_that_a_colleague_repeats_above_our_mail_is_no_place_to_answer() -> None:
    line = "Two minutes for the after-school room? One word is enough, in any order."
    text = f"Top.\n\n{LINUS}\n> {line}\n> Theirs\n>\n> {ADA}\n{quoted(SENT, '> > ')}"

    assert said(text) == [("Top.", "")]


def test_below_two_introductions_a_colleague_answers_even_where_nothing_stands_on_top() -> None:
    inner = f"> {NEXT_LINE}\n> > Theirs"

    assert [words for words, _ in said(f"{LINUS}\n> The bus.\n>\n> {ADA}\n{inner}\n\nMine")] == ["Mine"]


def test_where_nothing_of_ours_is_quoted_nothing_stands_below_it() -> None:
    assert {line.below for line in own("The room.\nIt is open.\nForty came.")} == {0}


def test_of_one_who_writes_into_the_quote_alone_the_words_are_kept_at_any_level() -> None:
    inner = quoted(SENT.replace("your next step?", "your next step?\nPaint"), "> > ")

    assert ("Paint", "next") in said(f"{LINUS}\n> {ADA}\n{inner}")


def test_words_at_another_depth_than_ours_are_somebody_elses() -> None:
    assert said(f"{NEXT_LINE}\n>> deeper\n> same\nmine") == [("same", "next"), ("mine", "next")]
    assert said(f"> theirs\n{NEXT_LINE}\n> into\n{WAY_LINE}") == [("into", "next")]


def test_words_below_a_line_of_ours_that_asks_nothing_are_the_authors_only_between_our_lines() -> None:
    line = "> Two minutes for the after-school room? One word is enough, in any order."

    assert said(f"{line}\n> into it") == []
    assert said(f"{line}\n> into it\n{NEXT_LINE}") == [("into it", "")]


def test_each_part_of_a_reply_may_have_a_signature_and_an_afterthought() -> None:
    text = (
        f"Hi\n{NEXT_LINE}\nPaint\n-- \nGrace\n{WAY_LINE}\nRain\n-- \nGrace\n555 0100\n\nP.S. Snow\n-- \nGrace"
    )

    assert said(text) == [("Hi", ""), ("Paint", "next"), ("Rain", "way"), ("P.S. Snow", "way")]


def test_a_banner_in_a_part_of_a_reply_is_left_out() -> None:
    assert said(f"\n\n[EXTERNAL]\nHi\n{NEXT_LINE}\nPaint") == [("Hi", ""), ("Paint", "next")]


def test_what_a_client_marked_as_a_signature_is_left_out() -> None:
    lines = [Line("Paint"), Line("Grace", origin=Origin.SIGNATURE)]
    alignment = align(lines, [False, False], prepare(asked()))

    found = own_lines(lines, [Place.NEW, Place.NEW], alignment, "")

    assert [(line.text, line.origin) for line in found] == [("Paint", Origin.TYPED)]


def test_a_line_in_a_block_of_ours_stands_under_its_question() -> None:
    lines = [Line("Paint", anchor="next"), Line("Bye")]
    alignment = align(lines, [False, False], prepare(asked()))

    found = own_lines(lines, [Place.NEW, Place.NEW], alignment, "")

    assert [(line.text, line.under, line.region, line.below) for line in found] == [
        ("Paint", "next", 0, 0),
        ("Bye", "", 0, 0),
    ]
