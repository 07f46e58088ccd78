"""``commonthread sandbox``: six weeks of an invented town on this machine, with real mail."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from service.cli.terminal import complain, say, show, shown
from service.log import configure_log
from service.sandbox.dates import WEEKS
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder, ForeignFolderError, clean_folder
from service.sandbox.performance import load_town, perform
from service.sandbox.play import Played

_NEXT = """
Read everybody's mail: open {gallery} in a browser.
The same mails as files: {mail}

To use it for real:
  1. commonthread init          writes a settings file and an example plan
  2. commonthread doctor        says whether your mail server and the rest work
  3. commonthread apply plan.toml   brings in your people, after showing what changes
  4. commonthread worker        sends, reads and answers until you stop it"""

_BAR = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())

app = typer.Typer(add_completion=False)


@app.command()
def sandbox(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new or empty folder, or one that the sandbox made.")
    ] = Path("sandbox"),
) -> None:
    """Play six weeks in an invented town: real worker, real SMTP and IMAP, nothing leaves this machine."""
    try:
        cleaned = clean_folder(folder)
    except ForeignFolderError as error:
        raise typer.BadParameter(str(error), param_hint="DIR") from None
    findings = _perform(cleaned)
    show(_table(findings))
    say(_NEXT.format(gallery=cleaned.gallery.absolute(), mail=cleaned.mail.absolute()))
    missed = [finding.expected for finding in findings if not finding.came_about]
    if missed:
        complain(f"not all came about: {'; '.join(missed)}.", f"The worker's log is {cleaned.log}.")
        raise typer.Exit(1)


def _perform(folder: Folder) -> Sequence[Finding]:
    """Play the story with a bar below the steps that happened; the worker's log goes to its file."""
    town = load_town()
    with folder.log.open("w", encoding="utf-8") as log, Progress(*_BAR, transient=True) as bar:
        configure_log(terminal=False, to=log)
        task = bar.add_task(town.organisation, total=WEEKS)

        def tell(played: Played) -> None:
            bar.console.print(Text.assemble((f"{played.at:%a %b %d %H:%M}  ", "dim"), shown(played.words)))
            bar.update(task, completed=town.week(played.at))

        return asyncio.run(perform(town, folder, tell))


def _table(findings: Sequence[Finding]) -> Table:
    table = Table.grid(padding=(0, 1))
    for finding in findings:
        mark = Text("✔", "green") if finding.came_about else Text("✘", "bold red")
        fact = (f"  {shown(finding.fact)}", "dim")
        table.add_row(mark, Text.assemble(shown(finding.expected), fact))
    return table
