"""The story is played on one clock: what is due goes out, somebody acts, everything settles."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from service.domain.cadence import Cadence
from service.flows.apply_plan import apply_plan
from service.playbook.plan import Plan
from service.sandbox.dates import WEEKS
from service.sandbox.house import House
from service.sandbox.letters import write
from service.sandbox.story import Join, Moment, Step, Town
from service.store import chronicle, horizon

LAST = Moment(WEEKS, Cadence(6, time(23, 0)))
"""Sunday night of the last week."""


@dataclass(frozen=True, slots=True)
class Played:
    """Something has happened, at a moment of the town's own clock."""

    at: datetime
    words: str


def opening(town: Town) -> datetime:
    """When the story begins."""
    return min(town.moment(step) for step in town.steps)


async def play(house: House) -> AsyncIterator[Played]:
    """Play every step in its order, and what the service does by itself in between; each is told once
    it is settled."""
    for step in house.town.steps:
        async for played in _let_pass(house, house.town.moment(step)):
            yield played
        yield _played(await _act(step, house), house)
    async for played in _let_pass(house, LAST.on(house.town.monday, house.town.plan.zone)):
        yield played


async def _let_pass(house: House, until: datetime) -> AsyncIterator[Played]:
    """Let time go by, from one due moment to the next."""
    while (at := await horizon.next_at(house.clock())) and at <= until:
        house.clock.move(at)
        before = await _written()
        await house.tick()
        if new := await _written() - before:
            yield _played(_mails(new, house), house)
    house.clock.move(until)


async def _written() -> Counter[str]:
    """How many mails of each instrument there are, but those that wait for their hour."""
    return Counter(one.instrument for one in await chronicle.departures() if one.state != "ready")


def _mails(new: Counter[str], house: House) -> str:
    titles = {key: house.app.desk.playbook.get(key).title for key in new}
    return ", ".join(f"{titles[key]} to {count}" for key, count in sorted(new.items()))


def _played(words: str, house: House) -> Played:
    return Played(house.clock().astimezone(ZoneInfo(house.town.plan.zone)), words)


async def _act(step: Step, house: House) -> str:
    if isinstance(step, Join):
        words = await _join(step, house)
        await house.tick()
    else:
        words = await write(step, house)
        await house.settle()
    return words


async def _join(step: Join, house: House) -> str:
    plan = _only(house.town.plan, step.people)
    welcomed = await apply_plan(plan, house.app.desk, house.clock())
    return f"The plan is applied: {len(plan.people)} people, {welcomed} are welcomed"


def _only(plan: Plan, people: frozenset[str]) -> Plan:
    """The plan with a part of its people and of their milestones."""
    if not people:
        return plan
    return replace(
        plan,
        people=tuple(person for person in plan.people if person.addr_spec in people),
        milestones=tuple(step for step in plan.milestones if step.owner in people),
    )
