"""Which domains belong to one organisation (RFC 9989, relaxed alignment), by the packaged public suffix
list: it comes with its library and is never fetched."""

import functools

from publicsuffixlist import PublicSuffixList

_LONGEST = 253
"""Octets of a domain (RFC 1035 section 2.3.4)."""


def are_aligned(one: str, other: str) -> bool:
    """Whether two domains are the same, or of the same organisation: mail.town.example and town.example,
    never two towns under gov.example-suffix. Both in lower case."""
    return one == other or (_organisation(one) or "") == _organisation(other)


@functools.lru_cache(maxsize=1024)
def _organisation(domain: str) -> str | None:
    """The public suffix and one label more; None for a suffix itself and for what is no domain."""
    return _suffixes().privatesuffix(domain) if len(domain) <= _LONGEST else None


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
