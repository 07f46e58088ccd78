"""The invented town and what happens in its weeks: the values that its files give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.cadence import Cadence
from service.domain.mail import Outcome
from service.playbook.plan import Plan
from service.sandbox.layout import Style


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a local time in one of the story's weeks, which count from 1."""

    week: int
    when: Cadence

    def on(self, monday: date, zone: str) -> datetime:
        """The moment itself, where the story begins on ``monday``."""
        day = monday + timedelta(days=self.when.weekday + 7 * (self.week - 1))
        return datetime.combine(day, self.when.at, ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class Join:
    """These addresses take part from now on; none means everybody."""

    at: Moment
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Write:
    """Somebody writes to the service.

    ``who`` sends it, ``signs`` stands in From. The mail that is answered lies in the mailbox of
    ``forwarded_by`` or their own: the newest of the instrument ``to``, or its newest in week
    ``to_week``; where ``to`` is '' none is answered and it goes to the bare address. ``words`` fit no
    question, ``unclear`` answers cannot be read for certain. ``until`` is the day up to which a PAUSE
    asks for peace. ``replaces`` names the questions whose earlier words do not stand any more;
    ``adds``: all that was said before to the same mail still does. ``outcome`` is what should become
    of it.
    """

    at: Moment
    who: str
    signs: str
    to: str
    program: str
    style: Style
    outcome: Outcome
    to_week: int = 0
    hello: str = ""
    bye: str = ""
    words: str = ""
    forwarded_by: str = ""
    until: date | None = None
    replaces: tuple[str, ...] = ()
    adds: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)

    @property
    def corrects(self) -> bool:
        """Says better what was said before."""
        return bool(self.replaces and self.answers)

    @property
    def takes_back(self) -> bool:
        """Wants something unsaid."""
        return bool(self.replaces and not self.answers)


Step = Join | Write


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody with a mailbox in the story. ``about`` says who they are, in a few words."""

    name: str
    addr_spec: str
    about: str
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Town:
    """The whole story, which begins on ``monday``. ``gone`` are domains whose mail comes back."""

    plan: Plan
    monday: date
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

    def zone(self, addr_spec: str) -> str:
        """Where whoever has this address lives."""
        zones = {person.addr_spec: person.zone for person in self.plan.people}
        return zones.get(addr_spec, self.plan.zone)

    def has_mail(self, addr_spec: str) -> bool:
        """Whether mail to this address arrives."""
        return addr_spec.rpartition("@")[2] not in self.gone

    def moment(self, step: Step) -> datetime:
        """When a step happens."""
        return step.at.on(self.monday, self.plan.zone)

    def week(self, at: datetime) -> int:
        """The week of the story in which a moment lies."""
        return (at.astimezone(ZoneInfo(self.plan.zone)).date() - self.monday).days // 7 + 1

    def day(self, week: int) -> date:
        """The Monday of a week."""
        return self.monday + timedelta(days=7 * (week - 1))

    def joined(self, addr_spec: str) -> int:
        """The week in which somebody began to take part."""
        joins = (step for step in self.steps if isinstance(step, Join))
        return min(step.at.week for step in joins if not step.people or addr_spec in step.people)

    @property
    def letters(self) -> tuple[Write, ...]:
        """What people write."""
        return tuple(step for step in self.steps if isinstance(step, Write))


def _part(department: str, roles: frozenset[Any]) -> str:
    special = sorted(role.value for role in roles if role.value != "member")
    return ", ".join([*special, department])
