"""Signed identifiers: reply and bounce addresses, Message-IDs, footer codes.

Each carries the same 31 characters: key id (1 octet), handle (8), truncated HMAC-SHA-256 (10),
in lower-case base32. The kind takes part in the key, so a bounce address is no reply address
(IN-4). The handle comes from the logical key of the mail, so the same mail has the same
addresses after a restart, a retry or a restored backup (REL-4), and it reveals nobody.

A mailbox ``thread@town.example`` gets replies as ``thread+r-TOKEN@town.example`` (subaddressing,
RFC 5233). Base32 survives servers that fold case; 34 characters are added, so the mailbox's own
name may have 30 (64 octets, RFC 5321 section 4.5.3.1.1).

Nothing here expires by itself: a retired secret ends with its last day (``Keyring.at``).
"""

import functools
import hashlib
import hmac
from base64 import b32decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType

HANDLE_OCTETS = 8
MAC_OCTETS = 10
TOKEN_LENGTH = 31
LOCAL_PART_LIMIT = 64
MAILBOX_NAME_LIMIT = LOCAL_PART_LIMIT - TOKEN_LENGTH - len("+r-")


class TokenKind(StrEnum):
    """What a token allows. The letter stands in the address."""

    REPLY = "r"
    BOUNCE = "b"
    MESSAGE_ID = "m"
    FOOTER = "f"
    UNSUBSCRIBE = "u"
    CONFIRM = "c"
    DIGEST = "d"
    RECOGNITION = "n"
    CORRECTION = "k"


@dataclass(frozen=True, slots=True)
class Token:
    """A verified identifier of ours."""

    kind: TokenKind
    handle: str


_KINDS = {kind.value: kind for kind in TokenKind}


_NO_LAST_DAYS: Mapping[bytes, date] = MappingProxyType({})


class Keyring:
    """Signs with the first secret, verifies with all: a new key is put in front of the old one.

    ``last_days``: the day, in UTC, with whose end a secret that was retired opens nothing any more.
    """

    def __init__(self, secrets: tuple[bytes, ...], last_days: Mapping[bytes, date] = _NO_LAST_DAYS) -> None:
        if not secrets:
            raise ValueError("a keyring needs at least one secret")
        self._secrets = secrets
        self._first = secrets[-1]
        self._last_days = last_days
        self._verifying = secrets

    def at(self, now: datetime) -> "Keyring":
        """The keyring as it verifies at ``now``, without the secrets whose last day is over (IN-4)."""
        day = now.astimezone(UTC).date()
        ring = Keyring(self._secrets, self._last_days)
        ring._verifying = tuple(one for one in self._secrets if day <= self._last_days.get(one, date.max))
        return ring

    def handle(self, logical_key: str) -> str:
        """The handle of a mail or prompt. Derived with the oldest secret, so rotation moves none."""
        return hmac.digest(self._first, b"handle:" + logical_key.encode(), "sha256")[:HANDLE_OCTETS].hex()

    def sign(self, kind: TokenKind, handle: str) -> str:
        """The 31 characters for ``handle`` as ``kind``."""
        current = self._secrets[0]
        head = bytes([_key_id(current)]) + bytes.fromhex(handle)
        mac = _mac(current, kind, head)
        return _base32(head + mac)

    def verify(self, kind: TokenKind, text: str) -> Token | None:
        """The token that ``text`` stands for, or None. Constant time in what is secret (IN-4)."""
        if len(text) != TOKEN_LENGTH:
            return None
        try:
            octets = b32decode(text.upper() + "=")
        except ValueError:
            return None
        head, mac = octets[: 1 + HANDLE_OCTETS], octets[1 + HANDLE_OCTETS :]
        candidates = [secret for secret in self._verifying if _key_id(secret) == head[0]]
        good = [hmac.compare_digest(_mac(secret, kind, head), mac) for secret in candidates]
        canonical = _base32(octets) == text.lower()
        return Token(kind, head[1:].hex()) if any(good) and canonical else None


_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_SHIFTS = tuple(range(150, -1, -10))


def _base32(octets: bytes) -> str:
    """19 octets as 31 characters (RFC 4648 section 6) in lower case, without padding.

    Ten bits at a time: each mail has six of them, and the stdlib's takes three times as long.
    """
    number = int.from_bytes(octets) << 8
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])[:TOKEN_LENGTH]


@functools.cache
def _key_id(secret: bytes) -> int:
    """One octet that says which secret signed; two secrets may share it."""
    return hashlib.sha256(b"id" + secret).digest()[0]


@functools.cache
def _key(secret: bytes, kind: TokenKind) -> bytes:
    return hmac.digest(secret, b"kind:" + kind.value.encode(), "sha256")


def _mac(secret: bytes, kind: TokenKind, head: bytes) -> bytes:
    return hmac.digest(_key(secret, kind), head, "sha256")[:MAC_OCTETS]


def subaddress(mailbox: str, kind: TokenKind, token: str) -> str:
    """``thread@town.example`` and a token make ``thread+r-TOKEN@town.example``."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{kind.value}-{token}@{domain}"


def token_in_address(keyring: Keyring, mailbox: str, addr_spec: str) -> Token | None:
    """The token in one recipient address of ours; None for any other address, or a wrong MAC.

    Case is folded in ASCII only: to Python, the Kelvin sign is a k.
    """
    if not addr_spec.isascii():
        return None
    local, _, domain = addr_spec.strip().rpartition("@")
    base, _, home = mailbox.rpartition("@")
    name, plus, tag = local.rpartition("+")
    letter, dash, token = tag.partition("-")
    ours = domain.lower() == home.lower() and name.lower() == base.lower()
    kind = _KINDS.get(letter.lower())
    return keyring.verify(kind, token) if ours and plus and dash and kind else None


def message_id(keyring: Keyring, handle: str, domain: str) -> str:
    """``<TOKEN@domain>`` (RFC 5322 section 3.6.4), the same for every attempt of one mail."""
    return f"<{keyring.sign(TokenKind.MESSAGE_ID, handle)}@{domain}>"


def token_in_message_id(keyring: Keyring, domain: str, text: str) -> Token | None:
    """The token in a Message-ID of ours; None for foreign ones."""
    local, _, home = text.strip().removeprefix("<").removesuffix(">").rpartition("@")
    ours = text.isascii() and home.lower() == domain.lower()
    return keyring.verify(TokenKind.MESSAGE_ID, local) if ours else None
