"""A database with a town in it: the plan is applied, and the check-ins are due at once."""

import asyncio
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from tortoise.backends.base.executor import EXECUTOR_CACHE

from service.app import open_app
from service.config import Settings
from service.flows.apply_plan import apply_plan
from service.jobs import utc_now
from service.playbook.plan import parse_plan
from service.store.models import DueRow

SECRET = "a secret for the worker that dies so often"
MAILBOX = "thread@town.example"
OPERATOR = "desk@town.example"
CAST = ("ada", "grace", "linus")

HEAD = """
key = "trail"
name = "Reading Trail"
why = "Children and grandparents walk the river and read."
zone = "America/New_York"
[cadence]
check-in = "mon 09:00"
[[departments]]
name = "City Library"
[[departments]]
name = "Senior Center"
"""
PERSON = """
[[people]]
name = "{name}"
email = "{name}@town.example"
department = "{department}"
roles = ["{role}"]
"""


def addresses(people: int) -> list[str]:
    return [f"{name}@town.example" for name in names(people)]


def names(people: int) -> list[str]:
    return [*CAST, *(f"neighbour{number}" for number in range(len(CAST), people))][:people]


def plan_of(people: int) -> str:
    persons = [
        PERSON.format(
            name=name,
            department=("City Library", "Senior Center")[number % 2],
            role="member" if number else "champion",
        )
        for number, name in enumerate(names(people))
    ]
    return HEAD + "".join(persons)


def prepare(folder: Path, people: int, database_url: str = "", asked_at: datetime | None = None) -> None:
    """Everybody's welcome lies in the outbox, and everybody is to be asked: now, if no time is given."""
    settings = Settings(
        _env_file=None,
        organisation="The Town",
        operator_address=OPERATOR,
        mail_address=MAILBOX,
        secret_key=SecretStr(SECRET),
        data_dir=folder,
        database_url=database_url,
        smtp_host="127.0.0.1",
        imap_host="127.0.0.1",
    )

    async def settle() -> None:
        async with open_app(settings) as app:
            plan = parse_plan("plan.toml", plan_of(people), {}, app.desk.playbook)
            await apply_plan(plan, app.desk, utc_now())
            await DueRow.all().update(at=asked_at or utc_now())

    EXECUTOR_CACHE.clear()  # tortoise keeps statements by table, in the dialect of their first use
    asyncio.run(settle())
    EXECUTOR_CACHE.clear()
