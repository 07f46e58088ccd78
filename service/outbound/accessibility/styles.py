"""How each element looks: declarations by their weight, then what it inherits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from service.outbound.accessibility.colours import BLACK, WHITE, Colour, over, parse_colour
from service.outbound.accessibility.sheets import Declaration, Rule, Weight, parse_sheet, parse_style

_USUAL = {
    "a": "color: #0000ee; text-decoration: underline",
    "h1": "font-size: 2em; font-weight: bold",
    "h2": "font-size: 1.5em; font-weight: bold",
    "h3": "font-size: 1.17em; font-weight: bold",
    "h4": "font-weight: bold",
    "h5": "font-size: 0.83em; font-weight: bold",
    "h6": "font-size: 0.67em; font-weight: bold",
    "b": "font-weight: bold",
    "strong": "font-weight: bold",
    "th": "font-weight: bold",
    "small": "font-size: 0.83em",
    "sub": "font-size: 0.83em",
    "sup": "font-size: 0.83em",
}
"""What every mail program does where the mail says nothing."""

_UNSEEN = frozenset(("style", "script", "template", "title"))
_SIZE = re.compile(r"((?:[0-9]*\.)?[0-9]+)(px|pt|em|rem|%)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
_WORDS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24}

Weighted = tuple[Weight, Declaration]


class Look(Enum):
    """On what kind of screen the mail is read."""

    LIGHT = auto()
    DARK = auto()
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """How the words of one element look.

    ``paper`` is the colour behind them, ``size`` in CSS pixels. ``declared`` is what its own tag
    and the rules for it say, before anything is inherited.
    """

    colour: Colour = BLACK
    paper: Colour = WHITE
    size: float = 16.0
    bold: bool = False
    hidden: bool = False
    declared: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        """Large text, which may be fainter (WCAG 2.1, 18 pt, or 14 pt and bold)."""
        return self.size >= 24 or (self.bold and self.size >= 18.66)


def compute_styles(document: LexborHTMLParser, css: str, look: Look) -> dict[int, Style]:
    """The style of the body and of each element in it, by its ``mem_id``.

    Where a mail says nothing, programs differ; black on white is taken in every look, because a
    mail that sets one colour of a pair may meet any other.
    """
    rules = [rule for rule in parse_sheet(css) if _applies(rule.media, look)]
    weighted = _by_element(document, rules)
    styles: dict[int, Style] = {}
    for node in document.css("body, body *"):
        above = styles.get(node.parent.mem_id if node.parent else 0, Style())
        styles[node.mem_id] = _inherit(above, _declared(node, weighted.get(node.mem_id, [])), node)
    return styles


def _applies(media: str, look: Look) -> bool:
    if "prefers-color-scheme" in media:
        return look is (Look.DARK if "dark" in media else Look.LIGHT)
    return not media or look is Look.SMALL


def _by_element(document: LexborHTMLParser, rules: list[Rule]) -> dict[int, list[Weighted]]:
    found: dict[int, list[Weighted]] = {}
    for order, rule in enumerate(rules):
        for node in _picked(document, rule.selector):
            weight = (*rule.weight, order)
            found.setdefault(node.mem_id, []).extend((weight, one) for one in rule.declarations)
    return found


def _picked(document: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """A rule whose selector cannot be read counts for nothing, as in a browser."""
    try:
        return document.css(selector)
    except SelectolaxError:
        return []


def _declared(node: LexborNode, rules: list[Weighted]) -> dict[str, str]:
    """What counts for one element. The greatest weight comes last and wins.

    Important ones before others, then the tag's own style, then the weight of the rule's selector
    (CSS Cascading 4, section 6).
    """
    usual = [((0, -1), one) for one in _of_the_tag(node)]
    sheet = [((int(one.important), 0, *weight), one) for weight, one in rules]
    own = [((int(one.important), 1), one) for one in parse_style(node.attributes.get("style") or "")]
    ordered: list[Weighted] = sorted([*usual, *sheet, *own], key=lambda pair: pair[0])
    return {one.name: one.value for _, one in ordered}


def _of_the_tag(node: LexborNode) -> Iterator[Declaration]:
    if node.tag != "a" or "href" in node.attributes:
        yield from parse_style(_USUAL.get(node.tag or "", ""))
    for attribute, name in (("bgcolor", "background-color"), ("color", "color")):
        if given := node.attributes.get(attribute):
            yield Declaration(name, given.lower())


def _inherit(above: Style, declared: dict[str, str], node: LexborNode) -> Style:
    paper = parse_colour(declared.get("background-color", "")) or Colour(0, 0, 0, 0)
    return Style(
        colour=parse_colour(declared.get("color", "")) or above.colour,
        paper=over(paper, above.paper),
        size=_size(declared.get("font-size", ""), above.size),
        bold=_is_bold(declared.get("font-weight", ""), above.bold),
        hidden=above.hidden or node.tag in _UNSEEN or _is_hidden(declared),
        declared=declared,
    )


def _size(text: str, above: float) -> float:
    if text in _WORDS:
        return float(_WORDS[text])
    found = _SIZE.fullmatch(text)
    if not found:
        return above
    number = float(found[1])
    return (
        number * _PIXELS[found[2]]
        if found[2] in _PIXELS
        else above * number / (100 if found[2] == "%" else 1)
    )


def _is_bold(text: str, above: bool) -> bool:
    if text.isdecimal():
        return int(text) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(text, above)


def _is_hidden(declared: Mapping[str, str]) -> bool:
    return declared.get("display") == "none" or declared.get("visibility") == "hidden"
