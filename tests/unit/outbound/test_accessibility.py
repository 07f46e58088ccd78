"""Who could not read a mail, and why (OUT-8, OUT-9): one good mail, and one fault at a time."""

import pytest

from service.outbound.accessibility import RULES, findings, reading_order
from tests.unit.outbound.conftest import html_of

GOOD = """<!DOCTYPE html>
<html lang="en-US" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The week</title>
<style>@media (prefers-color-scheme: dark) {
  .page { background-color: #191614 !important; color: #efe8de !important; }
  .card { background-color: #26211e !important; }
  .bar { background-color: #d4805f !important; }
  .card a, .key th { color: #eda98c !important; }
} @media (max-width: 480px) { .card { font-size: 16px !important; } }</style>
</head>
<body>
<div class="page" lang="en-US" dir="ltr" style="background-color: #f4efe7; color: #2b2621; font-size: 17px">
<table role="presentation"><tr><td class="card" style="background-color: #fff">
<h1 style="color: #8c8c8c; font-size: 26px; font-weight: normal">How did it go?</h1>
<p>Hello Grace, <b>good</b> to hear <a href="mailto:ada@town.example" style="color: #8a3a24">from Ada</a>.</p>
<img src="cid:trail" alt="Five of eight signs stand" width="240" height="40">
<img src="cid:leaf" alt="" role="presentation" width="24" height="24">
<h2>Steps forward</h2>
<table class="key"><tr><th scope="row" style="color: #8a3a24">Week 48</th><td>
<table role="presentation"><tr><td class="bar" style="background-color: #a8442a">&nbsp;</td></tr></table>
</td><td>3 steps</td></tr></table>
<div class="question" id="q-next"><p><strong>1. Next:</strong> What is your next step?</p></div>
<p style="display: none; font-size: 1px; color: #fff">Nobody sees this.</p>
</td></tr></table>
</div>
</body>
</html>
"""

FAULTS = {
    "no language": ("language", '<html lang="en-US" ', "<html "),
    "no direction": ("language", 'lang="en-US" dir="ltr">\n<head>', 'lang="en-US">\n<head>'),
    "a language that is none": ("language", '<html lang="en-US"', '<html lang="english please"'),
    "no language in the body": ("language", 'class="page" lang="en-US"', 'class="page"'),
    "no direction in the body": ("language", 'dir="ltr" style', "style"),
    "words outside of what says the language": ("language", "</body>", '<p dir="ltr">Bye</p></body>'),
    "no title": ("title", "<title>The week</title>", ""),
    "an empty title": ("title", "The week", " "),
    "no viewport": ("viewport", 'name="viewport"', 'name="port"'),
    "no zoom": ("viewport", "initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "no palettes": ("palettes", '<meta name="color-scheme" content="light dark">', ""),
    "one palette": ("palettes", 'content="light dark"', 'content="light"'),
    "no dark palette": ("palettes", "prefers-color-scheme: dark", "min-width: 2000px"),
    "no h1": ("headings", "h1", "p"),
    "two h1": ("headings", "h2", "h1"),
    "a level left out": ("headings", "h2", "h3"),
    "an empty heading": ("headings", "Steps forward", ""),
    "a table of nothing": (
        "tables",
        '<table role="presentation"><tr><td class="c',
        '<table><tr><td class="c',
    ),
    "headers in a layout": ("tables", '<table class="key"', '<table class="key" role="presentation"'),
    "no scope": ("tables", ' scope="row"', ""),
    "a scope that is none": ("tables", 'scope="row"', 'scope="line"'),
    "no alt": ("alt", ' alt="Five of eight signs stand"', ""),
    "an empty alt": ("alt", "Five of eight signs stand", ""),
    "an alt that is a file": ("alt", "Five of eight signs stand", "signs-5.png"),
    "decoration without alt": ("alt", 'alt="" role', "role"),
    "no width": ("picture-size", ' width="240"', ""),
    "no height": ("picture-size", 'height="40"', 'height="auto"'),
    "a question in a picture": (
        "picture-question",
        "What is your next step?",
        '<img src="cid:q" alt="What is your next step?" width="200" height="20">',
    ),
    "a link to here": ("link-text", ">from Ada<", ">here<"),
    "a link to click": ("link-text", ">from Ada<", "> Click  here! <"),
    "a bare address as link": ("link-text", ">from Ada<", ">https://town.example/x<"),
    "a link without words": ("link-text", ">from Ada<", "> <"),
    "a link by colour alone": ("colour-only", '#8a3a24">from', '#8a3a24; text-decoration: none">from'),
    "a bar without words": (
        "colour-only",
        "<h2>",
        '<table role="presentation"><tr><td style="background-color: #a8442a">&nbsp;</td></tr></table><h2>',
    ),
    "a status by colour": (
        "colour-only",
        "<h2>",
        '<div style="background-color: #a8442a; width: 12px; height: 12px"></div><h2>',
    ),
    "a colour that cannot be checked": ("colour-unknown", "#2b2621", "oklch(0.3 0 0)"),
    "a faint text": ("contrast-light", "<p>Hello", '<p class="new" style="color: #c0b8b0">Hello'),
    "a faint text by inheritance": ("contrast-light", "color: #2b2621", "color: #909090"),
    "a faint text on its own ground": ("contrast-light", "<b>", '<b style="background: #555 none">'),
    "a faint attribute": ("contrast-light", "<td>3", '<td bgcolor="#444444">3'),
    "a faint header that is not large": ("contrast-light", "26px", "20px"),
    "a faint text through a veil": ("contrast-light", "<b>", '<b style="color: rgba(255, 255, 255, 0.9)">'),
    "a colour for light paper only": ("contrast-dark", ".card a, ", ""),
    "a rule that does not win": ("contrast-dark", "#eda98c !important", "#eda98c"),
    "a ground without its words": ("contrast-dark", "; color: #efe8de !important", ""),
    "a faint dark palette": ("contrast-dark", "#eda98c", "#6a4a40"),
    "small text": ("text-size", "<td>3", '<td style="font-size: 13px">3'),
    "text that gets small": ("text-size", "<td>3", '<td style="font-size: 75%">3'),
    "small text by its tag": ("text-size", "<b>good</b>", "<small>good</small>"),
    "small text in points": ("text-size", "<td>3", '<td style="font: 9pt/1.2 serif">3'),
    "small text on a telephone": ("text-size", "font-size: 16px", "font-size: 12px"),
    "a picture from elsewhere": ("remote", "cid:trail", "https://town.example/t.png"),
    "a picture from the same elsewhere": ("remote", "cid:trail", "//town.example/t.png"),
    "a picture behind a cell": ("remote", "<td>3", '<td background="http://town.example/t.png">3'),
    "a picture in a style": ("remote", "<td>3", "<td style=\"background-image: url( 'http://x.test' )\">3"),
    "a picture in the styles": ("remote", "<style>", '<style>.x { background: url("//x.test/t") }'),
    "a font": ("remote", "<style>", "<style>@font-face { src: local(x) }"),
    "a stylesheet": ("remote", "<style>", '<link rel="stylesheet" href="cid:style"><style>'),
    "a script": ("active", "</h1>", "</h1><script></script>"),
    "a form": ("active", "</h1>", "</h1><form></form>"),
    "a field": ("active", "</h1>", "</h1><input>"),
    "a handler": ("active", "<h2", '<h2 onclick="x()"'),
    "a link that runs": ("active", "mailto:ada@town.example", "JavaScript:x()"),
}


def test_a_good_mail_has_no_barrier():
    assert findings(GOOD) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_one_finding(fault):
    rule, find, put = FAULTS[fault]
    assert find in GOOD

    found = findings(GOOD.replace(find, put))

    assert [finding.rule for finding in found] == [rule]
    assert found[0].where
    assert found[0].problem.endswith(".")
    assert found[0].mend.endswith(".")


def test_every_rule_is_tried_here():
    assert {rule for rule, _, _ in FAULTS.values()} == {rule for rule, _ in RULES}


def test_a_finding_names_the_element_and_both_colours():
    (found,) = findings(GOOD.replace("<p>Hello", '<p class="new" style="color: #c0b8b0">Hello'))

    assert found.where == "p.new “Hello Grace, good to hear from Ada.”"
    assert found.problem == "#c0b8b0 on #ffffff has a contrast of 2.0."


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("26px; font-weight: normal", "19px; font-weight: bold"),
        ("Nobody sees this.", "<b>Nor this.</b>"),
        (".card a, ", "p > a, "),
        ("<style>", "<style>p::first-line { color: #fff } /* } */"),
        ("<style>", "<style>.key td { color: #fff } table.key td { color: inherit }"),
        ("<b>", '<b style="color: inherit; background: none">'),
        ("<b>", '<b style="color: black !important; background: white">'),
        ("&nbsp;", '<img src="cid:b" alt="three" width="30" height="9">'),
    ],
)
def test_what_is_no_barrier_is_no_finding(find, put):
    """Large text may be fainter, what is hidden is not read, the weightier rule counts."""
    assert find in GOOD

    assert findings(GOOD.replace(find, put, 1)) == ()


@pytest.mark.parametrize(
    "html",
    [
        *("", "<", "words", "<table><th>", "<style>}{@media{", "<p style=';:;color:'>x", "<img><a href>"),
        "<p style='font-size: 1..2px; font-weight: ²; color: rgb(1,2); background: #12345'>x",
    ],
)
def test_whatever_it_is_given_it_says_what_is_missing(html):
    assert {"language", "title", "palettes"} <= {finding.rule for finding in findings(html)}


def test_everybody_can_read_every_mail(every_mail):
    """OUT-8, OUT-9: every instrument, in each of its turns."""
    for instrument, mail in every_mail:
        assert findings(html_of(mail.raw)) == (), instrument.key


def test_a_screen_reader_meets_the_words_in_their_order():
    assert reading_order(GOOD) == (
        "[title] The week\n"
        "[h1] How did it go?\n"
        "Hello Grace, good to hear [link] from Ada.\n"
        "[picture] Five of eight signs stand\n"
        "[h2] Steps forward\n"
        "[th] Week 48\n"
        "[td]\n"
        "[td] 3 steps\n"
        "1. Next: What is your next step?\n"
    )
