"""Slips of the finger: two words that were meant to be the same."""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

NEAR = 88
SHORTEST = 4
SLIPPERY = 6
"""Letters from which on one slip makes no other word."""


def is_slip(said: str, meant: str) -> bool:
    """One letter too many, too few, wrong or in the wrong place; in longer words a few. Never a figure."""
    if len(meant) < SHORTEST or _figures(said) != _figures(meant):
        return False
    return fuzz.ratio(said, meant) >= NEAR or (len(meant) >= SLIPPERY and OSA.distance(said, meant) <= 1)


def _figures(words: str) -> str:
    return "".join(sign for sign in words if sign.isdecimal())
