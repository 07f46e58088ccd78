"""Where the templates are, and the playbook in them."""

from pathlib import Path
from typing import Annotated

import typer

import service
from service.errors import Misconfigured
from service.playbook.instruments import Instrument, Playbook, parse_playbook
from service.playbook.near import did_you_mean

TEMPLATES = Annotated[
    Path | None,
    typer.Option(metavar="DIR", file_okay=False, help="Another folder of templates than the program's own."),
]
"""The option ``--templates`` of commands that need no settings."""


def templates_directory() -> Path:
    """The templates that came with the program: in the wheel inside the package, in a clone beside it."""
    package = Path(service.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_playbook(templates: Path) -> Playbook:
    """The instruments below ``templates``. Raises Misconfigured naming file, line, key and mend."""
    folder = templates / "instruments"
    files = {path.name: read_text(path) for path in folder.glob("*.toml")}
    if not files:
        mend = "Name the folder that holds instruments/ and emails/."
        raise Misconfigured(str(folder), "there is no instrument.", mend)
    return parse_playbook(files)


def read_text(path: Path) -> str:
    """The words of a file that an operator wrote. Raises Misconfigured where it is no UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{path} line {line}", "this is not UTF-8.", "Save the file as UTF-8.") from None


def chosen(playbook: Playbook, key: str) -> Instrument:
    """The instrument that was named on the command line; another word is wrong usage."""
    if key not in playbook.instruments:
        raise typer.BadParameter(f'there is no mail "{key}". {did_you_mean(key, playbook.instruments)}')
    return playbook.get(key)
