"""When something recurring happens, on the reader's own clock."""

from dataclasses import dataclass
from datetime import time

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_NTH_WORDS = {number: word for word, number in NTH.items()}


@dataclass(frozen=True, slots=True)
class Cadence:
    """A weekday (0 is Monday) and a local time without a zone of its own.

    Once a week; with ``every`` 4 only each fourth week; with ``nth`` once a month, on that one of
    the month's weekdays (-1 is the last).
    """

    weekday: int
    at: time
    every: int = 1
    nth: int = 0

    def __str__(self) -> str:
        which = f"{_NTH_WORDS[self.nth]} " if self.nth else ""
        weeks = f" every {self.every} weeks" if self.every > 1 else ""
        return f"{which}{WEEKDAYS[self.weekday]} {self.at:%H:%M}{weeks}"


def parse_cadence(text: str) -> Cadence:
    """``mon 09:00``, ``fri 15:00 every 4 weeks`` or ``first mon 09:00`` as a Cadence.

    Days may be written whole. Raises ValueError for anything else.
    """
    words = text.lower().split()
    nth = NTH[words.pop(0)] if words and words[0] in NTH else 0
    if len(words) not in (2, 5) or (nth and len(words) == 5):
        raise ValueError(f'"{text}" is no recurring time')
    return Cadence(_weekday(words[0], text), _clock(words[1], text), _every(words[2:], text), nth)


def _weekday(word: str, text: str) -> int:
    for names in (WEEKDAYS, _WHOLE_NAMES):
        if word in names:
            return names.index(word)
    raise ValueError(f'"{text}" is no recurring time')


def _clock(word: str, text: str) -> time:
    hour, colon, minute = word.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
        raise ValueError(f'"{text}" is no recurring time')
    return time(int(hour), int(minute))


def _every(words: list[str], text: str) -> int:
    if not words:
        return 1
    if words[0] != "every" or words[2] != "weeks" or not words[1].isdecimal() or not 2 <= int(words[1]) <= 52:
        raise ValueError(f'"{text}" is no recurring time')
    return int(words[1])
