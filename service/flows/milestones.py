"""Milestones by reply: done, a new date, a hand from somebody."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from service.domain.collaboration import Milestone, MilestoneState
from service.domain.entry import Entry
from service.domain.receipt import Moved
from service.flows import debriefs
from service.flows.desk import Desk
from service.flows.said import Aftermath, Said
from service.playbook.expansion import may_move
from service.playbook.outcomes import MilestoneNews, milestone_news
from service.store import collaborations, milestones


async def move(said: Said, desk: Desk, now: datetime) -> Aftermath | None:
    """Move the milestone that an answer speaks of; a reached one begins its debrief."""
    before = await _reached(said.prompt.collaboration_id)
    moved = await shift(said, now)
    after = await _reached(said.prompt.collaboration_id)
    for milestone_id, milestone in after.items():
        if milestone_id not in before:
            await debriefs.begin(said.prompt.collaboration_id, milestone, desk, now)
    return Aftermath(moved=moved)


async def _reached(collaboration_id: int) -> dict[int, Milestone]:
    team = await collaborations.milestones(collaboration_id)
    return {one.id: one for one in team if one.state is MilestoneState.DONE}


async def shift(said: Said, now: datetime, settled: Collection[int] = ()) -> tuple[Moved, ...]:
    """Move milestones as an answer says now, and say what became of each; ``settled`` ones stay.

    What the answer moved before it was corrected or taken back stands again where it stood, unless
    somebody spoke of it since. Another date is a further move: nobody guesses what else was meant.
    """
    news = milestone_news(said.entry.value)
    meant = news.milestone_id if news else 0
    before = {*await milestones.moved_by(said.entry.id)} - {meant, *settled}
    back = [await _put_back(one, said.entry, now) for one in sorted(before)]
    told = [await _follow(news, said, now)] if news and meant not in settled else []
    return tuple(one for one in (*back, *told) if one is not None)


async def _follow(news: MilestoneNews, said: Said, now: datetime) -> Moved:
    milestone = await milestones.get(news.milestone_id)
    if not await _is_theirs(milestone, said):
        return replace(_told(milestone, milestone), owner=milestone.owner)
    after = replace(milestone, state=news.state, due=news.due or milestone.due)
    await milestones.move(milestone.id, said.entry.id, after.state, after.due, now)
    return _told(milestone, after)


async def _is_theirs(milestone: Milestone, said: Said) -> bool:
    team = await collaborations.members(said.prompt.collaboration_id)
    roles = next((member.roles for member in team if member.person.id == said.person.id), frozenset())
    return may_move(milestone, said.person.id, roles)


async def _put_back(milestone_id: int, entry: Entry, now: datetime) -> Moved | None:
    """Undo what one answer did to a milestone, where it was the last to move it."""
    milestone = await milestones.get(milestone_id)
    moves = reversed(await milestones.history(milestone_id))
    mine = list(takewhile(lambda move: move.entry_id == entry.id, moves))
    if not mine or (mine[0].state, mine[0].due) != (milestone.state, milestone.due):
        return None
    before = replace(milestone, state=mine[-1].state_before, due=mine[-1].due_before)
    if before == milestone:
        return None
    await milestones.move(milestone_id, entry.id, before.state, before.due, now)
    return replace(_told(milestone, before), back=True)


def _told(before: Milestone, after: Milestone) -> Moved:
    return Moved(after.number, after.title, after.state.value, after.due, before.due)
