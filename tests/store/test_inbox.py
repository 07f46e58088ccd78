"""Messages are kept first and judged later, each once (REL-14, REL-19)."""

from datetime import datetime

import pytest
import time_machine

from service.domain.mail import Kind, Outcome
from service.domain.prompt import PromptState
from service.store import inbox, prompts
from service.store.database import transaction
from service.store.models import InboxRow, QuarantineRow
from tests.store.cast import (
    DAY,
    LEASE,
    NOW,
    RUN_OUT,
    add_person,
    add_prompt,
    keep,
    raw_mail,
    take,
    verdict,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_a_message_is_kept_in_the_very_bytes_that_came():
    """REL-19."""
    inbox_id = await keep()

    assert await inbox.raw(inbox_id) == raw_mail().raw
    kept = await take(inbox_id)
    assert (kept.raw, kept.received_at, kept.truncated, kept.vouched) == (raw_mail().raw, NOW, False, False)


async def test_the_same_bytes_are_kept_once_even_under_another_uid():
    """IN-21, REL-20: a new UIDVALIDITY shows every message again."""
    await keep()

    assert await inbox.keep(raw_mail(uid=99), NOW) is None
    assert len(await inbox.waiting()) == 1


async def test_a_message_that_another_reader_keeps_in_this_moment_is_no_error(monkeypatch):
    """IN-21: it was not there when we looked, and is there when we write."""
    await keep()

    async def not_there(**_: object) -> bool:
        return False

    monkeypatch.setattr(InboxRow, "exists", not_there)

    assert await inbox.keep(raw_mail(), NOW) is None


async def test_nobody_has_the_bytes_of_a_message_that_was_never_kept():
    assert await inbox.raw(12345) is None
    assert await inbox.claim(12345, "ada00001", LEASE) is None


async def test_a_message_that_somebody_works_on_is_given_to_nobody_else():
    inbox_id = await keep()
    await take(inbox_id)

    assert await inbox.claim(inbox_id, "ada00002", LEASE) is None
    assert await inbox.waiting() == []


async def test_the_attempt_is_counted_before_any_work():
    """REL-14: a message that kills its worker is counted too."""
    inbox_id = await keep()

    counted = [(await take(inbox_id, RUN_OUT)).attempts for _ in range(4)]

    assert counted == [1, 2, 3, 4]
    assert inbox.POISON_ATTEMPTS == 3


async def test_a_message_whose_worker_died_waits_again_when_the_lease_ran_out():
    """F34."""
    inbox_id = await keep()
    await take(inbox_id, RUN_OUT)

    assert await inbox.waiting() == [inbox_id]


async def test_the_only_worker_need_not_wait_for_leases():
    inbox_id = await keep()
    await take(inbox_id, LEASE)

    await inbox.free_all()

    assert await inbox.waiting() == [inbox_id]


@pytest.mark.parametrize("host_says", [NOW - 365 * DAY, NOW + 365 * DAY])
async def test_leases_are_measured_by_the_database_s_clock(host_says: datetime):
    """REL-13, F43."""
    held, free = await keep("one"), await keep("two")
    with time_machine.travel(host_says):
        await take(held, LEASE)
        await take(free, RUN_OUT)

        assert await inbox.waiting() == [free]


async def test_messages_wait_in_the_order_in_which_they_came():
    kept = [await keep(f"message {number}") for number in range(5)]

    assert await inbox.waiting() == kept
    assert await inbox.waiting(limit=2) == kept[:2]


# Settling


async def test_a_settled_message_says_how_it_ended_and_never_waits_again():
    grace = await add_person()
    prompt = await add_prompt(person=grace)
    kept = await take(await keep())

    words = verdict(
        Outcome.RECORDED, reason="read", person_id=grace.id, prompt=prompt.handle, fingerprint="f" * 64
    )
    await inbox.settle(kept, words, Kind.HUMAN, NOW)

    row = await InboxRow.get(id=kept.id)
    assert (row.state, row.kind, row.outcome, row.reason) == ("settled", "human", "recorded", "read")
    assert (row.person_id, row.prompt_id, row.settled_at) == (grace.id, prompt.handle, NOW)
    assert await inbox.waiting() == []
    assert await inbox.seen_before("f" * 64)
    assert not await inbox.seen_before("e" * 64)


async def test_who_lost_the_claim_cannot_settle_and_all_that_it_did_is_undone():
    """REL-3, F21: another worker has taken the message over."""
    prompt = await add_prompt()
    inbox_id = await keep()
    stale = await take(inbox_id, RUN_OUT)
    fresh = await take(inbox_id)

    with pytest.raises(LookupError):  # noqa: PT012 - the whole transaction
        async with transaction():
            await prompts.set_state(prompt.handle, PromptState.ANSWERED)
            await inbox.settle(stale, verdict(Outcome.RECORDED), Kind.HUMAN, NOW)

    unchanged = await prompts.get(prompt.handle)
    assert unchanged is not None
    assert unchanged.state is PromptState.OPEN
    await inbox.settle(fresh, verdict(Outcome.RECORDED), Kind.HUMAN, NOW)


async def test_a_message_is_settled_once():
    """I4: a transaction whose commit was answered too late is tried again."""
    kept = await take(await keep())
    await inbox.settle(kept, verdict(Outcome.RECORDED), Kind.HUMAN, NOW)

    with pytest.raises(LookupError):
        await inbox.settle(kept, verdict(Outcome.REFUSED), Kind.HUMAN, NOW)


# Giving back


async def test_a_failed_attempt_is_counted():
    """REL-14."""
    inbox_id = await keep()

    await inbox.give_back(await take(inbox_id), "ValueError: surprise")

    assert await inbox.waiting() == [inbox_id]
    assert (await take(inbox_id)).attempts == 2


async def test_an_attempt_that_failed_through_our_own_fault_is_not_counted():
    """F27: the database was locked; the message is not to blame."""
    inbox_id = await keep()

    await inbox.give_back(await take(inbox_id), "database is locked", counted=False)

    assert (await take(inbox_id)).attempts == 1


async def test_who_lost_the_claim_cannot_give_back():
    """REL-3."""
    inbox_id = await keep()
    stale = await take(inbox_id, RUN_OUT)
    await take(inbox_id)

    await inbox.give_back(stale, "too late", counted=False)

    assert await inbox.waiting() == []
    assert (await InboxRow.get(id=inbox_id)).attempts == 2


async def test_a_message_that_failed_too_often_is_put_aside_and_the_next_one_is_processed():
    """REL-14."""
    poison, good = await keep("poison"), await keep("good")

    await inbox.quarantine(await take(poison), "ValueError: surprise", NOW)

    assert await inbox.waiting() == [good]
    row = await InboxRow.get(id=poison)
    assert (row.state, row.outcome) == ("quarantined", "failed")


async def test_who_lost_the_claim_cannot_put_a_message_aside():
    """REL-3."""
    inbox_id = await keep()
    stale = await take(inbox_id, RUN_OUT)
    fresh = await take(inbox_id)

    await inbox.quarantine(stale, "too late", NOW)

    assert await QuarantineRow.all().count() == 0
    await inbox.settle(fresh, verdict(Outcome.RECORDED), Kind.HUMAN, NOW)


async def test_a_cause_of_any_length_fits():
    inbox_id = await keep()

    await inbox.give_back(await take(inbox_id), "x" * 5000)
    await inbox.quarantine(await take(inbox_id), "y" * 5000, NOW)

    assert (await InboxRow.get(id=inbox_id)).reason == "y" * 500


# Looking back


async def test_a_settled_message_can_be_looked_at_again():
    kept = await take(await keep())
    assert await inbox.judged(kept.id) is None

    await inbox.settle(kept, verdict(Outcome.RECORDED, reason="read"), Kind.HUMAN, NOW)

    judged = await inbox.judged(kept.id)
    assert judged is not None
    assert (judged.raw, judged.digest) == (kept.raw, kept.digest)
    assert (judged.kind, judged.outcome, judged.reason) == (Kind.HUMAN, Outcome.RECORDED, "read")


@pytest.mark.parametrize(("outcome", "waits"), [(Outcome.IGNORED, True), (Outcome.RECORDED, False)])
async def test_only_a_message_of_which_nothing_came_is_judged_anew(outcome: Outcome, waits: bool):
    """I4."""
    kept = await take(await keep())
    await inbox.settle(kept, verdict(outcome), Kind.HUMAN, NOW)

    await inbox.reopen(kept.id)

    assert await inbox.waiting() == [kept.id] * waits


async def test_a_message_is_put_aside_and_listed_together_or_not_at_all(monkeypatch):
    """I3: nothing that came ends where nobody sees it."""
    inbox_id = await keep()
    kept = await take(inbox_id)

    async def die(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(inbox, "put_aside", die)
    with pytest.raises(OSError, match="disk full"):
        await inbox.quarantine(kept, "ValueError: surprise", NOW)

    assert (await InboxRow.get(id=inbox_id)).state == "kept"
