import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.flows.desk import Desk
from service.store.database import Database
from tests.databases import open_database, sqlite_url
from tests.flows.town import Town, open_desk


@pytest.fixture(scope="session")
def desk() -> Desk:
    return open_desk()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> Path:
    """A migrated file, so that each story starts from a copy."""
    folder = tmp_path_factory.mktemp("empty")

    async def migrate() -> None:
        async with open_database(sqlite_url(folder)):
            pass

    asyncio.run(migrate())
    return folder / "commonthread.db"


@pytest.fixture
async def database(empty_database, tmp_path) -> AsyncIterator[Database]:
    shutil.copy(empty_database, tmp_path)
    async with open_database(sqlite_url(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def town(database, desk) -> Town:
    """The plan is applied and everybody was welcomed."""
    town = Town(desk)
    await town.settle_in()
    return town
