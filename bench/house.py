"""A house to measure: settings, a plan of many people, an open app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from service.app import App, open_app
from service.config import Settings
from service.flows.apply_plan import apply_plan
from service.jobs import utc_now
from service.playbook.plan import parse_plan

MAILBOX = "thread@town.example"
PASSWORD = "bench"


def settings(folder: Path, smtp_port: int, imap_port: int, **more: object) -> Settings:
    """Settings for servers on loopback."""
    return Settings(
        _env_file=None,
        organisation="Town of Fernhill",
        operator_address="operator@town.example",
        mail_address=MAILBOX,
        secret_key="a secret that only measures and never serves",
        data_dir=folder,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_security="none",
        imap_host="127.0.0.1",
        imap_port=imap_port,
        imap_security="none",
        imap_username=MAILBOX,
        imap_password=PASSWORD,
        **more,
    )


def plan_text(people: int) -> str:
    """A plan with one champion and ``people`` members of two departments."""
    head = """
key = "tutors"
name = "Evening tutors"
why = "Every child has somebody to read with."
zone = "America/New_York"
[[departments]]
name = "City Library"
[[departments]]
name = "Parks & Recreation"
[[people]]
name = "Ada Reyes"
email = "ada@town.example"
department = "City Library"
roles = ["champion"]
"""
    member = '[[people]]\nname = "Member {0}"\nemail = "member{0}@town.example"\ndepartment = "{1}"\n'
    departments = ("City Library", "Parks & Recreation")
    return head + "".join(member.format(n, departments[n % 2]) for n in range(people))


@asynccontextmanager
async def open_house(chosen: Settings, people: int) -> AsyncIterator[App]:
    """An app whose plan is applied."""
    async with open_app(chosen) as app:
        await apply_plan(parse_plan("plan.toml", plan_text(people), {}), app.desk, utc_now())
        yield app
