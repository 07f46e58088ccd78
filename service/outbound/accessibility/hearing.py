"""What a screen reader says, in its order: for people to read, and for tests to keep."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.outbound.accessibility.page import value
from service.outbound.accessibility.styles import Look, Style, compute_styles

_INLINE = frozenset(("a", "b", "strong", "em", "i", "span", "font", "small", "sub", "sup", "code"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def reading_order(html: str) -> str:
    """The title, then the text from top to bottom: a line for each block.

    What is more than text stands before it in brackets: ``[h1]``, ``[picture]``, ``[link]``,
    ``[th]``, ``[td]`` (of tables with data), ``[line]``.
    """
    document = LexborHTMLParser(html)
    title = document.css_first("head title")
    hearing = _Hearing(compute_styles(document, "", Look.LIGHT))
    if title:
        hearing.say(f"[title] {title.text()}")
    if document.body:
        hearing.hear(document.body)
    return hearing.text()


class _Hearing:
    """One walk over one mail."""

    def __init__(self, styles: dict[int, Style]) -> None:
        self._styles = styles
        self._lines = [""]

    def text(self) -> str:
        """All that was said so far."""
        lines = (" ".join(line.split()) for line in self._lines)
        return "".join(f"{line}\n" for line in lines if line)

    def say(self, words: str) -> None:
        """Add ``words`` to the line."""
        self._lines[-1] += words

    def hear(self, node: LexborNode) -> None:
        """One node and what is in it."""
        if node.is_text_node:
            self.say(node.text())
        elif node.is_element_node and not self._is_silent(node):
            self._hear_element(node)

    def _is_silent(self, node: LexborNode) -> bool:
        return self._styles[node.mem_id].hidden or value(node, "aria-hidden") == "true"

    def _hear_element(self, node: LexborNode) -> None:
        is_block = node.tag not in _INLINE and node.tag != "img"
        if is_block:
            self._lines.append("")
        self.say(" ".join(_announced(node)))
        for child in node.iter(include_text=True):
            self.hear(child)
        if is_block:
            self._lines.append("")


def _announced(node: LexborNode) -> Iterator[str]:
    """What a screen reader says before the words themselves."""
    tag = node.tag or ""
    if tag in _HEADINGS or (tag in ("th", "td") and not _is_layout(node)):
        yield f"[{tag}] "
    elif tag == "a" and "href" in node.attributes:
        yield "[link] "
    elif tag == "hr":
        yield "[line]"
    elif tag == "img" and value(node, "alt"):
        yield f" [picture] {value(node, 'alt')} "


def _is_layout(cell: LexborNode) -> bool:
    above = cell.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None and value(above, "role") in ("presentation", "none")
