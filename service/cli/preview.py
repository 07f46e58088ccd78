"""``commonthread preview``: mails as people will get them, with invented people and facts."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.picture import Screen
from service.cli.samples import Sample, make_samples, write_book, write_pictures, write_samples
from service.cli.templates import TEMPLATES, chosen
from service.cli.terminal import say, say_json, show, warn
from service.domain.mail import Mail
from service.library import read_playbook, templates_directory
from service.message import parse
from service.playbook.instruments import Instrument

app = typer.Typer(add_completion=False)


@app.command()
def preview(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="Which mail; without it, all are listed.")
    ] = None,
    eml: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the whole mail here.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write its HTML here.")] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a picture of it here, a PNG. Needs Chromium.")
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Pictures as on a dark screen.")] = False,
    width: Annotated[int, typer.Option(min=200, max=2000, help="The width of pictures in pixels.")] = 680,
    every: Annotated[
        Path | None,
        typer.Option("--all", metavar="DIR", help="Write every mail here: text, HTML, PNG."),
    ] = None,
    book: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page about every mail here, with pictures.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one line of JSON.")] = False,
    templates: TEMPLATES = None,
) -> None:
    """Show a mail of the playbook with invented facts. The same each time; needs no settings.

    Warnings behind it name what would keep somebody from reading it.
    """
    folder = templates or templates_directory()
    playbook = read_playbook(folder)
    screen = Screen(width, dark)
    if key:
        (sample,) = make_samples(folder, [chosen(playbook, key)])
        files = _write(sample, eml, html, picture, screen)
        _show(sample, files, as_json)
    elif every or book:
        _write_all(make_samples(folder, playbook.instruments.values()), every, book, screen)
    else:
        _list(playbook.instruments.values(), as_json)


def _write(
    sample: Sample, eml: Path | None, html: Path | None, picture: Path | None, screen: Screen
) -> list[Path]:
    """The files that were asked for, the picture last: only it can go wrong."""
    if eml:
        eml.write_bytes(sample.mail.raw)
    if html:
        html.write_text(sample.html, "utf-8")
    if picture:
        write_pictures([sample], [picture], screen)
    return [path for path in (eml, html, picture) if path]


def _show(sample: Sample, files: list[Path], as_json: bool) -> None:
    if as_json:
        say_json(sample.as_json())
        return
    if files:
        say(*(f"{path} written." for path in files))
    else:
        _show_text(sample.mail)
    _warn([sample])


def _show_text(mail: Mail) -> None:
    message = parse(mail.raw)
    say(*(f"{name}: {message.first(name)}" for name in ("From", "To", "Reply-To")))
    say(f"Subject: {message.subject}", "", mail.text)


def _write_all(samples: list[Sample], every: Path | None, book: Path | None, screen: Screen) -> None:
    _warn(samples)
    if every:
        write_samples(samples, every, screen)
    if book:
        write_book(samples, book)
    say(*(f"{path} written." for path in (every, book) if path))


def _warn(samples: Iterable[Sample]) -> None:
    for sample in samples:
        for barrier in sample.barriers:
            warn(f"{sample.instrument.key}, {barrier.where}: {barrier.problem} {barrier.mend}")


def _list(instruments: Iterable[Instrument], as_json: bool) -> None:
    if as_json:
        for one in instruments:
            say_json({"key": one.key, "title": one.title, "trigger": sorted(one.triggers)})
        return
    table = Table("key", "title", "goes out", box=None)
    for one in instruments:
        table.add_row(one.key, one.title, ", ".join(sorted(one.triggers)))
    show(table)
