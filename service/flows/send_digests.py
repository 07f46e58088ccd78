"""The weekly digest: settled once for a team, sent to each reader on their own clock."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.collaboration import Collaboration
from service.domain.digest import Digest, build, is_news, opening, shortened
from service.domain.people import Member, Person, Role
from service.flows.asking import Contents, Round, ask
from service.flows.coming import due_groups, take
from service.flows.desk import Desk
from service.flows.digests import gather, standing_of
from service.outbound.compose import Shared
from service.playbook.instruments import Instrument, Trigger
from service.schedule.working_days import first_morning, next_morning
from service.store import agenda, collaborations, digests, milestones, periods
from service.store.agenda import Due
from service.store.database import transaction
from service.store.digests import DigestState, KeptDigest

LENGTHS = (280, 140, 70, 30, 8)
"""How many characters of each item are shown; fewer where the mail would be too large (OUT-7)."""


@dataclass(frozen=True, slots=True)
class _Issue:
    """The digest of one team in one period."""

    instrument: Instrument
    collaboration: Collaboration
    period: str
    team: tuple[Member, ...]


async def send_digests(desk: Desk, now: datetime) -> int:
    """Write the digests that have come due; returns how many mails.

    The first reader of a period settles what it says, in one transaction with the period's key; whoever
    gets theirs later, in another zone, gets the same facts. Nothing new: nobody gets one.
    """
    written = 0
    groups = await due_groups(desk.playbook.for_trigger(Trigger.DIGEST), now)
    for (collaboration_id, instrument, period), items in groups.items():
        async with transaction():
            await periods.lock(f"{instrument}:{collaboration_id}:{period}", now)
            mine = await take(items, now)
            if mine:
                issue = await _issue(desk.playbook.get(instrument), collaboration_id, period)
                written += await _send(issue, mine, desk, now)
    return written


async def _issue(instrument: Instrument, collaboration_id: int, period: str) -> _Issue:
    collaboration = await collaborations.get(collaboration_id)
    return _Issue(instrument, collaboration, period, tuple(await collaborations.members(collaboration_id)))


async def _send(issue: _Issue, items: Sequence[Due], desk: Desk, now: datetime) -> int:
    champions = {m.person.id for m in issue.team if Role.CHAMPION in m.roles and m.person.wants_mail(now)}
    kept = await _kept(issue, items, champions, now)
    if kept is None:
        return 0
    readers = {item.person_id for item in items}
    if kept.state is DigestState.PREVIEWED:
        await _put_off([item for item in items if item.person_id not in champions], kept.goes_out_at)
        readers &= champions
    if kept.state is DigestState.EMPTY or not readers:
        return 0
    people = [member.person for member in issue.team if member.person.id in readers]
    return await _write(issue, kept, people, desk, now)


async def _put_off(items: Sequence[Due], until: datetime) -> None:
    """To the first working morning from ``until`` on, where each reader lives."""
    for zone in {item.zone for item in items}:
        there = [item for item in items if item.zone == zone]
        await agenda.put_off(there, first_morning(zone, until))


async def _kept(issue: _Issue, items: Sequence[Due], champions: Set[int], now: datetime) -> KeptDigest | None:
    """The period's digest: as it was settled, or settled now. None while it waits for the champion, who
    sees a team's first one before anybody: whoever lives where the day begins earlier waits, too."""
    kept = await digests.find(issue.collaboration.id, issue.instrument.key, issue.period)
    if kept is not None:
        over = kept.state is DigestState.PREVIEWED and kept.goes_out_at <= now
        return await _settle(issue, frozenset(), now) if over else kept
    first = not await digests.period_before(issue.collaboration.id, issue.instrument.key, issue.period)
    if first and not champions & {item.person_id for item in items}:
        theirs = await agenda.moment_of(champions, issue.collaboration.id, issue.instrument.key, issue.period)
        if theirs is not None:
            await agenda.put_off(items, theirs)
            return None
    return await _settle(issue, champions if first else frozenset(), now)


async def _settle(issue: _Issue, previewed_by: Set[int], now: datetime) -> KeptDigest:
    """Gather what is new, and settle it: for good, or as a preview for the champion's eyes."""
    instrument, collaboration = issue.instrument, issue.collaboration
    gathered = await gather(collaboration, issue.team, issue.period, now)
    first = not await digests.period_before(collaboration.id, instrument.key, issue.period)
    digest = build(issue.period, collaboration.why, gathered.items, gathered.momentum, first)
    state, goes_out_at = DigestState.BUILT, now
    if not is_news(gathered.items):
        state = DigestState.EMPTY
    elif previewed_by:
        state, goes_out_at = DigestState.PREVIEWED, next_morning(collaboration.zone, now)
    else:
        await digests.mark_shown(gathered.entries)
        await milestones.mark_shown(gathered.moves)
    kept = KeptDigest(digest, state, goes_out_at)
    await digests.save(collaboration.id, instrument.key, kept, now)
    return kept


async def _write(
    issue: _Issue, kept: KeptDigest, readers: Sequence[Person], desk: Desk, now: datetime
) -> int:
    """The mails: what all have in common is rendered once."""
    previous = await digests.period_before(issue.collaboration.id, issue.instrument.key, issue.period)
    asked = Round(issue.instrument, issue.collaboration, issue.period, previous=previous, team=issue.team)
    shared = _share(issue, kept.digest, desk, now)
    goes_out = kept.goes_out_at if kept.state is DigestState.PREVIEWED else None
    personal = _Personal(kept.digest, issue.team, goes_out)
    contents = Contents(
        facts={"digest": kept.digest},
        personal=personal.facts,
        shared=shared,
        standing=await standing_of(issue.collaboration, issue.team, now),
    )
    return await ask(asked, readers, desk, now, contents)


def _share(issue: _Issue, digest: Digest, desk: Desk, now: datetime) -> Shared:
    """What all readers see, in as many words as one mail may carry (OUT-7)."""
    today = now.astimezone(ZoneInfo(issue.collaboration.zone)).date()
    for length in LENGTHS:
        facts = {"digest": shortened(digest, length), "today": today}
        shared = desk.composer.share(issue.instrument, facts, issue.collaboration)
        if shared.fits:
            break
    return shared


class _Personal:
    """What one reader's mail says beside what all read."""

    def __init__(self, digest: Digest, team: Sequence[Member], goes_out: datetime | None) -> None:
        self._goes_out = goes_out
        self._members = {member.person.id: member for member in team}
        departments = {member.department for member in team}
        names = {d: [m.person.name for m in team if m.department == d] for d in departments}
        self._openings = {d: opening(digest, d, names[d]) for d in departments}

    def facts(self, person: Person) -> Mapping[str, object]:
        """The opening of the reader's department, and when the team gets what the champion sees first."""
        member = self._members[person.id]
        at = self._goes_out.astimezone(ZoneInfo(person.zone)) if self._goes_out else None
        return {
            "department": member.department,
            "opening": self._openings[member.department],
            "observer": member.roles == {Role.OBSERVER},
            "goes_out": at,
        }
