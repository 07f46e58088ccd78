"""Both databases for whoever asks: ``database`` comes twice, once on each."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE

from service.cli import main
from service.store.database import Database
from tests.databases import Postgres, empty_tables, migrate_once, sqlite_url, throw_away_postgres


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        metavar="URL",
        help="a PostgreSQL server and its superuser, for the store's tests; without it, a wheel's is started",
    )
    parser.addoption(
        "--services-required",
        action="store_true",
        help="fail, instead of skipping, where Dovecot, Postfix, PostgreSQL or docker-compose is missing",
    )


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[Postgres]:
    url = request.config.getoption("--postgres")
    if url:
        yield Postgres(url)
        return
    with throw_away_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[str]:
    """A database for all tests, one after the other."""
    url = postgres.create()
    asyncio.run(migrate_once(url))
    yield url
    postgres.drop(url)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to copy, with all tables and no row."""
    folder = tmp_path_factory.mktemp("migrated")
    asyncio.run(migrate_once(sqlite_url(folder)))
    return folder / "commonthread.db"


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Which database this test runs on now."""
    EXECUTOR_CACHE.clear()  # tortoise keeps statements by table, in the dialect of their first use
    yield str(request.param)
    EXECUTOR_CACHE.clear()


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with all tables."""
    if kind == "postgres":
        return str(request.getfixturevalue("migrated_postgres"))
    shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
    return sqlite_url(tmp_path)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open, with all tables and no row, once on each database."""
    database = Database(database_url)
    await database.open()
    try:
        await empty_tables()
        yield database
    finally:
        await database.close()


@pytest.fixture
def blank_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if kind == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def commonthread(capsys):
    """Runs one command in this process: its exit code, what it said, what it complained."""

    def run(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
