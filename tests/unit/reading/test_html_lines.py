"""HTML as the lines that a reader sees, with what the client's own containers say of them (IN-9)."""

import pytest

from service.reading.lines import MOST_LINES, Line, Origin
from service.reading.markup import html_lines

OUTLOOK = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in"


def texts(html: str) -> list[str]:
    return [line.text for line in html_lines(html)]


def origins(html: str) -> list[tuple[str, str]]:
    return [(line.text, line.origin.name) for line in html_lines(html) if line.text]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("", []),
        ("<p>a\n b</p><p>c</p>", ["a b", "", "c", ""]),
        ("<div>a <b>b</b> <i>c</i></div><div> </div><div>d</div>", ["a b c", "d"]),
        ("<span>un</span><span>broken</span>", ["unbroken"]),
        ("<div>a<br>b</div><br><div>c</div>", ["a", "b", "", "c"]),
        ("a<br><br>b", ["a", "", "b"]),
        ("<h2>a</h2>b<hr>c", ["a", "", "b", "c"]),
        ("<div><p></p></div>a<p>&nbsp;</p>b", ["a", "", "b"]),
        ("<ul></ul>a<dl><dt>b<dd>c</dl>", ["a", "b", "c"]),
        ("<div>&nbsp;a&nbsp; &nbsp;b</div>", ["a b"]),
        ("a\x00b", ["ab"]),
    ],
)
def test_blocks_and_breaks_end_a_line(html: str, lines: list[str]) -> None:
    assert texts(html) == lines


def test_outlooks_paragraphs_stand_close_and_an_empty_one_is_a_blank_line() -> None:
    html = "".join(f'<p class="MsoNormal">{words}</p>' for words in ("a", "b", "&nbsp;", "c"))

    assert texts(html) == ["a", "b", "", "c"]
    assert texts('<p class="other">a</p><p class="other">b</p>') == ["a", "", "b", ""]
    assert texts('<h1 class="MsoTitle">a</h1>b') == ["a", "", "b"]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ul><li>a<li>b</ul>c", ["- a", "- b", "", "c"]),
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b", ""]),
        ("<ol type=1 start=3><li>a<li value=7>b<li>c</ol>", ["3. a", "7. b", "8. c", ""]),
        ("<ol start=2024><li>a</ol>", ["2024. a", ""]),
        ("<ol start=12345><li>a</ol>", ["1. a", ""]),
        ("<ol start=x><li>a</ol>", ["1. a", ""]),
        ("<ol type=a><li>a</ol>", ["- a", ""]),
        ("<ol><li>a<ul><li>x</ul><li>b</ol>", ["1. a", "", "- x", "", "2. b", ""]),
        ("<ul><li>x<ol><li>a</ol><li>y</ul>", ["- x", "", "1. a", "", "- y", ""]),
        ("<ol><li>a</ol><ol><li>b</ol>", ["1. a", "", "1. b", ""]),
        ("<li>a", ["- a"]),
    ],
)
def test_items_have_the_number_or_the_bullet_that_a_reader_sees(html: str, lines: list[str]) -> None:
    assert texts(html) == lines


def test_a_row_of_a_table_is_one_line() -> None:
    assert texts("<table><tr><td>a<td>b<tr><th>c<td>d<th>e</table>") == ["a b", "c d e"]


def test_preformatted_text_keeps_its_lines_and_its_spaces() -> None:
    assert texts("<pre>a\n  b\n\nc  </pre>d  e") == ["a", "  b", "", "c", "", "d e"]
    assert texts("<div><pre>a</pre></div><pre>  b<br>c</pre>") == ["a", "", "  b", "c", ""]


def test_quote_marks_in_html_are_counted_upon_those_of_its_blockquotes() -> None:
    lines = html_lines("<pre>> a\n>> b</pre><blockquote>&gt; c</blockquote>")

    assert [(line.text, line.depth) for line in lines if line.text] == [("a", 1), ("b", 2), ("c", 2)]
    assert lines[0].origin is Origin.QUOTE
    assert html_lines('<div class="yahoo_quoted">&gt; a</div>')[0] == Line("a", 1, Origin.ORIGINAL)


def test_blank_lines_in_a_quote_are_as_deep_as_the_quote() -> None:
    html = '<blockquote>a<blockquote type="cite">b</blockquote>c</blockquote>d'

    assert [(line.text, line.depth) for line in html_lines(html)] == [
        ("a", 1), ("", 1), ("b", 2), ("", 2), ("c", 1), ("", 1), ("d", 0),
    ]  # fmt: skip
    assert {line.origin for line in html_lines(html)[:-1]} == {Origin.UNMARKED}


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>a<style>y</style>",
        "<title>t</title>a",
        "<!-- c -->a<template>x</template>",
        "<svg><text>x</text></svg>a",
        '<div style="display:none">x<p>y</p></div>a',
        '<div style="color:red; DISPLAY : None">x</div><p class=MsoNormal style="color:red">a</p>',
    ],
)
def test_what_no_reader_sees_is_left_out(html: str) -> None:
    assert [text for text in texts(html) if text] == ["a"]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('a<div id="Signature">s</div>b', [("a", "TYPED"), ("s", "SIGNATURE"), ("b", "TYPED")]),
        ('<div class="y x_gmail_signature">s</div>', [("s", "SIGNATURE")]),
        ("<signature>s</signature>t", [("s", "SIGNATURE"), ("t", "TYPED")]),
        (
            'x<div class="gmail_attr">On <a>May</a></div>b',
            [("x", "TYPED"), ("On May", "CITATION"), ("b", "TYPED")],
        ),
        (
            '<div class="yahoo_quoted">a<div class="gmail_signature">s</div></div>b',
            [("a", "ORIGINAL"), ("s", "ORIGINAL"), ("b", "TYPED")],
        ),
        (
            '<span class="moz-signature">s<span class="gmail_attr">c</span>d</span>',
            [("s", "SIGNATURE"), ("c", "CITATION"), ("d", "SIGNATURE")],
        ),
        (
            'a<div id="appendonsend"></div>b<div class="gmail_signature">s</div>',
            [("a", "TYPED"), ("b", "ORIGINAL"), ("s", "ORIGINAL")],
        ),
        ('a<span id="x_stopSpelling">b</span>c', [("a", "TYPED"), ("bc", "ORIGINAL")]),
        (f'a<div style="{OUTLOOK}">b</div>c', [("a", "TYPED"), ("b", "ORIGINAL"), ("c", "ORIGINAL")]),
        (f'a<div style="{OUTLOOK.upper()}">b</div>', [("a", "TYPED"), ("b", "ORIGINAL")]),
        ('<blockquote cite="mid:1">a</blockquote>', [("a", "QUOTE")]),
        ('<div class="gmail_quote x"><blockquote>a</blockquote></div>', [("a", "QUOTE")]),
        ('<blockquote class="gmail_quote">a</blockquote>b', [("a", "SET_OFF"), ("b", "TYPED")]),
        ('<blockquote class="other">a</blockquote>', [("a", "UNMARKED")]),
    ],
)
def test_a_container_says_what_is_in_it_or_behind_it(html: str, found: list[tuple[str, str]]) -> None:
    assert origins(html) == found


@pytest.mark.parametrize(
    "style",
    [
        OUTLOOK.replace("1.0pt", "2.0pt"),
        OUTLOOK.replace("padding:3.0pt", "padding:9.0pt"),
        OUTLOOK.replace("border:none;", ""),
        "border-top:solid #E1E1E1 1.0pt",
        "border:none",
    ],
)
def test_a_line_that_the_author_drew_is_no_header_of_outlooks(style: str) -> None:
    assert origins(f'<div style="{style}">a</div>b') == [("a", "TYPED"), ("b", "TYPED")]


@pytest.mark.parametrize(
    ("style", "depth"),
    [
        ("margin: 0 0 0 40px; border: none; padding: 0px", 0),
        ("MARGIN:0 0 0 40px; BORDER:none", 0),
        ("margin: 0 0 0 40px", 1),
        ("border: none", 1),
    ],
)
def test_only_a_margin_without_a_border_indents_the_authors_own_words(style: str, depth: int) -> None:
    lines = html_lines(f'<blockquote style="{style}">a</blockquote>b')

    assert [(line.text, line.depth) for line in lines if line.text] == [("a", depth), ("b", 0)]


def test_the_innermost_block_of_a_question_counts() -> None:
    html = '<div id="x_q-moved">a<div id="q-next">b</div>c</div>d<div id="quite">e</div>'

    assert [(line.text, line.anchor) for line in html_lines(html)] == [
        ("a", "moved"), ("b", "next"), ("c", "moved"), ("d", ""), ("e", ""),
    ]  # fmt: skip


def test_foxmails_line_stands_above_a_signature() -> None:
    assert texts('a<hr style="width: 210px; height: 1px">Grace<hr style="width: 98%">b') == [
        "a",
        "--",
        "Grace",
        "b",
    ]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<div>" * 990 + "a<br>b", ["a", "b"]),
        ("<p>" * 3000 + "a<br>b", ["a", "b"]),
        ("<div></div>" * 3000 + "a<br>b", ["a", "b"]),
        ("<div>" * 600 + "</div>" * 300 + "<div>" * 600 + "a<br>b", ["a", "b"]),
        ("<div>" * 3000 + "a<br>b &amp;\xa0c", ["a", "b &amp; c"]),
        ("<div></div></div>" * 600 + "<div>" * 1200 + "a<br>b &amp; c", ["a", "b &amp; c"]),
        ("<div></div>" * 600 + "<div>" * 1200 + "a<br>b &amp; c", ["a", "b &amp; c"]),
        ("<DIV>" * 600 + "</DIV>" * 100 + "<div>" * 600 + "a<br>b", ["a", "b"]),
    ],
    ids=[
        "deep",
        "paragraphs",
        "in a row",
        "up and down",
        "too deep",
        "closed twice",
        "closed once",
        "too deep in the end",
    ],
)
def test_words_in_any_nest_are_read(html: str, lines: list[str]) -> None:
    assert [text for text in texts(html) if text] == lines


@pytest.mark.parametrize("start", ["", "<div>" * 3000])
def test_nobody_reads_further_than_the_most_lines(start: str) -> None:
    assert len(html_lines(start + "a<br>" * 2 * MOST_LINES)) == MOST_LINES
