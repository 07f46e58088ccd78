"""A milestone: which one, and how it stands: done, a new date, at risk, a hand wanted, let go."""

import re

from rapidfuzz import fuzz

from service.domain.collaboration import MilestoneState
from service.domain.question import Option, Question
from service.domain.reading import Value
from service.reading.answers.dates import find_date
from service.reading.answers.meant import Meant
from service.reading.answers.scale import DENIALS
from service.reading.circumstances import Circumstances
from service.reading.confidence import CLEAR, DOUBTFUL
from service.reading.words import normal

NEAR = 85
_NUMBER = re.compile(
    r"\s*(?:milestone\s{0,3}|no\.?\s{0,3}|nr\.?\s{0,3})?#?\s{0,2}(\d{1,3})\b(?![./-]\d)", re.IGNORECASE
)
STATES = {
    MilestoneState.HAND_WANTED: (
        "a hand",
        "hand from",
        "need help",
        "needs help",
        "help from",
        "help wanted",
        "need support",
        "could use help",
    ),
    MilestoneState.LET_GO: (
        "let it go",
        "let go",
        "drop it",
        "dropped",
        "cancel",
        "cancelled",
        "canceled",
        "give it up",
        "abandon",
    ),
    MilestoneState.AT_RISK: (
        "at risk",
        "risky",
        "in danger",
        "in doubt",
        "may slip",
        "might slip",
        "not sure we",
        "shaky",
    ),
    MilestoneState.DONE: (
        "done",
        "finished",
        "complete",
        "completed",
        "ready",
        "achieved",
        "delivered",
        "fertig",
        "erledigt",
        "hecho",
        "listo",
        "fait",
    ),
    MilestoneState.MOVED: (
        "moved to",
        "moved",
        "move to",
        "move it to",
        "new date",
        "postponed",
        "pushed to",
        "push to",
        "delayed",
        "later",
        "shifted",
    ),
}


def read(words: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """{"milestone", "state", "date"}; None without one milestone and one state."""
    bare = words.strip()[:300]
    if _are_several(bare, question.options):
        return None
    option, rest = _which(bare, question.options)
    state = _state(rest)
    dated = find_date(_after_number(rest), circumstances)
    if state is None and dated is not None:
        state = MilestoneState.MOVED
    if option is None or state is None:
        return None
    day = dated[0].isoformat() if dated is not None and state is not MilestoneState.DONE else None
    value: Value = {"milestone": option.key, "state": state.value, "date": day}
    incomplete = state is MilestoneState.MOVED and (
        day is None or (dated is not None and dated[1] <= DOUBTFUL)
    )
    return Meant(value, DOUBTFUL if incomplete else CLEAR)


def _are_several(words: str, options: tuple[Option, ...]) -> bool:
    """Lines about different milestones: one answer cannot hold them."""
    meant = (_which(line.strip(), options)[0] for line in words.replace(";", "\n").splitlines())
    return len({option.key for option in meant if option is not None}) > 1


def _which(words: str, options: tuple[Option, ...]) -> tuple[Option | None, str]:
    """The milestone meant, and the words without its number. The only one asked about need not be named."""
    numbered = _NUMBER.match(words)
    if numbered:
        by_number = [option for option in options if numbered[1] in (option.key, *option.words)]
        if by_number:
            return by_number[0], words[numbered.end() :]
    near = [option for option in options if _names(words, option)]
    if len(near) == 1:
        return near[0], _without(words, near[0])
    return (options[0] if len(options) == 1 else None), words


def _names(words: str, option: Option) -> bool:
    title, said = normal(option.label), normal(words)
    return bool(title) and len(said) >= len(title) // 2 and fuzz.partial_ratio(title, said) >= NEAR


def _without(words: str, option: Option) -> str:
    """A title such as "Bus ready" must not say the state."""
    at = words.lower().find(option.label.lower())
    return words if at < 0 else words[:at] + " " + words[at + len(option.label) :]


def _after_number(words: str) -> str:
    return words.lstrip(" :.)#-–—")


def _state(words: str) -> MilestoneState | None:
    """One state; a denied one ("not done") or two of them are none."""
    said = f" {normal(words)} "
    found = [state for state, phrases in STATES.items() if any(f" {phrase} " in said for phrase in phrases)]
    if MilestoneState.MOVED in found and len(found) == 2:
        found.remove(MilestoneState.MOVED)
    denied = any(f" {word} " in said for word in DENIALS) and found != [MilestoneState.AT_RISK]
    return found[0] if len(found) == 1 and not denied else None
