"""When something weekly happens, on the reader's own clock."""

from dataclasses import dataclass
from datetime import time

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Cadence:
    """Once a week at a local time. ``weekday`` 0 is Monday; ``at`` has no zone of its own."""

    weekday: int
    at: time

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.at:%H:%M}"


def parse_cadence(text: str) -> Cadence:
    """``mon 09:00`` (or ``Monday 9:00``) as a Cadence. Raises ValueError for anything else."""
    day, _, clock = text.strip().lower().partition(" ")
    hour, colon, minute = clock.strip().partition(":")
    whole_names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    known = {name: at for names in (WEEKDAYS, whole_names) for at, name in enumerate(names)}
    if day not in known or not (colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
        raise ValueError(f'"{text}" is no weekly time')
    return Cadence(known[day], time(int(hour), int(minute)))
