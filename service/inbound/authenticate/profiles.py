"""Profiles: whose word about senders an installation takes. The setting AUTHENTICATION names one."""

import functools
from dataclasses import dataclass
from enum import StrEnum

from service.errors import Misconfigured

SPELLINGS = "internal, none, rfc8601:SERVER, google, exchange-online or exchange-online:internal"
GOOGLE_SERVER = "mx.google.com"
_TOKEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~")


class Evidence(StrEnum):
    """Where a profile looks."""

    HOP = "hop"
    SIGNATURES = "signatures"
    RESULTS = "results"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class Profile:
    """``server``: the authserv-id of the results that are believed (RFC 8601 section 2.5).

    ``behind``: hosts that get mail from that server alone, and what is under them.
    ``by_identity``: that server writes whom a signature is for (``header.i``), not its domain.
    ``by_marker``: Exchange's own mark on mail from inside the tenant is believed.
    """

    evidence: Evidence
    server: str = ""
    behind: tuple[str, ...] = ()
    by_identity: bool = False
    by_marker: bool = False


_FIXED = {
    "internal": Profile(Evidence.HOP),
    "none": Profile(Evidence.SIGNATURES),
    "google": Profile(Evidence.RESULTS, GOOGLE_SERVER, by_identity=True),
    "exchange-online": Profile(Evidence.EXCHANGE),
    "exchange-online:internal": Profile(Evidence.EXCHANGE, by_marker=True),
}


@functools.cache
def read_profile(text: str) -> Profile:
    """The profile that ``text`` names. Raises Misconfigured for anything else."""
    if text in _FIXED:
        return _FIXED[text]
    name, _, hosts = text.partition(":")
    server, *behind = (host.strip().lower() for host in hosts.split(","))
    if name != "rfc8601" or not all(host and _TOKEN.issuperset(host) for host in (server, *behind)):
        raise Misconfigured("AUTHENTICATION", f"{text!r} is no profile.", f"Write {SPELLINGS}.")
    return Profile(Evidence.RESULTS, server, tuple(behind))
