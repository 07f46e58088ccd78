"""``commonthread quarantine``: messages that wait for a person to look at them."""

from datetime import datetime, timedelta
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
from service.store.quarantine import HOLD, Waiting

ID = Annotated[int, typer.Argument(metavar="ID", help="The message's number in the list.")]
START = 2000
"""Octets of a message that is too large to be parsed."""

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Messages that wait for you.")


@app.command("list")
def list_() -> None:
    """List what waits, oldest first."""
    settings = read_settings()
    waiting = in_database(settings, quarantine.every)
    if not waiting:
        say("Nothing waits.")
        return
    table = Table("id", "kind", "since", "until", "its person", "cause", box=None)
    for one in waiting:
        until = _minute(_until(one, settings.hold_days))
        table.add_row(str(one.id), one.kind, _minute(one.since), until, _heard(one), Text(shown(one.cause)))
    show(table)


@app.command("show")
def show_(message: ID) -> None:
    """Show why a message waits, its header and what its author wrote. Nothing in it is obeyed."""
    settings = read_settings()
    in_database(settings, lambda: _show(message, settings.hold_days))


@app.command()
def release(message: ID) -> None:
    """Process a message again. Of a held reply you vouch for the sender: it is then recorded."""
    in_house(read_settings(), lambda house: _release(message, house))


@app.command()
def drop(message: ID) -> None:
    """Take a message off the list for good. It stays kept until its time is over."""
    in_database(read_settings(), lambda: _drop(message))


async def _show(message: int, hold_days: int) -> None:
    waiting = await _waiting(message)
    raw = await inbox.raw(message) or b""
    say(f"{waiting.kind} since {_minute(waiting.since)}: {waiting.cause}")
    if waiting.kind == HOLD:
        until = _minute(_until(waiting, hold_days))
        say(f"Its person: {_heard(waiting)}. Without a word it is refused on {until}; it never counts.")
    say("")
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


def _until(waiting: Waiting, hold_days: int) -> datetime | None:
    """When a hold expires; what is in quarantine waits for the operator."""
    return waiting.since + timedelta(days=hold_days) if waiting.kind == HOLD else None


def _heard(waiting: Waiting) -> str:
    """What its person knows of it, and since when."""
    if waiting.told_at is None:
        return "not told" if waiting.kind == HOLD else ""
    return f"{'asked' if waiting.asked else 'told'} {_minute(waiting.told_at)}"


def _minute(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""


def _gone(message: int) -> Permanent:
    return Permanent(f"Message {message} does not wait. `commonthread quarantine list` shows what does.")
