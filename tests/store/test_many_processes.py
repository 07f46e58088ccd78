"""Eight real processes at once, on both databases: no work done twice, no lock error (REL-3)."""

import pytest

from service.store import alarms, collaborations, inbox
from service.store.database import Database
from service.store.models import DeliveryRow, OutboxRow
from tests.store import crew as jobs
from tests.store.cast import RUN_OUT, add_collaboration, claim, keep, post
from tests.store.crew import Crew


async def test_every_mail_is_claimed_exactly_once(database: Database, crew: Crew):
    """REL-3, F21."""
    handles = await post(count=100)

    taken = crew.all_do(jobs.claim_all_mail, database.url)

    assert sorted(handle for worker in taken for handle in worker) == handles


async def test_every_message_is_processed_exactly_once(database: Database, crew: Crew):
    """REL-3."""
    kept = [await keep(f"message {number}") for number in range(40)]

    taken = crew.all_do(jobs.process_all_messages, database.url)

    assert sorted(inbox_id for worker in taken for inbox_id in worker) == kept
    assert await inbox.waiting() == []


async def test_the_same_bytes_are_kept_once_whoever_reads_them(database: Database, crew: Crew):
    """IN-21, F38."""
    kept = crew.all_do(jobs.keep_the_same, database.url)

    assert sorted(inbox_id for reader in kept for inbox_id in reader) == await inbox.waiting()
    assert len(await inbox.waiting()) == 10


async def test_what_dead_senders_left_is_recovered_once(database: Database, crew: Crew):
    """REL-7, I2: each uncertain event is counted and recorded once."""
    await post(count=80)
    await claim(limit=80, lease=RUN_OUT)
    await OutboxRow.filter(handle__gt=f"{40:016x}").update(phase="dot")

    counted = crew.all_do(jobs.recover_mail, database.url)

    assert [sum(column) for column in zip(*counted, strict=True)] == [40, 40]
    assert await OutboxRow.filter(state="uncertain", uncertain=1).count() == 40
    assert await DeliveryRow.filter(receipt="uncertain").count() == 40


async def test_a_period_is_claimed_by_one_alone(database: Database, crew: Crew):
    """TIME-4, I9."""
    assert sorted(crew.all_do(jobs.claim_period, database.url)) == [False] * 7 + [True]


async def test_an_alarm_that_all_ring_at_once_is_one_alarm_with_its_count(database: Database, crew: Crew):
    """REL-17: a relay that goes away is noticed by all workers in the same moment."""
    counts = crew.all_do(jobs.ring_alarm, database.url)

    (alarm,) = await alarms.every()
    assert alarm.count == max(counts) == 8


async def test_a_mailbox_has_one_reader(database: Database, crew: Crew):
    """REL-20."""
    assert sorted(crew.all_do(jobs.take_mailbox, database.url)) == [False] * 7 + [True]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_transactions_that_read_and_then_write_wait_for_each_other(database: Database, crew: Crew):
    """REL-3: with a deferred BEGIN most of them fail at once with "database is locked"."""
    before = await add_collaboration()

    crew.all_do(jobs.lengthen_a_name, database.url)

    after = await collaborations.get(before.id)
    assert after.why == before.why + "." * 80


async def test_workers_that_start_at_once_on_an_empty_database_all_come_up(blank_url: str, crew: Crew):
    """REL-15."""
    crew.all_do(jobs.migrate, blank_url)

    database = Database(blank_url)
    await database.open()
    try:
        assert await keep()
        assert await post() == [f"{1:016x}"]
    finally:
        await database.close()
