"""The schema goes up and down, whole or not at all."""

from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.migrations.recorder import MigrationRecorder

from service.store.database import Database
from tests.store import catalogue
from tests.store.cast import keep, post
from tests.store.everything import write_a_row_everywhere
from tests.store.next_migration import NEXT, OURS, next_migration

FAILING = """
    ops.AddField("PersonRow", "nickname", fields.CharField(40, db_default="")),
    ops.AlterField("PersonRow", "name", fields.CharField(250)),
    ops.RunSQL("INSERT INTO nowhere VALUES (1)", "SELECT 1"),
"""
DROPPING = """
    ops.RemoveField("OutboxRow", "not_before"),
    ops.RemoveField("InboxRow", "fingerprint"),
"""


async def test_the_schema_goes_up_from_nothing_down_to_nothing_and_up_again(blank_url: str):
    database = Database(blank_url)
    await database.open()
    try:
        assert await database.pending() == OURS
        await database.migrate()
        whole = await catalogue.tables()
        await database.migrate("__first__")
        nothing = await catalogue.tables()
        await database.migrate()

        assert nothing == {}
        assert await catalogue.tables() == whole
        assert await database.pending() == []
        assert await keep()
    finally:
        await database.close()


async def test_going_up_twice_changes_nothing(database: Database):
    await write_a_row_everywhere()
    before = await catalogue.tables(), await catalogue.rows()

    await database.migrate()

    assert (await catalogue.tables(), await catalogue.rows()) == before


ADDED = {
    "cadences": {"every": 1, "nth": 0},
    "entries": {"shown_revision": 0},
    "outbox": {"cuts": None},
    "prompts": {"about": "", "closes_at": None},
}


async def test_what_the_first_release_kept_is_there_after_the_second_migration(blank_url: str):
    """Answers, history, mails and people of 0001 survive 0002, and its new columns say "nothing yet"."""
    database = Database(blank_url)
    await database.open()
    try:
        await database.migrate()
        await write_a_row_everywhere()
        await database.migrate("0001_initial")
        before = await catalogue.rows()

        await database.migrate("0002_the_week")

        after = await catalogue.rows()
        assert "digests" not in before
        assert before["entries"]
        assert before["revisions"]
        for table, rows in before.items():
            assert after[table] == [row | ADDED.get(table, {}) for row in rows]
        assert all(after[table] == [] for table in after.keys() - before)
    finally:
        await database.close()


async def test_all_that_was_kept_is_there_after_endings_are_learned(blank_url: str):
    """0003 only adds tables, and its way back takes only these."""
    database = Database(blank_url)
    await database.open()
    try:
        await database.migrate()
        await write_a_row_everywhere()
        await database.migrate("0002_the_week")
        before = await catalogue.rows()

        await database.migrate("0003_learned_endings")

        after = await catalogue.rows()
        assert all(before.values())
        assert after == before | {"endings": [], "domain_endings": []}
    finally:
        await database.close()


HELD = {
    "remedy": "operator",
    "addr_spec": "",
    "authentication": "",
    "question_id": None,
    "told_at": None,
    "ended": "",
}


async def test_what_was_held_waits_for_the_operator_after_holds_are_asked_about(blank_url: str):
    """0004: nobody hears of replies that were held before it."""
    database = Database(blank_url)
    await database.open()
    try:
        await database.migrate()
        await write_a_row_everywhere()
        await database.migrate("0003_learned_endings")
        before = await catalogue.rows()

        await database.migrate("0004_holds")

        after = await catalogue.rows()
        assert all(before.values())
        assert after == before | {"confirmations": [], "holds": [row | HELD for row in before["holds"]]}
    finally:
        await database.close()


async def test_a_migration_that_fails_in_the_middle_leaves_everything_as_it_was(
    database: Database, tmp_path: Path
):
    """So does a crash: the whole of it is one transaction."""
    await write_a_row_everywhere()
    before = await catalogue.tables(), await catalogue.rows()

    with next_migration(tmp_path, FAILING):
        with pytest.raises(Exception, match="nowhere"):
            await database.migrate()

        assert (await catalogue.tables(), await catalogue.rows()) == before
        assert await database.pending() == [NEXT]
    with pytest.raises(IntegrityError):
        await post(prompt="f" * 16)


async def test_a_worker_that_dies_before_the_migration_is_noted_leaves_everything_as_it_was(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Else the next one would add the same column again, and never come up."""

    async def die(*_: object) -> None:
        raise SystemError("killed")

    with next_migration(tmp_path, FAILING.partition("\n    ops.AlterField")[0]):
        monkeypatch.setattr(MigrationRecorder, "record_applied", die)
        with pytest.raises(SystemError):
            await database.migrate()
        monkeypatch.undo()

    assert "nickname" not in (await catalogue.tables())["people"]["columns"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_the_index_of_a_removed_column_goes_with_it_and_the_others_stay(
    database: Database, tmp_path: Path
):
    before = await catalogue.tables()

    with next_migration(tmp_path, DROPPING):
        await database.migrate()

    after = await catalogue.tables()
    for table, column in (("outbox", "not_before"), ("inbox", "fingerprint")):
        assert after[table]["indexes"] < before[table]["indexes"]
        (gone,) = before[table]["indexes"] - after[table]["indexes"]
        assert column in gone[-1]
