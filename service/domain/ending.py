"""Endings: what somebody, or everybody of a domain, ends every mail with; learned from their mails."""

import hashlib
from dataclasses import dataclass

LONGEST = 2000
"""Characters of an ending; what is longer is none."""
PROOFS = 3
"""Mails of one person, or people of one domain: so many have to end with it before it is left out."""
MAILS_OF_EACH = 2
"""So many mails of one person have to end with it before that person counts for their domain."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A learned ending. ``text``: as it stood in a mail. ``mails``: under how many mails of the person it
    stood so far. ``digest``: of its words."""

    text: str
    mails: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class DomainEnding:
    """What several people of a mail domain end their mails with. ``people``: how many do."""

    domain: str
    text: str
    people: int


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of one mail, which may turn out to be an ending.

    ``words`` are its normal words, ``above`` those that the author wrote right above it. ``signed``: it says
    whose it is, so that mails of one person can prove it; any other takes several people.
    """

    text: str
    words: str
    above: str
    signed: bool

    @property
    def digest(self) -> str:
        """What stands for its words, however they are wrapped."""
        return fingerprint(self.words)


def fingerprint(words: str) -> str:
    """A text as 64 characters that do not give it away."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
