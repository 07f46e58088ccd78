"""One-word commands: only ever the whole first line of a reply."""

from collections.abc import Iterable
from datetime import date

from service.domain.reading import Command
from service.reading.answers.calendar import words_beside
from service.reading.answers.dates import find_date
from service.reading.answers.months import MONTHS
from service.reading.circumstances import Circumstances
from service.reading.confidence import is_enough
from service.reading.tables import table
from service.reading.words import normal

LONGEST = 60
MOST_WISHED = 8
MOST_BESIDE = 5
"""Words of "until I am back on Dec 7" that are no date."""
_UNTIL = table("until till til bis hasta jusqu'au jusqu jusque fino tot")
_LEADS = _UNTIL | table("to for through thru in next this by on the of please thanks thank you me from now")
_NAMES = {command.value.lower(): command for command in Command}
_TAKE, _BACK = Command.TAKE_BACK.value.lower().split()
_BEGINNINGS = table("the beginning start of early")
_ASKING = table("please pls hi hello hey just can could you i want to would like we d kindly bitte")
_WISHES = table("unsubscribe remove cancel abmelden abbestellen désabonner baja") | _NAMES.keys()
_PAUSES = table("pause resume")
_PAUSED = _UNTIL | table("from in for on")
_WISHED = table(
    """
    it me this these them all any more mail mails email emails message messages now please pls thanks thank
    you from the list my data everything sending getting for us until till further notice new year next
    week weeks month while a few again today updates reminders newsletter questions asking one
    """
)


def read_command(
    line: str, circumstances: Circumstances, labels: Iterable[str] = ()
) -> tuple[Command, str] | None:
    """The command that ``line`` is, and its argument: an ISO date after PAUSE, the name of a question
    (one of ``labels``, or anything behind capitals) after TAKE BACK, or "".

    "Pause until 5 dec" is a command, "pause and think" is an answer.
    """
    words = line.strip().strip("*_.!\"'").split(None, 2)
    if [word.lower().rstrip(":,.") for word in words[:2]] == [_TAKE, _BACK]:
        return _take_back(line, words[2:], labels)
    command = _NAMES.get(words[0].lower().rstrip(":,")) if words else None
    if command is None:
        return None
    if len(words) == 1:
        return command, ""
    argument = " ".join(words[1:])
    if command is not Command.PAUSE or len(argument) > LONGEST:
        return None
    until = _until(argument, circumstances)
    return (command, until.isoformat()) if until is not None else None


def is_wish_for_command(line: str) -> bool:
    """Whether a line wishes for what a command does in other words: "please stop these mails"."""
    words = normal(line[: LONGEST + 1]).split()
    if len(line) > LONGEST or not 0 < len(words) <= MOST_WISHED:
        return False
    while len(words) > 1 and words[0] in _ASKING:
        words.pop(0)
    paused = words[0] in _PAUSES and bool(words[1:]) and words[1] in _PAUSED and ":" not in line
    return words[0] in _WISHES and (paused or all(word in _WISHED for word in words[1:]))


def _take_back(line: str, rest: list[str], labels: Iterable[str]) -> tuple[Command, str] | None:
    """In capitals it may name what is taken back; else it stands alone, or before the name of a question
    ("take back the books" is none)."""
    if not rest:
        return Command.TAKE_BACK, ""
    argument = rest[0].strip(" .:!")
    shouted = line.strip(" *_\"'").startswith(Command.TAKE_BACK.value)
    named = normal(argument) in map(normal, labels)
    return (Command.TAKE_BACK, argument) if (shouted or named) and len(argument) <= LONGEST else None


def _until(words: str, circumstances: Circumstances) -> date | None:
    """The day that ``words`` name and little else: "until 5 dec", "a week from today", "until March"."""
    led = normal(words).partition(" ")[0] in _UNTIL
    found = find_date(words, circumstances)
    if found is None:
        return _month(words, circumstances.today) if led else None
    beside = words_beside(words, circumstances)
    much = len(beside) > MOST_BESIDE or ":" in words if led else not _LEADS.issuperset(beside)
    foreign = len(words.split()) <= 4  # read by a library that does not say which words it took
    return found[0] if is_enough(found[1]) and (foreign or not much) else None


def _month(words: str, today: date) -> date | None:
    """The first day of the month in "until March"."""
    said = [word for word in normal(words).split()[1:] if word not in _BEGINNINGS]
    month = MONTHS.get(said[0]) if len(said) == 1 else None
    return date(today.year + (month <= today.month), month, 1) if month is not None else None
