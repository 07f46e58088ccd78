"""The comparison's own scales: what is known to be right, too much or too little is weighed as such."""

import math

import pytest

from service.message import parse
from tests.replies.compare import hostile, mails, measuring, shared, table
from tests.replies.compare.mails import Mail, Whole
from tests.replies.compare.readers import KNOWING, OURS, READERS, Reader
from tests.replies.compare.words import Gold, borrows, holds, optional_lines, score
from tests.replies.killers import KILLERS


@pytest.fixture(scope="module")
def replies() -> list[Whole]:
    return [mails.generated(case) for case in mails.sample(30, seed=1)]


def _everything(mail: Mail) -> str:
    message = parse(mail.raw)
    return f"{message.text}\n{message.html}"


def _gold(replies: list[Whole]) -> dict[bytes, str]:
    return {reply.raw: reply.gold.wanted for reply in replies}


def test_the_right_words_score_in_full(replies: list[Whole]) -> None:
    gold = _gold(replies)

    figures = measuring.on_exact(replies, lambda mail: gold[mail.raw])

    assert (figures["exactly right, %"], figures["words lost, %"]) == ("100.0", "0.0")


def test_a_reader_that_gives_back_everything_leaks_and_loses_nothing() -> None:
    found = score("Paint the benches\n> How was your week?", Gold("Paint the benches"))

    assert (found.lost, found.leaked, found.said, found.exact) == (0, 4, 7, False)


def test_a_reader_that_gives_back_whole_mails_is_never_right(replies: list[Whole]) -> None:
    assert measuring.on_exact(replies, _everything)["exactly right, %"] == "0.0"


def test_a_reader_that_gives_back_nothing_loses_everything(replies: list[Whole]) -> None:
    figures = measuring.on_exact(replies, lambda mail: "")

    assert (figures["words lost, %"], figures["words leaked, % of what it says"]) == ("100.0", "–")


def test_a_reader_that_raises_is_counted_and_has_said_nothing(replies: list[Whole]) -> None:
    def broken(mail: Mail) -> str:
        raise RecursionError

    figures = measuring.on_exact(replies[:3], broken)

    assert (figures["errors"], figures["words lost, %"]) == ("3", "100.0")


def test_a_sign_off_may_stand_or_be_left_out() -> None:
    gold = Gold("Paint the benches", optional_lines(["Best", "Grace"]))

    assert score("Paint the benches", gold).exact
    assert score("Paint the benches\n\nBest,\nGrace", gold).exact
    assert not score("Paint the benches\n\nBest,\nGrace\nSenior Center", gold).exact


def test_words_that_are_neither_wanted_nor_wrong_do_not_count() -> None:
    gold = Gold("posts", spare="What is your next step?")

    assert score("posts", gold).exact
    assert score("What is your next step?\nposts", gold).exact


def test_a_word_twice_is_one_word_too_many() -> None:
    assert score("benches benches", Gold("benches")).leaked == 1


def test_the_number_of_a_lists_item_does_not_count_but_a_number_does() -> None:
    gold = Gold("1. Paint\n2. Two benches")

    assert score("- Paint\n- Two benches", gold).exact
    assert score("4", Gold("5")).lost == 1


def test_a_sign_can_be_an_answer() -> None:
    assert score("", Gold("🙂")).lost == 1


def test_a_piece_is_held_by_its_words_whatever_breaks_the_lines() -> None:
    assert holds("We paint\nthe benches!", "paint the benches")
    assert not holds("We repaint the benches", "paint the benches")


def test_words_of_ours_in_a_row_are_borrowed_unless_they_are_the_authors_too() -> None:
    sent = "What moved forward since we last wrote to you all?"

    assert borrows(f"> {sent}\nposts", ["posts"], [sent])
    assert not borrows(f"{sent} Nothing.", [f"{sent} Nothing."], [sent])
    assert not borrows("posts", ["posts"], [sent])


def test_every_reply_that_was_written_by_hand_has_a_known_piece_or_nothing_to_keep() -> None:
    known = list(mails.by_hand())

    assert len(known) >= 300
    assert sum(bool(mail.own) for mail in known) > len(known) / 2


def test_our_reader_keeps_the_words_of_generated_replies(replies: list[Whole]) -> None:
    assert measuring.on_exact(replies, KNOWING.read)["exactly right, %"] == "100.0"


def test_ours_is_there_without_any_library() -> None:
    assert [reader.name for reader in READERS if not reader.package] == [KNOWING.name, OURS.name]
    assert KNOWING.there
    assert OURS.there


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.package], ids=lambda one: one.name)
def test_a_library_that_is_installed_reads_text_html_and_nothing(reader: Reader) -> None:
    if not reader.there:
        pytest.skip(f"{reader.name} is not installed (extra compare)")
    head = b"From: grace@town.example\r\nContent-Type: text/"

    for body, words in (
        (b"plain\r\n\r\nposts", "posts"),
        (b"html\r\n\r\n<p>posts</p>", "posts"),
        (b"x\r\n\r\n", ""),
    ):
        assert reader.read(Mail(raw=head + body)).strip() == words


def test_what_is_stuck_slow_or_broken_is_told_apart() -> None:
    times = dict.fromkeys(KILLERS, 0.1)
    stuck, broken, slow, *_ = times
    times |= {stuck: math.inf, broken: math.nan, slow: 1.5}

    named = hostile.slow_for_anybody([times])
    figures = hostile.figures(times, [*named, broken], 15)

    assert named == [stuck, slow]
    assert [figures[f"{name}, s"] for name in (stuck, slow, broken)] == ["> 15", "1.50", "error"]
    assert figures["the slowest, s"] == "> 15"
    assert figures[f"of {len(times)} texts: past 1 s"] == "2"


def test_a_scorers_report_is_taken_over_figure_by_figure() -> None:
    report = [
        "cases        454",
        "target           94.7",
        "loss         None",
        "",
        "  crisp                  52   98.1",
    ]

    assert shared.reply_figures(report) == {"target, %": "94.7", "target of crisp (52), %": "98.1"}


def test_a_figure_that_somebody_does_not_have_is_a_dash() -> None:
    _, row, other = table.section("Replies", [{"right, %": "100.0"}, {"lost, %": "0.0"}])

    assert [cell.strip() for cell in row.split("|")[1:-1]] == ["right, %", "100.0", "–"]
    assert [cell.strip() for cell in other.split("|")[1:-1]] == ["lost, %", "–", "0.0"]
