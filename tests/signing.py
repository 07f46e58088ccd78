"""Mail that is signed in the test, and a DNS that holds its keys."""

import functools
import random
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.inbound.authenticate.canonical import RawField, body_of, header_of, split_mail

PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
SIGNED = ("from", "to", "subject", "date", "message-id")


@functools.cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits) if bits >= 1024 else _weak_key(bits)


@functools.cache
def ed25519_key() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def _weak_key(bits: int) -> rsa.RSAPrivateKey:
    """A key that no library makes any more."""
    chance = random.Random(bits)
    p, q = (_prime(bits - bits // 2, chance), _prime(bits // 2, chance))
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    parts = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *parts, public).private_key(unsafe_skip_rsa_key_validation=True)


def _prime(bits: int, chance: random.Random) -> int:
    while True:
        number = chance.getrandbits(bits) | 1 | 3 << bits - 2
        if number % 65537 != 1 and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7, 11, 13)):
            return number


def record(key: PrivateKey, **tags: str) -> bytes:
    """The TXT record of a key; ``tags`` are set anew."""
    if isinstance(key, rsa.RSAPrivateKey):
        kind, octets = "rsa", key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        kind, octets = "ed25519", key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    all_tags = {"v": "DKIM1", "k": kind, "p": b64encode(octets).decode()} | tags
    return "; ".join(f"{name}={value}" for name, value in all_tags.items()).encode()


@dataclass
class FakeDns:
    """Answers from ``records``, and remembers what it was asked."""

    records: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def look_up(self, name: str) -> tuple[bytes, ...]:
        self.asked.append(name)
        return self.records.get(name, ())


def signed(
    mail: bytes, key: PrivateKey | None = None, domain: str = "town.example", **tags: str | None
) -> bytes:
    """``mail`` with a DKIM-Signature on top. ``tags`` are set anew, or left out where they are None."""
    key = key or rsa_key()
    relaxed = [word == "relaxed" for word in f"{tags.get('c') or 'relaxed/relaxed'}/simple".split("/")]
    fields, body = split_mail(mail)
    algorithm = "rsa-sha256" if isinstance(key, rsa.RSAPrivateKey) else "ed25519-sha256"
    digest = b64encode(sha256(body_of(body, relaxed[1])).digest()).decode()
    usual = {
        "v": "1",
        "a": algorithm,
        "c": "relaxed/relaxed",
        "d": domain,
        "s": "mail",
        "h": ":".join(SIGNED),
    }
    wanted = {name: value for name, value in (usual | {"bh": digest} | tags).items() if value is not None}
    value = "; ".join(f"{name}={told}" for name, told in (wanted | {"b": tags.get("b") or ""}).items())
    empty = RawField(b"DKIM-Signature", f" {value}".encode())
    names = tuple(name.strip().lower() for name in wanted.get("h", "").split(":"))
    octets = header_of(fields, names, empty, relaxed[0])
    made = tags.get("b") or b64encode(_sign(key, octets)).decode()
    return (
        b"DKIM-Signature:"
        + empty.value.removesuffix((tags.get("b") or "").encode())
        + made.encode()
        + b"\r\n"
        + mail
    )


def _sign(key: PrivateKey, octets: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(octets, padding.PKCS1v15(), SHA256())
    return key.sign(sha256(octets).digest())
