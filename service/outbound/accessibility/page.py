"""A mail's HTML as the rules see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.outbound.accessibility.styles import Look, Style, compute_styles

_NAMED_WITH = 40
"""So many characters of an element's text are enough to find it again."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """What one rule found at one element."""

    where: str
    problem: str
    mend: str


class Page:
    """One parsed document. Styles are computed once for each look that a rule asks for."""

    def __init__(self, html: str) -> None:
        self._document = LexborHTMLParser(html)
        self._styles: dict[Look, dict[int, Style]] = {}

    def all(self, selector: str) -> list[LexborNode]:
        """The elements that ``selector`` picks, in the order of the document."""
        return self._document.css(selector)

    @cached_property
    def css(self) -> str:
        """What stands in the head's style elements: what could not be written into the tags."""
        return "\n".join(style.text() for style in self.all("style"))

    def styles(self, look: Look) -> dict[int, Style]:
        """The style of each element below the body, by the element's ``mem_id``."""
        if look not in self._styles:
            self._styles[look] = compute_styles(self._document, self.css, look)
        return self._styles[look]

    def seen_texts(self, look: Look) -> Iterator[tuple[LexborNode, Style]]:
        """The elements with words of their own that can be seen, each with its style."""
        styles = self.styles(look)
        for node in self.all("body, body *"):
            style = styles[node.mem_id]
            if not style.hidden and own_words(node):
                yield node, style


def own_words(node: LexborNode) -> str:
    """The words that stand in ``node`` itself."""
    return " ".join(node.text(deep=False).split())


def words(node: LexborNode) -> str:
    """The words in ``node`` and below, on one line."""
    return " ".join(node.text().split())


def value(node: LexborNode, attribute: str) -> str:
    """The value of an attribute on one line, '' where it is missing or empty."""
    return " ".join((node.attributes.get(attribute) or "").split())


def name(node: LexborNode) -> str:
    """``node`` for people: its tag with id or class, and the words that it starts with."""
    mark = f"#{value(node, 'id')}" if value(node, "id") else ""
    mark = mark or "".join(f".{one}" for one in value(node, "class").split())
    text = words(node) or value(node, "alt") or value(node, "src")
    shown = text if len(text) <= _NAMED_WITH else f"{text[:_NAMED_WITH]}…"
    return f"{node.tag}{mark} “{shown}”" if shown else f"{node.tag}{mark}"
