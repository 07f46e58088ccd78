"""The weekly check-in goes out."""

import shutil

import pytest

from service.flows.send_prompts import send_prompts
from service.store import collaborations, overview
from service.store.database import Database
from tests.flows.town import ADA, GRACE, LINUS, Town, parsed, text_of


async def test_a_check_in_goes_out_once_per_week_and_person_however_often_send_is_called(town):
    """REL-4."""
    first = await town.send()
    town.later(hours=5)

    again = await town.send()
    town.later(days=7)
    next_week = await town.send()

    assert (first, again, next_week) == (3, 0, 3)
    assert [len(town.mails_to(address)) for address in (ADA, GRACE, LINUS)] == [2, 2, 2]


async def test_a_check_in_has_one_reader_and_says_who_reads_the_answer(town):
    """OUT-1, product: privacy classes."""
    await town.send()

    mail = town.mails_to(GRACE)[0]

    assert mail["To"].addresses[0].addr_spec == GRACE
    assert "1. Moved forward: What moved forward since we last wrote?" in text_of(mail)
    assert "Who reads your answer: your team, with your name." in text_of(mail)
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_the_rotating_question_is_another_one_each_week(town):
    seen = []
    for _ in range(4):
        await town.send()
        seen.append(next(line for line in text_of(town.mails_to(GRACE)[-1]).splitlines() if line[:2] == "5."))
        town.later(days=7)

    assert len(set(seen)) == 4


async def test_identifiers_and_bytes_are_the_same_after_the_database_is_restored(
    migrated_sqlite, tmp_path, desk
):
    """REL-4: receivers that collapse equal Message-IDs then help us."""
    first = await _week(migrated_sqlite, tmp_path / "first", desk)

    restored = await _week(tmp_path / "first" / "backup.db", tmp_path / "second", desk)

    assert [dispatch.envelope for dispatch in restored] == [dispatch.envelope for dispatch in first]
    assert [dispatch.raw for dispatch in restored] == [dispatch.raw for dispatch in first]
    mail = parsed(restored[0].raw)
    assert mail["Message-ID"] == restored[0].message_id
    assert mail["Reply-To"].addresses[0].addr_spec.startswith("thread+r-")
    assert restored[0].envelope.mail_from.startswith("thread+b-")


async def _week(template, folder, desk):
    """One week in a database of its own; a backup is taken right before the check-ins are sent."""
    folder.mkdir()
    shutil.copy(template, folder / "commonthread.db")
    database = Database(f"sqlite://{folder / 'commonthread.db'}")
    await database.open()
    try:
        town = Town(desk)
        await town.settle_in()
    finally:
        await database.close()
    shutil.copy(folder / "commonthread.db", folder / "backup.db")
    await database.open()
    try:
        await town.send()
        return town.relay.taken
    finally:
        await database.close()


async def test_an_exception_while_composing_leaves_neither_prompt_nor_mail(town, monkeypatch):
    """REL-1: both rows are written in one transaction."""
    before = await overview.overview()
    composer = type(town.desk.composer)
    compose, written = composer.compose, []

    def fail_at_the_second(self, instrument, letter, shared=None):
        written.append(letter)
        if len(written) == 2:
            raise RuntimeError("the template fell over")
        return compose(self, instrument, letter)

    monkeypatch.setattr(composer, "compose", fail_at_the_second)
    with pytest.raises(RuntimeError, match="fell over"):
        await town.write()

    after = await overview.overview()
    assert (after.prompts, after.outbox) == (before.prompts, before.outbox)

    monkeypatch.undo()
    assert await town.send() == 3


async def test_send_tells_how_far_it_is(town):
    collaboration = await collaborations.find("trail")

    steps = [
        step
        async for step in send_prompts(town.desk.playbook.get("check-in"), collaboration, town.desk, town.now)
    ]

    assert steps == [(3, 3)]
