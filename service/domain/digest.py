"""The weekly digest: what a team hears of its week, the same facts for every department."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, zip_longest
from typing import Any


class Section(StrEnum):
    """The parts of a digest, in the order in which they are read: wins first."""

    WINS = "wins"
    PROGRESS = "progress"
    AHEAD = "ahead"
    MOVED = "moved"
    NEEDS = "needs"
    OFFERS = "offers"
    DECISIONS = "decisions"
    LEARNED = "learned"
    THANKS = "thanks"
    HEARD = "heard"


STANDING = frozenset({Section.AHEAD, Section.DECISIONS})
"""What stands until it is over; by itself it is no news."""

LIMITS: Mapping[Section, int] = {
    Section.WINS: 8,
    Section.PROGRESS: 12,
    Section.AHEAD: 8,
    Section.MOVED: 6,
    Section.NEEDS: 6,
    Section.OFFERS: 6,
    Section.DECISIONS: 5,
    Section.LEARNED: 2,
    Section.THANKS: 8,
    Section.HEARD: 6,
}
"""How many items of each section fit one screen."""

LENGTH = 280
"""How many characters of an item are shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact. ``id`` names it in every variant: ``e12`` an entry, ``m3`` a milestone, ``v7`` a move.

    ``who`` said or owns it, of ``department``. ``news``: it was in no digest yet. ``corrected``: it
    was, in other words. ``week``: where it belongs to an earlier one, as ``2026-W47``. ``number``,
    ``day``, ``day_before`` and ``state`` are a milestone's; ``subject`` is its title, or whom thanks
    are for, or what a comment answers.
    """

    id: str
    section: Section
    words: str
    who: str = ""
    department: str = ""
    news: bool = True
    corrected: bool = False
    week: str = ""
    subject: str = ""
    number: int = 0
    day: date | None = None
    day_before: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one digest carries. ``hidden``: how many items of a section did not fit, by its name.

    ``momentum``: steps forward of the team in each of the last weeks, oldest first, as (ISO week,
    count). ``first``: this team never had one.
    """

    period: str
    why: str
    items: tuple[Item, ...]
    hidden: Mapping[str, int]
    momentum: tuple[tuple[str, int], ...] = ()
    first: bool = False

    def section(self, name: str) -> tuple[Item, ...]:
        """The items of one section, in their order."""
        return tuple(item for item in self.items if item.section == name)

    @property
    def sections(self) -> dict[str, tuple[Item, ...]]:
        """The sections that have items, in the order in which they are read."""
        found = {section.value: self.section(section) for section in Section}
        return {name: items for name, items in found.items() if items}

    @property
    def ids(self) -> tuple[str, ...]:
        """The facts, by their ids."""
        return tuple(item.id for item in self.items)


def is_news(items: Sequence[Item]) -> bool:
    """Whether anything is worth a mail: a digest without news is not sent."""
    return any(item.news and item.section is not Section.AHEAD for item in items)


def build(
    period: str,
    why: str,
    items: Sequence[Item],
    momentum: Sequence[tuple[str, int]] = (),
    first: bool = False,
) -> Digest:
    """A digest of ``items`` (newest first) that fits a screen.

    Each section keeps as many as ``LIMITS`` gives, taking turns between departments, so that no
    department is cut out by a talkative one; words are cut at ``LENGTH`` characters. What did not fit
    is counted.
    """
    kept: list[Item] = []
    left_out: dict[str, int] = {}
    for section in Section:
        mine = [item for item in items if item.section is section]
        shown = _fair(mine, LIMITS[section])
        kept += [_shortened(item, LENGTH) for item in shown]
        if len(shown) < len(mine):
            left_out[section.value] = len(mine) - len(shown)
    return Digest(period, why, tuple(kept), left_out, tuple(momentum), first)


def shortened(digest: Digest, length: int) -> Digest:
    """The same facts, each in at most ``length`` characters."""
    return replace(digest, items=tuple(_shortened(item, length) for item in digest.items))


def _shortened(item: Item, length: int) -> Item:
    return replace(item, words=_cut(item.words, length), subject=_cut(item.subject, length))


def _fair(items: Sequence[Item], limit: int) -> list[Item]:
    """Up to ``limit`` items, departments in turn, in the order in which they came."""
    if len(items) <= limit:
        return list(items)
    departments: dict[str, list[Item]] = {}
    for item in items:
        departments.setdefault(item.department, []).append(item)
    in_turn = chain.from_iterable(zip_longest(*departments.values()))
    chosen = {item.id for item in [one for one in in_turn if one is not None][:limit]}
    return [item for item in items if item.id in chosen]


def _cut(words: str, length: int) -> str:
    """``words`` on one line, at most ``length`` characters, cut behind a word where one ends near."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    head = words[: length - 1]
    at = head.rfind(" ", length * 3 // 4)
    return (head[:at] if at > 0 else head) + "…"


def to_stored(digest: Digest) -> dict[str, Any]:
    """The digest as plain values that a JSON column keeps."""
    return asdict(digest) | {"items": [_stored_item(item) for item in digest.items]}


def _stored_item(item: Item) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in _days(item).items()}
    return asdict(item) | {"section": item.section.value} | days


def _days(item: Item) -> dict[str, date | None]:
    return {"day": item.day, "day_before": item.day_before}


def from_stored(stored: Mapping[str, Any]) -> Digest:
    """The digest that ``to_stored`` made these values of."""
    return Digest(
        period=stored["period"],
        why=stored["why"],
        items=tuple(_item(one) for one in stored["items"]),
        hidden=stored["hidden"],
        momentum=tuple((week, count) for week, count in stored["momentum"]),
        first=stored["first"],
    )


def _item(stored: Mapping[str, Any]) -> Item:
    days = {
        name: date.fromisoformat(stored[name]) if stored[name] else None for name in ("day", "day_before")
    }
    return Item(**{**stored, "section": Section(stored["section"]), **days})


@dataclass(frozen=True, slots=True)
class Opening:
    """How a digest greets one department: the same facts, seen from there.

    ``lines`` and ``thanks`` count what it said and what thanks its people got; ``next`` is the
    nearest milestone that one of its people owns.
    """

    department: str
    lines: int
    thanks: int
    next: Item | None


def opening(digest: Digest, department: str, people: Sequence[str]) -> Opening:
    """The opening for ``department``, whose members are called ``people``."""
    mine = [item for item in digest.items if item.department == department]
    ahead = [item for item in mine if item.section is Section.AHEAD and item.day]
    return Opening(
        department=department,
        lines=sum(item.section is not Section.AHEAD for item in mine),
        thanks=sum(any(name in item.subject for name in people) for item in digest.section(Section.THANKS)),
        next=min(ahead, key=lambda item: (item.day or date.max, item.number), default=None),
    )
