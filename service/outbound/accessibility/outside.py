"""Rules about what a mail may not do: fetch anything, run anything, ask in fields (OUT-9)."""

from collections.abc import Iterator

from service.outbound.accessibility.page import Barrier, Page, name, value

_FETCHING = ("src", "srcset", "background", "poster", "data")
_REMOTE_CSS = ("url(http", "url(//", "@import", "@font-face")
_ACTIVE = "script, form, input, button, select, textarea, iframe, object, embed, base"


def remote(page: Page) -> Iterator[Barrier]:
    """Whatever is fetched tells somebody that the mail was opened."""
    mend = "Send the picture along with the mail, and leave fonts to the reader's program."
    for node in page.all("*"):
        if any(_is_remote(value(node, attribute)) for attribute in _FETCHING) or node.tag == "link":
            yield Barrier(name(node), "it is fetched from elsewhere.", mend)
        elif _fetches(value(node, "style")):
            yield Barrier(name(node), "its style is fetched from elsewhere.", mend)
    if _fetches(page.css):
        yield Barrier("style", "the styles fetch a file or a font.", mend)


def active(page: Page) -> Iterator[Barrier]:
    """Mail programs drop what is active, or drop the mail."""
    mend = "Take it out: people answer by replying."
    for node in page.all(_ACTIVE):
        yield Barrier(name(node), f"mail programs let no <{node.tag}> through.", mend)
    for node in page.all("*"):
        scripted = any(attribute.startswith("on") for attribute in node.attributes)
        if scripted or value(node, "href").lower().startswith("javascript:"):
            yield Barrier(name(node), "it holds a script.", mend)


def _is_remote(address: str) -> bool:
    return address.lower().startswith(("http:", "https:", "//"))


def _fetches(css: str) -> bool:
    bare = "".join(css.lower().split()).replace("'", "").replace('"', "")
    return any(mark in bare for mark in _REMOTE_CSS)
