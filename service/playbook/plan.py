"""The plan file: one collaboration with its people and milestones, as an operator writes it.

``commonthread apply FILE.toml`` takes it. Every complaint is a ``Misconfigured`` that names the
file, the line, the key and the mend; people may also come from a CSV file.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from service.domain.addresses import check_addr_spec
from service.domain.cadence import Cadence, parse_cadence
from service.domain.people import Role
from service.playbook.document import Table, parse_document
from service.playbook.instruments import RECURRING, Playbook, Trigger
from service.playbook.near import did_you_mean
from service.playbook.people_csv import csv_rows
from service.playbook.zones import check_zone

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """One person's part. ``zone`` is an IANA name, ``locale`` a BCP 47 tag."""

    name: str
    addr_spec: str
    department: str
    roles: frozenset[Role]
    zone: str
    locale: str
    shared_mailbox: bool


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A step with a date. ``owner`` is the address of one of the people."""

    number: int
    title: str
    due: date
    owner: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One collaboration as it shall be. ``cadence`` gives the weekly time of an instrument by key."""

    key: str
    name: str
    why: str
    zone: str
    departments: tuple[str, ...]
    people: tuple[PlannedPerson, ...]
    milestones: tuple[PlannedMilestone, ...] = ()
    cadence: Mapping[str, Cadence] = field(default_factory=dict)


def csv_names(filename: str, toml_text: str) -> tuple[str, ...]:
    """Names of the CSV files that ``parse_plan`` will ask for, relative to the plan file."""
    top = parse_document(filename, toml_text)
    return (top.text("people_csv"),) if top.has("people_csv") else ()


def parse_plan(
    filename: str, toml_text: str, csv_texts: Mapping[str, str], playbook: Playbook | None = None
) -> Plan:
    """The plan in one file. With a ``playbook``, [cadence] may only name its weekly instruments."""
    top = parse_document(filename, toml_text)
    top.allow("key", "name", "why", "zone", "people_csv", "cadence", "departments", "people", "milestones")
    zone = _zone(top, None)
    departments = _departments(top)
    people = _people(top, csv_texts, departments, zone)
    return Plan(
        key=top.slug("key"),
        name=top.text("name"),
        why=top.text("why"),
        zone=zone,
        departments=departments,
        people=people,
        milestones=_milestones(top, {person.addr_spec for person in people}),
        cadence=MappingProxyType(_cadence(top.table("cadence"), playbook)),
    )


def _zone(table: Table, default: str | None) -> str:
    zone = table.text("zone", default)
    try:
        return check_zone(zone)
    except ValueError as error:
        raise table.wrong("zone", str(error)) from None


def _departments(top: Table) -> tuple[str, ...]:
    names: list[str] = []
    for table in top.tables("departments", "department"):
        table.allow("name")
        name = table.text("name")
        if name.lower() in (known.lower() for known in names):
            raise table.wrong("name", f'"{name}" stands here twice.', "Take one out.")
        names.append(name)
    if not names:
        raise top.wrong("", "there is no department.", 'Write [[departments]] and name = "City Library".')
    return tuple(names)


def _people(
    top: Table, csv_texts: Mapping[str, str], departments: Sequence[str], zone: str
) -> tuple[PlannedPerson, ...]:
    rows = [*top.tables("people", "person"), *csv_rows(top, csv_texts)]
    people: dict[str, PlannedPerson] = {}
    for row in rows:
        person = _person(row, departments, zone)
        if person.addr_spec in people:
            mend = "One person stands here once; give all roles in one place."
            raise row.wrong("email", f"{person.addr_spec} stands here twice.", mend)
        people[person.addr_spec] = person
    if not any(Role.CHAMPION in person.roles for person in people.values()):
        raise top.wrong("", "nobody is the champion.", 'Give one person roles = ["champion"].')
    return tuple(people.values())


def _person(row: Table, departments: Sequence[str], zone: str) -> PlannedPerson:
    row.allow("name", "email", "department", "roles", "zone", "locale", "shared_mailbox")
    return PlannedPerson(
        name=row.text("name"),
        addr_spec=_address(row, "email"),
        department=_department(row, departments),
        roles=row.some_of("roles", Role, (Role.MEMBER,)),
        zone=_zone(row, zone),
        locale=_locale(row),
        shared_mailbox=row.flag("shared_mailbox"),
    )


def _address(table: Table, key: str) -> str:
    try:
        return check_addr_spec(table.text(key))
    except ValueError as error:
        raise table.wrong(key, f"{error}.") from None


def _department(row: Table, departments: Sequence[str]) -> str:
    name = row.text("department")
    for known in departments:
        if known.lower() == name.lower():
            return known
    mend = f"{did_you_mean(name, departments)} Or add it under [[departments]]."
    raise row.wrong("department", f'"{name}" is not a department of this plan.', mend)


def _locale(row: Table) -> str:
    locale = row.text("locale", "en-US")
    if not _LOCALE.fullmatch(locale):
        raise row.wrong("locale", f'"{locale}" is no language tag.', "Write one such as en-US or es.")
    return locale


def _milestones(top: Table, owners: Collection[str]) -> tuple[PlannedMilestone, ...]:
    milestones: dict[int, PlannedMilestone] = {}
    for position, table in enumerate(top.tables("milestones", "milestone"), 1):
        table.allow("number", "title", "due", "owner")
        number = table.whole("number", position)
        if number in milestones:
            raise table.wrong("number", f"{number} stands here twice.", "Give each milestone its own number.")
        owner = _address(table, "owner")
        if owner not in owners:
            mend = did_you_mean(owner, owners)
            raise table.wrong("owner", "nobody of this plan has this address.", mend)
        milestones[number] = PlannedMilestone(number, table.text("title"), table.day("due"), owner)
    return tuple(milestones.values())


def _cadence(table: Table, playbook: Playbook | None) -> dict[str, Cadence]:
    if playbook:
        table.allow(*(instrument.key for instrument in playbook.for_any(RECURRING)))
    return {key: _recurring(table, key, playbook) for key in table.values}


def _recurring(table: Table, key: str, playbook: Playbook | None) -> Cadence:
    try:
        cadence = parse_cadence(table.text(key))
    except ValueError as error:
        mend = 'Write a day and a time, as in "mon 09:00", "fri 10:00 every 6 weeks" or "first mon 09:00".'
        raise table.wrong(key, f"{error}.", mend) from None
    if playbook and (Trigger.MONTHLY in playbook.get(key).triggers) is not bool(cadence.nth):
        mend = 'Write "first mon 09:00" for what comes once a month, "mon 09:00" for anything else.'
        raise table.wrong(key, f'"{cadence}" does not fit this mail.', mend)
    return cadence
