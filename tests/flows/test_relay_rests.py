"""After a fault of the relay the whole queue waits; a sender that is stopped leaves nothing in the dark."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from service.flows.deliver_outbox import deliver_outbox
from service.store.models import DeliveryRow, OutboxRow
from tests.flows.town import ADA, GRACE, LINUS
from tests.ports import LOCKED_OUT, TAKEN

EVERYBODY = (ADA, GRACE, LINUS)


async def deliver(town, relay=None) -> int:
    return await deliver_outbox(relay or town.relay, 1, town.desk, town.now)


async def lease() -> datetime:
    return (await OutboxRow.get(state="sending")).lease_until


async def test_a_relay_that_locks_us_out_is_asked_once_for_the_whole_queue(town):
    """REL-8, F12: servers count failed logins, and lock accounts."""
    for address in EVERYBODY:
        town.relay.ends(address, LOCKED_OUT)
    await town.write()
    offered = len(town.relay.offered)

    for _ in EVERYBODY:
        await deliver(town)

    assert len(town.relay.offered) == offered + 1


async def test_when_the_rest_is_over_one_mail_tries_and_all_follow(town):
    for address in EVERYBODY:
        town.relay.ends(address, LOCKED_OUT)
    await town.write()
    await deliver(town)

    town.relay.endings.clear()
    town.later(seconds=15)
    await town.deliver()

    assert [len(town.mails_to(address)) for address in EVERYBODY] == [1, 1, 1]


async def test_a_relay_that_is_away_for_long_is_tried_every_five_minutes(town):
    """FIG-9: nobody waits an hour for a relay that is well again."""
    for address in EVERYBODY:
        town.relay.ends(address, *[LOCKED_OUT] * 20)
    await town.write()
    for _ in range(20):
        await deliver(town)
        town.later(minutes=5)
    town.relay.endings.clear()

    await town.deliver()

    assert [len(town.mails_to(address)) for address in EVERYBODY] == [1, 1, 1]


async def test_a_sender_that_is_stopped_at_a_dot_leaves_that_mail_in_doubt_and_frees_the_rest(town):
    """REL-12, I2: a dot that may have left is never forgotten."""
    at_the_dot = asyncio.Event()

    class Slow:
        async def send(self, dispatches, before_dot):
            await before_dot(dispatches[0])
            yield dispatches[0], TAKEN
            await before_dot(dispatches[1])
            at_the_dot.set()
            await asyncio.Event().wait()

    await town.write()
    sending = asyncio.create_task(deliver_outbox(Slow(), 20, town.desk, town.now))
    await at_the_dot.wait()

    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending

    rows = await OutboxRow.filter(instrument="check-in").order_by("state")
    assert [(row.state, row.uncertain) for row in rows] == [("accepted", 0), ("ready", 0), ("uncertain", 1)]
    assert await DeliveryRow.filter(mail_id=rows[2].handle, receipt="uncertain").count() == 1


async def test_a_lease_outlives_a_slow_relay(town):
    """REL-3: what is being sent stays ours, with one sign of life each third of the lease."""
    claimed, extended = asyncio.Event(), asyncio.Event()

    class Slow:
        async def send(self, dispatches, before_dot):
            claimed.set()
            await extended.wait()
            assert await before_dot(dispatches[0])
            yield dispatches[0], TAKEN

    await town.write()
    town.desk = replace(town.desk, lease=0.03)
    sending = asyncio.create_task(deliver_outbox(Slow(), 1, town.desk, town.now))
    await claimed.wait()
    first = await lease()

    async with asyncio.timeout(20):
        while (await lease()) < first + timedelta(seconds=0.05):  # noqa: ASYNC110 - a row in between
            await asyncio.sleep(0.01)
    extended.set()

    assert await sending == 1
    assert await OutboxRow.filter(state="accepted", instrument="check-in").count() == 1
