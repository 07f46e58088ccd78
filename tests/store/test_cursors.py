"""How far a mailbox was read, and by whom (REL-20)."""

from datetime import datetime

import pytest
import time_machine

from service.domain.mail import Cursor
from service.store import cursors
from tests.store.cast import DAY, LEASE, NOW, RUN_OUT

pytestmark = pytest.mark.usefixtures("database")

MAILBOX = "thread@mail.town.example/INBOX"


async def test_a_mailbox_that_nobody_read_is_read_from_its_beginning():
    assert await cursors.get(MAILBOX) == Cursor(0, 0)


async def test_reading_goes_on_where_it_ended():
    """REL-20: UIDs mean nothing without their UIDVALIDITY."""
    await cursors.take(MAILBOX, "ada00001", LEASE)
    await cursors.advance(MAILBOX, Cursor(1700000000, 4_294_967_295))

    assert await cursors.get(MAILBOX) == Cursor(1700000000, 4_294_967_295)
    assert await cursors.get("other@mail.town.example/INBOX") == Cursor()


async def test_while_one_reader_lives_no_other_reads():
    assert await cursors.take(MAILBOX, "ada00001", LEASE)
    assert not await cursors.take(MAILBOX, "ada00002", LEASE)


async def test_another_mailbox_has_another_reader():
    assert await cursors.take(MAILBOX, "ada00001", LEASE)
    assert await cursors.take("other@mail.town.example/INBOX", "ada00002", LEASE)


async def test_a_reader_stays_the_reader():
    assert await cursors.take(MAILBOX, "ada00001", RUN_OUT)
    assert await cursors.take(MAILBOX, "ada00001", LEASE)
    assert not await cursors.take(MAILBOX, "ada00002", LEASE)


async def test_another_one_takes_over_when_the_reader_died():
    await cursors.take(MAILBOX, "ada00001", RUN_OUT)
    await cursors.advance(MAILBOX, Cursor(7, 40))

    assert await cursors.take(MAILBOX, "ada00002", LEASE)

    assert not await cursors.take(MAILBOX, "ada00001", LEASE)
    assert await cursors.get(MAILBOX) == Cursor(7, 40)


async def test_a_reader_that_leaves_lets_the_next_one_read_at_once():
    await cursors.take(MAILBOX, "ada00001", LEASE)
    await cursors.leave(MAILBOX, "ada00001")

    assert await cursors.take(MAILBOX, "ada00002", LEASE)


async def test_who_is_not_the_reader_cannot_leave_for_it():
    await cursors.take(MAILBOX, "ada00001", LEASE)
    await cursors.leave(MAILBOX, "ada00002")

    assert not await cursors.take(MAILBOX, "ada00002", LEASE)


@pytest.mark.parametrize("host_says", [NOW - 365 * DAY, NOW + 365 * DAY])
async def test_leases_are_measured_by_the_database_s_clock(host_says: datetime):
    """REL-13, F43."""
    await cursors.take(MAILBOX, "ada00001", LEASE)
    await cursors.take("other", "ada00001", RUN_OUT)
    with time_machine.travel(host_says):
        assert not await cursors.take(MAILBOX, "ada00002", LEASE)
        assert await cursors.take("other", "ada00002", LEASE)
