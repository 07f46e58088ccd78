"""Rules about the mail as a whole: its language, its title, its screen, its headings."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from service.outbound.accessibility.page import Barrier, Page, name, value, words

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_DIRECTIONS = ("ltr", "rtl", "auto")


def languages(page: Page) -> Iterator[Barrier]:
    """``lang`` and ``dir``, twice: mail programs drop the html tag and keep what is in the body."""
    for node in [*page.all("html"), *_wrappers(page)]:
        if not _LANGUAGE.fullmatch(value(node, "lang")):
            yield Barrier(
                _tag(node), "it does not say which language the mail is in.", 'Write lang="{{ lang }}".'
            )
        if value(node, "dir") not in _DIRECTIONS:
            yield Barrier(_tag(node), "it does not say where lines begin.", 'Write dir="{{ dir }}".')


def titles(page: Page) -> Iterator[Barrier]:
    """A screen reader says the title first."""
    if not any(words(node) for node in page.all("head title")):
        yield Barrier("head", "the mail has no title.", "Write <title>{{ title }}</title>.")


def viewport(page: Page) -> Iterator[Barrier]:
    """A telephone shows the mail as wide as it is itself, and lets people zoom."""
    mend = 'Write <meta name="viewport" content="width=device-width, initial-scale=1">.'
    said = " ".join(value(node, "content") for node in page.all('meta[name="viewport"]')).replace(" ", "")
    if "width=device-width" not in said:
        yield Barrier("head", "a telephone shrinks the mail until nobody can read it.", mend)
    if "user-scalable=no" in said or "maximum-scale=1" in said:
        yield Barrier("meta viewport", "nobody can make the mail larger.", mend)


def palettes(page: Page) -> Iterator[Barrier]:
    """A dark screen has colours that were chosen; without them each program makes up its own."""
    said = [value(node, "content").split() for node in page.all('meta[name="color-scheme"]')]
    if not any({"light", "dark"} <= set(schemes) for schemes in said):
        mend = 'Write <meta name="color-scheme" content="light dark">.'
        yield Barrier("head", "the mail does not say that it has a light and a dark palette.", mend)
    if "prefers-color-scheme" not in page.css:
        mend = "Give style.css a block @media (prefers-color-scheme: dark)."
        yield Barrier("head", "there are no colours for dark screens.", mend)


def headings(page: Page) -> Iterator[Barrier]:
    """One h1, and no level left out on the way down: people jump from heading to heading."""
    found = page.all("h1, h2, h3, h4, h5, h6")
    firsts = [node for node in found if node.tag == "h1"]
    if len(firsts) != 1:
        where = name(firsts[1]) if firsts else "body"
        yield Barrier(where, f"the mail has {len(firsts)} headings h1.", "Give it one, for what it is about.")
    level = 0
    for node in found:
        own = int((node.tag or "h1")[1])
        if own > level + 1 and firsts:
            mend = f"Make it an h{level + 1}; its size is a matter of style.css."
            yield Barrier(name(node), f"an h{own} follows {_level(level)}.", mend)
        if not words(node):
            yield Barrier(name(node), "the heading is empty.", "Write the heading, or leave out its tag.")
        level = own


def _wrappers(page: Page) -> list[LexborNode]:
    """What stands directly in the body and holds words or pictures."""
    return [
        node
        for node in page.all("body > *")
        if node.tag not in ("style", "script") and (words(node) or node.css_first("img"))
    ]


def _tag(node: LexborNode) -> str:
    """The tag alone: the words of a wrapper are those of the mail."""
    return name(node).partition(" “")[0]


def _level(level: int) -> str:
    return f"an h{level}" if level else "nothing"
