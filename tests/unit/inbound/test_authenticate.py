"""How far a From address can be believed (IN-3, IN-5 to IN-7), and the decision table (IN-1)."""

import itertools

import pytest

from service.errors import Misconfigured
from service.inbound.authenticate import VERDICTS, Authentication, Verdict, authenticate, judge
from service.message import parse

PASS, NONE, FAIL = Authentication.PASS, Authentication.NONE, Authentication.FAIL
PROFILE = "rfc8601:mx.town.example"
GOOD = "dmarc=pass header.from=town.example"


def result(*head: str, author: str = "Ada <ada@town.example>", profile: str = PROFILE) -> Authentication:
    raw = "\r\n".join([*head, f"From: {author}", "", "hi"]).encode("utf-8", "surrogateescape")
    return authenticate(parse(raw), profile)


RESULTS: list[tuple[str, Authentication]] = [
    (GOOD, PASS),
    ("dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=Town.Example.", PASS),
    ("DMARC=Pass header.from=town.example", PASS),
    ("spf=fail; dkim=fail; " + GOOD, PASS),
    ("dmarc=fail header.from=town.example", FAIL),
    ("arc=pass; dmarc=fail header.from=town.example", FAIL),
    ("dkim=pass header.d=town.example; dmarc=fail header.from=town.example", FAIL),
    (f"{GOOD}; dmarc=fail header.from=town.example", FAIL),
    ("dmarc=pass header.from=evil.test", FAIL),
    (f"{GOOD}; dmarc=pass header.from=evil.test", FAIL),
    ("dmarc=pass header.from=town.example.evil.test", FAIL),
    ("dmarc=pass header.from=evil-town.example", FAIL),
    ("dmarc=pass", NONE),
    ("dmarc=pass header.from=town.example header.from=evil.test", NONE),
    ("dkim=pass header.d=town.example; dmarc=pass", NONE),
    ("dmarc=temperror header.from=town.example", NONE),
    ("dmarc=permerror header.from=town.example", NONE),
    ("dmarc=none header.from=town.example", NONE),
    ("dmarc=none header.from=town.example; dkim=pass header.d=town.example", PASS),
    ("dkim=pass header.d=town.example", PASS),
    ("dkim=pass header.d=TOWN.example header.i=@town.example", PASS),
    ("dkim=fail header.d=town.example; dkim=pass header.d=town.example", PASS),
    ("dkim=pass header.d=evil.test", NONE),
    ("dkim=pass header.i=@town.example", NONE),
    ("dkim=fail header.d=town.example", NONE),
    ("spf=pass smtp.mailfrom=ada@town.example", NONE),
    ("arc=pass header.d=town.example", NONE),
    ('spf=pass smtp.mailfrom="a; dmarc=pass header.from=town.example"@evil.test', NONE),
    ("spf=pass (dmarc=pass header.from=town.example) smtp.mailfrom=evil.test", NONE),
    ("none", NONE),
    ("dmarc", NONE),
    ("(" * 3000, NONE),
    ("dmarc=pass header.from=täwn.example", NONE),
    ("dmarc=none; " * 900 + GOOD, NONE),
]


@pytest.mark.parametrize(("results", "expected"), RESULTS)
def test_dmarc_or_an_aligned_signature_is_the_only_evidence(results: str, expected: Authentication) -> None:
    """IN-3, IN-7."""
    assert result(f"Authentication-Results: mx.town.example; {results}") is expected


SERVERS: list[tuple[str, Authentication]] = [
    ("mx.town.example", PASS),
    ("MX.Town.Example", PASS),
    ("mx.town.example 1", PASS),
    ("mx.town.example (our own)", PASS),
    ("mx.town.example 9", NONE),
    ("mx.town.example.evil.test", NONE),
    ("evil.test", NONE),
    ("evil.test (mx.town.example)", NONE),
    ("town.example", NONE),
    ("", NONE),
]


@pytest.mark.parametrize(("server", "expected"), SERVERS)
def test_only_the_configured_server_is_believed(server: str, expected: Authentication) -> None:
    """IN-5: its whole name, without regard to case."""
    assert result(f"Authentication-Results: {server}; {GOOD}") is expected


OURS = f"Authentication-Results: mx.town.example; {GOOD}"
OURS_FAIL = "Authentication-Results: mx.town.example; dmarc=fail header.from=town.example"
THEIRS = f"Authentication-Results: evil.test; {GOOD}"
BROKEN = "Authentication-Results: mx.town.example; ((("
BOUNDARY = "Received: from a.test by mx.town.example with ESMTP; Mon, 23 Nov 2026 10:00:00 +0000"
INSIDE = "Received: by 192.0.2.1 with SMTP; Mon, 23 Nov 2026 10:00:01 +0000"
OUTSIDE = "Received: from b.test by relay.evil.test; Mon, 23 Nov 2026 09:00:00 +0000"

ORDERS: list[tuple[tuple[str, ...], Authentication]] = [
    ((OURS, BOUNDARY, OUTSIDE), PASS),
    ((BOUNDARY, OURS, OUTSIDE), PASS),
    ((INSIDE, BOUNDARY, OURS, OUTSIDE), PASS),
    ((THEIRS, OURS, BOUNDARY), PASS),
    ((OURS_FAIL, OURS), FAIL),
    ((OURS, OURS_FAIL), PASS),
    ((OURS_FAIL, BOUNDARY, OUTSIDE, OURS), FAIL),
    ((BOUNDARY, OUTSIDE, OURS), NONE),
    ((BOUNDARY, BOUNDARY, OURS), NONE),
    ((BROKEN, OURS), NONE),
    ((THEIRS,), NONE),
    ((), NONE),
    ((OURS.replace("; ", ";\r\n\t"),), PASS),
    ((OURS.replace("Authentication", "X-Authentication"),), NONE),
    ((OURS.replace("Authentication", "ARC-Authentication"),), NONE),
]


@pytest.mark.parametrize(("head", "expected"), ORDERS)
def test_only_the_topmost_header_of_our_side_counts(head: tuple[str, ...], expected: Authentication) -> None:
    """IN-5."""
    assert result(*head) is expected


@pytest.mark.parametrize(
    "author", ["", "Ada <ada@town.example>, Mallory <m@evil.test>", "ada@town.example <m@evil.test>"]
)
def test_without_one_plain_author_nothing_is_authenticated(author: str) -> None:
    assert result(OURS, author=author) is NONE


def test_the_header_of_exchange_online_has_no_server_and_is_not_believed() -> None:
    """IN-6."""
    header = (
        "Authentication-Results: spf=pass smtp.mailfrom=town.example; dmarc=pass header.from=town.example"
    )

    assert result(header, profile="rfc8601:spf=pass") is NONE


def test_the_profiles_internal_and_none_ask_no_header() -> None:
    assert result(OURS_FAIL, profile="internal") is PASS
    assert result(OURS, profile="none") is NONE


@pytest.mark.parametrize("profile", ["", "rfc8601", "rfc8601:", "exchange", "INTERNAL"])
def test_an_unknown_profile_is_a_wrong_setting(profile: str) -> None:
    with pytest.raises(Misconfigured, match="rfc8601:SERVER"):
        result(OURS, profile=profile)


TABLE = [
    # token, sender, authentication, verdict
    (True, True, PASS, Verdict.ACCEPT),
    (True, True, NONE, Verdict.HOLD),
    (True, True, FAIL, Verdict.HOLD),
    (True, False, PASS, Verdict.HOLD),
    (True, False, NONE, Verdict.HOLD),
    (True, False, FAIL, Verdict.HOLD),
    (False, True, PASS, Verdict.UNTHREADED),
    (False, True, NONE, Verdict.REFUSE),
    (False, True, FAIL, Verdict.REFUSE),
    (False, False, PASS, Verdict.REFUSE),
    (False, False, NONE, Verdict.REFUSE),
    (False, False, FAIL, Verdict.REFUSE),
]


@pytest.mark.parametrize(("token", "sender", "authentication", "verdict"), TABLE)
def test_the_decision_table(
    token: bool, sender: bool, authentication: Authentication, verdict: Verdict
) -> None:
    """IN-1."""
    assert judge(token=token, sender=sender, authentication=authentication) is verdict


def test_the_table_has_every_cell() -> None:
    assert set(VERDICTS) == set(itertools.product((True, False), (True, False), Authentication))
