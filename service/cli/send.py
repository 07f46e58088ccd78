"""``commonthread send``: one mail's questions to everybody whom they are for, now."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from service.app import App
from service.cli.house import in_house, wake_workers
from service.cli.templates import chosen
from service.cli.terminal import counted, say
from service.config import read_settings
from service.domain.collaboration import Collaboration
from service.flows.send_prompts import audience, send_prompts
from service.jobs import utc_now
from service.playbook.instruments import ASKING, Instrument, Playbook, Trigger
from service.playbook.near import did_you_mean
from service.store import collaborations

BY_HAND = frozenset({*ASKING, Trigger.JOINED, Trigger.BY_HAND})
"""Triggers of mails that may also be sent on request; the others answer something that happened."""

app = typer.Typer(add_completion=False)


@app.command()
def send(
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Which mail, such as check-in.")],
    collaboration: Annotated[
        str | None, typer.Option(metavar="KEY", help="Where; needed when there are several.")
    ] = None,
) -> None:
    """Ask everybody in the audience who was not asked this week. Doing it twice changes nothing."""
    in_house(read_settings(), lambda house: _send(instrument, collaboration, house))


async def _send(instrument_key: str, collaboration_key: str | None, house: App) -> None:
    instrument = _sendable(house.desk.playbook, instrument_key)
    collaboration = one_of(await collaborations.every(), collaboration_key)
    now = utc_now()
    people = await audience(instrument, collaboration)
    away = sum(not person.wants_mail(now) for person in people)
    asked = 0
    with _progress() as progress:
        task = progress.add_task(f"Writing {instrument.title}", total=len(people))
        async for looked_at, new in send_prompts(instrument, collaboration, house.desk, now):
            asked += new
            progress.advance(task, looked_at)
    await wake_workers(house.settings)
    say(_summary(len(people), asked, away))


def _sendable(playbook: Playbook, key: str) -> Instrument:
    instrument = chosen(playbook, key)
    if not instrument.triggers & BY_HAND:
        sendable = sorted(one.key for one in playbook.for_any(BY_HAND))
        words = ", ".join(sorted(instrument.triggers))
        raise typer.BadParameter(f'"{key}" goes out by itself ({words}). By hand go: {", ".join(sendable)}.')
    return instrument


def one_of(known: list[Collaboration], key: str | None) -> Collaboration:
    """The collaboration that was named, or the only one. Anything else is wrong usage."""
    by_key = {collaboration.key: collaboration for collaboration in known}
    if not by_key:
        raise typer.BadParameter("there is no collaboration yet. Write one with `commonthread apply`.")
    if key is None and len(by_key) == 1:
        return known[0]
    if key is None:
        raise typer.BadParameter(f"there are several: add --collaboration with one of {', '.join(by_key)}.")
    if key not in by_key:
        raise typer.BadParameter(f'there is no collaboration "{key}". {did_you_mean(key, by_key)}')
    return by_key[key]


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _summary(everybody: int, asked: int, away: int) -> str:
    """``away``: who paused or stopped."""
    words = [f"{counted(asked, 'mail')} in the outbox."]
    if before := everybody - asked - away:
        words.append(f"{before} had been asked this week already.")
    if away:
        words.append(f"{away} paused or stopped, and get none.")
    return " ".join(words)
