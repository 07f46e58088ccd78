"""What waits for a person to look at: seen, released once, or dropped (REL-14, mail-rules 2.2)."""

import asyncio

import pytest

from service.domain.mail import Kind, Outcome
from service.store import holds, inbox, quarantine
from service.store.holds import Doubt
from service.store.models import InboxRow
from service.store.quarantine import Waiting
from tests.store.cast import MINUTE, NOW, add_person, keep, take, verdict

pytestmark = pytest.mark.usefixtures("database")
DOUBT = Doubt("authentication: none", "operator")


async def quarantined(words: str = "poison") -> int:
    inbox_id = await keep(words)
    await inbox.quarantine(await take(inbox_id), "ValueError: surprise", NOW)
    return inbox_id


async def held(words: str = "Yes, it is me.") -> int:
    """A reply of Grace's that failed authentication."""
    inbox_id = await keep(words)
    kept = await take(inbox_id)
    await holds.put(inbox_id, None, DOUBT, NOW + MINUTE)
    await inbox.settle(kept, verdict(Outcome.HELD), Kind.HUMAN, NOW + MINUTE)
    return inbox_id


async def test_all_that_waits_is_listed_oldest_first():
    later, sooner = await held(), await quarantined()

    assert await quarantine.every() == [
        Waiting(sooner, "quarantine", "ValueError: surprise", NOW),
        Waiting(later, "hold", "authentication: none", NOW + MINUTE),
    ]


async def test_a_message_that_does_not_wait_is_not_found():
    inbox_id = await keep()

    assert await quarantine.find(inbox_id) is None
    assert not await quarantine.release(inbox_id, NOW)
    assert not await quarantine.drop(inbox_id, NOW)


async def test_a_released_message_is_processed_again_with_all_its_attempts():
    """REL-14."""
    inbox_id = await quarantined()

    assert await quarantine.release(inbox_id, NOW)

    assert await quarantine.every() == []
    kept = await take(inbox_id)
    assert (kept.attempts, kept.vouched) == (1, False)


@pytest.mark.parametrize("put", [quarantined, held])
async def test_a_message_is_released_exactly_once(put):
    """REL-14."""
    inbox_id = await put()

    answers = await asyncio.gather(*(quarantine.release(inbox_id, NOW) for _ in range(5)))

    assert sorted(answers) == [False] * 4 + [True]


async def test_a_released_message_counts_as_unsettled_until_it_is_settled_again():
    inbox_id = await quarantined()

    await quarantine.release(inbox_id, NOW)

    row = await InboxRow.get(id=inbox_id)
    assert (row.state, row.outcome, row.settled_at) == ("kept", "", None)


async def test_a_message_that_fails_again_waits_again():
    inbox_id = await quarantined()
    await quarantine.release(inbox_id, NOW)

    await inbox.quarantine(await take(inbox_id), "ValueError: again", NOW)

    assert [item.cause for item in await quarantine.every()] == ["ValueError: again"]
    assert await quarantine.release(inbox_id, NOW)


async def test_releasing_a_held_reply_vouches_for_its_sender():
    """mail-rules 2.2: it is recorded then."""
    inbox_id = await held()

    await quarantine.release(inbox_id, NOW)

    assert (await take(inbox_id)).vouched


async def test_a_vouched_reply_stays_vouched_when_it_fails_and_is_released_once_more():
    inbox_id = await held()
    await quarantine.release(inbox_id, NOW)
    await inbox.quarantine(await take(inbox_id), "ValueError: surprise", NOW)

    await quarantine.release(inbox_id, NOW)

    assert (await take(inbox_id)).vouched


async def test_a_reply_that_is_held_again_is_listed_again():
    """I3: nothing that came ends where nobody sees it."""
    inbox_id = await held()
    await quarantine.release(inbox_id, NOW)
    kept = await take(inbox_id)

    await holds.put(inbox_id, None, Doubt("two different prompts", "operator"), NOW)
    await inbox.settle(kept, verdict(Outcome.HELD), Kind.HUMAN, NOW)

    assert [(item.kind, item.cause) for item in await quarantine.every()] == [
        ("hold", "two different prompts")
    ]


async def test_a_held_reply_names_its_person_and_changes_nothing_of_theirs():
    grace = await add_person()
    inbox_id = await keep()

    await holds.put(inbox_id, grace.id, DOUBT, NOW)

    assert [item.id for item in await quarantine.every()] == [inbox_id]
    assert not await inbox.seen_before("f" * 64)


@pytest.mark.parametrize("put", [quarantined, held])
async def test_a_dropped_message_is_never_processed_and_its_bytes_stay(put):
    """Retention removes them."""
    inbox_id = await put()

    assert await quarantine.drop(inbox_id, NOW)

    assert await quarantine.every() == []
    assert await inbox.waiting() == []
    assert await inbox.raw(inbox_id)
    assert not await quarantine.release(inbox_id, NOW)


async def test_a_refused_message_waits_though_it_is_settled():
    """A stranger's mail is answered by nobody, and an operator can see it."""
    inbox_id = await keep()
    kept = await take(inbox_id)

    await inbox.put_aside(inbox_id, "a stranger wrote", NOW)
    await inbox.settle(kept, verdict(Outcome.REFUSED), Kind.HUMAN, NOW)

    assert [item.id for item in await quarantine.every()] == [inbox_id]
