"""Entries: texts are added to, scales replaced, and nothing that was said is lost."""

from dataclasses import replace
from typing import Any

import pytest

from service.domain.entry import NewEntry
from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt
from service.domain.question import Effect, QuestionType
from service.domain.reading import Value
from service.store import entries
from service.store.entries import Source
from tests.store.cast import MINUTE, NOW, add_person, add_prompt, answer, keep

pytestmark = pytest.mark.usefixtures("database")

SCALE = {"question": "mood", "asked": QuestionType.SCALE, "effect": Effect.REFLECTION}


@pytest.fixture
async def prompt(database) -> Prompt:
    return await add_prompt()


async def reply(prompt: Prompt, words: str, **changes: Any) -> Source:
    """Grace answers once more, in a message of its own."""
    source = Source(await keep(words), prompt.handle, prompt.person_id, prompt.period, NOW)
    return replace(source, **changes)


async def values(prompt: Prompt) -> list[tuple[str, Value, int]]:
    return [(entry.question, entry.value, entry.revision) for entry in await entries.of_prompt(prompt.handle)]


async def test_an_answer_is_stored_with_all_that_is_known_of_it(prompt):
    source = await reply(prompt, "one")

    await entries.save([answer("We planted the beds.")], source)

    (entry,) = await entries.of_prompt(prompt.handle)
    assert (entry.question, entry.value, entry.text) == (
        "moved",
        "We planted the beds.",
        "We planted the beds.",
    )
    assert (entry.effect, entry.privacy, entry.confidence) == (Effect.PROGRESS, PrivacyClass.TEAM, 0.9)
    assert (entry.prompt, entry.person_id, entry.week) == (prompt.handle, prompt.person_id, "2026-W48")
    assert (entry.revision, entry.recorded_at) == (1, NOW)
    assert await entries.of_inbox(source.inbox_id) == [entry]


async def test_a_second_text_is_added_to_the_first(prompt):
    """mail-rules, Scales: texts are added to."""
    await entries.save([answer("We planted the beds.")], await reply(prompt, "one"))
    await entries.save([answer("And watered them.")], await reply(prompt, "two"))

    assert await values(prompt) == [("moved", "We planted the beds.", 1), ("moved", "And watered them.", 1)]


@pytest.mark.parametrize("asked", sorted(set(QuestionType) - entries.REPLACED))
async def test_what_is_told_in_words_is_added_to(prompt, asked):
    await entries.save([answer("one", asked=asked)], await reply(prompt, "one"))
    await entries.save([answer("two", asked=asked)], await reply(prompt, "two"))

    assert [value for _, value, _ in await values(prompt)] == ["one", "two"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (QuestionType.SCALE, 2, 4),
        (QuestionType.CHOICE, "tuesday", "friday"),
        (QuestionType.YES_NO, True, False),
        (QuestionType.DATE, "2026-12-01", "2026-12-05"),
    ],
)
async def test_of_what_is_chosen_the_last_answer_counts(prompt, asked, first, last):
    """mail-rules, Scales."""
    await entries.save([answer(first, asked=asked)], await reply(prompt, "one"))
    await entries.save([answer(last, asked=asked)], await reply(prompt, "two", now=NOW + MINUTE))

    assert await values(prompt) == [("moved", last, 2)]


async def test_what_was_replaced_is_kept_as_history(prompt):
    """F51: whose answer came first is not lost."""
    sources = [await reply(prompt, f"reply {value}") for value in (2, 5, 3)]
    for value, source in zip((2, 5, 3), sources, strict=True):
        await entries.save([answer(value, **SCALE)], source)

    (entry,) = await entries.of_prompt(prompt.handle)
    assert (entry.value, entry.revision) == (3, 3)
    assert await entries.history(entry.id) == [(1, 2, "2"), (2, 5, "5")]
    assert await entries.of_inbox(sources[2].inbox_id) == [entry]


async def test_the_same_answer_again_makes_no_history(prompt):
    await entries.save([answer(4, **SCALE)], await reply(prompt, "one"))
    await entries.save([answer(4, **SCALE)], await reply(prompt, "two"))

    (entry,) = await entries.of_prompt(prompt.handle)
    assert entry.revision == 1
    assert await entries.history(entry.id) == []


async def test_yes_is_not_one(prompt):
    """JSON tells them apart; Python's ``==`` does not."""
    await entries.save([answer(1, **SCALE)], await reply(prompt, "one"))

    (entry,) = await entries.of_prompt(prompt.handle)
    assert entry.value is not True
    assert type(entry.value) is int


async def test_the_same_message_twice_changes_nothing(prompt):
    """I4: processed again after a restart."""
    source = await reply(prompt, "one")
    read = [answer("We planted the beds."), answer(4, **SCALE)]
    await entries.save(read, source)
    before = await entries.of_prompt(prompt.handle)

    await entries.save(read, source)

    assert await entries.of_prompt(prompt.handle) == before
    assert [await entries.history(entry.id) for entry in before] == [[], []]


async def test_a_message_that_is_read_better_the_second_time_corrects_itself(prompt):
    """``replay`` after the reader was improved: the earlier reading stays as history."""
    source = await reply(prompt, "one")
    await entries.save([answer("We planted")], source)
    await entries.save([answer("We planted the beds.")], source)

    (entry,) = await entries.of_prompt(prompt.handle)
    assert (entry.value, entry.revision) == ("We planted the beds.", 2)
    assert await entries.history(entry.id) == [(1, "We planted", "We planted")]


async def test_another_prompt_has_answers_of_its_own(prompt):
    other = await add_prompt("b" * 16, person=await add_person("Linus"))
    await entries.save([answer(2, **SCALE)], await reply(prompt, "one"))
    await entries.save([answer(5, **SCALE)], await reply(other, "two"))

    assert (await values(prompt), await values(other)) == ([("mood", 2, 1)], [("mood", 5, 1)])


VALUES: list[Value] = [
    "words with ä, 漢 and 🌱",
    '{"is": "words that look like JSON"}',
    "true",
    3,
    True,
    False,
    ["Ada", "Linus"],
    [],
    {"milestone": "1", "state": "moved", "date": "2026-12-05"},
    {"milestone": "1", "state": "done", "date": None},
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
async def test_a_value_of_any_type_comes_back_as_it_was(prompt, value: Value):
    new: NewEntry = answer(value)

    await entries.save([new], await reply(prompt, "one"))

    (entry,) = await entries.of_prompt(prompt.handle)
    assert entry.value == value
    assert type(entry.value) is type(value)


# Another reading of the same message (replay)


async def test_what_another_reading_would_change_is_told_before_it_is_stored(prompt):
    source = await reply(prompt, "one")
    await entries.save([answer("We planted", "moved"), answer("gone", "next")], source)

    corrections = await entries.compare(
        [answer("We planted the beds.", "moved"), answer("new", "stuck")], source
    )

    assert [
        (item.question, item.before and item.before.value, item.after and item.after.answer.value)
        for item in corrections
    ] == [("moved", "We planted", "We planted the beds."), ("next", "gone", None), ("stuck", None, "new")]


async def test_a_correction_is_stored_and_the_next_comparison_finds_nothing(prompt):
    source = await reply(prompt, "one")
    await entries.save([answer("We planted", "moved"), answer("gone", "next")], source)
    better = [answer("We planted the beds.", "moved")]

    await entries.correct(await entries.compare(better, source), source)

    assert [entry.value for entry in await entries.of_prompt(prompt.handle)] == ["We planted the beds."]
    assert await entries.compare(better, source) == []


async def test_a_scale_that_is_not_read_any_more_gives_way_to_the_earlier_answer(prompt):
    first, second = await reply(prompt, "one"), await reply(prompt, "two")
    await entries.save([answer(2, **SCALE)], first)
    await entries.save([answer(5, **SCALE)], second)

    await entries.correct(await entries.compare([], second), second)

    assert await values(prompt) == [("mood", 2, 3)]
    assert [entry.value for entry in await entries.of_inbox(first.inbox_id)] == [2]


async def test_an_old_message_that_is_read_again_does_not_replace_a_later_answer(prompt):
    """mail-rules, Scales: the last valid answer counts."""
    first, second = await reply(prompt, "one"), await reply(prompt, "two")
    await entries.save([answer(2, **SCALE)], first)
    await entries.save([answer(5, **SCALE)], second)

    assert await entries.compare([answer(3, **SCALE)], first) == []


async def test_the_milestones_that_later_messages_spoke_of_are_known(prompt):
    first, second = await reply(prompt, "one"), await reply(prompt, "two")
    milestone = {"question": "step", "asked": QuestionType.MILESTONE, "effect": Effect.MILESTONE}
    await entries.save([answer({"milestone": "3", "state": "done", "date": None}, **milestone)], first)
    await entries.save([answer({"milestone": "7", "state": "done", "date": None}, **milestone)], second)

    assert await entries.milestones_since(first.inbox_id) == {7}
