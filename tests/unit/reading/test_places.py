"""Where each line of a reply stands, judged by its marks alone (IN-9, IN-10)."""

import pytest

from service.reading.lines import Line, Origin
from service.reading.quotes import places, with_quotations, with_torn_lines

ON = "On Mon, Nov 23, 2026 at 9:00 AM Ada <ada@town.example> wrote:"
FROM, SUBJECT = "From: Ada <ada@town.example>", "Subject: Check-in"


def as_lines(lines: tuple[str | Line, ...]) -> list[Line]:
    return [line if isinstance(line, Line) else Line(line) for line in lines]


def old(text: str, depth: int = 1) -> Line:
    return Line(text, depth, Origin.QUOTE)


def found(*lines: str | Line) -> str:
    return "".join(place.name[0] for place in places(as_lines(lines)))


def torn(*lines: str | Line) -> str:
    whole = as_lines(lines)
    return "".join(place.name[0] for place in with_torn_lines(whole, places(whole)))


def test_below_an_unmarked_introduction_all_is_the_original() -> None:
    assert found("new", ON, "old", "", "old") == "NFQQQ"


def test_below_a_marked_quote_the_author_goes_on() -> None:
    assert found("new", ON, old("old"), "new") == "NFQN"
    assert found("new", ON, "", "", old("old"), "new") == "NFNNQN"
    assert found("new", Line("Ada", origin=Origin.CITATION), old("old"), "new") == "NFQN"
    assert found("new", Line("Ada", origin=Origin.CITATION), "new") == "NFN"


def test_below_a_delimiter_or_a_header_block_even_marks_do_not_end_the_original() -> None:
    assert found("-----Original Message-----", old("old"), "old") == "FQQ"
    assert found("new", FROM, SUBJECT, old("old"), "old") == "NFFQQ"
    assert found("new", old("reply above this line"), "old") == "NFQ"


def test_below_a_header_block_that_opens_a_mail_marks_set_the_answers_off() -> None:
    assert found(FROM, SUBJECT, old("old"), "new") == "FFQN"
    assert found("", FROM, SUBJECT, "", old("old"), "new") == "NFFNQN"
    assert found(FROM, SUBJECT, "old", old("older"), "old") == "FFQQQ"


def test_a_container_of_a_program_is_no_quote_that_ends() -> None:
    lines = [Line(text, origin=Origin.ORIGINAL) for text in (FROM, SUBJECT)]

    assert found(*lines, old("old"), "old") == "FFQQ"


@pytest.mark.parametrize("rule", ["____", "-- Check-in --"])
def test_a_rule_above_a_header_block_belongs_to_it(rule: str) -> None:
    assert found("new", rule, FROM, SUBJECT, "old") == "NFFFQ"
    assert found("new", rule, "new") == "NNN"
    assert found("new", rule) == "NN"


def test_inside_a_quote_what_introduces_a_deeper_one_is_nobodys_words() -> None:
    assert found("new", old("theirs"), old(ON), old("ours", 2), old("theirs"), "new") == "NQFQQN"
    assert found(old("theirs"), old(FROM), old(SUBJECT), old("ours", 2)) == "QFFQ"
    assert found(old(FROM), old(SUBJECT), old("ours"), "new") == "FFQN"
    assert found(old(ON), old("theirs")) == "QQ"


def test_an_empty_quoted_line_is_quoted() -> None:
    assert found(old(""), "new") == "QN"


@pytest.mark.parametrize(
    ("above", "rest"),
    [
        ("a line that was", "broken"),
        ("a line that was", "broken again"),
        ("It was good.", "http://town.example"),
        ("It was good.", "www.town.example"),
        ("It was good.", "  (http://town.example)"),
        ("It was good.", "(ha"),
        ("It was good.", "<ada@town.example>"),
        ("It was good.", "_all_ of it"),
        ("It was (rather)", "good"),
        ("It was good.", "[...]"),
        ("It was good.", "  [SNIP] "),
    ],
)
def test_the_rest_of_a_broken_line_goes_to_its_quote(above: str, rest: str) -> None:
    assert torn(old(above), rest, "New.") == "QQN"


@pytest.mark.parametrize(
    ("above", "words"),
    [
        ("It was good.", "fine"),
        ("How was it?  ", "fine"),
        ("It was:", "fine"),
        ("It was good;", "fine"),
        ("a line that was", "Fine"),
        ("a line that was", "The room"),
        ("It was good.", "see www.town.example"),
        ("a line that was", ""),
    ],
)
def test_an_answer_below_a_quoted_line_is_the_authors(above: str, words: str) -> None:
    assert torn(old(above), words) == "QN"


def test_the_rest_of_a_quoted_subject_is_nobodys_answer() -> None:
    assert torn(old(FROM), old("Subject: the room that"), "we paint", "New.") == "FFQN"


def test_the_rest_may_be_broken_once_more() -> None:
    assert torn("new", old("a line"), "that was", "broken twice", "New.") == "NQQQN"


def test_below_the_authors_own_line_nothing_is_torn() -> None:
    assert torn("a line that", "goes on") == "NN"
    assert torn("it goes on", old("a line that")) == "NQ"


def quotations(*lines: Line, ours: tuple[int, ...] = ()) -> str:
    marked = [[object()] if at in ours else [] for at in range(len(lines))]
    return "".join(place.name[0] for place in with_quotations(lines, places(lines), marked))


def own(text: str, origin: Origin = Origin.UNMARKED) -> Line:
    return Line(text, 1, origin)


WORDS, QUOTE = Line("He said:"), (Line(ON), old("old"))


def test_a_blockquote_is_its_authors_where_the_original_stands_elsewhere() -> None:
    assert quotations(WORDS, own("Come."), own("In May."), *QUOTE) == "NNNFQ"
    assert quotations(WORDS, Line(""), own("Come."), *QUOTE) == "NNNFQ"
    assert quotations(WORDS, old(""), own("Come."), *QUOTE) == "NQNFQ"
    assert quotations(WORDS, own("Come."), Line("1. Next", 1, Origin.QUOTE), ours=(2,)) == "NNQ"


def test_a_blockquote_may_be_the_original_where_there_is_no_other() -> None:
    assert quotations(WORDS, own("Come.")) == "NQ"
    assert quotations(WORDS, own("Come.", Origin.SET_OFF)) == "NN"


def test_a_blockquote_with_words_of_ours_or_an_introduction_is_none_of_the_authors() -> None:
    assert quotations(WORDS, own("Come."), own("1. Next"), *QUOTE, ours=(2,)) == "NQQFQ"
    assert quotations(WORDS, own("Ada wrote:"), own("Come."), *QUOTE) == "NQQFQ"


def test_a_blockquote_above_or_below_other_quotes_is_no_quotation() -> None:
    assert quotations(own("Come."), WORDS, *QUOTE) == "QNFQ"
    assert quotations(WORDS, old("old"), own("Come."), *QUOTE) == "NQQFQ"
    assert quotations(WORDS, own("Come."), Line("So."), own("And go."), *QUOTE) == "NNNNFQ"
