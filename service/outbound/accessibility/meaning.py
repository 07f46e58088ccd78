"""Rules about what an element says to those who do not see it, or not its colour."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from service.outbound.accessibility.page import Barrier, Page, name, value, words
from service.outbound.accessibility.styles import Look

_DECORATION = ("presentation", "none")
_SCOPES = ("row", "col", "rowgroup", "colgroup")
_FILES = (".png", ".gif", ".jpg", ".jpeg", ".svg", ".webp")
_EMPTY_WORDS = frozenset(
    (
        *("here", "click here", "click", "this", "this link", "link", "more", "read more", "learn more"),
        *("go", "see more", "continue", "details", "open"),
    )
)
_INLINE = frozenset(("-text", "span", "b", "strong", "em", "i", "a", "font", "img"))


def tables(page: Page) -> Iterator[Barrier]:
    """A table is layout and says so, or has data and names its rows or columns."""
    for table in page.all("table"):
        heads = [head for head in table.css("th") if _table_of(head) == table.mem_id]
        if value(table, "role") in _DECORATION:
            if heads:
                mend = "Make it a <td>, or take the role from the table."
                yield Barrier(name(heads[0]), "a table for layout has no headers.", mend)
        elif not heads:
            mend = 'Write role="presentation", or give a table of data <th scope="col"> or <th scope="row">.'
            yield Barrier(name(table), "a screen reader reads its cells out as data without names.", mend)
        else:
            yield from _without_scope(heads)


def pictures(page: Page) -> Iterator[Barrier]:
    """Every picture has words in its place; decoration says that it is none of the mail's matter."""
    for picture in page.all("img"):
        alt, mend = picture.attributes.get("alt"), "Write what it shows into alt."
        if alt is None:
            yield Barrier(name(picture), "the picture has no alt.", mend)
        elif not alt.strip() and value(picture, "role") not in _DECORATION:
            mend = f'{mend[:-1]}; decoration has alt="" and role="presentation".'
            yield Barrier(name(picture), "the picture's alt is empty.", mend)
        elif alt.lower().strip().endswith(_FILES):
            yield Barrier(name(picture), "the picture's alt is the name of a file.", mend)


def sizes(page: Page) -> Iterator[Barrier]:
    """Where pictures are blocked, their place keeps its size and the text stays where it is."""
    for picture in page.all("img"):
        if not (value(picture, "width").isdigit() and value(picture, "height").isdigit()):
            mend = "Write width and height in pixels into the tag."
            yield Barrier(name(picture), "the picture has no width or no height.", mend)


def questions(page: Page) -> Iterator[Barrier]:
    """What is asked stands in words: many people never load a picture."""
    for question in page.all('[id^="q-"]'):
        if question.css_first("img") or not words(question):
            mend = "Ask in words, and put the picture above or below the question."
            yield Barrier(name(question), "answering needs a picture.", mend)


def links(page: Page) -> Iterator[Barrier]:
    """The text of a link says where it goes: screen readers list links without what is around."""
    for link in page.all("a[href]"):
        text = words(link) or " ".join(value(picture, "alt") for picture in link.css("img"))
        bare = text.rstrip(".:!…→›» ").lower()
        if not bare or bare in _EMPTY_WORDS or bare.startswith(("http:", "https:", "www.")):
            mend = "Say in a few words where it goes."
            yield Barrier(name(link), "the link's text means nothing by itself.", mend)


def colour_only(page: Page) -> Iterator[Barrier]:
    """What a colour says, a word beside it or in it says too; a link is underlined."""
    yield from _links_by_colour(page)
    yield from _bars_without_words(page)


def _table_of(node: LexborNode) -> int:
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above.mem_id if above else 0


def _without_scope(heads: list[LexborNode]) -> Iterator[Barrier]:
    for head in heads:
        if value(head, "scope") not in _SCOPES:
            mend = 'Write scope="col" or scope="row".'
            yield Barrier(name(head), "the header does not say which cells it names.", mend)


def _links_by_colour(page: Page) -> Iterator[Barrier]:
    styles = page.styles(Look.LIGHT)
    for link in page.all("body a[href]"):
        decoration = styles[link.mem_id].declared.get("text-decoration", "")
        if words(link) and "underline" not in decoration and _words_beside(link):
            yield Barrier(name(link), "only its colour tells that it is a link.", "Let it be underlined.")


def _bars_without_words(page: Page) -> Iterator[Barrier]:
    styles = page.styles(Look.LIGHT)
    for bar in page.all("body td, body div, body span"):
        above = styles[bar.parent.mem_id] if bar.parent else styles[bar.mem_id]
        if styles[bar.mem_id].paper == above.paper or value(bar, "aria-hidden") == "true":
            continue
        if not words(bar) and not bar.css_first("img") and not _words_in_the_row(bar):
            mend = 'Write its meaning beside it or in it; decoration has aria-hidden="true".'
            yield Barrier(name(bar), "only its colour says what it means.", mend)


def _words_in_the_row(bar: LexborNode) -> bool:
    """Whether words stand in the same line or, for a part of a table, in another cell of its row."""
    node: LexborNode | None = bar
    while node is not None and not words(node):
        if _words_beside(node):
            return True
        node = node.parent
    return node is not None and node.tag == "tr"


def _words_beside(node: LexborNode) -> bool:
    """Whether words stand in the same line, right before or after ``node``."""
    for step in ("prev", "next"):
        other = getattr(node, step)
        while other is not None and not other.is_element_node and not words(other):
            other = getattr(other, step)
        if other is not None and other.tag in _INLINE and (words(other) or value(other, "alt")):
            return True
    return False
