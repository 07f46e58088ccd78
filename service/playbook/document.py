"""A TOML file that is read key by key, so that every complaint names file, line, key and mend."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from service.errors import Misconfigured
from service.playbook.lines import Path, key_lines, line_of
from service.playbook.near import did_you_mean

T = TypeVar("T")
V = TypeVar("V", bound=StrEnum)

_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. ``name`` is how a complaint calls it: ``question 'next'``."""

    filename: str
    values: Mapping[str, Any]
    lines: Mapping[Path, int]
    path: Path = ()
    name: str = ""

    def has(self, key: str) -> bool:
        """Whether the file says anything for ``key``."""
        return key in self.values

    def wrong(self, key: str, problem: str, mend: str = "") -> Misconfigured:
        """The complaint about ``key`` of this table, ready to raise ('' is the table itself)."""
        line = line_of(self.lines, (*self.path, key) if key else self.path)
        places = [f"{self.filename} line {line}", self.name, f"key '{key}'" if key else ""]
        return Misconfigured(", ".join(place for place in places if place), problem, mend)

    def allow(self, *keys: str) -> None:
        """Refuse every key that is not one of ``keys``."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, "this key is not known here.", did_you_mean(key, keys))

    def text(self, key: str, default: str | None = None) -> str:
        """One line of words; never empty where there is no default."""
        text = self._typed(key, str, default, f'Write {key} = "words".').strip()
        if not text and default is None:
            raise self.wrong(key, "it is empty.", f'Write {key} = "words".')
        if any(not character.isprintable() for character in text):
            raise self.wrong(key, "it has a line break or a control character.", "Write it on one line.")
        return text

    def slug(self, key: str) -> str:
        """A name for machines: ``next-step``."""
        text = self.text(key)
        if not SLUG.fullmatch(text):
            raise self.wrong(key, f'"{text}" is no key.', "Use lower-case letters, digits and hyphens.")
        return text

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number from 1 up."""
        number = self._typed(key, int, default, f"Write {key} = 1 or more.")
        if number < 1:
            raise self.wrong(key, f"{number} is too small.", f"Write {key} = 1 or more.")
        return number

    def flag(self, key: str) -> bool:
        """True or false; false where it is not said."""
        return self._typed(key, bool, False, f"Write {key} = true or {key} = false.")

    def day(self, key: str) -> date:
        """A TOML local date, without quotes."""
        mend = f"Write {key} = 2026-12-01, year first and without quotes."
        value = self._typed(key, date, None, mend)
        if isinstance(value, datetime):
            raise self.wrong(key, "it has a time of day.", mend)
        return value

    def one_of(self, key: str, vocabulary: type[V], default: V | None = None) -> V:
        """A word of a closed vocabulary."""
        if default is not None and not self.has(key):
            return default
        return self._word(key, self.text(key), vocabulary)

    def some_of(self, key: str, vocabulary: type[V], default: tuple[V, ...] = ()) -> frozenset[V]:
        """Several words of a closed vocabulary; at least one."""
        words = self._typed(key, list, list(default) or None, f'Write {key} = ["word", "word"].')
        if not words:
            raise self.wrong(key, "it is empty.", f"Name one or more of: {', '.join(vocabulary)}.")
        return frozenset(self._word(key, word, vocabulary) for word in words)

    def items(self, key: str) -> list[Any]:
        """A list of anything; empty where it is not said."""
        return self._typed(key, list, [], f"Write {key} = [ … ].")

    def table(self, key: str) -> "Table":
        """The table ``[key]``; empty where it is not said."""
        values: dict[str, Any] = self._typed(key, dict, {}, f"Write [{key}] on a line of its own.")
        return Table(self.filename, values, self.lines, (*self.path, key), f"[{key}]")

    def tables(self, key: str, name: str) -> tuple["Table", ...]:
        """Every ``[[key]]`` in order, each called ``name`` and its number."""
        mend = f"Write [[{key}]] on a line of its own above each {name}."
        rows = self._typed(key, list, [], mend)
        if not all(isinstance(row, dict) for row in rows):
            raise self.wrong(key, "it is not a list of tables.", mend)
        return tuple(
            Table(self.filename, row, self.lines, (*self.path, key, at), f"{name} {at + 1}")
            for at, row in enumerate(rows)
        )

    def _typed(self, key: str, kind: type[T], default: T | None, mend: str) -> T:
        value = self.values.get(key, default)
        if value is None:
            raise self.wrong("", f"the key '{key}' is missing.", mend)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, f"{_shown(value)} is not what belongs here.", mend)
        return value

    def _word(self, key: str, word: object, vocabulary: type[V]) -> V:
        try:
            return vocabulary(str(word))
        except ValueError:
            mend = f"Use one of: {', '.join(vocabulary)}."
            raise self.wrong(key, f"{_shown(word)} is not a word of the list.", mend) from None


def _shown(value: object) -> str:
    """A value as its author wrote it, not as Python would."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def parse_document(filename: str, text: str) -> Table:
    """The top table of a TOML file. Raises Misconfigured with the line where it is no TOML."""
    text = text.removeprefix("\ufeff")  # some editors put a byte order mark in front
    try:
        return Table(filename, tomllib.loads(text), key_lines(text))
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    place = _AT_LINE.search(reason)
    line = (place and place[1]) or str(len(text.rstrip("\n").split("\n")))
    problem = f"this is not TOML: {_AT_LINE.sub('', reason)}."
    raise Misconfigured(f"{filename} line {line}", problem, "Mend the line; toml.io explains its form.")
