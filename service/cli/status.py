"""``commonthread status``: how things stand, without anybody's words."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from service.cli.house import in_database
from service.cli.terminal import counted, say, say_json
from service.config import read_settings
from service.store.overview import Overview, overview

app = typer.Typer(add_completion=False)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one line of JSON.")] = False,
) -> None:
    """Say what waits, what came in, what went out, and what needs you."""
    found = in_database(read_settings(), overview)
    if as_json:
        say_json(_plain(asdict(found)))
        return
    say(*(f"{name + ':':20}{words}" for name, words in _lines(found)))


def _lines(found: Overview) -> list[tuple[str, str]]:
    lines = [
        ("Answers kept", str(found.entries)),
        ("Questions", _counts(found.prompts)),
        ("Mail going out", _counts(found.outbox) + _since("the oldest due since", found.oldest_ready)),
        ("Mail that came in", _counts(found.inbox) + _since("the oldest since", found.oldest_kept)),
        ("What came of it", _counts(found.outcomes)),
        ("Waiting for you", _waiting(found.waiting)),
    ]
    lines += [("Address fails", f"{address}: {words}") for address, words in found.failing]
    return lines + [
        ("Alarm", f"{a.text} ({_since_when(a.since)}, {counted(a.count, 'time')})") for a in found.alarms
    ]


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in counts.items()) or "nothing yet"


def _waiting(number: int) -> str:
    return f"{counted(number, 'message')}; see `commonthread quarantine list`" if number else "nothing"


def _since(words: str, moment: datetime | None) -> str:
    return f"; {words} {moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""


def _since_when(moment: datetime) -> str:
    return f"since {moment.astimezone():%Y-%m-%d %H:%M}"


def _plain(value: object) -> object:
    """Moments as ISO 8601 text, the rest as it is."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value
