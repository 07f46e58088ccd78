"""``commonthread apply``: a plan file becomes people, departments, milestones and times."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.house import in_house, wake_workers
from service.cli.terminal import complain, counted, say, show, shown
from service.config import read_settings
from service.flows.apply_plan import Change, apply_plan, plan_changes
from service.jobs import utc_now
from service.library import read_text
from service.playbook.instruments import Playbook
from service.playbook.plan import Plan, csv_names, parse_plan

COLOURS = {"add": "green", "change": "yellow", "remove": "red"}

app = typer.Typer(add_completion=False)


@app.command()
def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", exists=True, dir_okay=False, help="The plan.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a plan file would change, and change it. People who are new get a welcome."""
    settings = read_settings()
    plan, changes = in_house(settings, lambda house: _compare(file, house))
    if not changes:
        say("Nothing to change: everything is as the plan says.")
        return
    show(_picture(changes))
    if not yes:
        _ask()
    welcomes = in_house(settings, lambda house: _carry_out(plan, house))
    say(f"Done. {_what_follows(welcomes)}")


async def _compare(file: Path, house: App) -> tuple[Plan, list[Change]]:
    plan = _read_plan(file, house.desk.playbook)
    return plan, await plan_changes(plan)


def _read_plan(file: Path, playbook: Playbook) -> Plan:
    """The plan, with the CSV file beside it that it may name."""
    text = read_text(file)
    beside = {name: file.parent / name for name in csv_names(file.name, text)}
    people = {name: read_text(path) for name, path in beside.items() if path.is_file()}
    return parse_plan(file.name, text, people, playbook)


def _picture(changes: list[Change]) -> Table:
    table = Table("", "what", "which", "how", box=None)
    for change in changes:
        verb = Text(change.verb, style=COLOURS[change.verb])
        table.add_row(verb, change.kind, *(Text(shown(words)) for words in (change.name, change.words)))
    return table


def _ask() -> None:
    """Raises Exit where nobody says yes; then nothing has changed."""
    if not sys.stdin.isatty():
        complain("nothing was changed: nobody is here to say yes.", "Add --yes to apply this plan.")
        raise typer.Exit(2)
    if not typer.confirm("Apply this?"):
        say("Nothing was changed.")
        raise typer.Exit(1)


async def _carry_out(plan: Plan, house: App) -> int:
    welcomes = await apply_plan(plan, house.desk, utc_now())
    await wake_workers(house.settings)
    return welcomes


def _what_follows(welcomes: int) -> str:
    if not welcomes:
        return "Nobody is new, so no mail goes out."
    return f"{counted(welcomes, 'welcome')} in the outbox; the worker sends them (`commonthread worker`)."
