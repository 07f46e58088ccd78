"""``commonthread read``: what is understood from replies that lie in files. No database needed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.errors import explain
from service.cli.finding import Finding, find
from service.cli.templates import TEMPLATES
from service.cli.terminal import say_json, show
from service.domain.reading import Asked
from service.errors import CommonThreadError
from service.library import read_playbook, templates_directory
from service.message import parse
from service.reading import asked_from_mail

app = typer.Typer(add_completion=False)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Mails as files (.eml).")],
    prompt: Annotated[
        Path | None, typer.Option(metavar="SENT.eml", help="The mail of ours that they answer.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each file.")] = False,
    templates: TEMPLATES = None,
) -> None:
    """Show what is understood from replies kept as files. Nothing is stored."""
    asked = _asked(prompt, templates or templates_directory()) if prompt else None
    findings = [_found(path, asked, as_json) for path in files]
    if None in findings:
        raise typer.Exit(1)


def _asked(prompt: Path, templates: Path) -> Asked:
    asked = asked_from_mail(parse(prompt.read_bytes()), read_playbook(templates))
    if asked is None:
        raise typer.BadParameter(f"{prompt} is no mail of ours that asks something.", param_hint="--prompt")
    return asked


def _found(path: Path, asked: Asked | None, as_json: bool) -> Finding | None:
    """Print what one file says. None where it cannot be read: the other files still can."""
    try:
        finding = find(str(path), path.read_bytes(), asked, _today())
    except (OSError, CommonThreadError) as error:
        explain(error, about=str(path))
        return None
    if as_json:
        say_json(finding.as_json())
    else:
        show(finding.as_picture())
    return finding


def _today() -> date:
    """Only for a mail without a date of its own."""
    return datetime.now(UTC).astimezone().date()  # noqa: TID251  # the command line may read the clock
