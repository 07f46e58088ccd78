"""Moves the schema up and down: by one worker at a time, whole or not at all, no row and no index lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor
from tortoise.transactions import in_transaction

MIGRATION_LOCK = 0x636F6D6D6F6E
"""PostgreSQL's advisory lock of whoever migrates."""


async def migrate(apps: dict[str, Any], app: str, target: str) -> None:
    """Bring ``app`` of the ``apps`` in tortoise's configuration to ``target``.

    Whoever comes second waits, and finds the work done. A crash in the middle leaves the old schema.
    """
    async with _foreign_keys_off(), in_transaction("default") as connection:
        if not is_sqlite(connection):
            await connection.execute_query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK])
        executor = _Executor(connection, apps)
        await executor.ensure_record()
        await executor.migrate([MigrationTarget(app_label=app, name=target)])


async def pending(apps: dict[str, Any], app: str) -> list[str]:
    """The migrations of ``app`` that this database still lacks."""
    steps = await _Executor(get_connection("default"), apps).plan([MigrationTarget(app, "__latest__")])
    return [step.migration.name for step in steps]


@asynccontextmanager
async def _foreign_keys_off() -> AsyncIterator[None]:
    """Else dropping a table that SQLite has to rebuild takes the rows along that point to it."""
    connection = get_connection("default")
    if not is_sqlite(connection):
        yield
        return
    await connection.execute_script("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await connection.execute_script("PRAGMA foreign_keys=ON")


def is_sqlite(connection: Any) -> bool:
    """Whether ``connection`` talks to SQLite."""
    return bool(connection.capabilities.dialect == "sqlite")


class _Executor(MigrationExecutor):
    async def ensure_record(self) -> None:
        """Tortoise reads its record of migrations first and creates it then: on PostgreSQL the failed
        reading would end the transaction."""
        await self.recorder.ensure_schema(self._schema_editor(atomic=False))

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        if is_sqlite(self.connection):
            return _IndexKeeper(self.connection, atomic=atomic, collect_sql=collect_sql)
        return super()._schema_editor(atomic, collect_sql)


class _IndexKeeper(SqliteSchemaEditor):
    """SQLite alters a column by rebuilding its table; tortoise 1.1 forgets what had been indexed in it,
    and what had to be unique together."""

    async def _remake_table(
        self, model: Any, create_field: Any = None, delete_field: Any = None, alter_fields: Any = None
    ) -> None:
        gone = delete_field and (delete_field.source_field or delete_field.model_field_name)
        lost = [sql for columns, sql in await self._indexes(model) if gone not in columns]
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        for sql in lost:
            await self._run_sql(sql)

    async def _indexes(self, model: Any) -> list[tuple[list[str], str]]:
        """Columns and statement of every index that a rebuilt table will not have."""
        table = model._meta.db_table
        found = []
        for index in await self.client.execute_query_dict(f'PRAGMA index_list("{table}")'):
            rows = await self.client.execute_query_dict(f'PRAGMA index_info("{index["name"]}")')
            columns = [str(row["name"]) for row in rows]
            if index["origin"] == "c":
                found.append((columns, await self._statement(index["name"])))
            elif index["origin"] == "u" and len(columns) > 1:
                found.append((columns, self._unique(model, columns)))
        return found

    async def _statement(self, name: str) -> str:
        query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?"
        return str((await self.client.execute_query_dict(query, [name]))[0]["sql"])

    def _unique(self, model: Any, columns: list[str]) -> str:
        name = self._get_unique_constraint_name(model, columns)
        quoted = ", ".join(self.quote(column) for column in columns)
        return f'CREATE UNIQUE INDEX "{name}" ON "{model._meta.db_table}" ({quoted})'
