import multiprocessing
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from service.store.database import Database
from tests.store.crew import Crew, join


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open, migrated and empty, once on each database."""
    opened = Database(database_url)
    await opened.open()
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Eight processes, forked from one that has imported the store."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.crew"])
    gate = context.Barrier(Crew.SIZE)
    with ProcessPoolExecutor(Crew.SIZE, context, initializer=join, initargs=(gate,)) as pool:
        yield Crew(pool)
