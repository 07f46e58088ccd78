"""What many mails share is kept once, and every mail comes back to its last byte (OUT-2)."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.mail import Dispatch
from service.store import outbox, prompts, shared
from service.store.database import Database, transaction
from service.store.models import OutboxRow, SharedOctetsRow
from service.store.outbox import Posting
from service.store.shared import Memory, Rest
from tests.store import crew as jobs
from tests.store.cast import (
    DAY,
    DEFERRED,
    MINUTE,
    NOW,
    PICTURE,
    TEAM,
    add_prompt,
    claim,
    digest,
    post,
    posting,
    settle,
)
from tests.store.crew import Crew


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a piece that an earlier test had sent would not be missed."""
    monkeypatch.setattr(shared, "_memory", Memory(shared.MEMORY))


octets = st.text("ab\r\n", max_size=12).map(str.encode)
pieces_of_a_mail = st.lists(octets, max_size=4)


def named(pieces: Sequence[bytes]) -> dict[bytes, str]:
    return {piece: sha256(piece).hexdigest() for piece in pieces}


def put_back(rest: Rest, pieces: Sequence[bytes]) -> bytes:
    return shared.joined(rest, {name: piece for piece, name in named(pieces).items()})


# Cutting and joining


@given(raw=octets, pieces=pieces_of_a_mail, worth=pieces_of_a_mail)
def test_whatever_is_said_to_be_shared_the_mail_comes_back(raw, pieces, worth):
    """OUT-2: pieces that are not in it, that overlap, in the wrong order, repeated, or empty."""
    rest = shared.cut(raw, pieces, named([*pieces[:2], *worth]))

    assert put_back(rest, pieces) == raw


@given(own=st.lists(octets, min_size=5, max_size=5), pieces=pieces_of_a_mail)
def test_every_piece_that_stands_in_a_mail_in_order_is_cut_out(own, pieces):
    raw = b"".join(octets for pair in zip(own, [*pieces, *[b""] * 5], strict=False) for octets in pair)

    rest = shared.cut(raw, pieces, named(pieces))

    assert [name for _, name in rest.cuts] == [named(pieces)[piece] for piece in pieces]
    assert len(rest.octets) == len(raw) - sum(map(len, pieces))
    assert put_back(rest, pieces) == raw


def test_a_piece_that_begins_like_something_else_is_found_where_it_is():
    opening = b"<td>" * 20
    piece = opening + b"we planted the beds"
    raw = opening + b"hello" + piece + b"bye"

    rest = shared.cut(raw, [piece], named([piece]))

    assert rest.octets == opening + b"hellobye"


def test_what_was_not_used_for_longest_is_forgotten_first():
    memory = Memory(limit=10)
    memory.keep({"one": b"1234", "two": b"1234"})
    memory.find(["one"])

    memory.keep({"three": b"1234"})
    memory.keep({"three": b"1234"})  # it takes no more room than before

    assert set(memory.find(["one", "two", "three"])) == {"one", "three"}


def test_a_memory_holds_nothing_that_is_larger_than_itself():
    memory = Memory(limit=3)

    memory.keep({"one": b"1234"})

    assert memory.find(["one"]) == {}


# In the database


def raws_of(dispatches: Sequence[Dispatch]) -> dict[str, bytes]:
    return {dispatch.id: dispatch.raw for dispatch in dispatches}


def composed(postings: Sequence[Posting]) -> dict[str, bytes]:
    return {posting.mail.handle: posting.mail.raw for posting in postings}


async def test_what_many_mails_share_is_kept_once_and_sent_with_each(database: Database):
    postings = [digest(number) for number in range(1, 4)]
    await outbox.add(postings, NOW)

    sent = raws_of(await claim())

    assert sent == composed(postings)
    assert sorted(row.octets for row in await SharedOctetsRow.all()) == sorted([TEAM, PICTURE])
    assert all(len(row.octets) < 100 for row in await OutboxRow.all())


async def test_a_mail_that_is_tried_again_has_the_same_bytes(database: Database):
    """OUT-2, REL-8."""
    await outbox.add([digest()], NOW)
    await settle(await claim(), DEFERRED, again=NOW + MINUTE)

    (dispatch,) = await outbox.claim(1, "ada00002", 60, NOW + MINUTE)

    assert dispatch.raw == digest().mail.raw


async def test_whoever_reads_a_mail_reads_all_of_it(database: Database):
    prompt = await add_prompt()
    await outbox.add([digest(prompt=prompt.handle)], NOW)

    ((_, waiting),) = await outbox.raws(["ready"])
    (sent,) = await prompts.sent(prompt)

    assert waiting == sent.raw == digest().mail.raw


async def test_a_claim_that_shares_more_than_a_process_remembers_is_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared, "_memory", Memory(limit=len(TEAM)))
    postings = [digest(number, team=TEAM + bytes([number]) * 9) for number in range(1, 5)]
    await outbox.add(postings, NOW)

    first, rest = await claim(limit=1), await claim()

    assert raws_of([*first, *rest]) == composed(postings)


async def test_a_mail_that_was_written_before_there_were_cuts_is_whole(database: Database):
    await post()
    assert await OutboxRow.filter(cuts__isnull=True).count() == 1

    (dispatch,) = await claim()

    assert dispatch.raw == posting().mail.raw


async def test_what_is_small_stays_in_its_mail(database: Database):
    mail = replace(digest().mail, shared=(b"Subject: hello",))
    await outbox.add([replace(digest(), mail=mail)], NOW)

    assert await SharedOctetsRow.all().count() == 0
    assert (await claim())[0].raw == mail.raw


async def test_what_is_shared_again_is_renewed_and_not_kept_twice(database: Database):
    """Whoever purges may drop what no mail was written with for long."""
    await outbox.add([digest(1)], NOW)
    await outbox.add([digest(2)], NOW + DAY)

    assert [row.created_at for row in await SharedOctetsRow.all()] == [NOW + DAY] * 2


async def test_mails_that_are_not_written_after_all_leave_nothing_behind(database: Database):
    """REL-1: everything of a round is one transaction."""

    async def write() -> None:
        async with transaction():
            await outbox.add([digest()], NOW)
            raise RuntimeError("the round could not be written")

    with pytest.raises(RuntimeError):
        await write()

    assert await SharedOctetsRow.all().count() == await OutboxRow.all().count() == 0


async def test_workers_that_share_the_same_at_once_keep_it_once(database: Database, crew: Crew):
    """REL-3."""
    handles = crew.all_do(jobs.post_digests, database.url)

    assert await SharedOctetsRow.all().count() == 2
    assert raws_of(await claim()) == {
        handle: digest(int(handle, 16)).mail.raw for worker in handles for handle in worker
    }
