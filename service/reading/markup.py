"""HTML as lines: what is a quote, an original or a signature is told by the client's own containers."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.message import plain
from service.reading.lines import MOST_LINES, Line, Origin, cleaned, unquote
from service.reading.tables import table

BLOCKS = table(
    """
    p div hr table tr ul ol li blockquote pre h1 h2 h3 h4 h5 h6 section article header footer center
    dl dt dd form address body
    """
)
PARAGRAPHS = table("p h1 h2 h3 h4 ul ol blockquote pre")
UNSEEN = table("script style head title meta link template svg object")

# A client's mark -> what it says. Classes and ids are compared whole, without the "x_" that
# Outlook on the web puts in front of names in mail that it quotes.
INSIDE = {
    "yahoo_quoted": Origin.ORIGINAL,
    "yahoo-quoted-begin": Origin.ORIGINAL,
    "protonmail_quote": Origin.ORIGINAL,
    "zmail_extra": Origin.ORIGINAL,
    "outlookmessageheader": Origin.ORIGINAL,
    "moz-email-headers-table": Origin.ORIGINAL,
    "tutanota_quote": Origin.ORIGINAL,
    "originalmessage": Origin.ORIGINAL,
    "gmail_attr": Origin.CITATION,
    "moz-cite-prefix": Origin.CITATION,
    "gmail_signature": Origin.SIGNATURE,
    "gmail_signature_prefix": Origin.SIGNATURE,
    "moz-signature": Origin.SIGNATURE,
    "ms-outlook-mobile-signature": Origin.SIGNATURE,
    "applemailsignature": Origin.SIGNATURE,
    "protonmail_signature_block": Origin.SIGNATURE,
    "signature": Origin.SIGNATURE,
}
FROM_HERE_ON = table(
    """
    divrplyfwdmsg appendonsend stopspelling replysplit isforwardcontent outlookmessageheader
    mail-editor-reference-message-container ms-outlook-mobile-reference-message
    """
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
CLOSED_BY_THE_NEXT = table("p li td th tr dd dt option br hr img meta link input col area wbr html head body")
DEEPEST = 1000
HIDDEN = re.compile(r"display ?: ?none", re.IGNORECASE)
# A parser opens these again in every block until they are closed: their number times the blocks'. None
# of them says anything here, and a span is not opened again.
FORMATTING = re.compile(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)


def html_lines(html: str) -> list[Line]:
    """The lines of a ``text/html`` part as a reader sees them, scripts and styles left out."""
    if _too_deep(html):
        return [Line(cleaned(line)) for line in re.sub(r"<[^<>]*>", "\n", html).split("\n")[:MOST_LINES]]
    body = LexborHTMLParser(FORMATTING.sub(r"<\1span", html.replace("\x00", ""))).body
    return _Writer().write(body, bool(HIDDEN.search(html)))[:MOST_LINES] if body is not None else []


def _too_deep(html: str) -> bool:
    """Parsing nested blocks costs the square of their depth; no client nests like that."""
    depth, opened = 0, Counter[str]()
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name in CLOSED_BY_THE_NEXT:
            continue
        if not tag[1]:
            opened[name] += 1
            depth += 1
        elif opened[name]:  # what closes nothing brings nobody up
            opened[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def _walk(root: LexborNode, hides: bool) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below ``root`` on entering and on leaving it, without recursion.

    ``hides``: it has elements that no reader sees, as a gateway's preview line; their inside is left out.
    """
    node, top = root, root.mem_id
    while True:
        yield node, True
        unseen = node.tag in UNSEEN or (hides and _is_hidden(node))
        below = None if unseen else node.first_child
        if below is not None:
            node = below
            continue
        yield node, False
        while node.next is None:
            parent = node.parent
            if parent is None or node.mem_id == top:
                return
            node = parent
            yield node, False
            if node.mem_id == top:
                return
        node = node.next


class _Writer:
    """Collects text into lines; a line takes the origin of where its first word stands."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._words: list[str] = []
        self._quotes: list[Origin] = []  # of the blockquotes around
        self._origins: list[Origin] = []
        self._anchors: list[str] = []
        self._numbers: list[int] = []  # of the next item in each list around; 0 where it has bullets
        self._preformatted = 0
        self._rest_is_original = False

    def write(self, body: LexborNode, hides: bool) -> list[Line]:
        for node, entering in _walk(body, hides):
            tag = node.tag or ""
            if tag == "-text":
                self._text(node, entering)
            elif tag in UNSEEN or tag[:1] in "-!_":
                continue
            elif entering:
                self._enter(node, tag)
            else:
                self._leave(node, tag)
        self._flush()
        return self._lines

    def _text(self, node: LexborNode, entering: bool) -> None:
        text = (node.text_content or "") if entering else ""
        if not text:
            return
        if not self._preformatted:
            self._words.append(text)
            return
        first, *others = text.split("\n")
        self._words.append(first)
        for other in others:
            self._flush(keep=True)
            self._words.append(other)

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self._flush(keep=True)
            return
        if tag in BLOCKS:
            self._flush()
        if tag in PARAGRAPHS and not _is_tight(node):
            self._blank()
        elif tag == "hr" and "width: 210px" in (node.attributes.get("style") or ""):
            self._lines.append(Line("--"))  # Foxmail's line above a signature
        elif tag in ("td", "th"):
            self._words.append(" ")
        self._open(node, tag)
        if tag == "li":
            self._words.append(self._item(node))

    def _leave(self, node: LexborNode, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag in PARAGRAPHS and (not _is_tight(node) or not node.text().strip()):
            self._blank()
        if tag != "br":
            self._close(node, tag)

    def _open(self, node: LexborNode, tag: str) -> None:
        self._preformatted += tag == "pre"
        if tag in ("ol", "ul"):
            self._numbers.append(_figure(node, "start", 1) if tag == "ol" and _counts(node) else 0)
        if tag == "blockquote" and not _indents(node):
            self._quotes.append(_whose(node))
        origin, rest, anchor = _marks(node)
        if origin or rest:
            self._flush()
        self._rest_is_original = self._rest_is_original or rest
        if origin:
            self._origins.append(origin)
        if anchor:
            self._anchors.append(anchor)

    def _close(self, node: LexborNode, tag: str) -> None:
        self._preformatted -= tag == "pre"
        if tag in ("ol", "ul"):
            self._numbers.pop()
        if tag == "blockquote" and not _indents(node):
            self._quotes.pop()
        origin, _, anchor = _marks(node)
        if origin:
            self._flush()
            self._origins.pop()
        if anchor:
            self._anchors.pop()

    def _item(self, node: LexborNode) -> str:
        """What stands in front of a list's item: its number, or a bullet."""
        if not self._numbers or not self._numbers[-1]:
            return "- "
        number = _figure(node, "value", self._numbers[-1])
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _flush(self, keep: bool = False) -> None:
        joined = cleaned("".join(self._words))
        if not joined.isprintable():  # references may stand for what the mail itself may not hold (IN-18)
            joined = plain(joined).replace("\n", " ")
        text = joined.rstrip() if self._preformatted else " ".join(joined.split())
        self._words.clear()
        if text or keep:
            marked, origin = unquote(text), self._origin()  # it may be an original that had marks of its own
            if origin is Origin.TYPED:
                origin = marked.origin
            anchor = self._anchors[-1] if self._anchors else ""
            self._lines.append(Line(marked.text, len(self._quotes) + marked.depth, origin, anchor))

    def _blank(self) -> None:
        if self._lines and self._lines[-1].text:
            self._lines.append(Line("", len(self._quotes), self._origin()))

    def _origin(self) -> Origin:
        if Origin.ORIGINAL in self._origins or self._rest_is_original:
            return Origin.ORIGINAL
        if self._origins:
            return self._origins[-1]
        return self._quotes[0] if self._quotes else Origin.TYPED


def _is_hidden(node: LexborNode) -> bool:
    return bool(HIDDEN.search(node.attributes.get("style") or ""))


def _is_tight(node: LexborNode) -> bool:
    """Outlook's paragraphs have no space around them: an empty line is a paragraph of its own."""
    return node.tag == "p" and (node.attributes.get("class") or "").startswith("Mso")


def _counts(node: LexborNode) -> bool:
    """Items have figures, not letters."""
    return node.attributes.get("type") in (None, "1")


def _figure(node: LexborNode, name: str, usual: int) -> int:
    written = node.attributes.get(name) or ""
    return int(written) if written.isdecimal() and len(written) <= 4 else usual


def _indents(quote: LexborNode) -> bool:
    """Some clients indent the author's own words with a blockquote that has a margin and no border."""
    style = (quote.attributes.get("style") or "").replace(" ", "").lower()
    return "margin:00040px" in style and "border:none" in style


def _whose(quote: LexborNode) -> Origin:
    """Clients cite, or quote inside a container of theirs; Gmail's button gives the class alone."""
    if quote.attributes.get("type") == "cite" or quote.attributes.get("cite"):
        return Origin.QUOTE
    around = quote.parent
    if around is not None and "gmail_quote" in (around.attributes.get("class") or ""):
        return Origin.QUOTE
    return Origin.SET_OFF if quote.attributes.get("class") == "gmail_quote" else Origin.UNMARKED


def _marks(node: LexborNode) -> tuple[Origin | None, bool, str]:
    """What tag, id, class and style of an element say: (its inside, all that follows, whose question)."""
    attributes, tag = node.attributes, node.tag or ""
    if not attributes:
        return INSIDE.get(tag), False, ""
    own = attributes.get("id") or ""
    written = [tag, *own.split(), *(attributes.get("class") or "").split()]
    names = [name.removeprefix("x_").lower() for name in written]
    inside = next((INSIDE[name] for name in names if name in INSIDE), None)
    after = any(name in FROM_HERE_ON for name in names) or _is_outlook_header(attributes.get("style"))
    bare = own.removeprefix("x_")
    return inside, after, bare[2:] if bare.startswith("q-") else ""


def _is_outlook_header(style: str | None) -> bool:
    """Outlook on the desktop draws one thin line above the header of the original."""
    if not style or "border-top" not in style.lower():
        return False
    flat = style.replace(" ", "").lower()
    return "border:none;border-top:solid#" in flat and "1.0pt" in flat and "padding:3.0pt" in flat
