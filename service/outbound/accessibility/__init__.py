"""Whether everybody can read a mail: barriers in its HTML, and what a screen reader says (OUT-8, OUT-9).

The rules are those of WCAG 2.1 AA that HTML alone can answer for, and those of mail programs. What
a picture shows and whether a sentence is clear, people have to judge.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.outbound.accessibility.appearance import (
    faint_in_the_dark,
    faint_in_the_light,
    small_text,
    unreadable_colours,
)
from service.outbound.accessibility.document import headings, languages, palettes, titles, viewport
from service.outbound.accessibility.hearing import reading_order
from service.outbound.accessibility.meaning import colour_only, links, pictures, questions, sizes, tables
from service.outbound.accessibility.outside import active, remote
from service.outbound.accessibility.page import Barrier, Page

__all__ = ["RULES", "Finding", "findings", "reading_order"]

RULES: tuple[tuple[str, Callable[[Page], Iterator[Barrier]]], ...] = (
    ("language", languages),  # WCAG 3.1.1
    ("title", titles),  # 2.4.2
    ("viewport", viewport),  # 1.4.4
    ("palettes", palettes),
    ("headings", headings),  # 1.3.1
    ("tables", tables),  # 1.3.1
    ("alt", pictures),  # 1.1.1
    ("picture-size", sizes),
    ("picture-question", questions),  # 1.4.5
    ("link-text", links),  # 2.4.4
    ("colour-only", colour_only),  # 1.4.1
    ("colour-unknown", unreadable_colours),
    ("contrast-light", faint_in_the_light),  # 1.4.3
    ("contrast-dark", faint_in_the_dark),  # 1.4.3
    ("text-size", small_text),
    ("remote", remote),
    ("active", active),
)
"""Every rule by its name, in the order in which its findings are told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A barrier: the rule that it breaks, the element, what is wrong there and how to mend it."""

    rule: str
    where: str
    problem: str
    mend: str


def findings(html: str) -> tuple[Finding, ...]:
    """Every barrier in a finished mail's HTML. None is what we want; nothing is raised."""
    page = Page(html)
    return tuple(
        Finding(rule, barrier.where, barrier.problem, barrier.mend)
        for rule, check in RULES
        for barrier in check(page)
    )
