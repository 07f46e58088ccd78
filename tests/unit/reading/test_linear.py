"""Twice the mail takes twice the work, whatever is in it (IN-10, IN-13). Work is counted, not timed."""

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pytest

from service.inbound import kind_of
from service.message import TooLarge, parse
from service.reading import Circumstances, read, visible_text
from tests.replies.killers import KILLERS, mail, prompt, smallest
from tests.replies.town import ROSTER

GROWTH = 2.2  # for twice the size; a square would grow by 4
LITTLE = 200  # steps; less than one line of a mail takes
LARGE = 1024 * 1024
CIRCUMSTANCES = Circumstances(date(2026, 11, 23), "en-US", ROSTER)


@pytest.fixture(scope="module", autouse=True)
def _first() -> None:
    """What is done once, as writing the prompt, is no work of the mail that comes first."""
    read_reply(mail("1: 4"))


def read_reply(raw: bytes) -> None:
    """As a reply to the prompt; one past the limits is not read (IN-13)."""
    try:
        message = parse(raw)
    except TooLarge:
        return
    read(message, prompt().asked, CIRCUMSTANCES)


def work(task: Callable[[], object]) -> int:
    """How many steps Python's machine takes for ``task``."""
    done = 0

    def step(frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        nonlocal done
        done += 1
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        task()
    finally:
        sys.settrace(before)
    return done


@pytest.mark.parametrize("reader", [visible_text, read_reply])
@pytest.mark.parametrize("name", KILLERS)
def test_twice_the_mail_is_no_more_than_twice_the_work(name: str, reader: Callable[[bytes], object]) -> None:
    """From twice to four times the mail comes twice the work that came from once to twice: what any mail
    takes does not count."""
    raws = [KILLERS[name](smallest(name) * times) for times in (1, 2, 4)]

    once, twice, four = (work(lambda raw=raw: reader(raw)) for raw in raws)

    assert four - twice <= GROWTH * (twice - once) + LITTLE


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", KILLERS)
def test_a_megabyte_of_it_hangs_nobody(name: str) -> None:
    """Work inside of one call, as of a regular expression, is not counted above; 20 s are no measure."""
    raw = KILLERS[name](LARGE)

    read_reply(raw)

    assert visible_text(raw) is not None
    assert kind_of(raw)


def test_a_square_would_be_seen() -> None:
    """The measure itself."""

    def growth(task: Callable[[int], object]) -> float:
        return work(lambda: task(200)) / work(lambda: task(100))

    assert growth(lambda n: [a * b for a in range(n) for b in range(n)]) > 3.5
    assert growth(lambda n: [a * a for a in range(n)]) < GROWTH
