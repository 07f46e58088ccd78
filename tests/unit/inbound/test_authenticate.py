"""How far a From address can be believed (IN-3, IN-5 to IN-7), by a server's results."""

import pytest

from service.errors import Misconfigured
from service.inbound.authenticate import Authentication, Evidence, Profile, authenticate, read_profile
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
    ("dkim=pass header.d=mail.town.example", PASS),
    ("dkim=pass header.d=town.example.", PASS),
    ('dkim=pass header.d="town.example"', PASS),
    ("dkim=pass header.d=evil.test; dkim=pass header.d=town.example", PASS),
    ("dmarc=temperror header.from=town.example; dkim=pass header.d=town.example", PASS),
    ("dmarc=permerror header.from=town.example; dkim=pass header.d=town.example", PASS),
    ("dmarc=bestguesspass header.from=town.example", NONE),
    ("dmarc=passed header.from=town.example", NONE),
    ("dmarc=pass header.from=", NONE),
    ("dmarc=pass header.from=mail.town.example", FAIL),
    ("dmarc=pass header.from=example", FAIL),
    ("dmarc=pass header.from=ada@town.example", FAIL),
    ("dmarc=fail", FAIL),
    ("dmarc=fail header.from=evil.test", FAIL),
    ("dmarc=FAIL (p=none dis=none) header.from=town.example", FAIL),
    ("dmarc/1=fail header.from=town.example", FAIL),
    ("dmarc/2=pass header.from=town.example", NONE),
    ("x-dmarc=pass header.from=town.example", NONE),
    ("dkim=pass header.d=evil.test", NONE),
    ("dkim=pass header.d=example", NONE),
    ("dkim=pass header.d=evil-town.example", NONE),
    ("dkim=pass header.d=town.example.evil.test", NONE),
    ("dkim=pass header.d=eviltown.example", NONE),
    ("dkim=pass header.d=town.example header.d=evil.test", NONE),
    ("dkim=pass", NONE),
    ("dkim=pass header.i=@town.example", NONE),
    ("dkim=neutral header.d=town.example", NONE),
    ("dkim=policy header.d=town.example", NONE),
    ("dkim=temperror header.d=town.example", NONE),
    ("dkim=permerror header.d=town.example", NONE),
    ("dkim-atps=pass header.d=town.example", NONE),
    ("domainkeys=pass header.d=town.example", NONE),
    ("dkim=pass header.d=town.example(.evil.test", NONE),
    ("dkim=pass header.d=town.example(.evil.test)", NONE),
    ("dkim=pass header.d=town.example'.evil.test", NONE),
    ('dkim=pass header.d=town.example".evil.test"', NONE),
    ("dkim=pass header.s=a._domainkey.evil.test.\x00.any header.d=town.example", NONE),
    ("spf=pass smtp.mailfrom=town.example; dmarc=none header.from=town.example", NONE),
    ("spf=pass smtp.mailfrom=any@town.example(.evil.test); dkim=none", NONE),
    ("spf=pass smtp.mailfrom=any@town.example'@any.evil.test", NONE),
    ("spf=pass smtp.mailfrom=any@mailfrom.notexist.town.example", NONE),
    ("spf=pass smtp.helo=town.example; iprev=pass; auth=pass smtp.auth=ada", NONE),
    ("arc=pass (i=2 dkim=pass dmarc=pass) header.d=town.example; dmarc=none", NONE),
    ("sender-id=pass header.from=town.example", NONE),
    ("bimi=pass header.d=town.example", NONE),
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
    (f"(dmarc=fail) {GOOD}", PASS),
    (f"(it's (really) \\) fine) {GOOD}", PASS),
    (f'x=y reason="; dmarc=fail header.from=town.example"; {GOOD}', PASS),
    (f'x=y reason="; {GOOD}"', NONE),
    ("dmarc=\r\n\tpass\r\n\theader.from=town.example", PASS),
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
    ("mx.town.example (our own) 1 (still)", PASS),
    ("(ours) mx.town.example", PASS),
    ('"mx.town.example"', NONE),
    ("mx.town.example 2", NONE),
    ("mx.town.example 1.0", NONE),
    ("mx.town.example.", NONE),
    ("x.mx.town.example", NONE),
    ("amx.town.example", NONE),
    ("mx-town.example", NONE),
    ("mx.town.example:25", NONE),
    ("mx.town.example/evil.test", NONE),
    ('evil.test "mx.town.example"', NONE),
    ("mx.tоwn.example", NONE),  # a Cyrillic о
    ("mx.town.example\\.evil.test", NONE),
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
UNDER = "Received: from a.test by a1.mx.town.example; Mon, 23 Nov 2026 10:00:00 +0000"
LOOKALIKE = "Received: from a.test by evilmx.town.example; Mon, 23 Nov 2026 10:00:00 +0000"
NEXT_TO_NOTHING = "Received: from a.test by"
SIBLING = "Received: from mx.town.example by imap.town.example with LMTP; Mon, 23 Nov 2026 10:00:02 +0000"
NAMELESS = "Received: from localhost by localhost; Mon, 23 Nov 2026 10:00:01 +0000"
SIX = "Received: by 2002:a05:6402:1eca:b0:5c9:85d with SMTP id 1; Mon, 23 Nov 2026 10:00:01 +0000"
BACKUP = "Received: from evil.test by imap.provider.test with LMTP; Mon, 23 Nov 2026 10:00:02 +0000"
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
    ((BOUNDARY, OURS, OURS_FAIL, OUTSIDE), PASS),
    ((THEIRS, OURS_FAIL, OURS, BOUNDARY), FAIL),
    ((OURS, OURS, OURS), PASS),
    ((OUTSIDE, OURS), NONE),
    ((INSIDE, OURS), NONE),
    ((INSIDE, OURS, BOUNDARY), PASS),
    ((INSIDE.replace("192.0.2.1", "[192.0.2.1]"), OURS, BOUNDARY), PASS),
    ((INSIDE.replace("192.0.2.1", "192.0.2.1.evil.test"), OURS, BOUNDARY), NONE),
    ((BOUNDARY.partition(" with")[0], OURS, OUTSIDE), PASS),
    ((OUTSIDE.partition(";")[0], OURS, BOUNDARY), NONE),
    ((UNDER, OURS, OUTSIDE), PASS),
    ((LOOKALIKE, OURS, OUTSIDE), NONE),
    ((BOUNDARY, OUTSIDE, BOUNDARY, OURS), NONE),
    ((OUTSIDE, OURS, BOUNDARY), NONE),
    ((INSIDE, OUTSIDE, OURS, BOUNDARY), NONE),
    ((SIBLING, NAMELESS, SIX, OURS, BOUNDARY), PASS),
    ((SIBLING, OURS), NONE),
    ((BACKUP, OURS, BOUNDARY), NONE),
    ((BACKUP, BOUNDARY, OURS), NONE),
    ((BOUNDARY.upper(), OURS.upper().replace("TOWN", "town")), PASS),
    ((NEXT_TO_NOTHING, OURS), NONE),
    ((OURS.replace(": ", " : "),), NONE),
    ((OURS.replace("mx.town.example;", "mx.town.example; none"),), NONE),
    ((OURS.replace("Authentication", "X-Authentication"),), NONE),
    ((OURS.replace("Authentication", "ARC-Authentication"),), NONE),
]


@pytest.mark.parametrize(("head", "expected"), ORDERS)
def test_only_the_topmost_header_of_our_side_counts(head: tuple[str, ...], expected: Authentication) -> None:
    """IN-5."""
    assert result(*head) is expected


@pytest.mark.parametrize("behind", ["imap.provider.test", "provider.test", "other.test,provider.test"])
def test_a_host_that_is_said_to_stand_behind_our_server_may_have_handed_the_mail_on(behind: str) -> None:
    """Where the mailbox is with a provider, and all its mail comes through a gateway of ours."""
    profile = f"{PROFILE},{behind}"

    assert result(BACKUP, OURS, BOUNDARY, profile=profile) is PASS
    assert result(BACKUP, BOUNDARY, OURS, profile=profile) is PASS
    assert result(BACKUP, OUTSIDE, OURS, BOUNDARY, profile=profile) is NONE
    assert result(BACKUP.replace("imap.provider", "imap-provider"), OURS, BOUNDARY, profile=profile) is NONE


@pytest.mark.parametrize(
    "author", ["", "Ada <ada@town.example>, Mallory <m@evil.test>", "ada@town.example <m@evil.test>"]
)
def test_without_one_plain_author_nothing_is_authenticated(author: str) -> None:
    assert result(OURS, author=author) is NONE


def test_the_profiles_internal_and_none_ask_no_header() -> None:
    assert result(OURS_FAIL, profile="internal") is PASS
    assert result(OURS, profile="none") is NONE


PROFILES = {
    "internal": Profile(Evidence.HOP),
    "none": Profile(Evidence.SIGNATURES),
    "google": Profile(Evidence.RESULTS, "mx.google.com", by_identity=True),
    "exchange-online": Profile(Evidence.EXCHANGE),
    "exchange-online:internal": Profile(Evidence.EXCHANGE, by_marker=True),
    "rfc8601:MX.Town.Example": Profile(Evidence.RESULTS, "mx.town.example"),
    "rfc8601:mx.town.example, Provider.Test,b.test": Profile(
        Evidence.RESULTS, "mx.town.example", ("provider.test", "b.test")
    ),
}


@pytest.mark.parametrize(("text", "profile"), PROFILES.items())
def test_a_profile_says_where_to_look(text: str, profile: Profile) -> None:
    """IN-6."""
    assert read_profile(text) == profile


@pytest.mark.parametrize(
    "profile",
    [
        *(
            "",
            "rfc8601",
            "rfc8601:",
            "RFC8601:mx.town.example",
            "exchange",
            "INTERNAL",
            "internal:",
            "none:x",
        ),
        *("google:x", "exchange-online:", "exchange-online:external", "rfc8601:mx town", "rfc8601:mx;"),
        *(
            'rfc8601:"mx"',
            "rfc8601:mä",
            "rfc8601:mx,",
            "rfc8601:mx,,b",
            "rfc8601:,b",
            "exchange-online:internal,b",
        ),
    ],
)
def test_an_unknown_profile_is_a_wrong_setting(profile: str) -> None:
    with pytest.raises(
        Misconfigured, match=r"AUTHENTICATION: .* Write internal, none, rfc8601:SERVER, google"
    ):
        result(OURS, profile=profile)


def test_who_signed_does_not_matter_where_a_server_says_so() -> None:
    message = parse(b"From: ada@town.example\r\n\r\nhi")

    assert authenticate(message, PROFILE, {"town.example"}) is NONE


# What Google writes, and where

GOOGLE_HOP = (
    "Received: by 2002:a05:6402:1eca:b0:5c9:85d with SMTP id g10csp1; Mon, 23 Nov 2026 02:00:01 -0800 (PST)"
)
GOOGLE_MX = (
    "Received: from mail.town.example (mail.town.example. [192.0.2.7])\r\n"
    "        by mx.google.com with ESMTPS id 4fb4d7f45d1cf-5cf9a1\r\n"
    "        for <thread@replies.example>; Mon, 23 Nov 2026 02:00:00 -0800 (PST)"
)
GOOGLE_SIGNED = "dkim=pass header.i=@town.example header.s=20230601 header.b=K4Zk/x2A;"
GOOGLE_SPF = (
    "spf=pass (google.com: domain of ada@town.example designates 192.0.2.7 as permitted sender)"
    " smtp.mailfrom=ada@town.example;"
)
GOOGLE_DMARC = "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=town.example"
GOOGLE: list[tuple[str, Authentication]] = [
    (f"{GOOGLE_SIGNED} {GOOGLE_SPF} {GOOGLE_DMARC}", PASS),
    (f"{GOOGLE_SIGNED} {GOOGLE_SPF} {GOOGLE_DMARC}; dara=pass header.i=@gmail.com", PASS),
    (f"{GOOGLE_SIGNED} {GOOGLE_SPF}", PASS),
    ("dkim=pass header.i=@mail.town.example header.s=a", PASS),
    ("dkim=pass header.i=ada@town.example header.s=a", PASS),
    ('dkim=pass header.i="a@b"@town.example', PASS),
    ("dkim=pass header.d=town.example header.i=@evil.test", PASS),
    ("dkim=pass header.d=evil.test header.i=@town.example", NONE),
    ("dkim=pass header.i=@evil.test header.s=a", NONE),
    ("dkim=pass header.i=@example", NONE),
    ("dkim=pass header.i=town.example@evil.test", NONE),
    ("dkim=pass header.i=@town.example header.i=@evil.test", NONE),
    (f"dkim=fail header.i=@town.example; {GOOGLE_SPF}", NONE),
    (GOOGLE_SPF, NONE),
    (f"{GOOGLE_SIGNED} dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=town.example", FAIL),
    ("arc=pass (i=1 spf=pass dkim=pass dmarc=pass fromdomain=town.example); spf=neutral", NONE),
    (f"{GOOGLE_SPF} dmarc=fail (p=QUARANTINE) header.from=town.example; arc=pass (i=1)", FAIL),
]


@pytest.mark.parametrize(("results", "expected"), GOOGLE)
def test_what_google_writes(results: str, expected: Authentication) -> None:
    """IN-6: it names whom a signature is for, not its domain."""
    header = f"Authentication-Results: mx.google.com;\r\n       {results}"

    assert result(GOOGLE_HOP, header, GOOGLE_MX, profile="google") is expected
    assert result(GOOGLE_HOP, GOOGLE_MX, header, OUTSIDE, profile="google") is expected
    assert result(GOOGLE_HOP, header, GOOGLE_MX) is NONE
    assert result(GOOGLE_HOP, GOOGLE_MX, OUTSIDE, header, profile="google") is NONE
