"""The invented town and what happens in its weeks, as its two files tell it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.cadence import Cadence, parse_cadence
from service.domain.mail import Outcome
from service.library import read_text
from service.playbook.instruments import Playbook
from service.playbook.plan import Plan, parse_plan
from service.sandbox.layout import Style


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a local time of the town's week, or of a week before it."""

    when: Cadence
    weeks_earlier: int = 0

    def on(self, monday: date, zone: str) -> datetime:
        """The moment itself, where ``monday`` opens the town's week."""
        day = monday + timedelta(days=self.when.weekday - 7 * self.weeks_earlier)
        return datetime.combine(day, self.when.at, ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class Join:
    """These addresses take part from now on; none means everybody."""

    at: Moment
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """The weekly mail goes out."""

    at: Moment


@dataclass(frozen=True, slots=True)
class Write:
    """Somebody writes to the service.

    ``who`` sends it, ``signs`` stands in From. The mail that is answered lies in the mailbox of
    ``forwarded_by`` or their own: the newest that asks something, or where it ``corrects`` the newest
    of all; ``to_mailbox``: none, it goes to the bare address. ``unclear`` answers cannot be read for
    certain. ``{date}`` in ``words`` is ``pause_days`` later. ``outcome`` is what should become of it.
    """

    at: Moment
    who: str
    signs: str
    program: str
    style: Style
    outcome: Outcome
    hello: str = ""
    bye: str = ""
    words: str = ""
    forwarded_by: str = ""
    corrects: bool = False
    to_mailbox: bool = False
    pause_days: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)


Step = Join | Ask | Write


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody with a mailbox in the story. ``about`` says who they are, in a few words."""

    name: str
    addr_spec: str
    about: str
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Town:
    """The whole story. ``gone`` are domains whose mail comes back."""

    plan: Plan
    organisation: str
    mailbox: str
    operator: str
    gone: frozenset[str]
    outsiders: tuple[Neighbour, ...]
    steps: tuple[Step, ...]

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """Everybody: those who take part in the order of the plan, then the outsiders."""
        part = (
            Neighbour(person.name, person.addr_spec, _part(person.department, person.roles), takes_part=True)
            for person in self.plan.people
        )
        return (*part, *self.outsiders)

    def name(self, addr_spec: str) -> str:
        """Whose address this is."""
        return next((one.name for one in self.neighbours if one.addr_spec == addr_spec), addr_spec)

    def has_mail(self, addr_spec: str) -> bool:
        """Whether mail to this address arrives."""
        return addr_spec.rpartition("@")[2] not in self.gone

    @property
    def letters(self) -> tuple[Write, ...]:
        """What people write."""
        return tuple(step for step in self.steps if isinstance(step, Write))


def _part(department: str, roles: frozenset[Any]) -> str:
    special = sorted(role.value for role in roles if role.value != "member")
    return ", ".join([*special, department])


def read_town(folder: Path, playbook: Playbook) -> Town:
    """The town of ``plan.toml`` and ``week.toml``. Raises Misconfigured for a fault in the plan."""
    plan = parse_plan("plan.toml", read_text(folder / "plan.toml"), {}, playbook)
    week = tomllib.loads(read_text(folder / "week.toml"))
    outsiders = (
        Neighbour(one["name"], one["email"], one["about"], takes_part=False) for one in week["outsiders"]
    )
    return Town(
        plan=plan,
        organisation=week["organisation"],
        mailbox=week["mailbox"],
        operator=week["operator"],
        gone=frozenset(week["gone"]),
        outsiders=tuple(outsiders),
        steps=tuple(_step(table) for table in week["steps"]),
    )


def _step(table: dict[str, Any]) -> Step:
    at = Moment(parse_cadence(table["at"]), table.get("weeks_earlier", 0))
    if table["does"] == "join":
        return Join(at, frozenset(table.get("people", ())))
    return Ask(at) if table["does"] == "ask" else _write(at, table)


def _write(at: Moment, table: dict[str, Any]) -> Write:
    usual = Outcome.CLARIFICATION_ASKED if "unclear" in table else Outcome.RECORDED
    same = ("hello", "bye", "words", "forwarded_by", "corrects", "pause_days", "answers", "unclear")
    return Write(
        at=at,
        who=table["who"],
        signs=table.get("signs", table["who"]),
        program=table["program"],
        style=Style(table["style"]),
        outcome=Outcome(table.get("outcome", usual)),
        to_mailbox=table.get("to") == "mailbox",
        **{name: table[name] for name in same if name in table},
    )
