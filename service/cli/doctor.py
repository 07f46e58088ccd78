"""``commonthread doctor``: every setting and every server, each with what to do."""

import asyncio

import typer
from rich.console import Console
from rich.text import Text

from service.cli.checks import CHECKS, Check
from service.cli.errors import ExitCode, exit_code
from service.cli.terminal import shown
from service.config import SETTINGS_FILE, Settings, read_settings
from service.errors import CommonThreadError, Misconfigured, Transient

PATIENCE = 60.0
"""Seconds that a server may take."""
WORST_FIRST = (ExitCode.SETTINGS, ExitCode.UNREACHABLE, ExitCode.FAILED)

app = typer.Typer(add_completion=False)


@app.command()
def doctor() -> None:
    """Check the settings, and every server that they name. One fault does not hide another."""
    try:
        settings = read_settings()
    except Misconfigured as error:
        _tell("✘", "Settings", f"{error.problem} {error.mend}\nThe other checks need them.")
        raise typer.Exit(ExitCode.SETTINGS) from None
    _tell("✔", "Settings", "complete")
    faults = {exit_code(error) for error in asyncio.run(_look(settings))}
    raise typer.Exit(next((code for code in WORST_FIRST if code in faults), ExitCode.DONE))


async def _look(settings: Settings) -> list[Exception]:
    """Run every check and tell what it found. Returns the faults."""
    faults = []
    for check in CHECKS:
        try:
            _tell("✔", check.name, await _patiently(check, settings))
        except Exception as error:  # whatever it is, the next check is of use
            faults.append(error)
            ours = isinstance(error, CommonThreadError)
            problem = str(error) if ours else f"{type(error).__name__}: {error}"
            _tell("✘", check.name, f"{problem}\nSee {check.settings} in {SETTINGS_FILE}.")
    return faults


async def _patiently(check: Check, settings: Settings) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check.look(settings)
    except TimeoutError:
        raise Transient(f"no answer in {PATIENCE:g} seconds.") from None


def _tell(mark: str, name: str, words: str) -> None:
    style = "green" if mark == "✔" else "bold red"
    first, *rest = shown(words).splitlines()
    console = Console(soft_wrap=True)
    console.print(Text.assemble((f"{mark} ", style), (f"{name}: ", "bold"), first))
    for line in rest:
        console.print(Text(f"  {line}"))
