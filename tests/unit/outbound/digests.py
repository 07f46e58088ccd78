"""Digests for tests: the sample's, and one in which everybody wrote as much as they could."""

from datetime import date

from service.domain.digest import Digest, Item, Section, build

MONDAY = date(2026, 11, 23)
_WITH_NUMBER = {Section.AHEAD: "moved", Section.MOVED: "moved", Section.WINS: "done"}


def item(section: Section, number: int, words: str, **facts) -> Item:
    """One of many: each has all that an item can have."""
    dated = {"number": number + 1, "day": date(2026, 12, 1), "day_before": date(2026, 11, 27)}
    standing = {**dated, "state": _WITH_NUMBER[section]} if section in _WITH_NUMBER else {}
    usual = {
        "who": f"Bartholomew Fielding {number}",
        "department": f"Department of Parks {number % 20}",
        "corrected": True,
        "week": "2026-W40",
        "subject": words[:500],
    }
    return Item(f"{section.value}{number}", section, words, **{**usual, **standing, **facts})


def full_digest(words: str, people: int = 500, **facts) -> Digest:
    """What ``people`` people make of it who write ``words`` into every section."""
    items = [item(section, number, words, **facts) for section in Section for number in range(people)]
    return build("2026-W48", words, items, [(f"2026-W{week}", people) for week in range(41, 49)])
