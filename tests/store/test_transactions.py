"""Together or not at all (REL-1), on disk when it is said to be (REL-10), and never stuck (F27)."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, TransactionManagementError

from service.store import alarms, outbox, prompts
from service.store.database import Database, is_own_trouble, transaction
from tests.store.cast import NOW, add_person, add_prompt, claim, post, posting

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("kind", ["postgres"], indirect=True)


def connection() -> Any:
    return get_connection("default")


async def value(query: str) -> object:
    ((answer,),) = [tuple(row.values()) for row in await connection().execute_query_dict(query)]
    return answer


async def test_a_prompt_and_its_mail_are_written_together_or_not_at_all(database: Database):
    """REL-1."""
    grace = await add_person()

    with pytest.raises(ValueError, match="no template"):  # noqa: PT012 - the whole transaction
        async with transaction():
            prompt = await add_prompt(person=grace)
            await outbox.add([posting(1, prompt=prompt.handle)], NOW)
            raise ValueError("no template")

    assert await prompts.existing(["a" * 16]) == set()
    assert await claim() == []


async def test_what_an_inner_transaction_undoes_leaves_the_outer_one_whole(database: Database):
    async with transaction():
        await alarms.ring("relay", "away", NOW)
        with pytest.raises(ValueError, match="inner"):  # noqa: PT012 - the whole transaction
            async with transaction():
                await alarms.ring("mailbox", "away", NOW)
                raise ValueError("inner")

    assert [alarm.key for alarm in await alarms.every()] == ["relay"]


async def test_a_cancelled_transaction_leaves_nothing_behind(database: Database):
    """REL-12: the worker is told to stop in the middle."""
    begun = asyncio.Event()

    async def work() -> None:
        async with transaction():
            await alarms.ring("relay", "away", NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])

    assert await alarms.every() == []
    async with transaction():
        assert await alarms.ring("relay", "away", NOW) == 1


async def test_tasks_of_one_worker_do_not_see_into_each_other_s_transactions(database: Database):
    async def ring(name: str) -> None:
        async with transaction():
            await alarms.ring(name, "away", NOW)
            await asyncio.sleep(0)
            if name == "alarm 3":
                raise ValueError(name)

    results = await asyncio.gather(*(ring(f"alarm {n}") for n in range(8)), return_exceptions=True)

    assert [result for result in results if result] != []
    assert {alarm.key for alarm in await alarms.every()} == {f"alarm {n}" for n in range(8) if n != 3}


async def test_nothing_is_removed_along_with_something_else(database: Database):
    """Every foreign key restricts."""
    prompt = await add_prompt()

    with pytest.raises(IntegrityError):
        await connection().execute_query(f"DELETE FROM people WHERE id = {prompt.person_id}")


# Durability


@on_sqlite
@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
)
async def test_sqlite_keeps_what_it_acknowledged_and_erases_what_it_deletes(
    database: Database, pragma: str, wanted: object
):
    """REL-10, PRIV-12."""
    assert await value(f"PRAGMA {pragma}") == wanted


@on_sqlite
async def test_sqlite_waits_for_another_process_before_it_says_locked(database: Database):
    """F27."""
    assert await value("PRAGMA busy_timeout") == 10_000


@on_postgres
async def test_postgresql_keeps_what_it_acknowledged_whatever_its_own_default(database: Database):
    """REL-10."""
    assert await value("SHOW synchronous_commit") == "on"


@on_sqlite
async def test_what_was_deleted_is_not_in_the_file_any_more(database: Database, tmp_path: Path):
    """PRIV-12."""
    (handle,) = await post()
    await outbox.add([posting(2, mail=posting(2).mail)], NOW)
    await connection().execute_query(
        "UPDATE outbox SET subject = 'a secret of Grace''s' WHERE handle = ?", [handle]
    )
    await connection().execute_query("DELETE FROM outbox WHERE handle = ?", [handle])

    await connection().execute_query("PRAGMA wal_checkpoint(TRUNCATE)")

    assert b"a secret of Grace" not in (tmp_path / "commonthread.db").read_bytes()


# Trouble of the database's own


@contextmanager
def locked_by_another(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@on_sqlite
async def test_a_lock_that_lasts_too_long_is_an_error_and_the_next_transaction_works(
    database: Database, tmp_path: Path
):
    """F27: not the message's fault, and nothing stays locked behind it."""
    await connection().execute_query("PRAGMA busy_timeout = 1")

    with locked_by_another(tmp_path / "commonthread.db"):
        with pytest.raises(TransactionManagementError) as in_transaction:
            async with transaction():
                raise AssertionError("it never begins")
        with pytest.raises(Exception, match="locked") as alone:
            await alarms.ring("relay", "away", NOW)

    assert is_own_trouble(in_transaction.value)
    assert is_own_trouble(alone.value)
    async with transaction():
        assert await alarms.ring("relay", "away", NOW) == 1


@on_sqlite
async def test_a_task_that_is_cancelled_while_it_waits_for_the_lock_keeps_nothing_locked(
    database: Database, tmp_path: Path
):
    """REL-12."""

    async def wait_for_it() -> None:
        async with transaction():
            raise AssertionError("it never begins")

    with locked_by_another(tmp_path / "commonthread.db"):
        task = asyncio.create_task(wait_for_it())
        while not connection()._lock.locked():  # noqa: ASYNC110 - nothing tells us of it
            await asyncio.sleep(0)
        task.cancel()

    await asyncio.wait([task])
    assert task.cancelled()
    assert await alarms.ring("relay", "away", NOW) == 1
    with closing(sqlite3.connect(tmp_path / "commonthread.db")) as other:
        assert other.execute("SELECT count(*) FROM alarms").fetchone() == (1,)


@on_sqlite
async def test_a_transaction_that_could_not_be_committed_is_undone_and_not_committed_by_the_next(
    database: Database,
):
    """F30: what was reported as failed must not come true later."""
    with pytest.raises(TransactionManagementError) as full:  # noqa: PT012 - the whole transaction
        async with transaction():
            await connection().execute_query("PRAGMA defer_foreign_keys = ON")
            await alarms.ring("relay", "away", NOW)
            await outbox.add([posting(1, prompt="f" * 16)], NOW)  # found out at the commit, as a full disk is

    await alarms.ring("mailbox", "away", NOW)

    assert is_own_trouble(full.value)
    assert [alarm.key for alarm in await alarms.every()] == ["mailbox"]


@on_sqlite
@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = ON"])
async def test_a_full_or_read_only_disk_is_the_database_s_own_trouble(database: Database, pragma: str):
    """F30."""
    await connection().execute_query(f"PRAGMA {pragma}")

    with pytest.raises(Exception, match=r"full|readonly") as trouble:
        await post(count=100)

    assert is_own_trouble(trouble.value)


@on_postgres
async def test_a_connection_that_the_server_cut_is_the_database_s_own_trouble_and_heals(database: Database):
    """F28."""
    with pytest.raises(Exception, match="terminat") as alone:
        await value("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(Exception, match="connection is closed") as in_transaction:
        async with transaction():
            await value("SELECT pg_terminate_backend(pg_backend_pid())")

    assert is_own_trouble(alone.value)
    assert is_own_trouble(in_transaction.value)
    async with transaction():
        assert await alarms.ring("relay", "away", NOW) == 1


@on_postgres
async def test_a_deadlock_is_the_database_s_own_trouble(database: Database):
    """F29."""
    await alarms.ring("one", "away", NOW)
    await alarms.ring("two", "away", NOW)
    both = asyncio.Barrier(2)

    async def ring(first: str, second: str) -> None:
        async with transaction():
            await connection().execute_query("SET LOCAL deadlock_timeout = '1ms'")
            await alarms.ring(first, "away", NOW)
            await both.wait()
            await alarms.ring(second, "away", NOW)

    results = await asyncio.gather(ring("one", "two"), ring("two", "one"), return_exceptions=True)

    (trouble,) = [result for result in results if isinstance(result, Exception)]
    assert is_own_trouble(trouble)


@pytest.mark.parametrize("error", [ValueError("locked"), KeyError("busy"), IntegrityError("disk full")])
def test_an_error_of_ours_is_not_the_database_s_trouble_whatever_its_words(error: Exception):
    """REL-14: else a message that quotes such words is tried for ever."""
    assert not is_own_trouble(error)


async def test_a_value_that_does_not_fit_is_not_the_database_s_trouble(database: Database):
    """REL-14."""
    with pytest.raises(Exception, match=r"\w") as trouble:
        await connection().execute_query("SELECT nothing FROM nowhere")

    assert not is_own_trouble(trouble.value)
