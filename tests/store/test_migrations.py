"""The schema goes up and down, with rows in every table, and nothing is lost on the way."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from service.store import database as database_module
from service.store.database import MIGRATIONS, Database
from tests.store import catalogue
from tests.store.cast import keep, post
from tests.store.everything import write_a_row_everywhere

OURS = sorted(path.stem for path in Path(database_module.__file__).parent.glob("migrations/0*.py"))
HEAD = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("store", "{latest}")]
    operations = [
"""
CHANGE = """
        ops.AddField("PersonRow", "nickname", fields.CharField(40, db_default="nobody")),
        ops.AlterField("PersonRow", "name", fields.CharField(250)),
        ops.AlterField("CollaborationRow", "name", fields.CharField(250)),
        ops.AddField("InboxRow", "size", fields.IntField(db_default=0)),
        ops.AlterField("InboxRow", "reason", fields.CharField(600, default="")),
        ops.AlterField("PromptRow", "instrument", fields.CharField(80)),
        ops.AlterField("EntryRow", "question", fields.CharField(80)),
        ops.AlterField("OutboxRow", "status", fields.CharField(24, default="")),
        ops.AddField("OutboxRow", "pool", fields.CharField(16, db_default="")),
    ]
"""
FAILING = """
        ops.AddField("PersonRow", "nickname", fields.CharField(40, db_default="")),
        ops.AlterField("PersonRow", "name", fields.CharField(250)),
        ops.RunSQL("INSERT INTO nowhere VALUES (1)", "SELECT 1"),
    ]
"""
DROPPING = """
        ops.RemoveField("OutboxRow", "subject"),
        ops.RemoveField("InboxRow", "fingerprint"),
    ]
"""
GROWN = {("people", "nickname"): "nobody", ("inbox", "size"): 0, ("outbox", "pool"): ""}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of our migrations, where a test puts one more."""
    name = f"migrations_of_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    folder.mkdir()
    for source in Path(database_module.__file__).parent.glob("migrations/*.py"):
        (folder / source.name).write_text(source.read_text())
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(database_module, "MIGRATIONS", name)
    yield folder


def add(package: Path, operations: str) -> None:
    (package / "9999_next.py").write_text(HEAD.format(latest=OURS[-1]) + operations)


@pytest.fixture
async def blank(blank_url: str) -> AsyncIterator[Database]:
    database = Database(blank_url)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def no_row_points_to_nothing() -> bool:
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        return not await connection.execute_query_dict("PRAGMA foreign_key_check")
    return True  # PostgreSQL checks at once, always


async def test_the_schema_goes_up_from_nothing_down_to_nothing_and_up_again(blank: Database):
    await blank.migrate()
    whole = await catalogue.tables()
    await blank.migrate("__first__")
    nothing = await catalogue.tables()
    await blank.migrate()

    assert MIGRATIONS == database_module.MIGRATIONS
    assert nothing == {}
    assert await catalogue.tables() == whole
    assert await keep()


async def test_going_up_twice_changes_nothing(blank: Database):
    await blank.migrate()
    await write_a_row_everywhere()
    before = await catalogue.tables(), await catalogue.rows()

    await blank.migrate()

    assert (await catalogue.tables(), await catalogue.rows()) == before


async def test_every_table_has_a_row_in_these_tests(blank: Database):
    await blank.migrate()
    await write_a_row_everywhere()

    assert {table for table, rows in (await catalogue.rows()).items() if not rows} == set()


async def test_no_row_is_lost_when_tables_that_others_point_to_are_altered(blank: Database, package: Path):
    """stack.md: SQLite rebuilds such a table, and CASCADE would take the children along."""
    add(package, CHANGE)
    await blank.migrate(OURS[-1])
    await write_a_row_everywhere()
    before = await catalogue.rows()

    await blank.migrate()
    up = await catalogue.rows()
    await blank.migrate(OURS[-1])
    down = await catalogue.rows()

    for (table, column), preset in GROWN.items():
        assert [row.pop(column) for row in up[table]] == [preset]
    assert up == before
    assert down == before
    assert await no_row_points_to_nothing()


async def test_no_index_and_no_constraint_is_lost_when_tables_are_altered(blank: Database, package: Path):
    """stack.md: tortoise forgets both when SQLite rebuilds a table."""
    add(package, CHANGE)
    await blank.migrate(OURS[-1])
    before = await catalogue.tables()

    await blank.migrate()
    up = await catalogue.tables()
    await blank.migrate(OURS[-1])

    for table, column in GROWN:
        assert up[table]["columns"].pop(column)
    assert {table: sorted(words["columns"]) for table, words in up.items()} == {
        table: sorted(words["columns"]) for table, words in before.items()
    }
    for words in (*up.values(), *before.values()):
        words_of_columns = words.pop("columns")
        assert words_of_columns
    assert up == before


async def test_going_down_leads_to_the_very_schema_that_was_there(blank: Database, package: Path):
    add(package, CHANGE)
    await blank.migrate(OURS[-1])
    before = await catalogue.tables()

    await blank.migrate()
    assert await catalogue.tables() != before
    await blank.migrate(OURS[-1])

    assert await catalogue.tables() == before


async def test_foreign_keys_hold_again_after_a_migration(blank: Database, package: Path):
    add(package, CHANGE)
    await blank.migrate()

    with pytest.raises(IntegrityError):
        await post(prompt="f" * 16)


async def test_the_index_of_a_removed_column_goes_with_it_and_the_others_stay(blank: Database, package: Path):
    add(package, DROPPING)
    await blank.migrate(OURS[-1])
    before = await catalogue.tables()

    await blank.migrate()

    after = await catalogue.tables()
    assert before["outbox"]["indexes"] == after["outbox"]["indexes"]
    assert len(before["inbox"]["indexes"]) - len(after["inbox"]["indexes"]) == 1


async def test_a_migration_that_fails_in_the_middle_leaves_everything_as_it_was(blank: Database, package: Path):
    """A crash too: the whole of it is one transaction."""
    add(package, FAILING)
    await blank.migrate(OURS[-1])
    await write_a_row_everywhere()
    before = await catalogue.tables(), await catalogue.rows()

    with pytest.raises(Exception, match="nowhere"):
        await blank.migrate()

    assert (await catalogue.tables(), await catalogue.rows()) == before
    assert await blank.pending() == ["9999_next"]
    with pytest.raises(IntegrityError):
        await post(prompt="f" * 16)


async def test_a_worker_that_knows_fewer_migrations_than_the_database_still_comes_up(
    blank: Database, package: Path
):
    """REL-15: old and new workers run side by side while a release rolls out."""
    add(package, CHANGE)
    await blank.migrate()
    (package / "9999_next.py").unlink()

    await blank.migrate()

    assert await keep()
    assert await post()
