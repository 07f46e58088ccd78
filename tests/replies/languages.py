"""The languages that mail programs are set to: ``languages.toml`` as values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Language:
    """One program language. ``header``: its words for From, Sent, To and Subject."""

    code: str
    days: str
    short_days: str
    months: str
    short_months: str
    gmail: str
    apple: str
    thunderbird: str
    long: str
    header: tuple[str, ...]
    at: str
    original: str
    forwarded: str
    reply: str
    phone: str
    outlook: str
    galaxy: str
    closing: tuple[str, ...]
    hello: tuple[str, ...]

    def say(self, form: str, at: datetime, name: str = "", addr: str = "") -> str:
        """``form`` (as ``Language.gmail``) about what ``name`` wrote ``at`` that time."""
        return form.format(name=name, addr=addr, **self._moment(at))

    def _moment(self, at: datetime) -> Mapping[str, str]:
        tables = self._tables
        return {
            "wd": tables["short_days"][at.weekday()],
            "weekday": tables["days"][at.weekday()],
            "mon": tables["short_months"][at.month - 1],
            "month": tables["months"][at.month - 1],
            "d": f"{at.day}",
            "dd": f"{at:%d}",
            "m": f"{at.month}",
            "mm": f"{at:%m}",
            "yyyy": f"{at:%Y}",
            "yy": f"{at:%y}",
            "H": f"{at.hour}",
            "HH": f"{at:%H}",
            "I": f"{at.hour % 12 or 12}",
            "M": f"{at:%M}",
            "S": f"{at:%S}",
            "ap": "AM" if at.hour < 12 else "PM",
            "zone": f"{at:%Z}",
        }

    @cached_property
    def _tables(self) -> Mapping[str, list[str]]:
        named = ("days", "short_days", "months", "short_months")
        return {name: getattr(self, name).split() for name in named}


def _read() -> Mapping[str, Language]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    lists = ("header", "closing", "hello")
    return {
        code: Language(code, **{**table, **{name: tuple(table[name]) for name in lists}})
        for code, table in tables.items()
    }


LANGUAGES = _read()
ENGLISH = LANGUAGES["en"]
