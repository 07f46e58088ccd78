"""A text part as lines: quote marks are counted, what only looks like one is kept (RFC 3676 section 4.5)."""

import pytest

from service.reading.lines import MOST_LINES, Line, Origin, cleaned, text_lines, unquote


def depths(text: str) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in text_lines(text)]


@pytest.mark.parametrize(
    ("raw", "depth", "text"),
    [
        ("> a", 1, "a"),
        (">>b  ", 2, "b"),
        ("   > c", 1, "c"),
        (">   > d", 2, "d"),
        (">  e", 1, " e"),
        (">    > f", 1, "   > f"),
        (">     > g", 1, "    > g"),
        ("» > › ＞ h", 4, "h"),
        ("> ||x| i", 3, "x| i"),
        (">", 1, ""),
        ("> > ", 2, ""),
        ("    > j", 0, "    > j"),
        (" k ", 0, " k"),
    ],
)
def test_marks_are_counted_with_the_spaces_between_them(raw: str, depth: int, text: str) -> None:
    assert unquote(raw) == Line(text, depth, Origin.QUOTE if depth else Origin.TYPED)


@pytest.mark.parametrize(
    "raw", [">>> news <<<", "| tables | 12 |", "|x|", ">>> Ada 11/23/2026 9:00 AM >>>", "    indented", ""]
)
def test_an_ornament_a_table_and_an_indented_line_bear_no_marks(raw: str) -> None:
    assert unquote(raw) == Line(raw)


def test_a_row_that_is_quoted_is_quoted() -> None:
    assert unquote("> tables | 12 |") == Line("tables | 12 |", 1, Origin.QUOTE)
    assert unquote("| a quote with | in it") == Line("a quote with | in it", 1, Origin.QUOTE)


@pytest.mark.parametrize(
    "text",
    ["AO> one\nAO> two", "  AO>one\n\tAO> two", "Ada Olsen wrote:\nAO> one\nBB> two\nAO> three"],
)
def test_initials_on_several_lines_are_marks(text: str) -> None:
    quoted = [line.text for line in text_lines(text) if line.depth == 1]

    assert quoted[0] == "one"
    assert quoted[-1] in ("two", "three")


@pytest.mark.parametrize("named", ["Ada Olsen wrote:", '"Ada" (Olsen) wrote:\n', "Ada, Olsen:  "])
@pytest.mark.parametrize("mark", ["AO", "Ada", "Olsen"])
def test_initials_and_names_are_marks_below_the_line_that_names_them(named: str, mark: str) -> None:
    assert depths(f"{named}\n{mark}> one\nmine")[-2:] == [(1, "one"), (0, "mine")]


@pytest.mark.parametrize(
    "above",
    ["", "Ada Olsen wrote\n", "Ada Olsen wrote:\nHello,\n", "Bo Olsen wrote:\n", "ada olsen wrote:\n"],
)
def test_initials_that_nobody_named_are_the_authors(above: str) -> None:
    assert depths(f"{above}AO> one\nmine")[-2:] == [(0, "AO> one"), (0, "mine")]


def test_a_sign_in_a_sentence_is_no_mark() -> None:
    assert depths("If x> 3 then\nIf x> 4 then") == [(0, "If x> 3 then"), (0, "If x> 4 then")]
    assert depths("AO>> one\nAO>> two") == [(0, "AO>> one"), (0, "AO>> two")]


def test_a_header_in_the_boxes_of_notes_is_read_without_them() -> None:
    boxes = "The room.\n|---->\n| Ada  |\n|---->\n>--------|\n|  Mon 9:00 |\n>----|\n| a | b |\nold"

    assert [text for _, text in depths(boxes)] == ["The room.", "Ada", "Mon 9:00", "| a | b |", "old"]


def test_a_drawn_line_is_no_box() -> None:
    assert depths("| name | day |\n|---|---|\n| Ada | May |") == [
        (0, "| name | day |"),
        (0, "|---|---|"),
        (0, "| Ada | May |"),
    ]


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert [text for _, text in depths("a\rb\r\nc\u2028d\u2029e\n")] == ["a", "b", "c", "d", "e", ""]


def test_nobody_reads_further_than_the_most_lines() -> None:
    assert len(text_lines("a\n" * MOST_LINES)) == MOST_LINES
    assert text_lines("a\n" * (MOST_LINES - 1) + "b\nc")[-1].text == "b"


def test_what_nobody_sees_is_left_out_and_odd_spaces_are_spaces() -> None:
    assert cleaned("a\u200bb\u00a0c\u202fd\u3000e\ufeff\u00adf\u200eg\u202eh\x00i") == "ab c d efghi"


@pytest.mark.parametrize("text", ["👩\u200d👩\u200d👧", "می\u200cخواهم", "x\u200d\u200dy", "a\u200cb"])
def test_a_joiner_within_a_word_or_a_picture_spells_it(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("\u200da", "a"),
        ("a\u200c", "a"),
        ("a \u200cb", "a b"),
        ("a\u200d b", "a b"),
        ("a\u200d\u200c\nb", "a\nb"),
    ],
)
def test_a_joiner_beside_a_space_or_an_end_fills_a_line(text: str, rest: str) -> None:
    assert cleaned(text) == rest


def test_a_line_is_quoted_where_its_mark_or_its_container_says_so() -> None:
    quoted = [origin for origin in Origin if Line("a", origin=origin).quoted]

    assert quoted == [Origin.ORIGINAL, Origin.CITATION]
    assert Line("a", 1).quoted


def test_a_line_of_spaces_is_blank() -> None:
    assert [text for text in ("", " ", "\u2003\t", " x ") if Line(text).blank] == ["", " ", "\u2003\t"]
