"""What is shown of a mail that answers nothing of ours."""

from service.reading.lines import Line
from service.reading.visible import new_lines, visible

HEADER = "From: Ada <ada@town.example>\nSubject: The room"


def kept(text: str) -> list[str]:
    return [line.text for line in new_lines([Line(raw) for raw in text.split("\n")], "Grace Murray")]


def test_a_text_part_of_spaces_is_none() -> None:
    assert visible(" \n ", "<p>rich</p>") == "rich"
    assert visible("plain", "<p>rich</p>") == "plain"
    assert visible("", "") == ""


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
    html = f'<div id="divRplyFwdMsg">{HEADER.replace("<", "&lt;").replace(chr(10), "<br>")}</div><p>It is open.</p>'

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
