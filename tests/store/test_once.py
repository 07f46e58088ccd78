"""What happens once: period keys (TIME-4), and alarms until they heal (REL-17)."""

import pytest

from service.store import alarms, periods
from service.store.alarms import Alarm
from service.store.database import transaction
from tests.store.cast import DAY, MINUTE, NOW

pytestmark = pytest.mark.usefixtures("database")

KEY = "digest:reading-garden:2026-W48"


async def test_a_period_is_claimed_once_and_for_ever():
    """TIME-4, I9."""
    assert await periods.claim(KEY, NOW)
    assert not await periods.claim(KEY, NOW + 365 * DAY)
    assert await periods.claim("digest:reading-garden:2026-W49", NOW)


async def test_a_claim_that_comes_second_does_not_spoil_the_transaction_around_it():
    """PostgreSQL takes no further statement after an error, unless a savepoint caught it."""
    await periods.claim(KEY, NOW)

    async with transaction():
        assert not await periods.claim(KEY, NOW)
        assert await periods.claim("digest:another:2026-W48", NOW)

    assert not await periods.claim("digest:another:2026-W48", NOW)


async def test_a_claim_is_given_up_with_the_transaction_around_it():
    """The digest was not written, so its period is not taken."""
    with pytest.raises(ValueError, match="no template"):  # noqa: PT012 - the whole transaction
        async with transaction():
            assert await periods.claim(KEY, NOW)
            raise ValueError("no template")

    assert await periods.claim(KEY, NOW)


async def test_an_alarm_that_rings_again_is_counted_with_its_newest_words():
    assert await alarms.ring("relay", "connection refused", NOW) == 1
    assert await alarms.ring("relay", "password refused", NOW + MINUTE) == 2

    assert await alarms.every() == [Alarm("relay", "password refused", NOW, 2)]


async def test_an_alarm_that_healed_begins_anew():
    await alarms.ring("relay", "connection refused", NOW)
    await alarms.clear("relay")
    await alarms.clear("relay")

    assert await alarms.every() == []
    assert await alarms.ring("relay", "connection refused", NOW + DAY) == 1


async def test_alarms_are_listed_oldest_first():
    await alarms.ring("mailbox", "away", NOW + MINUTE)
    await alarms.ring("relay", "away", NOW)

    assert [alarm.key for alarm in await alarms.every()] == ["relay", "mailbox"]


async def test_an_alarm_may_quote_anything():
    """What a server says has any length, and NUL in it."""
    assert await alarms.ring("x" * 999, "\0words" * 999, NOW) == 1
    assert await alarms.ring("x" * 999, "\0words" * 999, NOW) == 2
