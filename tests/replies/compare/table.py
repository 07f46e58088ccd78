"""One Markdown table: a column for each reader, a row for each figure."""

from collections.abc import Iterator, Mapping, Sequence

NOTHING = "–"
Figures = Mapping[str, str]
"""A reader's figures by their names."""


def heading(titles: Sequence[str]) -> Iterator[str]:
    """The table's first two lines."""
    yield _row(["", *titles])
    yield _row(["---", *("---:" for _ in titles)])


def section(title: str, columns: Sequence[Figures]) -> Iterator[str]:
    """A part of the table; who has no such figure has a dash."""
    yield _row([f"**{title}**", *("" for _ in columns)])
    for name in dict.fromkeys(name for column in columns for name in column):
        yield _row([name, *(column.get(name, NOTHING) for column in columns)])


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"| {first:58s} | " + " | ".join(f"{cell:>12s}" for cell in others) + " |"
