"""Where a mail belongs: the identifiers of ours that came back with it, verified (mail-rules 2.1, IN-4).

An identifier that does not verify is nobody's: it is left out, and nothing is looked up with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from service.addressing import TOKEN_LENGTH, Keyring, Token, TokenKind, token_in_address, token_in_message_id
from service.message import Message
from service.message.identifiers import read_message_ids

_TRIES = 50
_LONGEST_LOCAL_PART = 64
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+-._")
_CODE = f"{TokenKind.FOOTER}-"
_ORIGINAL_IDS = ("x-microsoft-original-message-id", "x-google-original-message-id", "original-message-id")
"""Where servers that replace a Message-ID keep the one that we gave (mail-rules, "Bounces")."""


@dataclass(frozen=True, slots=True)
class ReplyKeys:
    """Verified tokens in their order of trust: the address, our Message-IDs, the code in the footer.

    ``message_ids``: In-Reply-To first, then References from the last to the first, then what a server
    kept beside a Message-ID of its own.
    """

    address: Token | None = None
    message_ids: tuple[Token, ...] = ()
    footer: Token | None = None


def reply_keys(message: Message, keyring: Keyring, mailbox: str, domain: str) -> ReplyKeys:
    """What of ours a reply carries. ``mailbox`` is our reply address, ``domain`` our Message-IDs'."""
    addressed = (token_in_address(keyring, mailbox, recipient) for recipient in message.recipients)
    return ReplyKeys(
        address=next(filter(None, addressed), None),
        message_ids=_from_message_ids(message, keyring, domain),
        footer=_in_footer(message.text, keyring) or _in_footer(message.html, keyring),
    )


def returned_keys(message: Message, keyring: Keyring, mailbox: str, domain: str) -> tuple[Token, ...]:
    """The tokens in what a bounce or complaint returns, wherever they stand in it (MM-1, MM-9).

    Submission servers replace Message-IDs and keep ours in a header of their own, and old servers
    return headers as text, so every part is searched.
    """
    homes = (mailbox.rpartition("@")[2], domain)
    words = (word for part in message.parts for word in islice(_words_at(part.text, homes), _TRIES))
    tokens = (
        token_in_address(keyring, mailbox, word) or token_in_message_id(keyring, domain, word)
        for word in words
    )
    return tuple(dict.fromkeys(filter(None, tokens)))


def _from_message_ids(message: Message, keyring: Keyring, domain: str) -> tuple[Token, ...]:
    kept = read_message_ids(value for name in _ORIGINAL_IDS for value in message.all(name))
    candidates = dict.fromkeys((*message.in_reply_to, *reversed(message.references), *kept))
    tokens = (token_in_message_id(keyring, domain, candidate) for candidate in candidates)
    return tuple(dict.fromkeys(filter(None, tokens)))


def _in_footer(text: str, keyring: Keyring) -> Token | None:
    """The first code that verifies: ``f-`` and 31 characters, anywhere in a quote."""
    candidates = islice(_codes(text.lower()), _TRIES)
    return next(filter(None, (keyring.verify(TokenKind.FOOTER, code) for code in candidates)), None)


def _codes(text: str) -> Iterator[str]:
    at = text.find(_CODE)
    while at >= 0:
        code = text[at + len(_CODE) : at + len(_CODE) + TOKEN_LENGTH]
        if code.isascii() and code.isalnum() and len(code) == TOKEN_LENGTH:
            yield code
        at = text.find(_CODE, at + len(_CODE))


def _words_at(text: str, domains: tuple[str, ...]) -> Iterator[str]:
    """Every ``local@domain`` of ours in ``text``."""
    text = text.lower()
    for domain in dict.fromkeys(domains):
        home = f"@{domain.lower()}"
        at = text.find(home)
        while at >= 0:
            local = text[max(0, at - _LONGEST_LOCAL_PART) : at]
            yield _last_word(local) + home
            at = text.find(home, at + len(home))


def _last_word(text: str) -> str:
    """The characters at the end of lower-case ``text`` that may stand in an identifier of ours."""
    at = len(text)
    while at and text[at - 1] in _LETTERS:
        at -= 1
    return text[at:]
