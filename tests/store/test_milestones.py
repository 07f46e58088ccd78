"""Moves of milestones: what replies did, and what is still to be told."""

from datetime import date

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.question import Effect, QuestionType
from service.store import collaborations, entries, milestones
from service.store.entries import Source
from tests.store.cast import MINUTE, NOW, add_prompt, answer, keep

pytestmark = pytest.mark.usefixtures("database")

AHEAD, DONE, MOVED = MilestoneState.AHEAD, MilestoneState.DONE, MilestoneState.MOVED
DAY, LATER = date(2026, 12, 4), date(2026, 12, 18)


class Garden:
    """A collaboration with two milestones of Grace's, and what she says of them."""

    def __init__(self, prompt, steps):
        self.prompt, self.steps = prompt, steps

    async def said(self, step: int, words: str) -> int:
        """An answer about a milestone; the entry's id."""
        value = {"milestone": str(self.steps[step]), "state": "done", "date": None}
        source = Source(await keep(words), self.prompt.handle, self.prompt.person_id, "2026-W48", NOW)
        new = answer(value, "milestone", QuestionType.MILESTONE, Effect.MILESTONE)
        (entry,) = await entries.save([new], source)
        return entry.id

    async def move(self, step: int, state: MilestoneState, due: date | None = None, by: int = 0) -> int:
        entry = by or await self.said(
            step, f"{step} {state} {len(await milestones.history(self.steps[step]))}"
        )
        await milestones.move(self.steps[step], entry, state, due, NOW)
        return entry

    async def unshown(self) -> list[tuple[int, str, date]]:
        found = await milestones.unshown(self.prompt.collaboration_id)
        return [(move.milestone.number, move.state, move.due) for move in found]


@pytest.fixture
async def garden(database) -> Garden:
    prompt = await add_prompt()
    for number, title in ((1, "Beds"), (2, "Benches")):
        await collaborations.save_milestone(prompt.collaboration_id, number, title, DAY, prompt.person_id)
    steps = await collaborations.milestones(prompt.collaboration_id)
    return Garden(prompt, {one.number: one.id for one in steps})


async def test_a_move_changes_the_milestone_and_keeps_what_was_before(garden):
    entry = await garden.move(1, MOVED, LATER)

    (move,) = await milestones.unshown(garden.prompt.collaboration_id)
    assert (move.entry_id, move.who, move.moved_at) == (entry, "Grace", NOW)
    assert (move.state, move.state_before, move.due, move.due_before) == (MOVED, AHEAD, LATER, DAY)
    assert move.milestone == await milestones.get(garden.steps[1])
    assert (move.milestone.state, move.milestone.due, move.milestone.owner) == (MOVED, LATER, "Grace")


async def test_without_a_new_date_the_old_one_stays(garden):
    await garden.move(1, DONE)

    assert await garden.unshown() == [(1, DONE, DAY)]


async def test_the_moves_of_one_milestone_are_told_in_their_order(garden):
    await garden.move(1, MOVED, LATER)
    await garden.move(2, DONE)
    await garden.move(1, DONE)

    assert await garden.unshown() == [(1, MOVED, LATER), (2, DONE, DAY), (1, DONE, LATER)]
    history = await milestones.history(garden.steps[1])
    assert [move.state for move in history] == [MOVED, DONE]


async def test_what_a_digest_told_is_not_told_again(garden):
    await garden.move(1, MOVED, LATER)
    (told,) = await milestones.unshown(garden.prompt.collaboration_id)
    await garden.move(2, DONE)

    await milestones.mark_shown([told.id])

    assert await garden.unshown() == [(2, DONE, DAY)]


async def test_moves_that_cancel_each_other_out_are_not_told(garden):
    entry = await garden.move(1, DONE)
    await entries.withdraw(await entries.of_prompt(garden.prompt.handle), NOW + MINUTE)

    await garden.move(1, AHEAD, DAY, by=entry)

    assert await garden.unshown() == []
    assert len(await milestones.history(garden.steps[1])) == 2


async def test_what_was_told_and_is_taken_back_is_told_without_words(garden):
    entry = await garden.move(1, DONE)
    (told,) = await milestones.unshown(garden.prompt.collaboration_id)
    await milestones.mark_shown([told.id])
    await entries.withdraw(await entries.of_prompt(garden.prompt.handle), NOW + MINUTE)

    await garden.move(1, AHEAD, DAY, by=entry)

    (move,) = await milestones.unshown(garden.prompt.collaboration_id)
    assert (move.state, move.words) == (AHEAD, "")


async def test_an_answer_that_speaks_of_another_milestone_by_now_has_no_words_for_the_first(garden):
    entry = await garden.move(1, DONE)
    await garden.move(2, DONE, by=entry)

    found = await milestones.unshown(garden.prompt.collaboration_id)

    assert [bool(move.words) for move in found] == [True, False]
    assert sorted(await milestones.moved_by(entry)) == sorted(garden.steps.values())


@pytest.mark.parametrize("state", [MilestoneState.HAND_WANTED, MilestoneState.AT_RISK])
async def test_a_plea_that_is_said_once_more_is_told_once_more(garden, state):
    await garden.move(1, state)
    (told,) = await milestones.unshown(garden.prompt.collaboration_id)
    await milestones.mark_shown([told.id])

    await garden.move(1, state)

    assert await garden.unshown() == [(1, state, DAY)]


@pytest.mark.parametrize("state", [DONE, MOVED, MilestoneState.LET_GO])
async def test_anything_else_that_is_said_once_more_is_no_news(garden, state):
    await garden.move(1, state, LATER)
    (told,) = await milestones.unshown(garden.prompt.collaboration_id)
    await milestones.mark_shown([told.id])

    await garden.move(1, state, LATER)

    assert await garden.unshown() == []


async def test_a_date_that_was_moved_to_and_fro_is_no_news(garden):
    await garden.move(1, MOVED, LATER)
    await garden.move(1, MOVED, DAY)

    assert await garden.unshown() == []
