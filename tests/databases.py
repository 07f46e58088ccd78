"""Databases for tests: a SQLite file, or a throw-away PostgreSQL from a wheel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

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
