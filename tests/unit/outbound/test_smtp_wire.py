"""What goes over the wire, octet by octet: replies, line ends, dots, addresses."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.outbound.smtp.octets import has_bare_line_ends, is_path, stuffed
from service.outbound.smtp.reply import LINES_LIMIT, WAITING_LIMIT, Lost, Replies, Reply

SAID = b"250-2.0.0 taken\r\n250 2.0.0 queued\r\n250 2.1.0 OK\n550 5.1.1 who?\r\n354\r\n"
UNDERSTOOD = [
    Reply(250, "2.0.0 taken\n2.0.0 queued"),
    Reply(250, "2.1.0 OK"),
    Reply(550, "5.1.1 who?"),
    Reply(354, ""),
]
NEAR_THE_POINT = st.lists(st.sampled_from([b"\r", b"\n", b".", b"\r\n", b"a"])).map(b"".join)


@given(st.lists(st.integers(0, len(SAID)), max_size=12))
def test_replies_are_the_same_however_they_are_split_over_packets(cuts: list[int]) -> None:
    replies = Replies()

    places = [0, *sorted(cuts), len(SAID)]
    for start, end in pairwise(places):
        replies.feed(SAID[start:end])

    assert list(replies.waiting) == UNDERSTOOD


@pytest.mark.parametrize(
    "flood",
    [
        b"250 OK\r\n" * WAITING_LIMIT,
        b"250-more\r\n" * LINES_LIMIT,
        b"250 " + b"x" * 9000,
        b"hello\r\n",
        b"25\r\n",
    ],
)
def test_replies_before_something_unbearable_stay(flood: bytes) -> None:
    replies = Replies()

    with pytest.raises(Lost):
        replies.feed(SAID + flood)

    assert list(replies.waiting)[:4] == UNDERSTOOD


@given(NEAR_THE_POINT)
def test_a_line_end_is_bare_where_cr_or_lf_is_left_without_the_other(raw: bytes) -> None:
    """RFC 5321 section 2.3.8."""
    rest = raw.replace(b"\r\n", b"")

    assert has_bare_line_ends(raw) == (b"\r" in rest or b"\n" in rest)


@given(st.lists(st.text("a. ").map(str.encode), min_size=1))
def test_stuffing_doubles_the_dots_that_open_lines_and_nothing_else(lines: list[bytes]) -> None:
    """RFC 5321 section 4.5.2: taking one dot from each line that opens with one gives the message back."""
    ended = b"".join(line + b"\r\n" for line in lines)

    on_the_wire = stuffed(ended).removesuffix(b"\r\n").split(b"\r\n")

    assert b"." not in on_the_wire
    assert [line[1:] if line.startswith(b".") else line for line in on_the_wire] == lines
    assert stuffed(ended + b"a") == stuffed(ended + b"a\r\n")


@pytest.mark.parametrize("letter", [" ", "<", ">", "\r", "\n", "\0", "\x7f", "\ud800"])
def test_an_address_stays_between_its_brackets(letter: str) -> None:
    assert is_path("adä+b-token@town.example")
    assert not is_path(f"ada{letter}@town.example")
