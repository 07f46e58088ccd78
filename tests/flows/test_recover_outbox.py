"""What a dead sender left behind (REL-3, REL-7)."""

import pytest

from service.flows.recover_outbox import recover_outbox
from service.store import alarms, outbox
from service.store.models import OutboxRow
from tests.flows.town import GRACE
from tests.ports import SILENCE

WAIT = 900


@pytest.fixture
async def uncertain(town):
    """Grace's check-in went out, and the relay's answer was lost."""
    town.relay.ends(GRACE, SILENCE)
    await town.send()
    return await OutboxRow.get(rcpt_to=GRACE, instrument="check-in")


async def found(message_id):
    return True


async def not_found(message_id):
    return False


async def test_an_uncertain_mail_waits_before_anything_is_done(town, uncertain):
    town.later(minutes=14)

    assert await recover_outbox(town.now, WAIT, found) == 0
    assert (await OutboxRow.get(handle=uncertain.handle)).state == "uncertain"


async def test_a_mail_of_which_proof_is_found_counts_as_sent(town, uncertain):
    asked_for = []

    async def proof(message_id):
        asked_for.append(message_id)
        return True

    town.later(minutes=15)
    await recover_outbox(town.now, WAIT, proof)
    await town.deliver()

    assert asked_for == [uncertain.message_id]
    assert (await OutboxRow.get(handle=uncertain.handle)).state == "accepted"
    assert town.mails_to(GRACE) == []


@pytest.mark.parametrize("proof", [not_found, None])
async def test_a_mail_without_proof_goes_out_once_more_in_the_same_bytes(town, uncertain, proof):
    town.later(minutes=15)

    assert await recover_outbox(town.now, WAIT, proof) == 1
    await town.deliver()

    copies = [dispatch for dispatch in town.relay.offered if dispatch.id == uncertain.handle]
    assert len(copies) == 2
    assert copies[0].raw == copies[1].raw
    assert (await OutboxRow.get(handle=uncertain.handle)).state == "accepted"


async def test_a_mail_that_is_uncertain_twice_rings_an_alarm_and_is_not_sent_a_third_time(town, uncertain):
    town.relay.ends(GRACE, SILENCE)
    for _ in range(5):
        town.later(minutes=15)
        await recover_outbox(town.now, WAIT, not_found)
        await town.deliver()

    rung = [alarm for alarm in await alarms.every() if alarm.key == f"uncertain:{uncertain.handle}"]
    assert len([dispatch for dispatch in town.relay.offered if dispatch.id == uncertain.handle]) == 2
    assert len(rung) == 1
    assert uncertain.message_id in rung[0].text


async def test_proof_that_comes_after_the_second_time_ends_the_alarm(town, uncertain):
    town.relay.ends(GRACE, SILENCE)
    for _ in range(3):
        town.later(minutes=15)
        await recover_outbox(town.now, WAIT, not_found)
        await town.deliver()

    await recover_outbox(town.now, WAIT, found)

    assert (await OutboxRow.get(handle=uncertain.handle)).state == "accepted"
    assert f"uncertain:{uncertain.handle}" not in [alarm.key for alarm in await alarms.every()]


async def test_what_died_before_the_dot_is_ready_at_once_and_what_died_after_it_is_uncertain(town):
    """REL-5."""
    await town.write()
    claimed = await outbox.claim(20, "dead0001", -1, town.now)
    await outbox.announce_dots(claimed[:1])

    ready = await recover_outbox(town.now, WAIT)

    states = {row.handle: row.state for row in await OutboxRow.filter(instrument="check-in")}
    assert ready == 2
    assert states == {claimed[0].id: "uncertain", claimed[1].id: "ready", claimed[2].id: "ready"}


async def test_what_a_living_sender_holds_is_left_to_it(town):
    """REL-13."""
    await town.write()
    await outbox.claim(20, "alive001", 60, town.now)

    assert await recover_outbox(town.now, WAIT) == 0
    assert await recover_outbox(town.now, WAIT, everything=True) == 3
