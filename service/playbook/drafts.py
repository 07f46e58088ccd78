"""What a manager may be told of thanks, drafted in plain sentences. Pure.

Drafts are shown to the thanked person word for word, and told only after their yes.
"""

from dataclasses import dataclass

from service.domain.recognition import Told

LONGEST_QUOTE = 280
"""Characters of the author's words that are quoted: one or two sentences."""
LONGEST_WORDING = 1000
"""Characters that the thanked person may put in their place."""
_LONGEST_NAME = 80
_ENDS = tuple(".!?…")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who thanks whom, of which department, and what they do together. Names as they are printed."""

    collaboration: str
    author: str
    department: str
    person: str


def draft(occasion: Occasion, reason: str) -> Told:
    """``reason`` quoted in the author's own words; "" where they only named the person."""
    names = _printed(occasion)
    quote = _quoted(_cut(_one_paragraph(reason), LONGEST_QUOTE))
    told = f"{names.author} ({names.department}) thanks {names.person}"
    sentence = f"In {names.collaboration}, a colleague from {names.department} recognized {names.person}"
    return Told(f"{told}: {quote}", f"{sentence}: {quote}") if quote else Told(f"{told}.", f"{sentence}.")


def in_their_words(occasion: Occasion, wording: str) -> Told:
    """Exactly the thanked person's words; the sentence says whose words they are."""
    names = _printed(occasion)
    words = _one_paragraph(wording)
    sentence = f"In {names.collaboration}, a colleague from {names.department} recognized {names.person}"
    return Told(words, f"{sentence}, who puts it in these words: {_quoted(words)}")


def is_telling(wording: str) -> bool:
    """Whether words can stand in a summary: there are some, and no more than a paragraph of them."""
    return 0 < len(_one_paragraph(wording)) <= LONGEST_WORDING


def _printed(occasion: Occasion) -> Occasion:
    names = (occasion.collaboration, occasion.author, occasion.department, occasion.person)
    return Occasion(*(_cut(_one_paragraph(name), _LONGEST_NAME) for name in names))


def _one_paragraph(words: str) -> str:
    """Without line breaks, and without characters that nobody sees: what is approved is what shows."""
    visible = (c if c.isprintable() else " " if c.isspace() else "" for c in words)
    return " ".join("".join(visible).split())


def _cut(words: str, length: int) -> str:
    """At most ``length`` characters, cut behind a word where one ends near."""
    if len(words) <= length:
        return words
    head = words[: length - 1]
    at = head.rfind(" ", length * 3 // 4)
    return (head[:at] if at > 0 else head).rstrip(" ,;:-–—") + "…"


def _quoted(words: str) -> str:
    """In quotation marks and with an end; marks inside become single ones."""
    for mark in '"“”„«»':
        words = words.replace(mark, "'")
    return f'"{words if words.endswith(_ENDS) else words + "."}"' if words else ""
