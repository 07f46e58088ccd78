"""The mailbox is read: kept first, then moved (REL-19 to REL-21)."""

import pytest

from service.store import cursors, inbox
from service.store.models import InboxRow
from tests.flows.letters import letter
from tests.flows.town import ACCOUNT


async def test_mail_is_kept_before_it_is_moved(town):
    """I3: a crash in between repeats the move, and loses nothing."""
    kept_when_moved = []

    async def archive(uids, uidvalidity):
        kept_when_moved.extend([await InboxRow.exists(uid=uid) for uid in uids])
        raise ConnectionError("the server went away")

    town.mailbox.archive = archive
    town.mailbox.put(bytes(letter("one")), town.now)
    with pytest.raises(ConnectionError):
        await town.fetch()

    assert kept_when_moved == [True]
    assert (await cursors.get(ACCOUNT)).last_uid == 0


async def test_the_same_bytes_fetched_again_are_kept_once(town):
    """IN-21, REL-20."""
    raw = bytes(letter("one"))
    town.mailbox.put(raw, town.now)
    first = await town.fetch()
    town.mailbox.put(raw, town.now)

    again = await town.fetch()

    assert (len(first), again) == (1, [])
    assert await InboxRow.all().count() == 1
    assert town.mailbox.folder == {}


async def test_the_cursor_follows_the_move(town):
    for number in range(3):
        town.mailbox.put(bytes(letter(str(number))), town.now)

    await town.fetch()

    cursor = await cursors.get(ACCOUNT)
    assert (cursor.uidvalidity, cursor.last_uid) == (town.mailbox.uidvalidity, 3)
    assert town.mailbox.folder == {}


async def test_a_new_uidvalidity_reads_from_the_start_and_keeps_nothing_twice(town):
    """REL-20: the same UIDs mean other mails now."""
    one, two = bytes(letter("one")), bytes(letter("two"))
    town.mailbox.put(one, town.now)
    await town.fetch()
    town.mailbox.uidvalidity += 1
    town.mailbox.last_uid = 0
    town.mailbox.put(two, town.now)
    town.mailbox.put(one, town.now)

    announced = await town.fetch()

    assert [await inbox.raw(inbox_id) for inbox_id in announced] == [two]
    assert (await cursors.get(ACCOUNT)).uidvalidity == town.mailbox.uidvalidity


async def test_a_gap_in_the_uids_is_no_error(town):
    town.mailbox.last_uid = 40
    town.mailbox.put(bytes(letter("one")), town.now)

    assert len(await town.fetch()) == 1
    assert (await cursors.get(ACCOUNT)).last_uid == 41


async def test_a_mail_without_a_doorbell_is_found_by_the_sweep(town):
    """REL-1: Redis is only the doorbell."""
    town.mailbox.put(bytes(letter("one")), town.now)

    announced = await town.fetch()

    assert await inbox.waiting() == announced


async def test_an_empty_mailbox_moves_nothing(town):
    assert await town.fetch() == []
    assert (await cursors.get(ACCOUNT)).last_uid == 0
