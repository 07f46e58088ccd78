"""The files that come with the service: instruments as data, templates of mails."""

from pathlib import Path

from service.errors import Misconfigured
from service.playbook.instruments import Playbook, parse_playbook


def templates_directory() -> Path:
    """Our templates: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    return package / "templates" if (package / "templates").is_dir() else package.parent / "templates"


def read_playbook(templates: Path) -> Playbook:
    """Every instrument under ``templates``. Raises Misconfigured for the first fault."""
    folder = templates / "instruments"
    files = {path.name: read_text(path) for path in sorted(folder.glob("*.toml"))}
    if not files:
        raise Misconfigured(str(folder), "there is no instrument.", "Name a folder with instruments/.")
    return parse_playbook(files)


def read_text(path: Path) -> str:
    """The words of a file that an operator wrote. Raises Misconfigured where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{path} line {line}", "this is not UTF-8.", "Save the file as UTF-8.") from None
    except OSError as error:
        raise Misconfigured(str(path), f"cannot be read: {error.strerror}.", "Check the name.") from None
