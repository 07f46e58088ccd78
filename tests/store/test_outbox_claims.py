"""Which mails a sender is given (REL-3), and which it is not (F20, F48)."""

import asyncio
from datetime import timedelta, timezone

import pytest

from service.domain.people import Participation, Role
from service.store import collaborations, outbox, people
from service.store.database import transaction
from service.store.models import OutboxRow
from service.store.overview import overview
from tests.store.cast import (
    ACCEPTED,
    DAY,
    LEASE,
    MINUTE,
    NOW,
    add_person,
    add_prompt,
    claim,
    post,
    posting,
    settle,
)

pytestmark = pytest.mark.usefixtures("database")


async def reason_for_skipping(handle: str) -> str:
    row = await OutboxRow.get(handle=handle)
    assert (row.state, row.settled_at) == ("skipped", NOW)
    return row.reply


async def test_a_claimed_mail_has_the_very_bytes_that_were_composed():
    """OUT-2: NUL and 8-bit octets too."""
    await post()

    (dispatch,) = await claim()

    mail = posting().mail
    assert (dispatch.raw, dispatch.envelope, dispatch.message_id) == (
        mail.raw,
        mail.envelope,
        mail.message_id,
    )
    assert (dispatch.id, dispatch.key, dispatch.attempt) == (mail.handle, mail.key, 1)


async def test_two_senders_in_turn_get_different_mails():
    handles = await post(count=3)

    first, second, third = await claim(limit=2), await claim(limit=2), await claim(limit=2)

    assert [len(mails) for mails in (first, second, third)] == [2, 1, 0]
    assert sorted(mail.id for mail in (*first, *second)) == handles


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
async def test_two_senders_in_the_same_moment_get_different_mails():
    """Two workers share the work: who finds the first mails being claimed takes the next ones at once."""
    handles = await post(count=3)
    claiming = asyncio.Event()

    async def claim_beside_it() -> list[str]:
        await claiming.wait()
        return [mail.id for mail in await claim(limit=2, owner="ada00002")]

    other = asyncio.create_task(claim_beside_it())
    async with transaction():  # not committed yet: on SQLite the other one would wait
        mine = [mail.id for mail in await claim(limit=2)]
        claiming.set()
        theirs = await other

    assert (len(mine), len(theirs)) == (2, 1)
    assert sorted([*mine, *theirs]) == handles


async def test_two_claims_of_one_worker_are_told_apart():
    """REL-3: one worker has several connections, each with a fencing token of its own."""
    await post(count=2)

    (one,), (other,) = await claim(limit=1), await claim(limit=1)

    assert one.claim != other.claim
    assert one.claim.startswith("ada00001")
    assert other.claim.startswith("ada00001")


async def test_the_mail_that_waits_longest_goes_first():
    await outbox.add([posting(1), posting(2, not_before=NOW - MINUTE), posting(3, not_before=NOW - DAY)], NOW)

    assert [mail.id[-1] for mail in await claim()] == ["3", "2", "1"]


async def test_a_mail_is_not_given_before_its_time():
    await post(not_before=NOW + MINUTE)

    assert await claim() == []
    assert (await overview()).oldest_ready == NOW + MINUTE


async def test_a_moment_in_another_zone_is_the_same_moment():
    """TIME-1: 08:30 in Denver is after 09:00 in London."""
    denver = timezone(timedelta(hours=-7))
    await post(not_before=(NOW + MINUTE).astimezone(denver))

    early = await claim()
    late = await outbox.claim(10, "ada00001", LEASE, NOW + MINUTE)

    assert (len(early), len(late)) == (0, 1)


@pytest.mark.parametrize("word", [Participation.PAUSED, Participation.STOPPED])
async def test_who_paused_or_stopped_meanwhile_gets_no_optional_mail(word: Participation):
    """F48: looked at again when the mail is claimed."""
    grace = await add_person()
    (handle,) = await post(person_id=grace.id)
    await people.set_participation(grace.id, word)

    assert await claim() == []
    assert await reason_for_skipping(handle) == "its reader paused or stopped"


@pytest.mark.parametrize("word", [Participation.PAUSED, Participation.STOPPED])
async def test_who_paused_or_stopped_still_gets_the_answer_to_a_command(word: Participation):
    grace = await add_person()
    await post(person_id=grace.id, optional=False)
    await people.set_participation(grace.id, word)

    assert len(await claim()) == 1


async def test_a_pause_ends_by_itself():
    grace = await add_person()
    await post(person_id=grace.id)
    await people.set_participation(grace.id, Participation.PAUSED, until=NOW)

    assert len(await claim()) == 1


async def test_the_operator_is_no_person_and_gets_mail():
    await post(person_id=None)

    assert len(await claim()) == 1


async def test_mail_of_a_collaboration_does_not_reach_who_left_it():
    """F48: removed between plan and send."""
    grace = await add_person()
    prompt = await add_prompt(person=grace)
    (handle,) = await post(person_id=grace.id, prompt=prompt.handle)

    assert await claim() == []
    assert await reason_for_skipping(handle) == "its reader left the collaboration"


async def test_mail_of_a_collaboration_reaches_who_is_in_it_and_the_last_receipt_who_left():
    """F48."""
    grace, linus = await add_person("Grace"), await add_person("Linus")
    prompt = await add_prompt(person=grace)
    parks = await collaborations.save_department(prompt.collaboration_id, "Parks & Recreation")
    await collaborations.set_roles(prompt.collaboration_id, grace.id, parks, [Role.MEMBER])
    asked = posting(1, person_id=grace.id, prompt=prompt.handle)
    receipt = posting(2, person_id=linus.id, prompt=prompt.handle, optional=False)
    await outbox.add([asked, receipt], NOW)

    assert [mail.id for mail in await claim()] == [asked.mail.handle, receipt.mail.handle]


async def test_optional_mail_is_not_sent_where_mail_comes_back():
    """MM-2: it failed between plan and send."""
    grace = await add_person()
    asked, receipt = posting(1, person_id=grace.id), posting(2, person_id=grace.id, optional=False)
    await outbox.add([asked, receipt], NOW)
    await people.note_failure(grace.addr_spec, "no such mailbox", NOW)

    assert [mail.id for mail in await claim()] == [receipt.mail.handle]
    assert await reason_for_skipping(asked.mail.handle) == "mail to its reader comes back"


async def test_a_mail_that_lost_its_use_is_skipped_and_says_so():
    """F20, REL-8."""
    (handle,) = await post(expires_at=NOW - MINUTE)

    assert await claim() == []
    assert await reason_for_skipping(handle) == "its time has passed"


async def test_useful_mail_does_not_wait_behind_mail_that_lost_its_use():
    """F20: after days without a relay the first windows hold nothing but old mail."""
    old = [posting(number, not_before=NOW - DAY, expires_at=NOW - MINUTE) for number in range(1, 30)]
    await outbox.add([*old, posting(30)], NOW)

    assert [mail.id for mail in await claim(limit=5)] == [f"{30:016x}"]


async def test_mail_that_was_given_back_is_as_if_never_claimed():
    await post()
    dispatches = await claim()

    await outbox.give_back(dispatches, NOW + MINUTE)

    assert await claim() == []
    (again,) = await outbox.claim(1, "ada00002", LEASE, NOW + MINUTE)
    assert again.attempt == 1


async def test_mail_that_was_accepted_is_never_given_again():
    """I2."""
    await post(count=2)
    await settle(await claim(), ACCEPTED)

    assert await outbox.claim(10, "ada00002", LEASE, NOW + 10 * DAY) == []


async def test_the_same_mail_cannot_be_posted_twice():
    """REL-4: whoever looks first sees which of them exist."""
    (handle,) = await post()

    assert await outbox.existing([handle, "f" * 16]) == {handle}
    with pytest.raises(Exception, match=r"(?i)unique"):
        await post()
