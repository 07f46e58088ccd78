"""Words around a day that make it another one, or none: "any day but Dec 5", "the week of Dec 7"."""

from collections.abc import Sequence

from service.reading.answers.reservations import denies
from service.reading.tables import table

BEFORE = 4
AFTER = 3
BREAK = "|"
"""Stands where a sentence ends."""
MOVES_ON = table(
    """
    except besides after before since around about approximately roughly circa ca every each last previous
    other planned originally wanted otherwise week weeks weekend between than außer nach vor seit gegen
    jeden jede letzten letzte
    woche sauf après avant depuis vers chaque dernier dernière semaine salvo excepto después antes desde
    hacia cada último última semana
    """
)
_BOUNDS = table("before later until earlier sooner vor avant antes bevor")
_ANY = table("a any some one ein einen einem einer un une uno una algún qualche")
_ALL = table("any every all each anytime anything day days jeder alle tous cualquier")
_RANGES = table("to through thru till until and or bis und oder et ou y o e og eller och - – — / &")
_CLOCK = table("am pm o uhr h")
_FULL = table("was were unclear impossible closed full taken busy bad out off ish")
_LATER = table("after before afterwards or week")
_EACH = table("every each jede jeden jedes chaque cada")
_WEAKER = table("later earlier sooner before")


def is_doubtful(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the words next to a day say that it is not, or not for certain, the one that is meant.

    "Not before Dec 5" names the first day that is possible, so it is none of these.
    """
    near, behind = _to_break(before[::-1], BEFORE), _to_break(after, AFTER)
    return _is_led_away(near) or _is_left_open(behind)


def _to_break(tokens: Sequence[str], most: int) -> Sequence[str]:
    end = next((at for at, token in enumerate(tokens) if token in (BREAK, ".")), len(tokens))
    return tokens[: min(end, most)]


def _is_led_away(near: Sequence[str]) -> bool:
    denied = denies(" ".join(near))
    if near and near[0] in _ANY:  # a Saturday is any Saturday
        return True
    if denied and not _BOUNDS.isdisjoint(near):
        return False
    return denied or not MOVES_ON.isdisjoint(near) or ("but" in near and not _ALL.isdisjoint(near))


def _is_left_open(behind: Sequence[str]) -> bool:
    """A range ("Dec 5-7"), a day that does not suit, a shift ("Friday after Thanksgiving")."""
    if not behind:
        return False
    first, rest = behind[0], behind[1:]
    number = behind if _is_day(first) else rest if first in _RANGES else []
    is_time = len(number) > 1 and (not _CLOCK.isdisjoint(number[1:]) or number[1].isdecimal())
    ranged = bool(number) and _is_day(number[0]) and not is_time
    again = first in _EACH
    shifted = first in _LATER and not (rest and rest[0].isdecimal())
    denied = denies(" ".join(behind)) and _WEAKER.isdisjoint(behind)
    return again or ranged or shifted or denied or not _FULL.isdisjoint(behind)


def _is_day(token: str) -> bool:
    digits = token.rstrip("stndrh")
    return digits.isdecimal() and len(digits) <= 2
