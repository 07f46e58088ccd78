"""Who takes part: generated, with invented names, and written down as an operator's spreadsheet."""

import csv
from io import StringIO
from pathlib import Path

from service.library import read_text
from service.playbook.instruments import Playbook
from service.playbook.plan import Plan, parse_plan

FIRST = (
    *("Ada", "Bruno", "Clara", "Dario", "Edith", "Felix", "Greta", "Hugo", "Ines", "Jonas"),
    *("Kira", "Leon", "Mira", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tilda"),
)
LAST = (
    *("Aldermoor", "Birchwood", "Cresswell", "Dunmere", "Elderby"),
    *("Fernley", "Gorsewood", "Hollin", "Ivywell", "Juniper"),
)
DEPARTMENTS = ("City Library", "Senior Center", "Parks & Recreation", "Hillside School")
HOME, WEST, EAST = "America/New_York", "America/Denver", "America/Halifax"

NAMES = tuple(f"{first} {last}" for last in LAST for first in FIRST)
CROWD = tuple(f"{name.lower().replace(' ', '.')}@town.example" for name in NAMES)
"""Addresses. Neighbours in this row are of different departments, a fourth of all of each."""
CHAMPION, OBSERVER, *MANAGERS = CROWD[:4]
MEMBERS = CROWD[4:]
ZONES = (
    dict.fromkeys(CROWD, HOME) | dict.fromkeys(MEMBERS[5::25], WEST) | dict.fromkeys(MEMBERS[15::50], EAST)
)
"""Where they live: some where the day begins two hours later, some where it begins an hour earlier."""
TEAM = (CHAMPION, *MEMBERS)
"""Who is asked."""


def read_plan(playbook: Playbook) -> Plan:
    """The plan that brings all of them together."""
    text = read_text(Path(__file__).with_name("plan.toml"))
    return parse_plan("plan.toml", text, {"people.csv": _spreadsheet()}, playbook)


def department_of(address: str) -> str:
    return DEPARTMENTS[CROWD.index(address) % len(DEPARTMENTS)]


def _spreadsheet() -> str:
    sheet = StringIO()
    rows = csv.writer(sheet)
    rows.writerow(("name", "email", "department", "roles", "zone"))
    for name, address in zip(NAMES, CROWD, strict=True):
        rows.writerow((name, address, department_of(address), _role(address), ZONES[address]))
    return sheet.getvalue()


def _role(address: str) -> str:
    special = {CHAMPION: "champion member", OBSERVER: "observer", **dict.fromkeys(MANAGERS, "manager")}
    return special.get(address, "member")
