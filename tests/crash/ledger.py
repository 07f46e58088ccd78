"""The workers' database as a bystander reads it, without any code of the product."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

import asyncpg

Row = dict[str, Any]


class Ledger(Protocol):
    """``$1`` stands for an argument. Only words and moments are asked for."""

    async def rows(self, query: str, *arguments: str | datetime) -> list[Row]: ...


class Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, query: str, *arguments: str | datetime) -> list[Row]:
        words = [one.isoformat(" ") if isinstance(one, datetime) else one for one in arguments]
        found = self._connection.execute(query.replace("$1", "?"), words)
        return [dict(row) for row in found]


class Postgres:
    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def rows(self, query: str, *arguments: str | datetime) -> list[Row]:
        return [dict(row) for row in await self._connection.fetch(query, *arguments)]


@asynccontextmanager
async def open_ledger(url: str) -> AsyncIterator[Ledger]:
    if url.startswith("sqlite:"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)) as file:
            file.row_factory = sqlite3.Row
            yield Sqlite(file)
        return
    server = await asyncpg.connect(url)
    try:
        yield Postgres(server)
    finally:
        await server.close()
