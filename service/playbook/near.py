"""The word that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that looks most like ``word``; '' where none does. Case is ignored."""
    folded = {known_word.lower(): known_word for known_word in known}
    near = get_close_matches(word.lower(), sorted(folded), n=1)
    return folded[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean "title"?`` or, where nothing is near, the list of what is known."""
    words = sorted(known)
    near = nearest(word, words)
    return f'Did you mean "{near}"?' if near else f"Known: {', '.join(words)}."
