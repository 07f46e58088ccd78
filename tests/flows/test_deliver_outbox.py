"""Mail goes out: accepted, deferred, rejected, uncertain, or nobody's fault (REL-3 to REL-8)."""

from datetime import timedelta

import pytest

from service.domain.mail import Fault, Phase, Receipt, Settlement
from service.flows.deliver_outbox import deliver_outbox
from service.store import alarms, outbox, people
from service.store.models import DeliveryRow, OutboxRow
from service.store.overview import overview
from tests.flows.letters import reply
from tests.flows.town import ADA, GRACE, LINUS, MONDAY, OPERATOR, text_of
from tests.ports import BUSY, LOCKED_OUT, NOBODY, SENDER_REFUSED, SILENCE, SPAM, TAKEN


async def state_of(address: str) -> OutboxRow:
    """The newest check-in to somebody, as the outbox has it."""
    rows = OutboxRow.filter(rcpt_to=address, instrument="check-in")
    return await rows.order_by("-created_at").first()


async def test_what_the_relay_takes_is_accepted_and_its_delivery_noted(town):
    """REL-5: the phase is written before the dot."""
    await town.send()

    row = await state_of(GRACE)
    delivery = await DeliveryRow.filter(mail_id=row.handle).first()
    assert (row.state, row.phase, row.attempts) == ("accepted", "dot", 1)
    assert (delivery.receipt, delivery.code) == ("accepted", 250)


async def test_what_is_deferred_is_tried_again_with_growing_waits_in_the_same_bytes(town):
    """REL-8, OUT-2."""
    town.relay.ends(GRACE, BUSY, BUSY, TAKEN)
    await town.send()
    waits = []

    for _ in range(2):
        row = await state_of(GRACE)
        waits.append(row.not_before - town.now)
        assert (row.state, row.code, row.reply) == ("ready", 451, "greylisted, come back")
        town.now = row.not_before
        await town.deliver()

    assert timedelta(minutes=4) < waits[0] < timedelta(minutes=6) < waits[1] < timedelta(minutes=12)
    assert (
        len({d.raw for d in town.relay.offered if d.envelope.rcpt_to == GRACE and "check-in" in d.key}) == 1
    )
    assert (await state_of(GRACE)).state == "accepted"


async def test_nothing_is_tried_before_its_time(town):
    town.relay.ends(GRACE, BUSY)
    await town.send()
    offered = len(town.relay.offered)

    town.later(minutes=3)
    await town.deliver()

    assert len(town.relay.offered) == offered


async def test_a_mail_that_lost_its_use_is_not_sent_any_more(town):
    """REL-8: given up at min(5 days, the end of its usefulness)."""
    town.relay.ends(GRACE, *[BUSY] * 200)
    await town.send()
    for _ in range(41):
        town.later(hours=3)
        await town.deliver()

    row = await state_of(GRACE)
    assert (row.state, row.reply) == ("skipped", "its time has passed")
    assert town.mails_to(GRACE) == []


async def test_a_refused_recipient_is_told_to_operator_and_champion(town):
    """MM-2: 550 5.1.1 says that nobody lives there."""
    town.relay.ends(GRACE, NOBODY)

    await town.send()

    assert (await state_of(GRACE)).state == "rejected"
    assert await people.failing() == [(GRACE, "no such mailbox")]
    assert "grace@town.example" in text_of(town.mails_to(OPERATOR)[0])
    assert "grace@town.example" in text_of(town.mails_to(ADA)[-1])
    assert len(town.mails_to(LINUS)) == 1


async def test_a_mail_refused_for_what_it_is_rings_an_alarm_and_blames_no_address(town):
    """MM-2: 5.7.1."""
    town.relay.ends(GRACE, SPAM)

    await town.send()

    assert (await state_of(GRACE)).state == "rejected"
    assert await people.failing() == []
    assert [alarm.text for alarm in await alarms.every()] == [
        "Mail to grace@town.example was refused: 554 looks like spam"
    ]


async def test_a_lost_answer_leaves_the_mail_uncertain_and_it_is_not_sent_again_at_once(town):
    """REL-7."""
    town.relay.ends(GRACE, SILENCE)
    await town.send()
    town.later(minutes=5)
    await town.deliver()

    row = await state_of(GRACE)
    assert (row.state, row.uncertain) == ("uncertain", 1)
    assert [d for d in town.relay.taken if d.envelope.rcpt_to == GRACE] == []


async def test_a_relay_that_loses_every_answer_is_left_alone_for_a_while(town):
    """REL-8: else every mail of the week became uncertain within a minute."""
    for address in (ADA, GRACE, LINUS):
        town.relay.ends(address, SILENCE)

    await town.send()

    states = sorted([row.state for row in await OutboxRow.filter(instrument="check-in")])
    assert states == ["ready", "ready", "uncertain"]
    assert [alarm.key for alarm in await alarms.every()] == ["relay"]


async def test_a_relay_that_takes_nothing_gives_everything_back_and_rings_one_alarm(town):
    """REL-8: nobody's mail is given up because a password expired."""
    for address in (ADA, GRACE, LINUS):
        town.relay.ends(address, LOCKED_OUT)

    await town.write()
    await deliver_outbox(town.relay, 20, town.desk, town.now)

    rows = await OutboxRow.filter(instrument="check-in")
    assert {(row.state, row.reply) for row in rows} == {("ready", ""), ("ready", "wrong password")}
    assert {row.not_before for row in rows} == {town.now + timedelta(seconds=15)}
    assert len(town.relay.offered) == 1 + len([d for d in town.relay.offered if "welcome" in d.key])
    assert [(alarm.key, alarm.count) for alarm in await alarms.every()] == [("relay", 1)]
    assert "535 wrong password" in (await alarms.every())[0].text


async def test_a_relay_that_refuses_our_sender_is_nobodys_fault(town):
    """REL-8: 5.7.x at MAIL."""
    town.relay.ends(GRACE, SENDER_REFUSED)
    await town.send()
    town.later(minutes=1)
    await town.deliver()

    assert await people.failing() == []
    assert await alarms.every() == []
    assert [len(town.mails_to(address)) for address in (ADA, GRACE, LINUS)] == [1, 1, 1]


async def test_the_alarm_clears_when_the_relay_is_well_again_and_every_mail_goes_out_once(town):
    for address in (ADA, GRACE, LINUS):
        town.relay.ends(address, LOCKED_OUT)
    await town.write()
    for _ in range(8):
        await town.deliver()
        town.later(minutes=3)

    assert await alarms.every() == []
    assert [len(town.mails_to(address)) for address in (ADA, GRACE, LINUS)] == [1, 1, 1]


async def test_the_wait_for_a_broken_relay_grows(town):
    town.relay.ends(ADA, *[LOCKED_OUT] * 9)
    town.relay.ends(GRACE, *[LOCKED_OUT] * 9)
    town.relay.ends(LINUS, *[LOCKED_OUT] * 9)
    await town.write()
    waits = []
    for _ in range(4):
        await town.deliver()
        town.now = (due := (await overview()).oldest_ready)
        waits.append(due - MONDAY)

    steps = [after - before for before, after in zip([timedelta(), *waits], waits, strict=False)]
    assert steps == [timedelta(seconds=seconds) for seconds in (15, 30, 60, 120)]


async def test_a_claim_that_was_lost_sends_nothing(town):
    """REL-3: a stale sender may not send the dot."""
    await town.write()
    claimed = await outbox.claim(20, "other001", 60, town.now)

    await town.deliver()
    assert town.relay.taken == []

    await OutboxRow.filter(handle=claimed[0].id).update(claim="somebody")
    assert await outbox.announce_dots(claimed) == {dispatch.id for dispatch in claimed[1:]}


async def test_a_relay_that_falls_over_loses_nothing(town):
    """An exception is a surprise: what was settled stays settled, the rest is given back."""

    class Falling:
        async def send(self, dispatches, before_dot):
            await before_dot(dispatches[0])
            yield dispatches[0], TAKEN
            raise ConnectionError("the process lost its network")

    await town.write()
    with pytest.raises(ConnectionError):
        await deliver_outbox(Falling(), 20, town.desk, town.now)

    states = sorted([row.state for row in await OutboxRow.filter(instrument="check-in")])
    assert states.count("accepted") == 1
    await town.deliver()
    assert town.sent_count == 2


async def test_an_answer_proves_that_an_uncertain_mail_had_arrived(town):
    """REL-7."""
    asked = await town.check_in(GRACE)
    await OutboxRow.filter(handle=town.handle_of(asked)).update(state="uncertain")

    await town.receive(reply(asked, "A room."))

    assert (await state_of(GRACE)).state == "accepted"


async def test_a_receipt_that_is_refused_for_good_does_not_stop_the_next_mail(town):
    """I8."""
    gone = Settlement(Receipt.REJECTED, Phase.RCPT, 550, "5.7.1", "no", Fault.RECIPIENT)
    asked = await town.check_in(GRACE)
    town.relay.ends(GRACE, gone)
    await town.receive(reply(asked, "A room."))

    await town.receive(reply(asked, "Two rooms."))

    assert len(town.mails_to(GRACE)) == 2
