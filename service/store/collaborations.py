"""Collaborations with their departments, roles and milestones."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from service.domain.collaboration import Collaboration, Milestone, MilestoneState
from service.domain.people import Member, Participation, Person, Role
from service.store.models import (
    CadenceRow,
    CollaborationRow,
    DepartmentRow,
    DueRow,
    MilestoneRow,
    RoleRow,
)


async def save(key: str, name: str, why: str, zone: str) -> Collaboration:
    """Create the collaboration, or write its new words."""
    row, _ = await CollaborationRow.update_or_create({"name": name, "why": why, "zone": zone}, key=key)
    return _collaboration(row)


async def get(collaboration_id: int) -> Collaboration:
    """The collaboration with this id."""
    return _collaboration(await CollaborationRow.get(id=collaboration_id))


async def find(key: str) -> Collaboration | None:
    """The collaboration with this key."""
    row = await CollaborationRow.get_or_none(key=key)
    return _collaboration(row) if row else None


async def every() -> list[Collaboration]:
    """All collaborations, by key."""
    return [_collaboration(row) for row in await CollaborationRow.all().order_by("key")]


async def save_department(collaboration_id: int, name: str) -> int:
    """The department's id, created when it is new."""
    row, _ = await DepartmentRow.get_or_create(collaboration_id=collaboration_id, name=name)
    return row.id


async def departments(collaboration_id: int) -> list[str]:
    """Department names, in the order in which they came in."""
    rows = DepartmentRow.filter(collaboration_id=collaboration_id).order_by("id")
    return [str(name) for name in await rows.values_list("name", flat=True)]


async def set_roles(collaboration_id: int, person_id: int, department_id: int, roles: Iterable[Role]) -> None:
    """Make these the roles that the person has in the collaboration, and no others."""
    wanted = {role.value for role in roles}
    of_person = RoleRow.filter(collaboration_id=collaboration_id, person_id=person_id)
    await of_person.exclude(role__in=list(wanted)).delete()
    for role in sorted(wanted):
        await RoleRow.update_or_create(
            {"department_id": department_id},
            collaboration_id=collaboration_id,
            person_id=person_id,
            role=role,
        )


async def remove_roles(collaboration_id: int, person_id: int) -> None:
    """The person left: no more mail of this collaboration, and nothing that is due."""
    await RoleRow.filter(collaboration_id=collaboration_id, person_id=person_id).delete()
    cadences = await CadenceRow.filter(collaboration_id=collaboration_id).values_list("id", flat=True)
    await DueRow.filter(person_id=person_id, cadence_id__in=list(cadences)).delete()


_MEMBER = (
    *("person_id", "role", "department__name", "person__name", "person__addresses__addr_spec"),
    *("person__zone", "person__locale", "person__participation", "person__paused_until"),
    "person__shared_mailbox",
)


async def members(collaboration_id: int) -> list[Member]:
    """Everybody with a role, by name."""
    rows = RoleRow.filter(collaboration_id=collaboration_id, person__addresses__is_primary=True)
    roles: dict[int, set[Role]] = defaultdict(set)
    parts: dict[int, tuple[Person, str]] = {}
    row: Any
    for row in await rows.values_list(*_MEMBER):
        person_id, role, department, name, addr_spec, zone, locale, participation, until, shared = row
        roles[person_id].add(Role(role))
        life = (Participation(participation), until, bool(shared))
        parts[person_id] = Person(person_id, name, addr_spec, zone, locale, *life), department
    found = [Member(person, where, frozenset(roles[person.id])) for person, where in parts.values()]
    return sorted(found, key=lambda member: (member.person.name, member.person.id))


async def save_milestone(collaboration_id: int, number: int, title: str, due: date, owner_id: int) -> None:
    """Create the milestone, or write its new words. Its state belongs to the team's replies."""
    await MilestoneRow.update_or_create(
        {"title": title, "due": due, "owner_id": owner_id}, collaboration_id=collaboration_id, number=number
    )


async def milestones(collaboration_id: int) -> list[Milestone]:
    """Milestones by number."""
    rows = await MilestoneRow.filter(collaboration_id=collaboration_id).prefetch_related("owner")
    found = [
        Milestone(
            row.id, row.number, row.title, row.due, row.owner.name, MilestoneState(row.state), row.owner.id
        )
        for row in rows
    ]
    return sorted(found, key=lambda milestone: milestone.number)


def _collaboration(row: CollaborationRow) -> Collaboration:
    return Collaboration(row.id, row.key, row.name, row.why, row.zone)
