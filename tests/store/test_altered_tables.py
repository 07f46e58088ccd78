"""A migration alters tables that others point to and adds NOT NULL columns; then it is taken back.

On SQLite each altered table is built anew, and stack.md tells what tortoise loses on the way: the rows
that point to it, its indexes, and what had to be unique together. The journey is made once on each
database; the tests look at what was seen on it.
"""

import asyncio
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from service.store.database import Database
from service.store.models import InboxRow
from tests.databases import empty_tables, sqlite_url
from tests.store import catalogue
from tests.store.cast import keep, post
from tests.store.everything import write_a_row_everywhere
from tests.store.next_migration import OURS, next_migration

CHANGES = """
    ops.AddField("PersonRow", "nickname", fields.CharField(40, db_default="nobody")),
    ops.AlterField("PersonRow", "name", fields.CharField(250)),
    ops.AlterField("InboxRow", "reason", fields.CharField(600, default="")),
    ops.AlterField("PromptRow", "instrument", fields.CharField(80)),
    ops.AlterField("EntryRow", "question", fields.CharField(80)),
    ops.AlterField("OutboxRow", "status", fields.CharField(24, default="")),
    ops.AddField("OutboxRow", "pool", fields.IntField(db_default=7)),
"""
ADDED = {("people", "nickname"): "nobody", ("outbox", "pool"): 7}


@dataclass(frozen=True)
class View:
    """What there was to see at one point of the journey."""

    tables: dict[str, Any]
    rows: dict[str, Any]
    dangling: list[Any]
    refuses_a_dangling_row: bool


@dataclass(frozen=True)
class Journey:
    before: View
    up: View
    down: View
    old_worker_came_up: bool


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    EXECUTOR_CACHE.clear()  # see tests/conftest.py
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), folder)
        yield asyncio.run(travel(sqlite_url(folder), folder))
    else:
        yield asyncio.run(travel(request.getfixturevalue("migrated_postgres"), folder))
    EXECUTOR_CACHE.clear()


async def travel(url: str, folder: Path) -> Journey:
    database = Database(url)
    await database.open()
    try:
        await empty_tables()
        await write_a_row_everywhere()
        before = await look()
        with next_migration(folder, CHANGES):
            await database.migrate()
            up = await look()
            old_worker_came_up = await old_worker_comes_up(database)
            await database.migrate(OURS[-1])
        return Journey(before, up, await look(), old_worker_came_up)
    finally:
        await database.close()


async def look() -> View:
    connection = get_connection("default")
    dangling: list[Any] = []
    if connection.capabilities.dialect == "sqlite":
        dangling = await connection.execute_query_dict("PRAGMA foreign_key_check")
    try:
        await post(prompt="f" * 16)
    except IntegrityError:
        return View(await catalogue.tables(), await catalogue.rows(), dangling, True)
    return View(await catalogue.tables(), await catalogue.rows(), dangling, False)


async def old_worker_comes_up(database: Database) -> bool:
    """It knows our migrations, and nothing of the newer one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.store.database.MIGRATIONS", "service.store.migrations")
        await database.migrate()
        return await InboxRow.filter(id=await keep()).delete() == 1


def test_there_is_a_row_in_every_table(journey: Journey):
    """Else the other tests show nothing."""
    assert [table for table, rows in journey.before.rows.items() if not rows] == []
    assert len(journey.before.rows) > 15


def test_no_row_is_lost_on_the_way_up(journey: Journey):
    rows = deepcopy(journey.up.rows)

    for (table, column), preset in ADDED.items():
        assert [row.pop(column) for row in rows[table]] == [preset]
    assert rows == journey.before.rows


def test_no_row_is_lost_on_the_way_down(journey: Journey):
    assert journey.down.rows == journey.before.rows


def test_no_row_points_to_nothing(journey: Journey):
    assert journey.up.dangling == journey.down.dangling == []


def test_a_row_that_points_to_nothing_is_refused_again_after_a_migration(journey: Journey):
    assert journey.up.refuses_a_dangling_row
    assert journey.down.refuses_a_dangling_row


def test_no_index_and_no_constraint_is_lost_on_the_way_up(journey: Journey):
    assert {table: without_columns(words) for table, words in journey.up.tables.items()} == {
        table: without_columns(words) for table, words in journey.before.tables.items()
    }


def test_no_column_is_lost_on_the_way_up(journey: Journey):
    names = {(table, column) for table, words in journey.up.tables.items() for column in words["columns"]}

    before = {(table, name) for table, words in journey.before.tables.items() for name in words["columns"]}
    assert names - before == set(ADDED)
    assert before - names == set()


def test_the_way_down_leads_to_the_very_schema_that_was_there(journey: Journey):
    assert journey.up.tables != journey.before.tables
    assert journey.down.tables == journey.before.tables


def test_an_older_worker_comes_up_beside_a_newer_one(journey: Journey):
    """REL-15: both run while a release rolls out."""
    assert journey.old_worker_came_up


def without_columns(table: dict[str, Any]) -> dict[str, Any]:
    return {kind: words for kind, words in table.items() if kind != "columns"}
