"""Colours as CSS writes them, and how well two of them can be told apart."""

import re
from typing import NamedTuple

_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(([^()]*)\)")
_NUMBER = re.compile(r"(?:[0-9]*\.)?[0-9]+")


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255; ``alpha`` from 0, which cannot be seen, to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def __str__(self) -> str:
        return f"#{round(self.red):02x}{round(self.green):02x}{round(self.blue):02x}"


BLACK, WHITE, CLEAR = Colour(0, 0, 0), Colour(255, 255, 255), Colour(0, 0, 0, 0)
_NAMES = {"black": BLACK, "white": WHITE, "transparent": CLEAR, "none": CLEAR}


def parse_colour(text: str) -> Colour | None:
    """A colour in one of the ways that every mail program knows: #rgb, #rrggbb, rgb(), black, white."""
    text = text.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if (found := _HEX.fullmatch(text)) and len(found[1]) in (3, 4, 6, 8):
        return _from_digits(found[1])
    found = _RGB.fullmatch(text)
    return _from_numbers(re.split(r"[\s,/]+", found[1].strip())) if found else None


def over(colour: Colour, paper: Colour) -> Colour:
    """What is seen where ``colour`` lies on an opaque ``paper``."""
    pairs = zip(colour[:3], paper[:3], strict=True)
    return Colour(*(above * colour.alpha + below * (1 - colour.alpha) for above, below in pairs))


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.1, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _from_digits(digits: str) -> Colour:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, alpha = bytes.fromhex(digits if len(digits) == 8 else f"{digits}ff")
    return Colour(red, green, blue, alpha / 255)


def _from_numbers(words: list[str]) -> Colour | None:
    """Three numbers to 255, and after them the alpha as a number to 1 or in percent."""
    numbers = [float(word.rstrip("%")) for word in words if _NUMBER.fullmatch(word.rstrip("%"))]
    if len(numbers) != len(words) or len(words) not in (3, 4):
        return None
    red, green, blue, alpha = (*numbers, 1.0)[:4]
    return Colour(red, green, blue, alpha / 100 if words[-1].endswith("%") else alpha)


def _luminance(colour: Colour) -> float:
    """WCAG 2.1, relative luminance."""
    red, green, blue = (_linear(channel / 255) for channel in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
