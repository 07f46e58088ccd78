"""How the command line speaks: answers on stdout, complaints on stderr.

Mail is written by strangers. ``shown`` takes the control characters out of it, since a terminal
obeys them; JSON is ASCII on one line, since it escapes them.
"""

import json

from rich.console import Console, RenderableType
from rich.text import Text


def say(*lines: str) -> None:
    """Print ``lines`` as they stand."""
    for line in lines:
        Console(soft_wrap=True).print(Text(shown(line)))


def show(picture: RenderableType) -> None:
    """Print a table or another picture of rich's. Words of strangers in it need ``shown``."""
    Console().print(picture)


def say_json(value: object) -> None:
    """Print ``value`` as one line of JSON."""
    print(json.dumps(value))


def complain(problem: str, mend: str = "") -> None:
    """Print what is wrong, and below it what to do."""
    console = Console(stderr=True, soft_wrap=True)
    console.print(Text.assemble(("error: ", "bold red"), shown(problem)))
    if mend:
        console.print(Text(shown(mend)))


def warn(problem: str) -> None:
    """Print what may be wrong; the command goes on."""
    Console(stderr=True, soft_wrap=True).print(Text.assemble(("warning: ", "bold yellow"), shown(problem)))


def counted(number: int, word: str) -> str:
    """``1 mail``, ``2 mails``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def shown(text: str) -> str:
    """``text`` without what a terminal would obey. Line breaks and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
