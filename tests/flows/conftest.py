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
def settled_database(migrated_sqlite, desk, tmp_path_factory) -> Path:
    """A file to copy, with the plan applied and everybody welcomed."""
    folder = tmp_path_factory.mktemp("settled")
    shutil.copy(migrated_sqlite, folder)

    async def settle() -> None:
        async with open_database(sqlite_url(folder)):
            await Town(desk).settle_in()

    asyncio.run(settle())
    return folder / "commonthread.db"


@pytest.fixture
async def database(migrated_sqlite, tmp_path) -> AsyncIterator[Database]:
    shutil.copy(migrated_sqlite, tmp_path)
    async with open_database(sqlite_url(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def town(settled_database, tmp_path, desk) -> AsyncIterator[Town]:
    shutil.copy(settled_database, tmp_path)
    async with open_database(sqlite_url(tmp_path)):
        yield Town(desk)
