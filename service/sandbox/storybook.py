"""Reads the story from its files: the town, its plan, and one file for each week.

In a week's file ``{5 wed}`` stands for the date of the fifth week's Wednesday, and people are called by
what stands before the @ of their address.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from service.domain.cadence import WEEKDAYS, parse_cadence
from service.domain.mail import Outcome
from service.library import read_text
from service.playbook.instruments import Playbook
from service.playbook.plan import Plan, parse_plan
from service.sandbox.dates import WEEKS, first_monday
from service.sandbox.layout import Style
from service.sandbox.story import Join, Moment, Neighbour, Step, Town, Write

_DAY = re.compile(r"\{(\d (?:" + "|".join(WEEKDAYS) + r"))\}")
_SAME = ("to", "to_week", "hello", "bye", "words", "adds", "answers", "unclear", "program")
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class _Cast:
    """Addresses by short name, and how each of them usually writes."""

    addresses: Mapping[str, str]
    habits: Mapping[str, Mapping[str, Any]]
    monday: date


def read_town(folder: Path, playbook: Playbook, now: datetime) -> Town:
    """The town in ``folder``; its story is over at ``now``. Raises Misconfigured for a fault in the plan."""
    about = tomllib.loads(read_text(folder / "town.toml"))
    plan = parse_plan("plan.toml", read_text(folder / "plan.toml"), {}, playbook)
    monday = first_monday(now, plan.zone)
    outsiders = tuple(
        Neighbour(one["name"], one["email"], one["about"], takes_part=False) for one in about["outsiders"]
    )
    known = [*(one.addr_spec for one in plan.people), *(one.addr_spec for one in outsiders)]
    cast = _Cast({one.partition("@")[0]: one for one in known}, about["habits"], monday)
    return Town(
        plan=_moved(plan, monday - about["monday"]),
        monday=monday,
        organisation=about["organisation"],
        mailbox=about["mailbox"],
        operator=about["operator"],
        gone=frozenset(about["gone"]),
        outsiders=outsiders,
        steps=tuple(step for week in range(1, WEEKS + 1) for step in _read_week(folder, week, cast)),
    )


def _moved(plan: Plan, by: timedelta) -> Plan:
    """The plan's dates, moved along with the story."""
    return replace(plan, milestones=tuple(replace(step, due=step.due + by) for step in plan.milestones))


def _read_week(folder: Path, week: int, cast: _Cast) -> Iterator[Step]:
    told = read_text(folder / f"week-{week}.toml")
    text = _DAY.sub(lambda found: _spoken(_day(found[1], cast)), told)
    for table in tomllib.loads(text)["steps"]:
        at = Moment(week, parse_cadence(table["at"]))
        yield _join(at, table["joins"], cast) if "joins" in table else _write(at, table, cast)


def _day(words: str, cast: _Cast) -> date:
    """``5 wed`` as a date."""
    week, day = words.split()
    return cast.monday + timedelta(days=7 * (int(week) - 1) + WEEKDAYS.index(day))


def _spoken(day: date) -> str:
    return f"{day:%B} {day.day}"


def _join(at: Moment, who: str | list[str], cast: _Cast) -> Join:
    return Join(at, frozenset() if who == EVERYBODY else frozenset(cast.addresses[name] for name in who))


def _write(at: Moment, table: Mapping[str, Any], cast: _Cast) -> Write:
    told = {**cast.habits.get(table["who"], {}), **table}
    usual = Outcome.CLARIFICATION_ASKED if "unclear" in told else Outcome.RECORDED
    who = cast.addresses[told["who"]]
    return Write(
        at=at,
        who=who,
        signs=cast.addresses[told["signs"]] if "signs" in told else who,
        forwarded_by=cast.addresses[told["forwarded_by"]] if "forwarded_by" in told else "",
        style=Style(told["style"]),
        outcome=Outcome(told.get("outcome", usual)),
        until=_day(told["until"], cast) if "until" in told else None,
        replaces=tuple(told.get("replaces", ())),
        **{"to": "", **{name: told[name] for name in _SAME if name in told}},
    )
