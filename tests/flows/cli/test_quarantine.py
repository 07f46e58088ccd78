from datetime import timedelta

import pytest

from service.flows import process_message
from service.store import entries, inbox, quarantine
from tests.flows.letters import letter, reply
from tests.flows.town import GRACE, MALLORY, MONDAY


async def a_stranger_writes(town):
    row = await town.receive(letter("Buy my \x1b]0;owned\x07 lamps", MALLORY))
    return row.id


async def a_reply_is_held(town):
    """Grace answers, but nothing speaks for her address."""
    row = await town.receive(reply(await town.check_in(GRACE), "1: We found a room.", verdict="fail"))
    return row.id


@pytest.fixture
def stranger(settled, tell):
    return tell(a_stranger_writes)


@pytest.fixture
def held(settled, tell):
    return tell(a_reply_is_held)


def waiting(tell):
    async def ids(town):
        return [item.id for item in await quarantine.every()]

    return tell(ids)


def test_the_list_names_each_with_its_cause(commonthread, settled, tell):
    async def two_wait(town):
        return await a_stranger_writes(town), await a_reply_is_held(town)

    stranger, held = tell(two_wait)

    code, said, _ = commonthread("quarantine", "list")

    rows = [line.split()[:2] for line in said.splitlines()[1:]]
    assert code == 0
    assert rows == [[str(stranger), "quarantine"], [str(held), "hold"]]
    assert "a stranger wrote" in said


def test_an_empty_list_says_so(commonthread, settled):
    assert commonthread("quarantine", "list")[:2] == (0, "Nothing waits.\n")


def test_a_message_is_shown_without_what_a_terminal_would_obey(commonthread, stranger):
    code, said, _ = commonthread("quarantine", "show", stranger)

    assert code == 0
    assert "a stranger wrote" in said
    assert f"From: <{MALLORY}>" in said
    assert "lamps" in said
    assert "\x1b" not in said


def test_a_message_that_is_too_large_is_shown_by_its_beginning(commonthread, settled, tell):
    """IN-13: it is never parsed."""
    huge = letter("words", GRACE).having("X-Long", "x" * 20_000)

    async def arrives(town):
        return (await town.receive(huge)).id

    code, said, _ = commonthread("quarantine", "show", tell(arrives))

    assert code == 0
    assert "It begins:" in said
    assert f"From: <{GRACE}>" in said
    assert len(said) < 3000


def test_a_released_reply_is_recorded(commonthread, held, tell):
    async def kept(town):
        return [entry.text for entry in await entries.of_inbox(held)]

    code, said, _ = commonthread("quarantine", "release", held)

    assert (code, said) == (0, f"Message {held}: recorded.\n")
    assert tell(kept) == ["We found a room."]
    assert waiting(tell) == []


def test_a_released_message_that_fails_again_is_not_lost(commonthread, held, tell, monkeypatch):
    async def fails(*_):
        raise ZeroDivisionError("no sum")

    async def to_do(town):
        return await inbox.waiting()

    monkeypatch.setitem(process_message.HANDLERS, "human", fails)

    code, _, complained = commonthread("quarantine", "release", held)

    assert code == 1
    assert "ZeroDivisionError: no sum" in complained
    assert tell(to_do) == [held]


def test_a_dropped_message_is_off_the_list_and_stays_kept(commonthread, stranger, tell):
    async def octets(town):
        return await inbox.raw(stranger)

    code, said, _ = commonthread("quarantine", "drop", stranger)

    assert (code, said) == (0, f"Message {stranger} is off the list.\n")
    assert waiting(tell) == []
    assert b"lamps" in tell(octets)


@pytest.mark.parametrize("command", ["show", "release", "drop"])
def test_a_message_that_does_not_wait_is_left_alone(commonthread, settled, command):
    code, said, complained = commonthread("quarantine", command, 77)

    assert (code, said) == (1, "")
    assert "Message 77 does not wait" in complained


async def two_wait_for_a_word(town):
    """Of Grace's answers one says nothing of its sender, and one says that it was not she."""
    asked = await town.check_in(GRACE)
    rows = [await town.receive(reply(asked, "1: We found a room.", verdict=one)) for one in ("", "fail")]
    return [row.id for row in rows]


def minute(days: int = 0) -> str:
    return f"{(MONDAY + timedelta(days=days)).astimezone():%Y-%m-%d %H:%M}"


def test_a_held_reply_is_listed_with_its_last_day_and_what_its_person_knows(
    commonthread, installation, settled, tell
):
    tell(two_wait_for_a_word)
    installation("HOLD_DAYS=3")

    _, said, _ = commonthread("quarantine", "list")

    for line, heard in zip(said.splitlines()[1:], ("asked", "told"), strict=True):
        assert f"{minute()}  {minute(days=3)}  {heard} {minute()}" in line


def test_a_held_reply_is_shown_with_what_it_waits_for(commonthread, settled, tell):
    held, _ = tell(two_wait_for_a_word)

    code, said, _ = commonthread("quarantine", "show", held)

    assert code == 0
    assert f"Its person: asked {minute()}." in said
    assert f"refused on {minute(days=14)}" in said
    assert "We found a room." in said
