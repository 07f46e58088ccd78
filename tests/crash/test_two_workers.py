"""Two workers on one PostgreSQL share the work; when one dies, the other takes over (F2, REL-3, REL-20)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from service.jobs import utc_now
from service.valkey import EmbeddedValkey
from tests.crash.house import House, Town, Worker, open_house
from tests.crash.judge import judge
from tests.crash.prepare import prepare
from tests.databases import Postgres

PEOPLE = 67
"""Each gets a welcome, later a check-in and a receipt: 201 mails."""


@pytest.fixture
def town(postgres: Postgres, tmp_path: Path) -> Iterator[Town]:
    url = postgres.create()
    prepare(tmp_path, PEOPLE, url, asked_at=utc_now() + timedelta(hours=1))
    yield Town(PEOPLE, url)
    postgres.drop(url)


@asynccontextmanager
async def open_shared_house(town: Town, folder: Path) -> AsyncIterator[House]:
    valkey = EmbeddedValkey(folder / "valkey")
    # windows so small that there is something to claim for both
    async with valkey, open_house(town, REDIS_URL=valkey.dsn, PHASE_WINDOW="15") as house:
        yield house


async def start_two(house: House) -> dict[str, Worker]:
    """By their names in the ledger. Both have claimed mails when the relay greets the first."""
    ready = asyncio.Event()
    house.relay.at = {"BANNER": ready.wait, "DOT": lambda: asyncio.sleep(0.01)}
    workers = [await house.start(), await house.start()]

    async def both() -> bool:
        return len(await senders(house)) == 2

    await house.until(both, "both workers had claimed mails")
    ready.set()
    return {worker.name: worker for worker in workers}


async def senders(house: House) -> set[str]:
    found = await house.ledger.rows("SELECT DISTINCT left(claim, 8) AS name FROM outbox WHERE claim <> ''")
    return {row["name"] for row in found}


async def test_two_workers_send_each_mail_once_and_one_takes_over_when_the_other_dies(town, tmp_path):
    async with open_shared_house(town, tmp_path) as house:
        workers = await start_two(house)

        await house.until_done()

        assert await senders(house) == set(workers), "both take part"
        assert len(house.relay.taken) == PEOPLE
        assert await house.count("deliveries WHERE receipt = 'uncertain'") == 0

        assert await house.run("send", "check-in") == 0, await house.report()
        reader = await until_the_reader_is_busy(house)
        workers.pop(reader).kill()
        await house.until_done()

        ((name, survivor),) = workers.items()
        assert (await house.ledger.rows("SELECT reader FROM cursors")) == [{"reader": name}]
        assert await survivor.stop() == 0, await house.report()
        await judge(house)


async def until_the_reader_is_busy(house: House) -> str:
    """Its name, when it has read replies and has mails claimed."""
    found: list[str] = []

    async def busy() -> bool:
        readers = await house.ledger.rows(
            "SELECT reader FROM cursors WHERE EXISTS (SELECT 1 FROM inbox)"
            " AND EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND left(claim, 8) = reader)"
        )
        found.extend(row["reader"] for row in readers)
        return bool(found)

    await house.until(busy, "the reader had mail of both kinds in hand")
    return found[0]
