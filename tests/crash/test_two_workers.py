"""Two workers on one PostgreSQL share the work; when one dies, the other takes over (F2, REL-3, REL-20)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from service.valkey import EmbeddedValkey
from tests.crash.house import House, Worker, open_house
from tests.crash.judge import judge
from tests.crash.prepare import prepare
from tests.databases import Postgres

PEOPLE = 100
"""Each gets a welcome and a check-in: 200 mails."""


@pytest.fixture
def database_url(postgres: Postgres, tmp_path: Path):
    url = postgres.create()
    prepare(tmp_path, PEOPLE, url)
    yield url
    postgres.drop(url)


@asynccontextmanager
async def open_shared_house(database_url: str, folder: Path) -> AsyncIterator[House]:
    valkey = EmbeddedValkey(folder / "valkey")
    async with valkey, open_house(PEOPLE, DATABASE_URL=database_url, REDIS_URL=valkey.dsn) as house:
        yield house


async def start_two(house: House) -> dict[str, Worker]:
    """Both are up before the relay greets the first; by the name that each goes by in the ledger."""
    both = asyncio.Event()
    house.relay.at = {"BANNER": both.wait, "DOT": lambda: asyncio.sleep(0.01)}
    workers = [await house.start() for _ in range(2)]

    for worker in workers:
        await house.until_up(worker)
    both.set()
    return {worker.name: worker for worker in workers}


async def test_each_mail_is_sent_once_and_both_take_part(database_url, tmp_path):
    async with open_shared_house(database_url, tmp_path) as house:
        workers = await start_two(house)

        await house.until_done()

        for worker in workers.values():
            assert await worker.stop() == 0, await house.report()
        senders = await house.rows("SELECT DISTINCT left(claim, 8) AS name FROM outbox")
        assert {row["name"] for row in senders} == set(workers)
        await judge(house)
        assert await house.count("deliveries WHERE receipt = 'uncertain'") == 0


async def test_when_the_one_that_reads_dies_the_other_takes_over_its_reading_and_its_mails(
    database_url, tmp_path
):
    async with open_shared_house(database_url, tmp_path) as house:
        workers = await start_two(house)
        reader = await until_somebody_reads_and_sends(house)
        del workers[reader[:8]]

        next(worker for worker in house.workers if worker not in workers.values()).kill()
        await house.until_done()

        (survivor,) = workers
        assert (await house.rows("SELECT reader FROM cursors"))[0]["reader"] == survivor
        assert await workers[survivor].stop() == 0
        await judge(house)


async def until_somebody_reads_and_sends(house: House) -> str:
    """The reader's name, when it has replies in hand and mails claimed."""

    async def both() -> bool:
        return bool(await readers())

    async def readers():
        return await house.rows(
            "SELECT reader FROM cursors WHERE EXISTS (SELECT 1 FROM inbox)"
            " AND EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND left(claim, 8) = reader)"
        )

    await house.until(both, "the reader had mail of both kinds in hand")
    return (await house.rows("SELECT reader FROM cursors"))[0]["reader"]
