"""Tortoise's SQLite engine, with transactions that take the write lock at once and always let go.

A deferred BEGIN fails with "database is locked" as soon as another process wrote between its
first read and its first write, and no busy timeout helps (REL-3). BEGIN IMMEDIATE waits instead.
"""

import asyncio
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

# SQLite compares moments as text, so each is written in UTC, whatever zone it was thought in.
# Tortoise's own adapter (replaced here, it came with the imports above) keeps the zone.
sqlite3.register_adapter(datetime, lambda moment: moment.astimezone(UTC).isoformat(" "))


class _ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error
        except asyncio.CancelledError:  # the driver's thread begins it all the same
            await self._connection.rollback()
            raise

    async def commit(self) -> None:
        try:
            await super().commit()
        except sqlite3.Error as error:  # full disk: SQLite keeps the transaction open
            with suppress(sqlite3.Error):
                await self._connection.rollback()
            raise TransactionManagementError(error) from error

    async def execute_script(self, query: str) -> None:
        """One statement: the driver's own executescript would commit this transaction first."""
        await self.execute_query(query)


class _TransactionContext(SqliteTransactionContext):
    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:  # tortoise would keep its lock for ever
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        transaction: TransactionalDBClient = self.connection
        return transaction


class ImmediateClient(SqliteClient):
    """A SQLite client whose transactions are writers from their first statement."""

    def _in_transaction(self) -> TransactionContext:
        return _TransactionContext(_ImmediateTransaction(self), self._lock)


client_class = ImmediateClient
