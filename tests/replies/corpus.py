"""Mails written by hand: ``corpus/NAME.eml``, and beside each ``NAME.toml`` what must be read.

A ``.toml`` names the prompt (``corpus/prompts``) and, as far as they apply: ``answers`` (the value by
question), ``asked`` (keys that are asked again), ``not_stored`` (keys that may be asked again or left
out, but never stored), ``note`` (pieces that stand in the note), ``absent`` (pieces that stand nowhere),
``command`` and ``argument``, ``locale``. Without ``note`` the note is empty.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.reading import Asked, Reading
from service.message import Message, parse
from service.reading import Circumstances, read
from tests.replies.judge import same
from tests.replies.town import ROSTER

FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Fixture:
    """One mail and its expectation."""

    name: str
    message: Message
    asked: Asked
    circumstances: Circumstances
    expected: Mapping[str, object]

    def read(self) -> Reading:
        return read(self.message, self.asked, self.circumstances)


def names() -> list[str]:
    """Every case of the corpus."""
    return sorted(path.stem for path in FOLDER.glob("*.eml"))


def load(name: str) -> Fixture:
    """The case called ``name``."""
    expected = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    message = parse((FOLDER / f"{name}.eml").read_bytes())
    first = str(expected.get("first") or message.author_name.split()[0])
    today = message.date.date() if message.date else None
    if today is None:
        raise ValueError(f"{name}.eml has no date")
    circumstances = Circumstances(today, str(expected.get("locale", "en-US")), ROSTER)
    return Fixture(name, message, asked(str(expected["prompt"]), first), circumstances, expected)


def asked(prompt: str, first: str) -> Asked:
    """What was sent to somebody with this first name."""
    questions, texts = _prompt(prompt)
    return Asked(tuple(text.replace("{first}", first) for text in texts), questions)


@cache
def _prompt(name: str) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    table = tomllib.loads((FOLDER / "prompts" / f"{name}.toml").read_text("utf-8"))
    return tuple(map(_question, table["questions"])), tuple(text["words"] for text in table["texts"])


def _question(table: Mapping[str, object]) -> Question:
    options = tuple(Option(one["key"], one["label"], tuple(one["words"])) for one in table.get("options", ()))
    rest = {key: value for key, value in table.items() if key not in ("type", "options")}
    return Question(**rest, type=QuestionType(table["type"]), effect=Effect.NOTE, options=options)


def faults(fixture: Fixture, reading: Reading) -> Iterator[str]:
    """How ``reading`` differs from what must be read."""
    expected = fixture.expected
    stored = {answer.question: answer.value for answer in reading.answers}
    yield from _answer_faults(dict(expected.get("answers", {})), stored)
    for key in expected.get("asked", ()):
        if key not in reading.unread:
            yield f"{key} is not asked again"
    known = {*expected.get("asked", ()), *expected.get("not_stored", ()), *expected.get("answers", {})}
    yield from (
        f"{key} is asked again: {reading.unread_text[key]!r}" for key in reading.unread if key not in known
    )
    yield from _word_faults(expected, reading)
    if (reading.command or "") != expected.get("command", ""):
        yield f"the command is {reading.command!r}"
    if reading.command_argument != expected.get("argument", ""):
        yield f"the command's argument is {reading.command_argument!r}"


def _answer_faults(meant: Mapping[str, object], stored: Mapping[str, object]) -> Iterator[str]:
    for key, value in meant.items():
        if key not in stored:
            yield f"{key} is missing, it should be {value!r}"
        elif not same(stored[key], _value(value)):
            yield f"{key} is {stored[key]!r}, it should be {value!r}"
    yield from (f"{key} is stored: {stored[key]!r}" for key in stored.keys() - meant.keys())


def _value(value: object) -> object:
    """TOML has no null: a milestone without a date leaves it out."""
    return {"date": None, **value} if isinstance(value, dict) else value


def _word_faults(expected: Mapping[str, object], reading: Reading) -> Iterator[str]:
    kept = "\n".join(
        [*(answer.text for answer in reading.answers), *reading.unread_text.values(), reading.note]
    )
    flat, note = " ".join(kept.split()), " ".join(reading.note.split())
    for piece in expected.get("note", ()):
        if " ".join(str(piece).split()) not in note:
            yield f"the note lacks {piece!r}: {note!r}"
    if note and "note" not in expected:
        yield f"there is a note: {note!r}"
    yield from (f"it holds {piece!r}" for piece in ("Ref f-", *expected.get("absent", ())) if piece in flat)
