"""Public keys from the DNS (RFC 6376 section 3.6.1, RFC 8463), and whether one made a signature."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from service.inbound.authenticate.signature import Signature
from service.inbound.authenticate.tags import read_base64, read_tags, read_words

SHORTEST_RSA, LONGEST_RSA = 1024, 4096
"""Bits. Shorter keys can be broken, longer ones are not required of anybody (RFC 8301 section 3.2)."""


@dataclass(frozen=True, slots=True)
class Key:
    """``strict``: it signs for its own domain only, for none under it."""

    public: RSAPublicKey | Ed25519PublicKey
    strict: bool


def made(records: Collection[bytes], signature: Signature, signed: bytes) -> bool:
    """Whether the one key among a name's TXT records made ``signature`` over ``signed``.

    Several keys under one name are nobody's: the standard leaves open what they mean.
    """
    keys = [key for key in map(read_key, records) if key]
    if len(keys) != 1 or (keys[0].strict and signature.identity != signature.domain):
        return False
    return _verifies(keys[0].public, signature, signed)


def read_key(record: bytes) -> Key | None:
    """A key of use to us; None for one that is revoked, in testing, too short, or for something else."""
    try:
        tags = read_tags(record)
        return _read(tags) if _is_usual(tags) else None
    except (KeyError, ValueError, UnsupportedAlgorithm):
        return None


def _is_usual(tags: dict[str, bytes]) -> bool:
    services = read_words(tags.get("s", b"*"))
    return (
        tags.get("v", b"DKIM1") == b"DKIM1"
        and "sha256" in read_words(tags.get("h", b"sha256"))
        and not {"*", "email"}.isdisjoint(services)
        and "y" not in read_words(tags.get("t", b""))
    )


def _read(tags: dict[str, bytes]) -> Key | None:
    octets = read_base64(tags["p"])
    strict = "s" in read_words(tags.get("t", b""))
    kind = tags.get("k", b"rsa")
    if kind == b"ed25519":
        return Key(Ed25519PublicKey.from_public_bytes(octets), strict)
    public = load_der_public_key(octets)
    if not isinstance(public, RSAPublicKey) or kind != b"rsa":
        return None
    return Key(public, strict) if SHORTEST_RSA <= public.key_size <= LONGEST_RSA else None


def _verifies(public: RSAPublicKey | Ed25519PublicKey, signature: Signature, signed: bytes) -> bool:
    try:
        if isinstance(public, RSAPublicKey) and signature.key == "rsa":
            public.verify(signature.octets, signed, PKCS1v15(), SHA256())
        elif isinstance(public, Ed25519PublicKey) and signature.key == "ed25519":
            public.verify(signature.octets, hashlib.sha256(signed).digest())
        else:
            return False
    except InvalidSignature:
        return False
    return True
