"""Tortoise's SQLite engine, with transactions that take the write lock at once.

A deferred BEGIN fails with "database is locked" as soon as another process wrote between its
first read and its first write, and no busy timeout helps (REL-3). BEGIN IMMEDIATE waits instead.
"""

import sqlite3

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.exceptions import TransactionManagementError


class _ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        try:
            await self._connection.commit()
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error


class ImmediateClient(SqliteClient):
    """A SQLite client whose transactions are writers from their first statement."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(_ImmediateTransaction(self), self._lock)


client_class = ImmediateClient
