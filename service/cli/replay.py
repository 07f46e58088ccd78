"""``commonthread replay``: kept replies, read again with today's reader."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.app import App
from service.cli.errors import explain
from service.cli.house import in_house, wake_workers
from service.cli.terminal import say, show, shown
from service.config import read_settings
from service.domain.mail import Kind, Outcome
from service.errors import CommonThreadError, Permanent
from service.flows.process_message import process_message
from service.flows.replay_message import RECORDED, replay_message
from service.inbound import kind_of
from service.jobs import utc_now
from service.store import inbox
from service.store.entries import Correction
from service.store.inbox import Judged

app = typer.Typer(add_completion=False)


@app.command()
def replay(
    messages: Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers of messages, as in the log.")],
    yes: Annotated[bool, typer.Option("--yes", help="Store today's reading.")] = False,
) -> None:
    """Show where today's reader understands a kept message differently; with --yes, store that.

    What was stored before is kept as history, and nobody gets a second receipt.
    """
    if not in_house(read_settings(), lambda house: _replay_all(messages, house, yes)):
        raise typer.Exit(1)


async def _replay_all(messages: list[int], house: App, write: bool) -> bool:
    """Each message by itself: one that fails does not hold up the others. False when one did."""
    sound = True
    for message in messages:
        try:
            await _replay(message, house, write)
        except CommonThreadError as error:
            explain(error)
            sound = False
    if not write:
        say("Nothing was changed. Add --yes to store today's reading.")
    return sound


async def _replay(message: int, house: App, write: bool) -> None:
    judged = await inbox.judged(message)
    if judged is None:
        raise Permanent(f"Message {message} is not there, or was never judged to its end.")
    if judged.outcome in RECORDED:
        corrections = await replay_message(judged, house.desk, utc_now(), write)
        _tell(message, corrections)
    elif judged.outcome is Outcome.IGNORED and judged.kind != kind_of(judged.raw) == Kind.HUMAN:
        await _judge_anew(judged, house, write)
    else:
        raise Permanent(f"Message {message} was {_was(judged)}. There is no answer in it to be read again.")


async def _judge_anew(judged: Judged, house: App, write: bool) -> None:
    """Nothing came of it, so it may be treated as if it had just come, with a receipt."""
    if not write:
        say(f"Message {judged.id} was {_was(judged)}. Today it counts as a person's.")
        return
    await inbox.reopen(judged.id)
    outcome = await process_message(judged.id, house.desk, utc_now())
    await wake_workers(house.settings)
    say(f"Message {judged.id}: {outcome.value.replace('_', ' ') if outcome else 'a worker has it'}.")


def _was(judged: Judged) -> str:
    reason = f" ({judged.reason})" if judged.reason else ""
    return judged.outcome.value.replace("_", " ") + reason


def _tell(message: int, corrections: list[Correction]) -> None:
    if not corrections:
        say(f"Message {message} reads as it is stored.")
        return
    table = Table("question", "stored", "today", box=None, title=f"Message {message}", title_justify="left")
    for one in corrections:
        before = one.before.value if one.before else "–"
        after = one.after.answer.value if one.after else "–"
        table.add_row(one.question, *(Text(shown(str(value))) for value in (before, after)))
    show(table)
