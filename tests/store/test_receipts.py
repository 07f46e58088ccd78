"""Receipts lead back to the message that they answer."""

from dataclasses import replace

import pytest

from service.domain.question import Effect, Question, QuestionType
from service.store import outbox, prompts, receipts
from tests.store.cast import DAY, NOW, add_prompt, keep, posting, take

pytestmark = pytest.mark.usefixtures("database")

WHY = Question("why", "Why", "Why is that?", QuestionType.TEXT, Effect.REFLECTION)


async def sent(key: str, number: int) -> str:
    item = posting(number)
    await outbox.add([replace(item, mail=replace(item.mail, key=key))], NOW)
    return item.mail.handle


async def test_a_receipt_leads_to_the_message_that_it_answers():
    first, second = await keep("one"), await keep("two")
    digests = [(await take(one)).digest for one in (first, second)]

    handles = [
        await sent(f"receipt:check-in:trail:3:2026-W48:{digest}", at) for at, digest in enumerate(digests, 1)
    ]

    assert [await receipts.answered(handle) for handle in handles] == [first, second]


@pytest.mark.parametrize("key", ["check-in:trail:3:2026-W48", "welcome:trail:3", "x", "receipt:" + "0" * 16])
async def test_any_other_mail_answers_none(key):
    await keep("one")

    assert await receipts.answered(await sent(key, 1)) is None


async def test_a_mail_that_is_not_ours_answers_none():
    assert await receipts.answered("f" * 16) is None


async def test_what_was_asked_along_comes_in_its_order():
    root = await add_prompt()
    later = replace(root, handle="1" * 16, key="again:1", root=root.handle, asked_at=NOW + 2 * DAY)
    sooner = replace(later, handle="2" * 16, key="again:2", asked_at=NOW + DAY, questions=(WHY,))
    await prompts.add([later, sooner])

    assert await receipts.asked_along(root.handle) == [sooner, later]
    assert await receipts.asked_along(root.handle, before=later.asked_at) == [sooner]
    assert await receipts.asked_along(later.handle) == []
