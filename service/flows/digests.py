"""What a team's next digest would say, gathered from its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.collaboration import Collaboration
from service.domain.digest import Item, Section
from service.domain.entry import Entry
from service.domain.people import Member
from service.domain.question import Effect
from service.domain.week import iso_week, monday_of
from service.playbook import news
from service.playbook.expansion import LEADING, Standing
from service.playbook.news import Speaker
from service.store import collaborations, digests, milestones, people

DEBATE_LIFE = timedelta(weeks=8)
"""A decision that nobody spoke of for so long is not asked any more."""
MOMENTUM_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of a digest. ``entries`` and ``moves`` are those that it carries when it goes out."""

    items: tuple[Item, ...]
    momentum: tuple[tuple[str, int], ...]
    entries: tuple[Entry, ...]
    moves: tuple[int, ...]


async def gather(
    collaboration: Collaboration, team: Sequence[Member], period: str, now: datetime
) -> Gathered:
    """Everything that is new for the team, what stands, and how it went in the last weeks."""
    fresh = await digests.news(collaboration.id, tuple(news.SECTIONS), now)
    fresh = _without_waiting_lessons(fresh)
    debated = await _debated(collaboration, now)
    moved = await milestones.unshown(collaboration.id)
    steps = await collaborations.milestones(collaboration.id)
    speakers = await _speakers(team, [*fresh, *debated])
    found = news.debates(debated, speakers)
    today = now.astimezone(ZoneInfo(collaboration.zone)).date()
    items = (
        *news.moves(moved, speakers),
        *news.telling(fresh, speakers, period),
        *news.decisions(found, speakers, period),
        *news.ahead(steps, speakers, today),
    )
    unseen = [entry for entry in debated if entry.shown_revision < entry.revision]
    return Gathered(
        items, await _momentum(collaboration, period), (*fresh, *unseen), tuple(move.id for move in moved)
    )


async def standing_of(collaboration: Collaboration, team: Sequence[Member], now: datetime) -> Standing:
    """What questions may be about."""
    debated = await _debated(collaboration, now)
    speakers = await _speakers(team, debated)
    return Standing(
        milestones=tuple(await collaborations.milestones(collaboration.id)),
        decisions=news.waiting(news.debates(debated, speakers), speakers),
    )


async def _debated(collaboration: Collaboration, now: datetime) -> list[Entry]:
    return await digests.standing(collaboration.id, (Effect.DECISION, Effect.VOICE), now - DEBATE_LIFE)


def _without_waiting_lessons(fresh: Sequence[Entry]) -> list[Entry]:
    mine = {entry.id for entry in news.next_lessons(fresh)}
    return [e for e in fresh if news.SECTIONS[e.effect] is not Section.LEARNED or e.id in mine]


async def _speakers(team: Sequence[Member], said: Sequence[Entry]) -> dict[int, Speaker]:
    """Who takes part, and who did when they said something."""
    speakers = {member.person.id: _speaker(member) for member in team}
    gone = {entry.person_id for entry in said} - speakers.keys()
    for person in await people.get_all(gone) if gone else ():
        speakers[person.id] = Speaker(person.name, "")
    return speakers


def _speaker(member: Member) -> Speaker:
    return Speaker(member.person.name, member.department, leads=bool(member.roles & LEADING))


async def _momentum(collaboration: Collaboration, period: str) -> tuple[tuple[str, int], ...]:
    """Up to the digest's own week, however late it goes out; from the team's first step on."""
    last = monday_of(period)
    weeks = [iso_week(last - timedelta(weeks=back)) for back in reversed(range(MOMENTUM_WEEKS))]
    counted = await digests.steps(collaboration.id, news.STEPS, weeks)
    begun = next((at for at, week in enumerate(weeks) if counted.get(week)), len(weeks))
    return tuple((week, counted.get(week, 0)) for week in weeks[begun:])
