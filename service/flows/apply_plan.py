"""Bring the store to what a plan file says: first as a list of changes, then in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.collaboration import Collaboration
from service.domain.people import Person, Role
from service.flows.asking import Round, ask
from service.flows.desk import Desk
from service.playbook.instruments import Trigger
from service.playbook.plan import Plan, PlannedPerson
from service.schedule.occurrences import next_occurrence
from service.store import agenda, collaborations, people
from service.store.database import transaction

JOINED = "joined"
"""The period of what happens once to a person in a collaboration."""

Picture = Mapping[str, Mapping[str, str]]
"""What a plan or the store says, for comparison: kind → name → description."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what applying a plan does. ``verb`` is add, change or remove."""

    verb: str
    kind: str
    name: str
    words: str


async def plan_changes(plan: Plan) -> list[Change]:
    """What would change. Empty when the store says already what the plan says."""
    found = await collaborations.find(plan.key)
    before: Picture = await _picture_of_store(found, plan) if found else {}
    after = _picture_of_plan(plan)
    return [change for kind in after for change in _compare(kind, before.get(kind, {}), after[kind])]


async def apply_plan(plan: Plan, desk: Desk, now: datetime) -> int:
    """Do it, whole or not at all. People who are new here get the welcome. Returns how many do.

    Who is not in the plan any more gets no more mail of this collaboration; what they said stays.
    """
    async with transaction():
        collaboration = await collaborations.save(plan.key, plan.name, plan.why, plan.zone)
        departments = {
            name: await collaborations.save_department(collaboration.id, name) for name in plan.departments
        }
        persons: dict[str, Person] = {}
        for planned in plan.people:
            person = persons[planned.addr_spec] = await _save_person(planned, plan)
            department_id = departments[planned.department]
            await collaborations.set_roles(collaboration.id, person.id, department_id, planned.roles)
        await _let_go(collaboration, persons)
        for step in plan.milestones:
            owner_id = persons[step.owner].id
            await collaborations.save_milestone(collaboration.id, step.number, step.title, step.due, owner_id)
        await _save_cadences(plan, collaboration, persons, desk, now)
        return await _welcome(plan, collaboration, persons, desk, now)


async def _save_person(planned: PlannedPerson, plan: Plan) -> Person:
    known = await people.find_by_address(planned.addr_spec)
    if known is not None and known.addr_spec != planned.addr_spec:
        known = await _settle_address(known, planned.addr_spec, plan)
    words = (planned.name, planned.zone, planned.locale, planned.shared_mailbox)
    if known is None:
        return await people.add(planned.addr_spec, *words)
    await people.update(known.id, *words)
    return await people.get(known.id)


async def _settle_address(known: Person, addr_spec: str, plan: Plan) -> Person | None:
    """A plan names a further address that ``known`` had claimed by mail: our mail goes there now, or it is
    somebody else's, where the plan has ``known`` under their own one."""
    if known.addr_spec not in (planned.addr_spec for planned in plan.people):
        await people.prefer(known.id, addr_spec)
        return known
    await people.drop_address(known.id, addr_spec)
    return None


async def _let_go(collaboration: Collaboration, persons: Mapping[str, Person]) -> None:
    staying = {person.id for person in persons.values()}
    for member in await collaborations.members(collaboration.id):
        if member.person.id not in staying:
            await collaborations.remove_roles(collaboration.id, member.person.id)


async def _save_cadences(
    plan: Plan, collaboration: Collaboration, persons: Mapping[str, Person], desk: Desk, now: datetime
) -> None:
    for key, cadence in plan.cadence.items():
        audience = desk.playbook.get(key).audience
        asked = [persons[planned.addr_spec] for planned in plan.people if planned.roles & audience]
        cadence_id = await agenda.save_cadence(collaboration.id, key, cadence)
        await agenda.forget(cadence_id, [person.id for person in asked])
        for person in asked:
            await agenda.plan(cadence_id, person.id, *next_occurrence(cadence, person.zone, now), now)
    await agenda.drop_cadences(collaboration.id, plan.cadence)


async def _welcome(
    plan: Plan, collaboration: Collaboration, persons: Mapping[str, Person], desk: Desk, now: datetime
) -> int:
    roles: Mapping[str, frozenset[Role]] = {planned.addr_spec: planned.roles for planned in plan.people}
    written = 0
    for instrument in desk.playbook.for_trigger(Trigger.JOINED):
        new = [person for address, person in persons.items() if roles[address] & instrument.audience]
        written += await ask(Round(instrument, collaboration, JOINED), new, desk, now)
    return written


def _compare(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    added = [Change("add", kind, name, words) for name, words in after.items() if name not in before]
    changed = [
        Change("change", kind, name, f"{before[name]} → {words}")
        for name, words in after.items()
        if name in before and before[name] != words
    ]
    gone = [Change("remove", kind, name, words) for name, words in before.items() if name not in after]
    return added + changed + gone


def _picture_of_plan(plan: Plan) -> Picture:
    return {
        "collaboration": {plan.key: f"{plan.name}, {plan.zone}: {plan.why}"},
        "department": dict.fromkeys(plan.departments, ""),
        "person": {
            planned.addr_spec: _describe(
                planned.name,
                planned.department,
                planned.roles,
                (planned.zone, planned.locale, planned.shared_mailbox),
            )
            for planned in plan.people
        },
        "milestone": {
            str(step.number): f"{step.title}, {step.due}, {step.owner}" for step in plan.milestones
        },
        "cadence": {key: str(cadence) for key, cadence in plan.cadence.items()},
    }


async def _picture_of_store(found: Collaboration, plan: Plan) -> Picture:
    """Departments and milestones that the plan does not name stay as they are: words hang on them."""
    members = await collaborations.members(found.id)
    address = {member.person.name: member.person.addr_spec for member in members}
    numbers = {step.number for step in plan.milestones}
    return {
        "collaboration": {found.key: f"{found.name}, {found.zone}: {found.why}"},
        "department": {
            name: "" for name in await collaborations.departments(found.id) if name in plan.departments
        },
        "person": {
            member.person.addr_spec: _describe(
                member.person.name,
                member.department,
                member.roles,
                (member.person.zone, member.person.locale, member.person.shared_mailbox),
            )
            for member in members
        },
        "milestone": {
            str(step.number): f"{step.title}, {step.due}, {address.get(step.owner, step.owner)}"
            for step in await collaborations.milestones(found.id)
            if step.number in numbers
        },
        "cadence": {key: str(cadence) for key, cadence in (await agenda.cadences(found.id)).items()},
    }


def _describe(name: str, department: str, roles: frozenset[Role], life: tuple[str, str, bool]) -> str:
    zone, locale, shared = life
    words = [name, department, " and ".join(sorted(roles)), zone, locale]
    return ", ".join([*words, "shared mailbox"] if shared else words)
