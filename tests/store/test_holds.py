"""Held replies: why each waits, who knows of it, how it ends; and what people said of addresses."""

import asyncio
from dataclasses import replace

import pytest

from service.domain.mail import Kind, Outcome
from service.store import confirmations, holds, inbox, people, quarantine
from service.store.holds import CONFIRMED, DROPPED, EXPIRED, REFUSED, RELEASED, Doubt, Hold
from service.store.models import HoldRow, InboxRow
from tests.store.cast import DAY, MINUTE, NOW, add_person, add_prompt, keep, take, verdict

pytestmark = pytest.mark.usefixtures("database")
HOME = "grace@home.example"
DOUBT = Doubt("authentication: none", "confirm", "grace@town.example", "none")
CLAIM = Doubt("from elsewhere", "claim", HOME, "pass")


@pytest.fixture
async def grace(database):
    return await add_person()


@pytest.fixture
async def prompt(grace):
    return await add_prompt(person=grace)


@pytest.fixture
async def question(grace, prompt):
    return await add_prompt("b" * 16, grace)


async def held(grace, prompt, doubt: Doubt = DOUBT, words: str = "A room.", at=NOW) -> int:
    inbox_id = await keep(words)
    kept = await take(inbox_id)
    await holds.put(inbox_id, grace.id, doubt, at)
    await inbox.settle(kept, verdict(Outcome.HELD, prompt=prompt.handle), Kind.HUMAN, at)
    return inbox_id


async def test_a_hold_knows_what_it_answers_and_whose_word_it_waits_for(grace, prompt):
    inbox_id = await held(grace, prompt)

    assert await holds.get(inbox_id) == Hold(inbox_id, prompt.handle, DOUBT, NOW, "")
    assert await holds.get(inbox_id + 1) is None


async def test_a_hold_is_found_by_the_question_about_it(grace, prompt, question):
    inbox_id = await held(grace, prompt)
    assert await holds.asked_by(question.handle) is None
    assert not await holds.is_asked(grace.id, DOUBT)

    await holds.note_told(inbox_id, question.handle, NOW)

    found = await holds.asked_by(question.handle)
    assert found is not None
    assert found.inbox_id == inbox_id
    assert await holds.asked_by(prompt.handle) is None
    assert await holds.is_asked(grace.id, DOUBT)


@pytest.mark.parametrize(
    "other",
    [
        replace(DOUBT, remedy="claim"),
        replace(DOUBT, addr_spec=HOME),
        replace(DOUBT, authentication="pass"),
    ],
)
async def test_a_question_speaks_for_holds_of_its_kind(grace, prompt, question, other):
    inbox_id = await held(grace, prompt)
    await holds.note_told(inbox_id, question.handle, NOW)
    alike = await held(grace, prompt, replace(DOUBT, reason="in other words"), "B", NOW + MINUTE)
    await held(grace, prompt, other, "C")
    linus = await add_person("Linus")

    assert await holds.alike(grace.id, DOUBT) == [inbox_id, alike]
    assert await holds.alike(linus.id, DOUBT) == []
    assert not await holds.is_asked(grace.id, other)
    assert not await holds.is_asked(linus.id, DOUBT)


async def test_a_question_about_what_has_ended_is_asked_no_more(grace, prompt, question):
    inbox_id = await held(grace, prompt)
    await holds.note_told(inbox_id, question.handle, NOW)

    await holds.refuse(inbox_id, REFUSED, "not theirs", NOW)

    assert not await holds.is_asked(grace.id, DOUBT)
    assert await holds.alike(grace.id, DOUBT) == []
    found = await holds.asked_by(question.handle)
    assert found is not None
    assert found.ended == REFUSED


async def test_mails_about_holds_are_counted_by_person_and_time(grace, prompt, question):
    asked, told, silent = [await held(grace, prompt, words=words) for words in ("A", "B", "C")]
    await holds.note_told(asked, question.handle, NOW)
    await holds.note_told(told, None, NOW + DAY)

    assert await holds.told_since(grace.id, NOW - MINUTE) == 2
    assert await holds.told_since(grace.id, NOW) == 1
    assert await holds.told_since((await add_person("Linus")).id, NOW - MINUTE) == 0
    waiting = {one.id: (one.asked, one.told_at) for one in await quarantine.every()}
    assert waiting == {asked: (True, NOW), told: (False, NOW + DAY), silent: (False, None)}


async def test_what_is_refused_never_waits_again_and_says_why(grace, prompt):
    inbox_id = await held(grace, prompt)

    assert await holds.refuse(inbox_id, EXPIRED, "nobody's word settled it in time", NOW)

    row = await InboxRow.get(id=inbox_id)
    assert (row.state, row.outcome, row.reason) == ("settled", "refused", "nobody's word settled it in time")
    assert await quarantine.every() == []
    assert not await holds.refuse(inbox_id, REFUSED, "again", NOW)
    assert not await quarantine.release(inbox_id, NOW)


async def test_a_hold_ends_in_one_way_only(grace, prompt):
    """REL-3: a word and the clock at the same time."""
    inbox_id = await held(grace, prompt)

    ended = await asyncio.gather(
        quarantine.release(inbox_id, NOW, CONFIRMED),
        holds.refuse(inbox_id, EXPIRED, "late", NOW),
        quarantine.drop(inbox_id, NOW),
    )

    assert sum(ended) == 1
    row, message = await HoldRow.get(inbox_id=inbox_id), await InboxRow.get(id=inbox_id)
    states = {CONFIRMED: ("kept", ""), EXPIRED: ("settled", "refused"), DROPPED: ("settled", "held")}
    assert states[row.ended] == (message.state, message.outcome)


async def test_the_way_in_which_a_hold_ended_is_kept(grace, prompt):
    first, second = await held(grace, prompt, words="A"), await held(grace, prompt, words="B")

    await quarantine.release(first, NOW)
    await quarantine.drop(second, NOW)

    assert [row.ended for row in await HoldRow.all().order_by("id")] == [RELEASED, DROPPED]


async def test_holds_that_waited_long_enough_are_found(grace, prompt):
    old = await held(grace, prompt, words="A")
    await held(grace, prompt, words="B", at=NOW + MINUTE)
    gone = await held(grace, prompt, words="C")
    await quarantine.drop(gone, NOW)

    assert await holds.waiting_since(NOW) == [old]


async def test_a_message_that_is_held_again_waits_anew(grace, prompt, question):
    inbox_id = await held(grace, prompt)
    await holds.note_told(inbox_id, question.handle, NOW)
    await quarantine.release(inbox_id, NOW)

    await holds.put(inbox_id, grace.id, CLAIM, NOW + MINUTE)

    found = await holds.get(inbox_id)
    assert found is not None
    assert (found.doubt, found.since, found.ended) == (CLAIM, NOW + MINUTE, "")
    assert await holds.asked_by(question.handle) is None
    assert await holds.told_since(grace.id, NOW - DAY) == 0


async def test_any_reason_and_any_address_fit(grace, prompt):
    inbox_id = await held(grace, prompt, Doubt("r" * 900, "operator", "a" * 900))

    found = await holds.get(inbox_id)
    assert found is not None
    assert (found.doubt.reason, found.doubt.addr_spec) == ("r" * 500, "a" * 320)


# What was said of an address


async def test_a_word_about_an_address_is_good_for_ninety_days(grace):
    assert await confirmations.recall(grace.id, HOME, NOW) is None

    await confirmations.remember(grace.id, HOME, True, NOW)

    assert await confirmations.recall(grace.id, HOME, NOW + 90 * DAY - MINUTE) is True
    assert await confirmations.recall(grace.id, HOME, NOW + 90 * DAY) is None


async def test_the_newest_word_counts(grace):
    for theirs in (True, False):
        await confirmations.remember(grace.id, HOME, theirs, NOW)

    assert await confirmations.recall(grace.id, HOME, NOW) is False


async def test_a_word_is_its_persons_alone(grace):
    linus = await add_person("Linus")

    await confirmations.remember(grace.id, HOME, True, NOW)

    assert await confirmations.recall(linus.id, HOME, NOW) is None


# Further addresses


async def test_a_further_address_finds_the_person_and_gets_no_mail(grace):
    assert await people.add_address(grace.id, HOME)

    assert await people.find_by_address(HOME) == grace
    assert (await people.get(grace.id)).addr_spec == "grace@town.example"


async def test_an_address_has_one_owner(grace):
    linus = await add_person("Linus")

    assert not await people.add_address(grace.id, linus.addr_spec)

    assert await people.find_by_address(linus.addr_spec) == linus


async def test_a_further_address_can_be_dropped_and_the_first_one_cannot(grace):
    await people.add_address(grace.id, HOME)
    linus = await add_person("Linus")

    for person in (linus, grace):
        for address in (HOME, grace.addr_spec, linus.addr_spec):
            if person is linus or address != HOME:
                await people.drop_address(person.id, address)
    assert await people.find_by_address(HOME) == grace
    await people.drop_address(grace.id, HOME)

    assert await people.find_by_address(HOME) is None
    assert await people.find_by_address("grace@town.example") == grace
    assert await people.find_by_address(linus.addr_spec) == linus


async def test_our_mail_can_go_to_another_of_their_addresses(grace):
    await people.add_address(grace.id, HOME)

    await people.prefer(grace.id, HOME)

    assert (await people.get(grace.id)).addr_spec == HOME
    found = await people.find_by_address("grace@town.example")
    assert found is not None
    assert found.id == grace.id


async def test_nothing_of_a_forgotten_message_is_left_but_that_it_came():
    """PRIV-9."""
    inbox_id = await keep("secret words")

    await inbox.forget(inbox_id)

    assert await inbox.raw(inbox_id) == b""
