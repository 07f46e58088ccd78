"""Writes what is left when the sandbox closes: every mail as a file, and a page that shows them all."""

from collections.abc import Sequence
from pathlib import Path

from service.outbound.render import render_page
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder
from service.sandbox.mailroom import Mailbox, mailroom
from service.sandbox.play import Played
from service.sandbox.record import Record
from service.sandbox.shelf import Shelf

PAGE = Path("pages") / "mailroom.html"


def write_gallery(
    record: Record, findings: Sequence[Finding], diary: Sequence[Played], folder: Folder, templates: Path
) -> None:
    """Write ``mail/`` and ``index.html``. ``diary`` is what happened, in its order."""
    shelf = Shelf()
    boxes = mailroom(record, shelf)
    for box in boxes:
        _write_mails(box, folder)
    facts = {
        "town": record.town,
        "boxes": boxes,
        "findings": findings,
        "weeks": _by_week(record, diary),
        "shelf": {"bodies": shelf.bodies, "pieces": shelf.pieces},
    }
    folder.gallery.write_text(render_page(templates / PAGE, facts), "utf-8")


def _write_mails(box: Mailbox, folder: Folder) -> None:
    (folder.mail / box.anchor).mkdir(parents=True, exist_ok=True)
    for mail in box.mails:
        (folder.root / mail.file).write_bytes(mail.raw)


def _by_week(record: Record, diary: Sequence[Played]) -> dict[int, list[Played]]:
    weeks: dict[int, list[Played]] = {}
    for played in diary:
        weeks.setdefault(record.town.week(played.at), []).append(played)
    return weeks
