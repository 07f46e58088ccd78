"""One-word commands: only ever the whole first line of a reply."""

from service.domain.reading import Command
from service.reading.answers.dates import find_date
from service.reading.circumstances import Circumstances
from service.reading.confidence import is_enough
from service.reading.tables import table

LONGEST = 60
_LEADS = table("until till til to for through thru in next this by bis hasta jusqu'au jusqu fino tot")
_NAMES = {command.value.lower(): command for command in Command}


def read_command(line: str, circumstances: Circumstances) -> tuple[Command, str] | None:
    """The command that ``line`` is, and its argument: an ISO date after PAUSE, or "".

    "Pause until 5 dec" is a command, "pause and think" is an answer.
    """
    words = line.strip().strip("*_.!\"'").split(None, 1)
    command = _NAMES.get(words[0].lower().rstrip(":,")) if words else None
    if command is None:
        return None
    if len(words) == 1:
        return command, ""
    if command is not Command.PAUSE or not _is_argument(words[1]):
        return None
    found = find_date(words[1], circumstances)
    return (command, found[0].isoformat()) if found is not None and is_enough(found[1]) else None


def _is_argument(words: str) -> bool:
    """Led by "until" and the like, or short enough to be nothing but a date."""
    led = words.split(None, 1)[0].lower() in _LEADS
    return len(words) <= LONGEST and (led or len(words.split()) <= 4)
