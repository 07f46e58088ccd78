"""What is shown of a mail that answers nothing of ours."""

import pytest

from service.reading.lines import Line
from service.reading.visible import new_lines, visible

HEADER = "From: Ada <ada@town.example>\nSubject: The room"


def kept(text: str) -> list[str]:
    return [line.text for line in new_lines([Line(raw) for raw in text.split("\n")], "Grace Murray")]


def test_a_text_part_of_spaces_is_none() -> None:
    assert visible(" \n ", "<p>rich</p>") == "rich"
    assert visible("plain", "<p>rich</p>") == "plain"
    assert visible("", "") == visible("", "<style>p{}</style>") == ""


@pytest.mark.parametrize("text", ["This mail is HTML only.", "Please view it in an html reader", ""])
def test_a_line_that_only_points_at_the_html_is_not_read(text: str) -> None:
    assert visible(text, "<p>rich</p>") == "rich"
    assert visible(text, "") == text


@pytest.mark.parametrize("text", ["The room.", "html -> text", f"We learn HTML{' and paint' * 20}"])
def test_words_in_a_text_part_are_read(text: str) -> None:
    assert visible(text, "<p>rich</p>") == text


TOLD = "He said:\n> Come in May.\nSo we go."


def test_the_marks_in_a_mail_that_answers_nothing_are_its_authors() -> None:
    assert visible(TOLD, "", "News", answers=False) == TOLD
    html = "<div>He:</div><blockquote>a<blockquote>b</blockquote></blockquote><div>So.</div>"
    shown = visible("", html, "", answers=False).split("\n")
    assert [line for line in shown if line.strip("> ")] == ["He:", "> a", "> > b", "So."]


def test_a_signature_is_none_of_the_words_of_a_mail_that_answers_nothing() -> None:
    html = '<div>The room.</div><div class="gmail_signature">Town of Example</div>'

    assert visible("", html, "News", answers=False) == "The room."


def test_a_mail_that_answers_or_introduces_quotes_somebody() -> None:
    introduced = f"On 23.11.2026 at 9:00 Ada wrote:\n{TOLD.partition(chr(10))[2]}"

    assert visible(TOLD, "", "News", answers=True) == "He said:\nSo we go."
    assert visible(TOLD, "", "Re: News", answers=False) == "He said:\nSo we go."
    assert visible(introduced, "", "News", answers=False) == "So we go."


def test_the_first_line_is_no_sign_off_and_its_indent_is_kept() -> None:
    assert visible("Thanks!", "") == "Thanks!"
    assert visible("\n\n  The room.\n", "") == "  The room."


def test_the_authors_own_card_is_left_out_where_the_name_is_known() -> None:
    text = "The room.\n\nGrace Murray\ngrace@town.example"

    assert visible(text, "", name="Grace Murray") == "The room."
    assert visible(text, "") == text


def test_what_stands_below_a_device_line_is_not_read() -> None:
    below = "We are the City Library and we are open on all days of the week.\n" * 20

    assert visible(f"The room.\n\nSent from my iPhone\n{below}", "") == "The room."
    card = "Grace Murray\ngrace@town.example"
    assert (
        visible(f"The room.\n\n{card}\n\nSent from my iPhone\n{below}", "", name="Grace Murray")
        == "The room."
    )


def test_a_sign_off_is_left_out() -> None:
    assert visible("The room is open.\n\nThanks,\nGrace", "") == "The room is open."


def test_words_under_a_header_are_shown_where_nothing_stands_above_it() -> None:
    assert visible(f"\n\n{HEADER}\n\nIt is open.", "") == "It is open."
    assert visible(f"{HEADER}\n\nIt is open.\n\n{HEADER}\n\nolder", "") == "It is open."
    assert visible(f"{HEADER}\n\n> It is open.", "") == ""
    assert visible(f"See below.\n\n{HEADER}\n\nIt is open.", "") == "See below."


def test_a_forward_shows_nothing_of_what_it_forwards() -> None:
    for subject in ("Fwd: The room", "FW: The room", "WG: The room"):
        assert visible(f"{HEADER}\n\nIt is open.", "", subject) == ""


def test_html_under_a_header_is_shown_as_well() -> None:
    header = HEADER.replace("<", "&lt;").replace("\n", "<br>")
    html = f'<div id="divRplyFwdMsg">{header}</div><p>It is open.</p>'

    assert visible("", html) == "It is open."


def test_a_signature_ends_above_a_device_line_that_stands_in_the_middle() -> None:
    assert kept("The room.\n\nGrace Murray\ngrace@town.example\n\nSent from my iPhone\nTown of Example") == [
        "The room."
    ]


def test_a_device_line_on_top_ends_nothing() -> None:
    assert kept("Sent from my iPhone\n\nThe room is open.") == [
        "Sent from my iPhone",
        "",
        "The room is open.",
    ]


def test_a_banner_on_top_and_a_signature_with_a_name_are_left_out() -> None:
    assert kept("[EXTERNAL]\n\nThe room.\n\nGrace Murray\ngrace@town.example") == ["", "The room."]
