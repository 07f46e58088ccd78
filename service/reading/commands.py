"""One-word commands: only ever the whole first line of a reply."""

from service.domain.reading import Command
from service.reading.answers.dates import find_date
from service.reading.circumstances import Circumstances
from service.reading.confidence import is_enough
from service.reading.tables import table

LONGEST = 60
_LEADS = table("until till til to for through thru in next this by bis hasta jusqu'au jusqu fino tot")
_NAMES = {command.value.lower(): command for command in Command}
_TAKE, _BACK = Command.TAKE_BACK.value.lower().split()


def read_command(line: str, circumstances: Circumstances) -> tuple[Command, str] | None:
    """The command that ``line`` is, and its argument: an ISO date after PAUSE, the name of a question
    after TAKE BACK, or "".

    "Pause until 5 dec" is a command, "pause and think" is an answer.
    """
    words = line.strip().strip("*_.!\"'").split(None, 2)
    if [word.lower().rstrip(":,.") for word in words[:2]] == [_TAKE, _BACK]:
        return _take_back(line, words[2:])
    command = _NAMES.get(words[0].lower().rstrip(":,")) if words else None
    if command is None:
        return None
    if len(words) == 1:
        return command, ""
    argument = " ".join(words[1:])
    if command is not Command.PAUSE or not _is_argument(argument):
        return None
    found = find_date(argument, circumstances)
    return (command, found[0].isoformat()) if found is not None and is_enough(found[1]) else None


def _take_back(line: str, rest: list[str]) -> tuple[Command, str] | None:
    """In capitals it may name what is taken back; else it stands alone ("take back the books" is none)."""
    if not rest:
        return Command.TAKE_BACK, ""
    argument = rest[0].strip(" .:!")
    shouted = line.strip(" *_\"'").startswith(Command.TAKE_BACK.value)
    return (Command.TAKE_BACK, argument) if shouted and len(argument) <= LONGEST else None


def _is_argument(words: str) -> bool:
    """Led by "until" and the like, or short enough to be nothing but a date."""
    led = words.split(None, 1)[0].lower() in _LEADS
    return len(words) <= LONGEST and (led or len(words.split()) <= 4)
