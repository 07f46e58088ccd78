"""Frames: a mail rendered once for all readers who get the same but for their own few words.

Most of a round's mails differ in a name and a code only. Such a mail is rendered with marks in
their place; what stands on other lines is encoded once, and each reader's lines are filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from service.outbound.mime import NEWLINES, as_text, quoted_printable
from service.outbound.render import Rendered
from service.outbound.shared import Encoded

PERSONAL = ("first_name", "full_name", "footer_code")
"""The names whose values are each reader's own."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One reader's texts, before and behind the part that all share, encoded. ``common`` has for each
    of the four what of it is the same for others, in its order there."""

    subject: str
    text: tuple[Encoded, Encoded]
    html: tuple[Encoded, Encoded]
    common: tuple[tuple[bytes, ...], ...] = ((), (), (), ())


Stretches = tuple[Encoded | str, ...]
"""Lines that are the same for all, and between them single lines with marks."""


class Frame:
    """``rendered`` with ``marks`` (by name) where a reader's own words stand; ``part`` marks the place
    of what all share. A mark is no text that anybody can write."""

    def __init__(self, rendered: Rendered, marks: Mapping[str, str], part: str) -> None:
        self._marks, self._subject = dict(marks), rendered.subject
        self._text = [self._stretches(side) for side in sides(rendered.text, part)]
        self._html = [self._stretches(side) for side in sides(rendered.html, part)]
        self._common = tuple(_common(side) for side in (*self._text, *self._html))

    def fill(self, own: Mapping[str, str]) -> Filled:
        """The texts for the reader whose words are ``own``."""
        plain = {mark: own[name] for name, mark in self._marks.items()}
        safe = {mark: str(escape(words)) for mark, words in plain.items()}
        return Filled(
            subject=_replaced(self._subject, plain),
            text=(_filled(self._text[0], plain), _filled(self._text[1], plain)),
            html=(_filled(self._html[0], safe), _filled(self._html[1], safe)),
            common=self._common,
        )

    def _stretches(self, words: str) -> Stretches:
        found: list[Encoded | str] = []
        same = ""
        for line in _lines(NEWLINES.sub("\n", words)):
            if any(mark in line for mark in self._marks.values()):
                found += [_encoded(same), line]
                same = ""
            else:
                same += line
        return (*found, _encoded(same))


def filled_alone(rendered: Rendered, part: str) -> Filled:
    """The texts of a mail that was rendered for one reader."""
    text, html = sides(rendered.text, part), sides(rendered.html, part)
    return Filled(
        rendered.subject,
        (Encoded.of(text[0]), Encoded.of(text[1])),
        (Encoded.of(html[0]), Encoded.of(html[1])),
    )


def sides(words: str, part: str) -> tuple[str, str]:
    """What stands before and behind the place of the shared part."""
    before, _, after = words.partition(f"{part}\n")
    return before, after


def _lines(words: str) -> list[str]:
    """Each with its line feed, if it has one; ``splitlines`` would cut at further characters."""
    *whole, last = words.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def _encoded(words: str) -> Encoded:
    return Encoded(as_text(words), quoted_printable(as_text(words))) if words else Encoded()


def _common(stretches: Stretches) -> tuple[bytes, ...]:
    return tuple(one.octets for one in stretches if isinstance(one, Encoded) and one.octets)


def _filled(stretches: Stretches, own: Mapping[str, str]) -> Encoded:
    lines = [one if isinstance(one, Encoded) else _encoded(_replaced(one, own)) for one in stretches]
    return Encoded("".join(line.words for line in lines), b"".join(line.octets for line in lines))


def _replaced(words: str, own: Mapping[str, str]) -> str:
    for mark, value in own.items():
        words = words.replace(mark, value)
    return words
