"""Which domains signed a mail (RFC 6376), where no server in front of us says it."""

import asyncio
import functools
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from service.inbound.authenticate.alignment import are_aligned
from service.inbound.authenticate.canonical import RawField, body_of, header_of, split_mail
from service.inbound.authenticate.key import made
from service.inbound.authenticate.signature import Signature, read_signature

MOST = 5
"""Signatures of one mail that are looked at; mail of an honest sender has one or two."""

LookUp = Callable[[str], Awaitable[tuple[bytes, ...]]]
"""The TXT records of an absolute name; none where there are none, or nobody answers."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A signature of the author's own organisation that covers this very body, and what it signed."""

    signature: Signature
    signed: bytes


async def find_signers(raw: bytes, author: str, arrived: datetime, look_up: LookUp) -> frozenset[str]:
    """The domains whose signature of ``raw`` verifies, as far as they can speak for ``author``.

    Only what can count is asked of the DNS. Whatever goes wrong there is no signature, and no failure.
    """
    found = list(candidates(raw, author.rpartition("@")[2], arrived))
    records = await asyncio.gather(*(look_up(one.signature.key_name) for one in found))
    pairs = zip(found, records, strict=True)
    return frozenset(one.signature.domain for one, keys in pairs if made(keys, one.signature, one.signed))


def candidates(raw: bytes, domain: str, arrived: datetime) -> Iterator[Candidate]:
    """Signatures in ``raw`` that would prove something about an author at ``domain``."""
    fields, body = split_mail(raw)
    if sum(one.key == "from" for one in fields) != 1:
        return
    hash_of = functools.cache(lambda relaxed: hashlib.sha256(body_of(body, relaxed)).digest())
    for one, signature in islice(_aligned(fields, domain, arrived), MOST):
        in_header, in_body = signature.relaxed
        if hmac.compare_digest(hash_of(in_body), signature.body_hash):
            yield Candidate(signature, header_of(fields, signature.headers, one, in_header))


def _aligned(fields: list[RawField], domain: str, arrived: datetime) -> Iterator[tuple[RawField, Signature]]:
    for one in fields:
        signature = read_signature(one.value) if one.key == "dkim-signature" else None
        if signature and signature.is_live(arrived) and are_aligned(signature.domain, domain):
            yield one, signature
