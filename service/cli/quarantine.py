"""``commonthread quarantine``: messages that wait for a person to look at them."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.house import in_database, in_house, wake_workers
from service.cli.terminal import say, show, shown
from service.config import read_settings
from service.errors import Permanent
from service.flows.process_message import process_message
from service.jobs import utc_now
from service.message import TooLarge, parse
from service.reading import visible_text
from service.store import inbox, quarantine
from service.store.quarantine import Waiting

ID = Annotated[int, typer.Argument(metavar="ID", help="The message's number in the list.")]
START = 2000
"""Octets of a message that is too large to be parsed."""

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Messages that wait for you.")


@app.command("list")
def list_() -> None:
    """List what waits, oldest first."""
    waiting = in_database(read_settings(), quarantine.every)
    if not waiting:
        say("Nothing waits.")
        return
    table = Table("id", "kind", "since", "cause", box=None)
    for one in waiting:
        table.add_row(
            str(one.id), one.kind, f"{one.since.astimezone():%Y-%m-%d %H:%M}", Text(shown(one.cause))
        )
    show(table)


@app.command("show")
def show_(message: ID) -> None:
    """Show why a message waits, its header and what its author wrote. Nothing in it is obeyed."""
    in_database(read_settings(), lambda: _show(message))


@app.command()
def release(message: ID) -> None:
    """Process a message again. Of a held reply you vouch for the sender: it is then recorded."""
    in_house(read_settings(), lambda house: _release(message, house))


@app.command()
def drop(message: ID) -> None:
    """Take a message off the list for good. It stays kept until its time is over."""
    in_database(read_settings(), lambda: _drop(message))


async def _show(message: int) -> None:
    waiting = await _waiting(message)
    raw = await inbox.raw(message) or b""
    say(f"{waiting.kind} since {waiting.since.astimezone():%Y-%m-%d %H:%M}: {waiting.cause}", "")
    try:
        say(*(f"{field.name}: {field.value}" for field in parse(raw).fields), "", visible_text(raw))
    except TooLarge as error:
        say(f"{error} It begins:", "", raw[:START].decode("utf-8", "replace").replace("\r\n", "\n"))


async def _release(message: int, house: App) -> None:
    await _waiting(message)
    if not await quarantine.release(message, utc_now()):
        raise _gone(message)
    try:
        outcome = await process_message(message, house.desk, utc_now())
    except Exception as error:
        raise Permanent(
            f"Message {message} failed again ({type(error).__name__}: {error}). "
            "The worker tries it twice more; then it waits here again."
        ) from error
    await wake_workers(house.settings)
    say(f"Message {message}: {outcome.value.replace('_', ' ')}." if outcome else "A worker has it already.")


async def _drop(message: int) -> None:
    if not await quarantine.drop(message, utc_now()):
        raise _gone(message)
    say(f"Message {message} is off the list.")


async def _waiting(message: int) -> Waiting:
    waiting = await quarantine.find(message)
    if waiting is None:
        raise _gone(message)
    return waiting


def _gone(message: int) -> Permanent:
    return Permanent(f"Message {message} does not wait. `commonthread quarantine list` shows what does.")
