"""What ``status`` counts, and what the sandbox and its mailroom show."""

import pytest

from service.domain.mail import Kind, Outcome
from service.domain.prompt import PromptState
from service.store import alarms, chronicle, entries, inbox, outbox, people, prompts
from service.store.alarms import Alarm
from service.store.chronicle import Arrival, Departure
from service.store.entries import Source
from service.store.overview import Overview, overview
from tests.store.cast import (
    ACCEPTED,
    MINUTE,
    NOW,
    add_person,
    add_prompt,
    answer,
    claim,
    keep,
    posting,
    raw_mail,
    settle,
    take,
    verdict,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_nothing_is_counted_as_nothing():
    assert await overview() == Overview({}, {}, {}, {}, 0, 0, None, None, [], [])


async def test_everything_is_counted_by_its_state():
    """REL-17: the oldest that waits is told, so that a standstill is seen."""
    grace = await add_person()
    answered, _ = await add_prompt("a" * 16, grace), await add_prompt("b" * 16, grace)
    await prompts.set_state(answered.handle, PromptState.ANSWERED)
    await outbox.add([posting(1), posting(2, not_before=NOW + MINUTE), posting(3)], NOW)
    await settle(await claim(limit=1), ACCEPTED)
    settled, poison = await keep("fine"), await keep("poison")
    await keep("waits")
    source = Source(settled, answered.handle, grace.id, answered.period, NOW)
    await entries.save([answer("We planted the beds."), answer("", "next")], source)
    await inbox.settle(await take(settled), verdict(Outcome.RECORDED), Kind.HUMAN, NOW)
    await inbox.quarantine(await take(poison), "ValueError: surprise", NOW)
    await people.note_failure(grace.addr_spec, "no such mailbox", NOW)
    await alarms.ring("relay", "away", NOW)

    assert await overview() == Overview(
        prompts={"answered": 1, "open": 1},
        outbox={"accepted": 1, "ready": 2},
        inbox={"kept": 1, "quarantined": 1, "settled": 1},
        outcomes={"failed": 1, "recorded": 1},
        entries=1,
        waiting=1,
        oldest_ready=NOW,
        oldest_kept=NOW,
        failing=[("grace@town.example", "no such mailbox")],
        alarms=[Alarm("relay", "away", NOW, 1)],
    )


async def test_every_mail_can_be_followed_in_and_out():
    grace = await add_person()
    prompt = await add_prompt(person=grace)
    await outbox.add([posting(1, prompt=prompt.handle), posting(2)], NOW)
    read, fresh = await keep("fine"), await keep("fresh")
    await entries.save([answer("Fine.")], Source(read, prompt.handle, grace.id, prompt.period, NOW))
    await inbox.settle(await take(read), verdict(Outcome.RECORDED, reason="read"), Kind.HUMAN, NOW)

    assert fresh
    assert await chronicle.arrivals() == [
        Arrival(raw_mail("fine").raw, "human", Outcome.RECORDED, "read", tuple(await entries.of_inbox(read))),
        Arrival(raw_mail("fresh").raw, "", None, "", ()),
    ]
    assert await chronicle.departures() == [
        Departure("check-in", period, "grace@town.example", f"<{number:016x}@town.example>", "ready")
        for number, period in ((1, "2026-W48"), (2, ""))
    ]
