"""Prompts: what waits for whose reply."""

from dataclasses import replace

import pytest
from tortoise.exceptions import IntegrityError

from service.domain.privacy import PrivacyClass
from service.domain.prompt import PromptState
from service.domain.question import Effect, Option, Question, QuestionType
from service.store import outbox, prompts
from tests.store.cast import DAY, MINUTE, MOVED, NOW, add_person, add_prompt, posting

pytestmark = pytest.mark.usefixtures("database")

TWO = (Option("tue", "Tuesday", ("tues", "dienstag")), Option("fri", "Friday"))


@pytest.mark.parametrize("kind_of_answer", QuestionType)
async def test_a_question_of_any_type_comes_back_as_it_was_asked(kind_of_answer: QuestionType):
    """A reply is read by the questions that were asked, not by those of today's playbook."""
    question = Question(
        "when",
        "When",
        'When, "exactly"? ä 🌱',
        kind_of_answer,
        Effect.CONFIRM,
        True,
        "need",
        TWO,
        PrivacyClass.SELF,
    )
    bare = Question("what", "What", "What?", kind_of_answer, Effect.NOTE)

    prompt = await add_prompt(questions=(question, bare))

    found = await prompts.get(prompt.handle)
    assert found == prompt
    assert found.questions == (question, bare)


async def test_a_prompt_that_was_never_written_is_not_found():
    await add_prompt()

    assert await prompts.get("f" * 16) is None
    assert await prompts.existing(["a" * 16, "f" * 16]) == {"a" * 16}


async def test_a_prompt_happens_once():
    """REL-4, I9."""
    prompt = await add_prompt()

    with pytest.raises(IntegrityError):
        await prompts.add([replace(prompt, handle="b" * 16)])


async def test_a_prompt_s_state_is_written():
    prompt = await add_prompt()

    await prompts.set_state(prompt.handle, PromptState.ANSWERED)

    found = await prompts.get(prompt.handle)
    assert found is not None
    assert found.state is PromptState.ANSWERED


async def test_a_mail_leads_to_its_prompt():
    """mail-rules 2.1: by our Message-ID in References."""
    prompt = await add_prompt()
    asked, notice = posting(1, prompt=prompt.handle), posting(2)
    await outbox.add([asked, notice], NOW)

    assert await prompts.of_mail(asked.mail.handle) == prompt
    assert await prompts.of_mail(notice.mail.handle) is None
    assert await prompts.of_mail("f" * 16) is None


async def test_a_conversation_is_every_mail_of_the_prompt_and_of_what_asked_again():
    grace = await add_person()
    root = await add_prompt("a" * 16, grace)
    child = await add_prompt("b" * 16, grace, root=root.handle)
    other = await add_prompt("c" * 16, grace)
    await outbox.add([posting(1, prompt=root.handle), posting(4, prompt=other.handle)], NOW)
    await outbox.add([posting(2, prompt=child.handle)], NOW + MINUTE)
    await outbox.add([posting(3, prompt=root.handle)], NOW + DAY)

    for prompt in (root, child):
        sent = await prompts.sent(prompt)
        assert [mail.message_id for mail in sent] == [f"<{n:016x}@town.example>" for n in (1, 2, 3)]
        assert (sent[0].raw, sent[0].subject) == (posting().mail.raw, "Hello")


async def test_a_conversation_can_be_seen_as_it_was_then():
    """``replay`` reads an old reply against what had been sent until then."""
    prompt = await add_prompt()
    await outbox.add([posting(1, prompt=prompt.handle)], NOW)
    await outbox.add([posting(2, prompt=prompt.handle)], NOW + DAY)

    assert len(await prompts.sent(prompt, before=NOW + DAY)) == 1


async def test_what_was_asked_again_is_known():
    """Once is enough."""
    grace = await add_person()
    root = await add_prompt("a" * 16, grace)
    await add_prompt("b" * 16, grace, root=root.handle, questions=(replace(MOVED, key="next"),))

    assert await prompts.asked_again(root.handle) == {"next"}
    assert await prompts.asked_again("b" * 16) == set()


async def test_the_newest_prompt_of_a_person_is_found():
    ada, grace = await add_person("Ada"), await add_person("Grace")
    await add_prompt("a" * 16, grace)
    newest = await add_prompt("b" * 16, grace, asked_at=NOW + DAY)
    await add_prompt("c" * 16, grace, asked_at=NOW + 2 * DAY, root="b" * 16)
    await add_prompt("d" * 16, ada, asked_at=NOW + 3 * DAY)

    assert await prompts.latest_of(grace.id) == newest
    assert await prompts.latest_of(grace.id + 100) is None


async def test_the_turns_of_each_person_are_counted_by_instrument():
    """Rotating questions turn for each person by themselves; what asks again is no turn."""
    ada, grace = await add_person("Ada"), await add_person("Grace")
    first = await add_prompt("a" * 16, grace)
    await add_prompt("b" * 16, grace)
    await add_prompt("c" * 16, grace, root=first.handle)
    await add_prompt("d" * 16, grace, instrument="welcome")

    turns = await prompts.turn(first.collaboration_id, "check-in", [ada.id, grace.id])

    assert turns == {ada.id: 0, grace.id: 2}
