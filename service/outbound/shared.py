"""What many mails have in common: rendered and encoded once, put into each as it stands."""

from dataclasses import dataclass
from typing import Self

from service.outbound.mime import NO_FILES, Related, as_text, quoted_printable

HTML_LIMIT = 40_000
"""Octets of a mail's HTML as encoded (OUT-7): Gmail clips near 102,000, and the footer goes first."""
PERSONAL = 8_000
"""Of these, what is kept for the words around the shared part: greeting, questions, footer."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Words as they can travel, and their octets in quoted-printable."""

    words: str = ""
    octets: bytes = b""

    @classmethod
    def of(cls, text: str) -> Self:
        """``text``, whatever is in it. Nothing but white space is nothing at all."""
        words = as_text(text)
        return cls(words, quoted_printable(words)) if words.strip() else cls()


NOTHING = Encoded()


@dataclass(frozen=True, slots=True)
class Shared:
    """The part that all readers of a mail share, in plain text and HTML, and its pictures."""

    text: Encoded = NOTHING
    html: Encoded = NOTHING
    pictures: Related = NO_FILES

    @property
    def fits(self) -> bool:
        """Whether a mail with this part stays small enough, whoever gets it (OUT-7)."""
        return max(len(self.html.octets), len(self.text.octets)) <= HTML_LIMIT - PERSONAL


NOTHING_SHARED = Shared()
