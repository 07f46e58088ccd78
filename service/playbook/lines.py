"""On which line each key of a TOML text stands.

``tomllib`` gives a line for broken syntax only; an error of meaning needs this scanner. It runs
on text that ``tomllib`` has accepted, so it may trust the grammar (TOML 1.0).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""``("questions", 1, "options")``: keys of tables and positions in arrays, from the top."""

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a closing fence may have two quotes of the text before it
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|[\[\]{}=\n]"
    r"|[^\[\]{}=\n\"'#]+",
    re.DOTALL,
)
_KEY_PART = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([A-Za-z0-9_-]+)")


@dataclass(slots=True)
class _Statement:
    line: int
    text: str = ""
    key: str | None = None


@dataclass(slots=True)
class _Places:
    lines: dict[Path, int] = field(default_factory=lambda: {(): 1})
    sizes: dict[Path, int] = field(default_factory=dict)
    table: Path = ()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of ``path``; of what stands around it where it has none of its own (inline tables)."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def key_lines(text: str) -> dict[Path, int]:
    """Every table and key of ``text`` with its line, counted from 1."""
    places = _Places()
    for statement in _statements(text):
        if statement.key is None:
            _open_table(places, statement)
        else:
            _note_key(places, statement.line, _parts(statement.key))
    return places.lines


def _statements(text: str) -> Iterator[_Statement]:
    line, depth, current = 1, 0, _Statement(1)
    for piece in _TOKEN.findall(text + "\n"):
        if piece == "\n" and depth == 0:
            if current.text.strip():
                yield current
            current = _Statement(line + 1)
        elif not piece.startswith("#"):
            depth += (piece in "[{") - (piece in "]}")
            if piece == "=" and current.key is None:
                current.key = current.text
            current.text += piece
        line += piece.count("\n")


def _open_table(places: _Places, statement: _Statement) -> None:
    header = statement.text.strip()
    *above, last = _parts(header)
    path: Path = ()
    for part in above:
        path = _latest(places, (*path, part))
    path = (*path, last)
    if header.startswith("[["):
        places.sizes[path] = places.sizes.get(path, 0) + 1
        places.lines.setdefault(path, statement.line)
    places.table = _latest(places, path)
    places.lines.setdefault(places.table, statement.line)


def _latest(places: _Places, path: Path) -> Path:
    return (*path, places.sizes[path] - 1) if path in places.sizes else path


def _note_key(places: _Places, line: int, parts: list[str]) -> None:
    path = places.table
    for part in parts:
        path = (*path, part)
        places.lines.setdefault(path, line)


def _parts(key: str) -> list[str]:
    return [double or single or bare for double, single, bare in _KEY_PART.findall(key)]
