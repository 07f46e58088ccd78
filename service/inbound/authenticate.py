"""Who wrote a mail: how far the From address can be believed (IN-3, IN-5 to IN-7), and what follows."""

from enum import StrEnum

import authres

from service.errors import Misconfigured
from service.message import Message

INTERNAL = "internal"
UNVERIFIED = "none"
RFC8601 = "rfc8601:"
_LONGEST = 8 * 1024


class Authentication(StrEnum):
    """What the server in front of us found out about the From domain."""

    PASS = "pass"  # noqa: S105 - a result, no password
    NONE = "none"
    FAIL = "fail"


class Verdict(StrEnum):
    """What may happen with a mail.

    HOLD: the operator sees it, the registered address is asked, it expires and never counts.
    UNTHREADED: kept; an open prompt may still be found by the code in the footer.
    REFUSE: kept for the operator, nothing is looked up with it and nobody gets an answer.
    """

    ACCEPT = "accept"
    HOLD = "hold"
    UNTHREADED = "unthreaded"
    REFUSE = "refuse"


VERDICTS: dict[tuple[bool, bool, Authentication], Verdict] = {
    # (token, sender, authentication): for a named answer
    (True, True, Authentication.PASS): Verdict.ACCEPT,
    (True, True, Authentication.NONE): Verdict.HOLD,
    (True, True, Authentication.FAIL): Verdict.HOLD,
    (True, False, Authentication.PASS): Verdict.HOLD,
    (True, False, Authentication.NONE): Verdict.HOLD,
    (True, False, Authentication.FAIL): Verdict.HOLD,
    (False, True, Authentication.PASS): Verdict.UNTHREADED,
    (False, True, Authentication.NONE): Verdict.REFUSE,
    (False, True, Authentication.FAIL): Verdict.REFUSE,
    (False, False, Authentication.PASS): Verdict.REFUSE,
    (False, False, Authentication.NONE): Verdict.REFUSE,
    (False, False, Authentication.FAIL): Verdict.REFUSE,
}
"""Mail-rules 2.2. Token: an identifier of ours verifies. Sender: the one, defect-free From is the
registered address of the token's person (without a token: of anybody we know)."""


def judge(token: bool, sender: bool, authentication: Authentication) -> Verdict:
    """The table's cell."""
    return VERDICTS[token, sender, authentication]


def authenticate(message: Message, profile: str) -> Authentication:
    """What ``profile`` lets us believe of ``message``'s author.

    ``internal``: the hop in front of us takes mail from known people only, so PASS. ``none``:
    nobody checks, so NONE. ``rfc8601:AUTHSERV-ID``: the results that this server wrote.
    Raises ``Misconfigured`` for any other profile.
    """
    if profile == INTERNAL:
        return Authentication.PASS
    if profile == UNVERIFIED:
        return Authentication.NONE
    if not profile.startswith(RFC8601) or not profile.removeprefix(RFC8601):
        raise Misconfigured(
            "mail profile", f"{profile!r} is unknown.", "Write internal, none or rfc8601:SERVER."
        )
    header = _trusted_results(message, profile.removeprefix(RFC8601).lower())
    if header is None or message.author is None:
        return Authentication.NONE
    return _judge_results(header.results, message.author.rpartition("@")[2])


def _trusted_results(message: Message, server: str) -> authres.AuthenticationResultsHeader | None:
    """The topmost header of ``server``; None where it is missing, malformed or came from outside (IN-5).

    Our server writes its results above or next to its own Received. Behind a Received that
    stands below that one, anybody could have written the header.
    """
    arrived = False
    for one in message.fields:
        name = one.name.lower()
        if name == "received":
            if arrived:
                return None
            arrived = _is_received_by(one.value, server)
        elif name == "authentication-results" and server in one.value.lower():
            header = _parse(one.value)
            if header is None or header.authserv_id.lower() == server:
                return header
    return None


def _is_received_by(value: str, server: str) -> bool:
    """``Received: … by HOST``, where HOST is the server or a machine of its domain."""
    words = value.lower().split()
    host = next((words[at + 1] for at, word in enumerate(words[:-1]) if word == "by"), "").rstrip(";")
    return host == server or host.endswith(f".{server}")


def _parse(value: str) -> authres.AuthenticationResultsHeader | None:
    if len(value) > _LONGEST or not value.isascii():
        return None
    try:
        return authres.AuthenticationResultsHeader.parse_value(value)
    except Exception:
        return None


def _judge_results(results: list[authres.AuthenticationResult], domain: str) -> Authentication:
    """DMARC decides where it was evaluated; else a signature of From's own domain (IN-7).

    SPF alone and ARC are no evidence. DMARC for another domain than From's is an attack (IN-3).
    """
    dmarc = [one for one in results if getattr(one, "method", "") == "dmarc"]
    if any(one.result == "fail" for one in dmarc):
        return Authentication.FAIL
    passed = [_property(one, "header", "from") for one in dmarc if one.result == "pass"]
    if any(found not in ("", domain) for found in passed):
        return Authentication.FAIL
    if passed and all(passed):
        return Authentication.PASS
    return Authentication.PASS if not passed and _is_signed(results, domain) else Authentication.NONE


def _is_signed(results: list[authres.AuthenticationResult], domain: str) -> bool:
    """Whether a DKIM signature of exactly From's domain verified."""
    return any(
        one.result == "pass" and _property(one, "header", "d") == domain
        for one in results
        if getattr(one, "method", "") == "dkim"
    )


def _property(result: authres.AuthenticationResult, kind: str, name: str) -> str:
    """A property in lower case, without a dot at the end; '' where it is missing or said twice."""
    values = [one.value or "" for one in result.properties if (one.type, one.name) == (kind, name)]
    return values[0].lower().rstrip(".") if len(values) == 1 else ""
