"""DKIM-Signature fields, read strictly (RFC 6376 section 3.5). What could cover less than the whole mail
is no signature: one with a body length, or without From."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.inbound.authenticate.tags import read_base64, read_number, read_tags, read_words

ALGORITHMS = {b"rsa-sha256": "rsa", b"ed25519-sha256": "ed25519"}
"""With the kind of key that each needs. SHA-1 is no evidence any more (RFC 8301 section 3.1)."""
CLOCK_SKEW = timedelta(hours=1)
_CANONICAL = {b"simple": False, b"relaxed": True}
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_LONGEST_NAME = 253
_LONGEST_LABEL = 63


@dataclass(frozen=True, slots=True)
class Signature:
    """``domain`` signed the fields ``headers`` and the body.

    ``selector``: which of its keys; ``key``: the kind of key. ``identity``: the domain of whom it signed
    for, its own or one under it. ``relaxed``: whether white space may have changed on the way, in the
    header and in the body. Times are seconds since 1970.
    """

    domain: str
    selector: str
    key: str
    identity: str
    headers: tuple[str, ...]
    relaxed: tuple[bool, bool]
    body_hash: bytes
    octets: bytes
    signed_at: int
    expires_at: int | None

    @property
    def key_name(self) -> str:
        """Where the DNS has the key (section 3.6.2.1), absolute, so that no search list applies."""
        return f"{self.selector}._domainkey.{self.domain}."

    def is_live(self, arrived: datetime) -> bool:
        """Whether it is neither expired nor of the future at the moment when its mail arrived."""
        at = arrived.timestamp()
        expired = self.expires_at is not None and self.expires_at < at
        return not expired and self.signed_at <= at + CLOCK_SKEW.total_seconds()


def read_signature(value: bytes) -> Signature | None:
    """A field's value; None where it is no evidence, whatever its cryptography would say."""
    try:
        tags = read_tags(value)
        return _read(tags) if _is_usual(tags) else None
    except (KeyError, ValueError):
        return None


def _is_usual(tags: dict[str, bytes]) -> bool:
    return tags["v"] == b"1" and "l" not in tags and tags.get("q", b"dns/txt") == b"dns/txt"


def _read(tags: dict[str, bytes]) -> Signature:
    domain = _read_name(tags["d"])
    headers = read_words(tags["h"])
    identity = _read_name(tags.get("i", tags["d"]).rpartition(b"@")[2])
    if "from" not in headers or not (identity == domain or identity.endswith(f".{domain}")):
        raise ValueError("it does not cover its author")
    header, _, body = tags.get("c", b"simple").partition(b"/")
    return Signature(
        domain=domain,
        selector=_read_name(tags["s"]),
        key=ALGORITHMS[tags["a"]],
        identity=identity,
        headers=headers,
        relaxed=(_CANONICAL[header], _CANONICAL[body or b"simple"]),
        body_hash=read_base64(tags["bh"]),
        octets=read_base64(tags["b"]),
        signed_at=read_number(tags.get("t", b"0")),
        expires_at=read_number(tags["x"]) if "x" in tags else None,
    )


def _read_name(text: bytes) -> str:
    """A name that the DNS may be asked for: letters, digits, hyphens, and dots between labels."""
    name = text.decode("ascii").lower()
    labels = name.split(".")
    plain = all(_LABEL.issuperset(label) and 0 < len(label) <= _LONGEST_LABEL for label in labels)
    if not plain or len(name) > _LONGEST_NAME:
        raise ValueError("no name of the DNS")
    return name
