"""Eight worker processes that start at the same moment. What they do stands here too, since another
process can only call what it can import."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from threading import Barrier
from typing import Any

from tortoise.backends.base.executor import EXECUTOR_CACHE

from service.store import alarms, cursors, inbox, outbox, periods
from service.store.database import Database, transaction
from service.store.leases import new_owner
from service.store.models import CollaborationRow
from tests.store.cast import LEASE, NOW, digest, raw_mail

Job = Callable[[Database], Awaitable[Any]]
_gate: list[Barrier] = []


def join(gate: Barrier) -> None:
    """Each process is told once where it waits for the others."""
    _gate.append(gate)


class Crew:
    """Runs one job in all processes at once, each with a connection of its own."""

    SIZE = 8

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def all_do(self, job: Job, url: str) -> list[Any]:
        """What each of the eight returned; raises what one of them raised."""
        return list(self._pool.map(_do, [job] * self.SIZE, [url] * self.SIZE))


def _do(job: Job, url: str) -> Any:
    return asyncio.run(_do_connected(job, url))


async def _do_connected(job: Job, url: str) -> Any:
    EXECUTOR_CACHE.clear()  # see tests/conftest.py
    database = Database(url)
    try:
        await database.open()
        await asyncio.to_thread(_gate[0].wait, 30)
        return await job(database)
    finally:
        await database.close()


async def migrate(database: Database) -> None:
    await database.migrate()


async def claim_all_mail(_: Database) -> list[str]:
    """Every mail that this worker was given, until nothing is due."""
    owner, mine = new_owner(), []
    while dispatches := await outbox.claim(10, owner, LEASE, NOW):
        mine += [dispatch.id for dispatch in dispatches]
    return mine


async def post_digests(_: Database) -> list[str]:
    """Mails of several rounds, all with the same shared pieces."""
    first = int(new_owner(), 16)
    postings = [digest(first + number) for number in range(10)]
    for one in postings:
        async with transaction():
            await outbox.add([one], NOW)
    return [one.mail.handle for one in postings]


async def recover_mail(_: Database) -> tuple[int, int]:
    return await outbox.recover(NOW)


async def process_all_messages(_: Database) -> list[int]:
    owner = new_owner()
    return [item for item in await inbox.waiting() if await inbox.claim(item, owner, LEASE)]


async def keep_the_same(_: Database) -> list[int]:
    kept = [await inbox.keep(raw_mail(f"message {number}"), NOW) for number in range(10)]
    return [inbox_id for inbox_id in kept if inbox_id is not None]


async def claim_period(_: Database) -> bool:
    return await periods.claim("digest:reading-garden:2026-W48", NOW)


async def ring_alarm(_: Database) -> int:
    return await alarms.ring("relay", "The mail server does not take our mail.", NOW)


async def take_mailbox(_: Database) -> bool:
    return await cursors.take("thread@town.example/INBOX", new_owner(), LEASE)


async def lengthen_a_name(_: Database) -> None:
    """Read, think, write: what a deferred transaction of SQLite cannot do beside others."""
    for _ in range(10):
        async with transaction():
            row = await CollaborationRow.get(key="reading-garden")
            row.why += "."
            await row.save()
