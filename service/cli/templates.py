"""Templates and mails as the command line names them."""

from pathlib import Path
from typing import Annotated

import typer

from service.playbook.instruments import Instrument, Playbook
from service.playbook.near import did_you_mean

TEMPLATES = Annotated[
    Path | None,
    typer.Option(metavar="DIR", file_okay=False, help="Another folder of templates than the program's own."),
]
"""The option ``--templates`` of commands that need no settings."""


def chosen(playbook: Playbook, key: str) -> Instrument:
    """The instrument that was named on the command line; another word is wrong usage."""
    if key not in playbook.instruments:
        raise typer.BadParameter(f'there is no mail "{key}". {did_you_mean(key, playbook.instruments)}')
    return playbook.get(key)
