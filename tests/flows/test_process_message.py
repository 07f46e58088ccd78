"""One message is judged: once, whole or not at all, and no message stops the next (REL-14)."""

import asyncio

import pytest

from service.domain.mail import Kind
from service.flows import process_message as module
from service.flows.process_message import process_message
from service.store import inbox, overview, quarantine
from service.store.models import InboxRow
from tests.flows.letters import letter, reply
from tests.flows.town import GRACE, MALLORY


@pytest.fixture
def broken(monkeypatch):
    """A handler that stores something and falls over; ``mend`` makes it whole again."""

    async def fall_over(message, kept, desk, now):
        await inbox.put_aside(kept.id, "half of an effect", now)
        raise RuntimeError("a bug of ours")

    monkeypatch.setitem(module.HANDLERS, Kind.HUMAN, fall_over)
    return monkeypatch


async def kept(town, *letters) -> list[int]:
    for one in letters:
        town.mailbox.put(bytes(one), town.now)
    return await town.fetch()


async def fail(town, inbox_id: int) -> None:
    with pytest.raises(RuntimeError, match="a bug of ours"):
        await process_message(inbox_id, town.desk, town.now)


async def test_an_exception_is_counted_and_leaves_no_half_of_an_effect(town, broken):
    (one,) = await kept(town, letter("one"))

    await fail(town, one)

    row = await InboxRow.get(id=one)
    assert (row.state, row.attempts, row.reason) == ("kept", 1, "RuntimeError: a bug of ours")
    assert await quarantine.every() == []
    assert await inbox.waiting() == [one]


async def test_the_third_exception_puts_the_message_into_quarantine_and_the_next_one_is_processed(
    town, broken
):
    one, two = await kept(town, letter("one"), letter("STOP"))

    for _ in range(3):
        await fail(town, one)
    broken.undo()

    assert await process_message(two, town.desk, town.now) == "command_done"
    assert [(waiting.id, waiting.cause) for waiting in await quarantine.every()] == [
        (one, "RuntimeError: a bug of ours")
    ]
    assert (await InboxRow.get(id=one)).outcome == "failed"
    assert await inbox.waiting() == []


async def test_a_released_message_is_processed_again(town, broken):
    asked = await town.check_in(GRACE)
    (one,) = await kept(town, reply(asked, "A room."))
    for _ in range(3):
        await fail(town, one)
    broken.undo()

    judged = await town.released(one)

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}
    assert await quarantine.every() == []


async def test_a_released_message_that_fails_again_waits_again(town, broken):
    (one,) = await kept(town, letter("one"))
    for _ in range(3):
        await fail(town, one)

    await quarantine.release(one, town.now)
    for _ in range(3):
        await fail(town, one)

    assert [waiting.id for waiting in await quarantine.every()] == [one]


async def test_a_dropped_message_is_never_processed(town, broken):
    (one,) = await kept(town, letter("one"))
    for _ in range(3):
        await fail(town, one)

    assert await quarantine.drop(one, town.now)

    assert await process_message(one, town.desk, town.now) is None
    assert await quarantine.every() == []


async def test_a_message_that_killed_its_worker_three_times_goes_to_quarantine(town):
    """REL-14: the attempt is counted before the work."""
    (one,) = await kept(town, letter("one"))
    for _ in range(3):
        assert await inbox.claim(one, "dead0001", -1)

    assert await process_message(one, town.desk, town.now) == "failed"
    assert [waiting.cause for waiting in await quarantine.every()] == ["its worker died three times"]


async def test_trouble_of_the_database_is_not_counted_against_the_message(town, monkeypatch):
    """F27."""

    async def locked(message, kept, desk, now):
        raise ConnectionResetError("the database went away")

    monkeypatch.setitem(module.HANDLERS, Kind.HUMAN, locked)
    (one,) = await kept(town, letter("one"))
    for _ in range(5):
        with pytest.raises(ConnectionResetError):
            await process_message(one, town.desk, town.now)

    row = await InboxRow.get(id=one)
    assert (row.state, row.attempts) == ("kept", 0)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"X: y\r\n" * 250 + b"\r\nwords", id="too many fields"),
        pytest.param(b"Subject: " + b"x" * 20_000 + b"\r\n\r\nwords", id="too long a field"),
        pytest.param(b"From: <a@b.example>\r\n\r\n" + b"x" * 11_000_000, id="too many octets"),
    ],
)
async def test_a_mail_past_the_limits_goes_to_quarantine_at_once(town, raw):
    """IN-13."""
    judged = await town.receive(raw)

    assert (judged.state, judged.outcome) == ("quarantined", "failed")
    assert len(await quarantine.every()) == 1
    assert town.sent_count == 0


async def test_a_mail_of_which_only_the_header_was_read_is_not_judged_by_it(town):
    """REL-22."""
    town.mailbox.put(bytes(letter("STOP")), town.now, truncated=True)
    (one,) = await town.fetch()

    assert await process_message(one, town.desk, town.now) == "failed"
    assert await town.participation(GRACE) == "active"
    assert [waiting.cause for waiting in await quarantine.every()] == ["too large to be read"]


async def test_two_workers_judge_a_message_once(town):
    """I4."""
    asked = await town.check_in(GRACE)
    (one,) = await kept(town, reply(asked, "A room."))

    outcomes = await asyncio.gather(*(process_message(one, town.desk, town.now) for _ in range(3)))

    assert sorted(map(str, outcomes)) == ["None", "None", "recorded"]
    assert await town.answers_to(asked) == {"moved": "A room."}


async def test_a_settled_message_is_not_judged_again(town):
    judged = await town.receive(letter("STOP"))
    sent = town.sent_count

    assert await process_message(judged.id, town.desk, town.now) is None
    assert town.sent_count == sent


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: <grace@town.example>\r\nContent-Type: text/plain; charset=undefined\r\n\r\n\xff",
        b"Subject: =?utf-8?b?a?=\r\nFrom: =?\r\nMessage-ID: <\r\n\r\n1: 5",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 90,
    ],
)
async def test_broken_bytes_are_refused_like_any_strangers_mail(town, raw):
    """IN-15: then the next good message is processed."""
    judged = await town.receive(raw)

    assert judged.state == "settled"
    assert judged.outcome in ("refused", "ignored")
    assert (await town.receive(letter("STOP"))).outcome == "command_done"


async def test_every_message_ends_with_an_outcome(town):
    """I3."""
    asked = await town.check_in(GRACE)
    await town.receive(
        letter("hello", MALLORY),
        reply(asked, "A room."),
        reply(asked, "HELP"),
        reply(asked, "x", MALLORY),
        letter("away").having("Auto-Submitted", "auto-replied"),
    )

    found = await overview.overview()
    assert found.inbox == {"settled": 5}
    assert found.outcomes == {"refused": 1, "recorded": 1, "command_done": 1, "held": 1, "ignored": 1}
