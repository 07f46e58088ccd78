"""Rules about what can be read with the eyes: contrast and size, on every kind of screen."""

from collections.abc import Iterator

from service.outbound.accessibility.colours import contrast, over, parse_colour
from service.outbound.accessibility.page import Barrier, Page, name
from service.outbound.accessibility.styles import Look

_ENOUGH, _ENOUGH_IF_LARGE = 4.5, 3.0
_SMALLEST = 14
_COLOURS = ("color", "background-color")
_TAKEN_OVER = ("", "inherit", "currentcolor", "initial", "unset")


def faint_in_the_light(page: Page) -> Iterator[Barrier]:
    """Words on a light screen."""
    return _faint(page, Look.LIGHT, "")


def faint_in_the_dark(page: Page) -> Iterator[Barrier]:
    """Words on a dark screen; a colour that was written for light paper only shows here."""
    return _faint(page, Look.DARK, " in @media (prefers-color-scheme: dark)")


def small_text(page: Page) -> Iterator[Barrier]:
    """No text is smaller than 14 px, on a small screen least of all. Each size is told once."""
    found: dict[str, Barrier] = {}
    known: set[int] = set()
    for look, where in ((Look.LIGHT, ""), (Look.SMALL, " on a small screen")):
        small = [(node, style) for node, style in page.seen_texts(look) if style.size < _SMALLEST]
        for node, style in small:
            if node.mem_id not in known:
                problem = f"the text is {style.size:g} px tall{where}."
                found.setdefault(problem, Barrier(name(node), problem, f"Give it {_SMALLEST} px or more."))
        known = {node.mem_id for node, _ in small}
    yield from found.values()


def unreadable_colours(page: Page) -> Iterator[Barrier]:
    """Colours that this checker cannot read, and some mail programs neither. Each is told once."""
    found: dict[str, Barrier] = {}
    for look in (Look.LIGHT, Look.DARK):
        styles = page.styles(look)
        for node in page.all("body, body *"):
            for colour in (styles[node.mem_id].declared.get(which, "") for which in _COLOURS):
                if colour not in _TAKEN_OVER and parse_colour(colour) is None:
                    problem = f'the colour "{colour}" cannot be checked.'
                    found.setdefault(colour, Barrier(name(node), problem, "Write it as #rrggbb."))
    yield from found.values()


def _faint(page: Page, look: Look, where: str) -> Iterator[Barrier]:
    """Each pair of colours is told once, with the first words that have it."""
    found: dict[str, Barrier] = {}
    for node, style in page.seen_texts(look):
        enough = _ENOUGH_IF_LARGE if style.is_large else _ENOUGH
        colour = over(style.colour, style.paper)
        ratio = contrast(colour, style.paper)
        if ratio < enough:
            problem = f"{colour} on {style.paper} has a contrast of {ratio:.1f}."
            mend = f"Choose colours with {enough} or more{where}."
            found.setdefault(problem, Barrier(name(node), problem, mend))
    yield from found.values()
