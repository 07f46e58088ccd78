"""One expectation of the story, checked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was expected, what was counted, and whether that is what was expected."""

    expected: str
    fact: str
    came_about: bool


def counted(number: int, one: str, more: str = "") -> str:
    """``3 mails``; ``more`` where it is not ``one`` with an s."""
    return f"{number} {one if number == 1 else more or one + 's'}"
