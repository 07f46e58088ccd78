"""How attempts end (REL-5 to REL-8), and what a sender may still say that lost its lease (REL-3)."""

from datetime import datetime

import pytest
import time_machine

from service.domain.mail import Dispatch, Phase, Receipt, Settlement
from service.store import outbox
from service.store.models import DeliveryRow, OutboxRow
from tests.store.cast import (
    ACCEPTED,
    DAY,
    DEFERRED,
    LEASE,
    MINUTE,
    NOW,
    REJECTED,
    RUN_OUT,
    UNSURE,
    claim,
    post,
    posting,
    settle,
)

pytestmark = pytest.mark.usefixtures("database")


async def picture() -> list[dict[str, object]]:
    """Everything that the outbox says."""
    return [*await OutboxRow.all().order_by("handle").values(), *await DeliveryRow.all().values()]


async def states() -> list[str]:
    return [row.state for row in await OutboxRow.all().order_by("handle")]


async def state_of(dispatch: Dispatch) -> str:
    return (await OutboxRow.get(handle=dispatch.id)).state


async def deliveries() -> list[tuple[str, str, int]]:
    return [(row.receipt, row.phase, row.code) for row in await DeliveryRow.all().order_by("id")]


async def died_before_the_dot() -> list[Dispatch]:
    await post()
    return await claim(lease=RUN_OUT)


async def died_after_the_dot() -> list[Dispatch]:
    dispatches = await died_before_the_dot()
    await outbox.announce_dots(dispatches)
    return dispatches


# How an attempt ends


async def test_an_accepted_mail_is_done():
    await post(count=2)
    await settle(await claim(), ACCEPTED)

    assert await states() == ["accepted", "accepted"]
    assert await deliveries() == [("accepted", "dot", 250)] * 2


async def test_a_deferred_mail_comes_again_at_its_time_and_counts_its_attempts():
    """REL-8."""
    await post()
    await settle(await claim(), DEFERRED, again=NOW + MINUTE)

    assert await claim() == []
    (dispatch,) = await outbox.claim(1, "ada00001", LEASE, NOW + MINUTE)
    assert dispatch.attempt == 2
    assert dispatch.raw == posting().mail.raw


async def test_a_rejected_mail_keeps_the_server_s_words():
    await post()
    await settle(await claim(), REJECTED)

    row = await OutboxRow.get()
    assert (row.state, row.code, row.status, row.reply) == ("rejected", 550, "5.1.1", "no such mailbox")
    assert await claim() == []


async def test_each_mail_of_a_window_ends_in_its_own_way():
    await post(count=4)
    one, two, three, four = await claim()
    results = [(one, DEFERRED), (two, ACCEPTED), (three, UNSURE), (four, REJECTED)]

    await outbox.settle(results, [NOW + MINUTE, None, None, None], NOW)

    assert await states() == ["ready", "accepted", "uncertain", "rejected"]
    assert [receipt for receipt, *_ in await deliveries()] == [
        "deferred",
        "accepted",
        "uncertain",
        "rejected",
    ]


async def test_a_server_s_words_may_be_anything():
    """F13: PostgreSQL stores no NUL, and no column is endless."""
    await post()
    await settle(await claim(), Settlement(Receipt.REJECTED, Phase.RCPT, 550, "5.0.0", "\0no\u2028" * 1000))

    assert (await OutboxRow.get()).reply.startswith("no\u2028no")


# A sender that lost its lease


@pytest.mark.parametrize("result", [ACCEPTED, DEFERRED, REJECTED, UNSURE], ids=lambda r: r.receipt.value)
async def test_a_sender_whose_mail_was_recovered_settles_nothing(result: Settlement):
    """REL-3, F21: it was stopped for ten minutes and goes on."""
    stale = await died_before_the_dot()
    await outbox.recover(NOW)
    before = await picture()

    await settle(stale, result, again=NOW + DAY)

    assert await picture() == before


@pytest.mark.parametrize("result", [ACCEPTED, DEFERRED, REJECTED, UNSURE], ids=lambda r: r.receipt.value)
async def test_a_sender_whose_mail_another_one_has_settles_nothing(result: Settlement):
    """REL-3, F21."""
    stale = await died_before_the_dot()
    await outbox.recover(NOW)
    (fresh,) = await claim(owner="ada00002")
    before = await picture()

    await settle(stale, result, again=NOW + DAY)

    assert await picture() == before
    await settle([fresh], ACCEPTED)
    assert await states() == ["accepted"]


async def test_a_sender_whose_mail_another_one_has_may_not_send_the_dot():
    """REL-3, REL-5, F21: else the same mail goes out twice."""
    stale = await died_before_the_dot()
    await outbox.recover(NOW)
    await claim(owner="ada00002")
    before = await picture()

    assert await outbox.announce_dots(stale) == set()
    assert await picture() == before


async def test_a_sender_gives_back_only_what_is_still_its_own():
    stale = await died_before_the_dot()
    await outbox.recover(NOW)
    await claim(owner="ada00002")
    before = await picture()

    await outbox.give_back(stale, NOW)

    assert await picture() == before


async def test_of_a_window_only_the_mails_that_are_still_held_may_have_their_dots():
    await post(count=3)
    dispatches = await claim()
    await OutboxRow.filter(handle=dispatches[1].id).update(state="ready", claim="")

    assert await outbox.announce_dots(dispatches) == {dispatches[0].id, dispatches[2].id}


async def test_of_a_window_only_the_mails_that_are_still_held_are_settled():
    await post(count=3)
    dispatches = await claim()
    await OutboxRow.filter(handle=dispatches[1].id).update(state="ready", claim="")

    await settle(dispatches, ACCEPTED)

    assert await states() == ["accepted", "ready", "accepted"]
    noted = await DeliveryRow.all().order_by("id").values_list("mail_id", flat=True)
    assert noted == [dispatches[0].id, dispatches[2].id]


# What a dead sender leaves


async def test_a_mail_whose_dot_was_not_announced_was_surely_not_sent():
    """REL-5, F2 to F5: it is ready again, at once."""
    await died_before_the_dot()

    assert await outbox.recover(NOW) == (1, 0)
    (dispatch,) = await claim(owner="ada00002")
    assert dispatch.attempt == 2


async def test_a_mail_whose_dot_was_announced_is_uncertain():
    """REL-5, F6, F7: it is not sent at once."""
    await died_after_the_dot()

    assert await outbox.recover(NOW) == (0, 1)
    assert await claim(owner="ada00002") == []
    assert await deliveries() == [("uncertain", "dot", 0)]


async def test_a_crash_leaves_only_the_announced_window_uncertain():
    """REL-5, phase record: the window ahead of the dots, not the whole claim."""
    await post(count=5)
    dispatches = await claim(lease=RUN_OUT)
    await outbox.announce_dots(dispatches[:2])

    assert await outbox.recover(NOW) == (3, 2)
    assert sorted(await states()) == ["ready", "ready", "ready", "uncertain", "uncertain"]


@pytest.mark.parametrize("phase", [died_before_the_dot, died_after_the_dot])
async def test_recovering_twice_counts_once(phase):
    await phase()
    first = await outbox.recover(NOW)
    before = await picture()

    assert sum(first) == 1
    assert await outbox.recover(NOW) == (0, 0)
    assert await picture() == before


async def test_what_a_living_sender_holds_is_left_alone():
    await post()
    await claim(lease=LEASE)

    assert await outbox.recover(NOW) == (0, 0)
    assert await states() == ["sending"]


async def test_a_sign_of_life_keeps_all_that_one_worker_holds():
    """REL-12, F15: a relay may take ten minutes for its answer."""
    await post(count=3)
    (one,) = await claim(limit=1, lease=RUN_OUT)
    (two,) = await claim(limit=1, lease=RUN_OUT)
    (other,) = await claim(limit=1, owner="ada00002", lease=RUN_OUT)

    await outbox.extend("ada00001", LEASE)

    assert await outbox.recover(NOW) == (1, 0)
    assert [await state_of(mail) for mail in (one, two, other)] == ["sending", "sending", "ready"]


async def test_the_only_worker_need_not_wait_for_leases():
    await post()
    await claim(lease=LEASE)

    assert await outbox.recover(NOW, everything=True) == (1, 0)


@pytest.mark.parametrize("host_says", [NOW - 365 * DAY, NOW + 365 * DAY])
async def test_leases_are_measured_by_the_database_s_clock(host_says: datetime):
    """REL-13, F43: hosts need not agree."""
    await post(count=2)
    with time_machine.travel(host_says):
        (held,) = await claim(limit=1, lease=LEASE)
        (lost,) = await claim(limit=1, lease=RUN_OUT)

        assert await outbox.recover(NOW) == (1, 0)
        assert (await state_of(held), await state_of(lost)) == ("sending", "ready")


# Uncertain mail


async def test_an_uncertain_mail_waits_before_anything_is_done():
    """REL-7."""
    await post()
    await settle(await claim(), UNSURE)

    assert await outbox.uncertain_since(NOW - MINUTE) == []
    ((handle, message_id, times),) = await outbox.uncertain_since(NOW)
    assert (handle, message_id, times) == (posting().mail.handle, posting().mail.message_id, 1)


async def test_an_uncertain_mail_is_sent_again_in_the_same_bytes_and_is_counted():
    """REL-7, I2: who asks for it sees that it was uncertain twice."""
    (handle,) = await post()
    first = await claim()
    await settle(first, UNSURE)

    await outbox.resolve(handle, sent=False, now=NOW)
    second = await claim()
    await settle(second, UNSURE)

    assert (second[0].raw, second[0].message_id) == (first[0].raw, first[0].message_id)
    assert [times for _, _, times in await outbox.uncertain_since(NOW)] == [2]


async def test_a_mail_that_is_sent_again_is_surely_not_sent_until_its_dot_is_announced_again():
    """REL-5: what the first attempt had announced says nothing of the second."""
    (dispatch,) = await died_after_the_dot()
    await outbox.recover(NOW)
    await outbox.resolve(dispatch.id, sent=False, now=NOW)

    await claim(lease=RUN_OUT)

    assert await outbox.recover(NOW) == (1, 0)


async def test_an_uncertain_mail_for_which_there_is_proof_is_done():
    """REL-7."""
    (handle,) = await post()
    await settle(await claim(), UNSURE)

    await outbox.resolve(handle, sent=True, now=NOW)

    assert await states() == ["accepted"]
    assert await claim() == []


@pytest.mark.parametrize("sent", [True, False])
async def test_only_an_uncertain_mail_can_be_resolved(sent: bool):
    """A doubt that was settled meanwhile is not settled again."""
    (handle,) = await post()
    await settle(await claim(), ACCEPTED)
    before = await picture()

    await outbox.resolve(handle, sent=sent, now=NOW + DAY)

    assert await picture() == before


async def test_an_answer_proves_that_its_mail_was_sent():
    """REL-7, F59, F60."""
    (handle,) = await post()
    await settle(await claim(), UNSURE)

    await outbox.prove(handle, NOW)

    assert await states() == ["accepted"]


async def test_an_answer_stops_the_second_copy_of_a_mail_that_had_been_uncertain():
    """REL-7, I2: it waits to be sent again, and its reader has it."""
    (handle,) = await post()
    await settle(await claim(), UNSURE)
    await outbox.resolve(handle, sent=False, now=NOW)

    await outbox.prove(handle, NOW)

    assert await claim() == []


async def test_an_answer_to_another_mail_of_its_prompt_stops_no_mail_that_nobody_doubted():
    (handle,) = await post()

    await outbox.prove(handle, NOW)

    assert [mail.id for mail in await claim()] == [handle]


# Bounces and questions


async def test_a_bounce_is_noted_on_its_mail():
    """MM-1, F18."""
    (handle,) = await post()
    await settle(await claim(), ACCEPTED)

    found = await outbox.note_bounce(handle, "5.1.1", "unknown\0 user", NOW)

    assert found == ("grace@town.example", None)
    assert await deliveries() == [("accepted", "dot", 250), ("bounced", "dot", 0)]


async def test_a_bounce_of_a_mail_that_nobody_knows_changes_nothing():
    assert await outbox.note_bounce("f" * 16, "5.1.1", "unknown user", NOW) is None
    assert await deliveries() == []


async def test_the_bytes_can_be_asked_for_by_state():
    await post(count=2)
    await settle(await claim(limit=1), ACCEPTED)

    assert await outbox.raws(["accepted"]) == [("grace@town.example", posting().mail.raw)]
    assert await outbox.reader_of(posting().mail.handle) is None
