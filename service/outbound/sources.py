"""The files that mails are made from, read into memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from service.errors import Misconfigured

SUBJECT, TEXT, HTML = "subject.txt", "body.txt", "body.html"
TRIPLE = (SUBJECT, TEXT, HTML)
PART = ("part.txt", "part.html")
STYLE = "style.css"
CHARTS = "charts"
PICTURE, ALT = ".svg", ".txt"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as somebody wrote it."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder by the names under which templates know them."""

    path: Path
    files: Mapping[str, Source]


def read_folder(directory: Path) -> Folder:
    """Every template of the emails in ``directory`` and of the charts beside it.

    Raises Misconfigured for a missing file of a triple or of a pair, and for one that is no UTF-8.
    """
    return Folder(directory, {name: Source(path, read(path)) for name, path in _find(directory)})


def _find(directory: Path) -> Iterator[tuple[str, Path]]:
    if not directory.is_dir():
        raise Misconfigured(str(directory), "there is no such folder.", "It holds one folder for each email.")
    for shared in sorted(directory.glob("_*.*")):
        yield shared.name, shared
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        has_part = any((folder / part).exists() for part in PART)
        for file in TRIPLE + (PART if has_part else ()):
            yield f"{folder.name}/{file}", folder / file
    for picture in sorted((directory.parent / CHARTS).glob(f"*{PICTURE}")):
        for path in (picture, picture.with_suffix(ALT)):
            yield f"{CHARTS}/{path.name}", path


def read(path: Path) -> str:
    """The text of one file. Raises Misconfigured where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{path} line {line}", "this is not UTF-8.", "Save the file as UTF-8.") from None
    except OSError as error:
        raise Misconfigured(str(path), f"it cannot be read ({error.strerror}).", _mend(path)) from None


def _mend(path: Path) -> str:
    if path.name in TRIPLE:
        return f"Every email is a triple: {', '.join(TRIPLE)}."
    if path.name in PART:
        return f"A part is a pair: {', '.join(PART)}."
    return "A chart has its words beside it." if path.parent.name == CHARTS else "Put it back."
