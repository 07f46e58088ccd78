"""The schema as migrations make it is the one that the models mean, and its indexes are used."""

import logging
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.autodetector import MigrationAutodetector

from service.store import agenda, inbox, outbox
from service.store.database import Database, database_config
from service.store.models import CadenceRow, DueRow, InboxRow, OutboxRow, PersonRow
from tests.store import catalogue
from tests.store.cast import DAY, NOW, add_collaboration, claim, posting

CROWD = 3000


async def test_the_migrated_schema_is_the_generated_one(database: Database, blank_url: str, kind: str):
    """Column by column, index by index, constraint by constraint."""
    migrated = await catalogue.tables()
    await database.close()

    fresh = Database(blank_url if kind == "postgres" else blank_url.replace(".db", "-generated.db"))
    await fresh.open()
    try:
        await Tortoise.generate_schemas(safe=False)
        generated = await catalogue.tables()
    finally:
        await fresh.close()

    assert len(migrated) > 15
    assert migrated == generated


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_the_models_have_no_change_that_is_not_migrated(database: Database):
    assert Tortoise.apps is not None
    detector = MigrationAutodetector(Tortoise.apps, database_config(database.url)["apps"])

    assert [writer.operations for writer in await detector.changes()] == []


# What is asked every minute must not grow with people


async def plan_of(caplog: pytest.LogCaptureFixture, *words: str) -> str:
    """How the database carries out the question with these words."""
    (asked,) = [r.args for r in caplog.records if all(word in r.getMessage() for word in words)]
    query, values = asked
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        query = f"EXPLAIN QUERY PLAN {query}"
    else:
        await connection.execute_script("ANALYZE")
        query = f"EXPLAIN {query}"
    return "\n".join(str(list(row.values())) for row in await connection.execute_query_dict(query, values))


@pytest.fixture
def asked(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "tortoise.db_client")
    return caplog


async def test_what_is_due_is_found_by_its_index(database: Database, asked: Any):
    where = await add_collaboration()
    cadence = await CadenceRow.create(collaboration_id=where.id, instrument="check-in", weekday=0, at="09:00")
    await PersonRow.bulk_create([PersonRow(id=n, name="x", zone="UTC") for n in range(1, CROWD)])
    later = [
        DueRow(cadence=cadence, person_id=n, at=NOW + n * DAY / 100, period="2026-W48")
        for n in range(1, CROWD)
    ]
    await DueRow.bulk_create(later)
    asked.clear()

    assert len(await agenda.due(NOW + DAY, 200, ["check-in"])) == 100

    assert "idx_due_at" in await plan_of(asked, 'FROM "due"')


async def test_mail_to_send_is_found_by_its_index(database: Database, asked: Any):
    await outbox.add([posting(number) for number in range(CROWD)], NOW)
    await OutboxRow.filter(handle__gt=f"{3:016x}").update(state="accepted")
    asked.clear()

    assert len(await claim()) == 4

    assert "idx_outbox_state" in await plan_of(asked, 'FROM "outbox"', "LIMIT")


async def test_mail_is_taken_by_its_key(database: Database, asked: Any):
    """Asked for its state, SQLite would go through all that waits, for every window."""
    await outbox.add([posting(number) for number in range(CROWD)], NOW)
    asked.clear()

    assert len(await claim(limit=4)) == 4

    plan = await plan_of(asked, "UPDATE", "claim =")
    assert "sqlite_autoindex_outbox_1" in plan or "outbox_pkey" in plan


async def test_messages_that_wait_are_found_by_their_index(database: Database, asked: Any):
    when = {"received_at": NOW, "kept_at": NOW}
    rows = [
        InboxRow(
            sha256=str(n), octets=b"", uidvalidity=1, uid=n, state="settled" if n > 3 else "kept", **when
        )
        for n in range(CROWD)
    ]
    await InboxRow.bulk_create(rows)
    asked.clear()

    assert len(await inbox.waiting()) == 4

    assert "idx_inbox_state" in await plan_of(asked, 'FROM "inbox"')
