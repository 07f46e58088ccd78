"""``commonthread init``: files to start from."""

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from service.cli.terminal import say
from service.config import SETTINGS_FILE
from service.library import templates_directory

PLAN_FILE = "plan.toml"

_NEXT = f"""
Next, in {{folder}}:
  1. Fill in {SETTINGS_FILE}; `commonthread doctor` says whether it works.
  2. See what people will get: `commonthread preview`
  3. Write your people into {PLAN_FILE}, then `commonthread apply {PLAN_FILE}`
  4. Start it: `commonthread worker`"""

app = typer.Typer(add_completion=False)


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")] = Path()) -> None:
    """Write a settings file with a fresh secret and an example plan. Existing files stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    starter = templates_directory() / "starter"
    settings = (starter / "settings.env").read_text("utf-8")
    fresh = settings.replace("\nSECRET_KEY=\n", f"\nSECRET_KEY={secrets.token_urlsafe(48)}\n")
    _write(folder / SETTINGS_FILE, fresh, mode=0o600)
    _write(folder / PLAN_FILE, (starter / "plan.toml").read_text("utf-8"), mode=0o644)
    say(_NEXT.format(folder=folder.absolute()))


def _write(path: Path, text: str, mode: int) -> None:
    """Make ``path``, in one step with its mode: nobody else may read a secret even for a moment."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        say(f"{path} is there already, left as it is.")
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    say(f"{path} written.")
