"""``commonthread preview``: a mail as people will get it, with invented people and facts."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from service.cli.templates import TEMPLATES, chosen
from service.cli.terminal import say, say_json, show
from service.domain.mail import Mail
from service.domain.question import Question
from service.library import read_playbook, templates_directory
from service.message import parse
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Instrument, Playbook

app = typer.Typer(add_completion=False)


@app.command()
def preview(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="Which mail; without it, all are listed.")
    ] = None,
    eml: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the whole mail here.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write its HTML here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one line of JSON.")] = False,
    templates: TEMPLATES = None,
) -> None:
    """Show a mail of the playbook with invented facts. The same each time; needs no settings."""
    folder = templates or templates_directory()
    playbook = read_playbook(folder)
    if key is None:
        _list(playbook, as_json)
        return
    instrument = chosen(playbook, key)
    letter = sample_letter(instrument)
    mail = sample_composer(load_templates(folder / "emails")).compose(instrument, letter)
    if eml:
        eml.write_bytes(mail.raw)
    if html:
        html.write_text(parse(mail.raw).html, "utf-8")
    if as_json:
        say_json(_facts(instrument, letter.questions, mail))
    elif eml or html:
        say(*(f"{path} written." for path in (eml, html) if path))
    else:
        _show(mail)


def _list(playbook: Playbook, as_json: bool) -> None:
    instruments = playbook.instruments.values()
    if as_json:
        for one in instruments:
            say_json({"key": one.key, "title": one.title, "trigger": sorted(one.triggers)})
        return
    table = Table("key", "title", "goes out", box=None)
    for one in instruments:
        table.add_row(one.key, one.title, ", ".join(sorted(one.triggers)))
    show(table)


def _show(mail: Mail) -> None:
    message = parse(mail.raw)
    say(*(f"{name}: {message.first(name)}" for name in ("From", "To", "Reply-To")))
    say(f"Subject: {message.subject}", "", mail.text)


def _facts(instrument: Instrument, questions: tuple[Question, ...], mail: Mail) -> dict[str, Any]:
    message = parse(mail.raw)
    return {
        "key": instrument.key,
        "title": instrument.title,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "questions": [_question(question) for question in questions],
        "headers": {field.name: field.value for field in message.fields},
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "type": question.type,
        "label": question.label,
        "options": [{"key": option.key, "label": option.label} for option in question.options],
    }
