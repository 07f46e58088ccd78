"""Replies to receipts: what they name is changed, what is taken back stays without words."""

from dataclasses import replace
from typing import Any

import pytest

from service.domain.entry import NewEntry
from service.domain.prompt import Prompt
from service.domain.question import Effect, QuestionType
from service.domain.reading import Aim, Value
from service.store import entries, prompts
from service.store.entries import Source
from service.store.models import EntryRow
from tests.store.cast import MINUTE, NOW, add_prompt, answer, keep

pytestmark = pytest.mark.usefixtures("database")

SCALE = {"question": "mood", "asked": QuestionType.SCALE, "effect": Effect.REFLECTION}


@pytest.fixture
async def prompt(database) -> Prompt:
    return await add_prompt()


async def reply(prompt: Prompt, words: str, **changes: Any) -> Source:
    source = Source(await keep(words), prompt.handle, prompt.person_id, prompt.period, NOW)
    return replace(source, **changes)


async def correction(prompt: Prompt, words: str, of: Source | None = None) -> Source:
    """A reply to a receipt, to that of ``of`` where it is known."""
    return await reply(prompt, words, corrects=True, answered=of.inbox_id if of else None, now=NOW + MINUTE)


def plain(new: NewEntry, aim: Aim = Aim.PLAIN) -> NewEntry:
    return replace(new, answer=replace(new.answer, aim=aim))


async def values(prompt: Prompt) -> list[Value]:
    return [entry.value for entry in await entries.of_prompt(prompt.handle)]


async def test_saving_returns_what_was_created_or_changed(prompt):
    first = await entries.save([answer("one"), answer(2, **SCALE)], await reply(prompt, "one"))

    second = await entries.save([answer("two"), answer(4, **SCALE)], await reply(prompt, "two"))
    third = await entries.save([answer(4, **SCALE)], await reply(prompt, "three"))

    assert [(one.question, one.value, one.revision) for one in first] == [("moved", "one", 1), ("mood", 2, 1)]
    assert [(one.question, one.value, one.revision) for one in second] == [
        ("moved", "two", 1),
        ("mood", 4, 2),
    ]
    assert second[1].id == first[1].id
    assert third == []


@pytest.mark.parametrize("asked", sorted(set(QuestionType) - entries.REPLACED))
async def test_a_named_answer_replaces_what_the_receipt_was_about(prompt, asked):
    first, second = await reply(prompt, "one"), await reply(prompt, "two")
    await entries.save([answer("one", asked=asked)], first)
    await entries.save([answer("two", asked=asked)], second)

    (changed,) = await entries.save([answer("better", asked=asked)], await correction(prompt, "three", first))

    assert await values(prompt) == ["better", "two"]
    assert (changed.revision, changed.recorded_at) == (2, NOW + MINUTE)
    assert await entries.history(changed.id) == [(1, "one", "one")]


async def test_without_a_receipt_the_newest_answer_of_that_name_is_meant(prompt):
    await entries.save([answer("one")], await reply(prompt, "one"))
    await entries.save([answer("two")], await reply(prompt, "two"))

    await entries.save([answer("better")], await correction(prompt, "three"))

    assert await values(prompt) == ["one", "better"]


async def test_the_answer_that_was_corrected_last_is_the_newest(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    await entries.save([answer("two")], await reply(prompt, "two"))
    await entries.save([answer("better")], await correction(prompt, "three", first))

    await entries.save([answer("best")], await correction(prompt, "four"))

    assert await values(prompt) == ["best", "two"]


async def test_a_receipt_means_its_answer_even_after_that_was_corrected(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    await entries.save([answer("better")], await correction(prompt, "two", first))
    await entries.save([answer("another")], await reply(prompt, "three"))

    await entries.save([answer("best")], await correction(prompt, "four", first))

    assert await values(prompt) == ["best", "another"]


@pytest.mark.parametrize("aim", [Aim.PLAIN, Aim.UNDER])
async def test_what_nobody_named_is_added(prompt, aim):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)

    await entries.save([plain(answer("two"), aim)], await correction(prompt, "two", first))

    assert await values(prompt) == ["one", "two"]


async def test_a_named_question_without_an_answer_gets_one(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)

    await entries.save([answer("two", "next")], await correction(prompt, "two", first))

    assert await values(prompt) == ["one", "two"]


async def test_an_answer_to_another_prompt_is_never_meant(prompt):
    other = replace(prompt, handle="b" * 16, key="check-in:other")
    await prompts.add([other])
    first = await reply(other, "one")
    await entries.save([answer("one")], first)

    await entries.save([answer("two")], await correction(prompt, "two", first))

    assert (await values(other), await values(prompt)) == (["one"], ["two"])


# Taking back


async def test_what_is_taken_back_stays_without_words_and_its_words_are_history(prompt):
    await entries.save([answer("one"), answer(2, **SCALE)], await reply(prompt, "one"))
    given = await entries.of_prompt(prompt.handle)

    taken = await entries.withdraw(given, NOW + MINUTE)

    assert await entries.of_prompt(prompt.handle) == []
    assert [(one.value, one.text, one.revision, one.recorded_at) for one in taken] == [
        ("", "", 2, NOW + MINUTE)
    ] * 2
    assert [await entries.history(one.id) for one in given] == [[(1, "one", "one")], [(1, 2, "2")]]


async def test_two_answers_to_one_question_can_be_taken_back_at_once(prompt):
    for words in ("one", "two"):
        await entries.save([answer(words)], await reply(prompt, words))

    await entries.withdraw(await entries.of_prompt(prompt.handle), NOW)

    assert await values(prompt) == []
    assert await EntryRow.all().count() == 2


async def test_a_correction_after_that_is_a_first_answer(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    await entries.withdraw(await entries.of_prompt(prompt.handle), NOW)

    (new,) = await entries.save([answer("two")], await correction(prompt, "two", first))

    assert (new.value, new.revision) == ("two", 1)


async def test_a_choice_that_was_taken_back_can_be_made_again(prompt):
    await entries.save([answer(2, **SCALE)], await reply(prompt, "one"))
    await entries.withdraw(await entries.of_prompt(prompt.handle), NOW)

    (again,) = await entries.save([answer(2, **SCALE)], await reply(prompt, "two"))

    assert (again.value, again.revision) == (2, 3)


# Another reading of the same messages


async def test_the_first_message_never_undoes_its_correction(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    await entries.save([answer("better")], await correction(prompt, "two", first))

    assert await entries.compare([answer("one")], first) == []
    assert await entries.compare([answer("once")], first) == []
    assert await entries.compare([], first) == []


async def test_a_correction_that_reads_the_same_changes_nothing(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    second = await correction(prompt, "two", first)
    await entries.save([answer("better")], second)

    assert await entries.compare([answer("better")], second) == []


async def test_a_correction_that_is_not_read_any_more_gives_way_to_the_first_words(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    second = await correction(prompt, "two", first)
    await entries.save([answer("better")], second)

    (changed,) = await entries.correct(await entries.compare([], second), second)

    assert (changed.value, changed.revision) == ("one", 3)
    assert await entries.compare([answer("one")], first) == []


async def test_a_correction_that_is_only_read_now_changes_what_stood_there_then(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one")], first)
    second = await correction(prompt, "two", first)
    later = await reply(prompt, "three")
    await entries.save([answer("later")], later)

    for at in (second, replace(second, answered=None)):
        (found,) = await entries.compare([answer("better")], at)
        assert found.before is not None
        assert found.before.value == "one"


async def test_what_was_taken_back_is_not_brought_back(prompt):
    first = await reply(prompt, "one")
    await entries.save([answer("one"), answer(2, **SCALE)], first)
    await entries.withdraw(await entries.of_prompt(prompt.handle), NOW)

    assert await entries.compare([answer("one"), answer(2, **SCALE)], first) == []
    assert await entries.compare([answer("once"), answer(3, **SCALE)], first) == []
