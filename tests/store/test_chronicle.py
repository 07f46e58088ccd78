"""What the sandbox asks the store when its story is over."""

from dataclasses import replace

import pytest

from service.domain.digest import build
from service.domain.recognition import Told
from service.store import chronicle, digests, entries, recognitions
from service.store.digests import DigestState, KeptDigest
from service.store.entries import Source
from tests.store.cast import MOVED, NOW, add_collaboration, add_person, add_prompt, answer, keep

pytestmark = pytest.mark.usefixtures("database")


async def test_what_was_asked_is_told_by_conversation():
    """A question that is asked again belongs to the mail that asked it first, in its first words."""
    grace = await add_person()
    first = await add_prompt("a" * 16, grace, questions=(MOVED,))
    again = replace(MOVED, text="Once more?"), replace(MOVED, key="next", label="Next")
    await add_prompt("b" * 16, grace, questions=again, root=first.handle)
    await add_prompt("c" * 16, grace, questions=())

    asked = await chronicle.asked()

    assert asked == {first.handle: {"moved": MOVED, "next": again[1]}, "c" * 16: {}}


async def test_every_digest_is_told_as_it_was_settled():
    where = await add_collaboration()
    kept = [
        KeptDigest(build(period, "why", []), state, NOW)
        for period, state in (("2026-W47", DigestState.BUILT), ("2026-W48", DigestState.EMPTY))
    ]
    for one in kept:
        await digests.save(where.id, "digest", one, NOW)

    assert await chronicle.settled_digests() == kept


async def test_thanks_are_told_with_what_a_manager_heard_of_them():
    grace, helen = await add_person(), await add_person("Helen")
    prompt = await add_prompt(person=grace)
    source = Source(await keep(), prompt.handle, grace.id, prompt.period, NOW)
    (thanks,) = await entries.save([answer("Ada, for the room")], source)
    offered = await recognitions.offer(thanks, prompt.collaboration_id, grace.id, Told("told", "said"), NOW)
    await recognitions.approve(offered.id, offered.text, NOW)
    (approved,) = await chronicle.passed_on()
    await recognitions.tell([approved], helen.id, "2026-12", NOW)

    (told,) = await chronicle.tellings()

    assert told == chronicle.Telling(approved, helen.id, offered.text.sha256)
