"""Writes what is left when the sandbox closes: every mail as a file, and a page that shows them all."""

from collections.abc import Sequence
from pathlib import Path

from service.outbound.render import render_page
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder
from service.sandbox.mailroom import Mailbox, mailroom
from service.sandbox.record import Record

PAGE = Path("pages") / "mailroom.html"


def write_gallery(record: Record, findings: Sequence[Finding], folder: Folder, templates: Path) -> None:
    """Write ``mail/`` and ``index.html``."""
    boxes = mailroom(record)
    for box in boxes:
        _write_mails(box, folder)
    page = render_page(
        templates / PAGE,
        {"plan": record.town.plan, "town": record.town.organisation, "boxes": boxes, "findings": findings},
    )
    folder.gallery.write_text(page, "utf-8")


def _write_mails(box: Mailbox, folder: Folder) -> None:
    (folder.mail / box.anchor).mkdir(parents=True, exist_ok=True)
    for mail in box.mails:
        (folder.root / mail.file).write_bytes(mail.raw)
