"""How far the From address can be believed, by a profile (IN-3, IN-5 to IN-7)."""

from collections.abc import Collection, Sequence

from service.inbound.authenticate.alignment import are_aligned
from service.inbound.authenticate.boundary import of_exchange, of_server
from service.inbound.authenticate.profiles import Evidence, Profile, read_profile
from service.inbound.authenticate.results import Result, Results, read_results
from service.inbound.authenticate.table import Authentication
from service.message import Message
from service.message.header import Field

NO_SIGNERS: frozenset[str] = frozenset()
_HEADER = "authentication-results"
_MARKER = "x-ms-exchange-organization-authas"
_EXPLICIT_FAIL = "000"
"""Exchange's reason for a composite failure that a policy of the domain asked for."""


def authenticate(message: Message, profile: str, signers: Collection[str] = NO_SIGNERS) -> Authentication:
    """What ``profile`` lets us believe of ``message``'s author.

    ``internal``: the hop in front of us takes mail from known people only, so PASS. ``none``: nobody
    checks, so ``signers`` are asked, the domains whose DKIM signature we verified ourselves; there is no
    FAIL then. The others: what the server in front of us wrote into Authentication-Results.
    Raises Misconfigured for any other profile.
    """
    rules = read_profile(profile)
    if rules.evidence is Evidence.HOP:
        return Authentication.PASS
    if message.author is None:
        return Authentication.NONE
    domain = message.author.rpartition("@")[2]
    if rules.evidence is Evidence.SIGNATURES:
        return _passed(any(are_aligned(signer, domain) for signer in signers))
    if rules.evidence is Evidence.EXCHANGE:
        return _by_exchange(message, domain, rules)
    return _by_results(_results_of(message.fields, rules), domain, rules)


def _passed(evidence: bool) -> Authentication:
    return Authentication.PASS if evidence else Authentication.NONE


def _results_of(fields: Sequence[Field], rules: Profile) -> Results | None:
    """The topmost results of its server alone; None where they are malformed or not on our side of it."""
    for one in of_server(fields, rules.server, rules.behind):
        if one.name.lower() == _HEADER and rules.server in one.value.lower():
            read = read_results(one.value)
            if read is None or read.server == rules.server:
                return read
    return None


def _by_results(read: Results | None, domain: str, rules: Profile) -> Authentication:
    """DMARC decides where it was evaluated; else an aligned signature (IN-7).

    SPF alone and ARC are no evidence. DMARC for another domain than From's is an attack (IN-3).
    """
    dmarc = read.of("dmarc") if read else []
    if any(one.result == "fail" for one in dmarc):
        return Authentication.FAIL
    passed = [one.domain("header.from") for one in dmarc if one.result == "pass"]
    if any(found not in ("", domain) for found in passed):
        return Authentication.FAIL
    if passed:
        return _passed(all(passed))
    signed = [_signer(one, rules) for one in read.of("dkim") if one.result == "pass"] if read else []
    return _passed(any(are_aligned(signer, domain) for signer in signed))


def _signer(result: Result, rules: Profile) -> str:
    """The domain that signed. Whom it signed for is of that domain, or of one under it (RFC 6376 3.5)."""
    identity = result.domain("header.i") if rules.by_identity else ""
    return result.domain("header.d") or identity.rpartition("@")[2]


def _by_exchange(message: Message, domain: str, rules: Profile) -> Authentication:
    """Exchange Online writes no authserv-id. It adds a judgement of its own, ``compauth``: its failure
    takes away what the rest shows, its pass may be a guess and adds nothing."""
    read = _anonymous_results(message.fields)
    found = _by_results(read, domain, rules)
    failed = [one for one in read.of("compauth") if one.result == "fail"] if read else []
    if found is Authentication.FAIL or any(one.value("reason") == _EXPLICIT_FAIL for one in failed):
        return Authentication.FAIL
    inside = rules.by_marker and [value.lower() for value in message.all(_MARKER)] == ["internal"]
    return _passed(inside or (found is Authentication.PASS and not failed))


def _anonymous_results(fields: Sequence[Field]) -> Results | None:
    """The topmost results that name no server and that Exchange Online's boundary wrote."""
    values = (one.value for one in of_exchange(fields) if one.name.lower() == _HEADER)
    anonymous = next((value for value in values if "=" in value.partition(";")[0]), "")
    return read_results(f"exchange-online; {anonymous}")
