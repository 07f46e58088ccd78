"""The sandbox's folder: one that is new, empty, or made by an earlier run and nothing else."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from service.errors import Permanent

MARKER = "made-by-commonthread-sandbox.txt"
_MARK = "`commonthread sandbox` made this folder, and clears it when it runs here again.\n"


class ForeignFolderError(Permanent):
    """Somebody keeps their own things there."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What the sandbox leaves behind, each in its place."""

    root: Path

    @property
    def house(self) -> Path:
        """The service's own: database, Valkey."""
        return self.root / "house"

    @property
    def mail(self) -> Path:
        """Every mail, in one folder for each person."""
        return self.root / "mail"

    @property
    def gallery(self) -> Path:
        """The page that shows all mailboxes."""
        return self.root / "index.html"

    @property
    def log(self) -> Path:
        """What the worker had to say."""
        return self.root / "worker.log"


def clean_folder(root: Path) -> Folder:
    """``root`` without what an earlier run made there. Raises ForeignFolderError for anybody else's.

    What other people put beside our things stays.
    """
    folder = Folder(root)
    if root.exists() and not root.is_dir():
        raise ForeignFolderError(f"{root} is a file. Name a new or an empty folder.")
    root.mkdir(parents=True, exist_ok=True)
    if not (root / MARKER).exists() and any(root.iterdir()):
        raise ForeignFolderError(f"{root} is not empty and not ours. Name a new or an empty folder.")
    (root / MARKER).write_text(_MARK, "utf-8")
    for made in (folder.house, folder.mail):
        if made.exists():
            shutil.rmtree(made)
    for made in (folder.gallery, folder.log):
        made.unlink(missing_ok=True)
    return folder
