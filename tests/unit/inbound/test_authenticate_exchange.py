"""Exchange Online (IN-6): its results name no server, so only their place says who wrote them."""

import pytest

from service.inbound.authenticate import Authentication, authenticate
from service.message import parse

PASS, NONE, FAIL = Authentication.PASS, Authentication.NONE, Authentication.FAIL

INSIDE = (
    "Received: from AM0P.eurprd01.prod.outlook.com (2603::1) by DB9P.eurprd01.prod.outlook.com with HTTPS;"
    " Mon, 23 Nov 2026 10:00:02 +0000"
)
BOUNDARY = (
    "Received: from mail.town.example (192.0.2.7) by\r\n"
    " AM7EUR03FT012.mail.protection.outlook.com (10.152.16.230) with Microsoft SMTP\r\n"
    " Server id 15.20.5 via Frontend Transport; Mon, 23 Nov 2026 10:00:01 +0000"
)
OUTSIDE = "Received: from a.test by mail.town.example; Mon, 23 Nov 2026 10:00:00 +0000"
LOOKALIKE = "Received: from a.test by x.outlook.com.evil.test; Mon, 23 Nov 2026 10:00:00 +0000"
HOME = "Received: by AM0P.outlook.office365.com with HTTPS; Mon, 23 Nov 2026 10:00:03 +0000"
SPF = "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=town.example"
DKIM = "dkim=pass (signature was verified) header.d=town.example"
NO_DKIM = "dkim=none (message not signed) header.d=none"
DMARC = "dmarc=pass action=none header.from=town.example"
COMPAUTH = "compauth=pass reason=100"
MARKER = "X-MS-Exchange-Organization-AuthAs"


def result(*head: str, profile: str = "exchange-online", author: str = "ada@town.example") -> Authentication:
    return authenticate(parse("\r\n".join([*head, f"From: {author}", "", "hi"]).encode()), profile)


def written(results: str) -> str:
    return f"Authentication-Results: {results}"


RESULTS: list[tuple[str, Authentication]] = [
    (f"{SPF};\r\n {DKIM};{DMARC};{COMPAUTH}", PASS),
    (f"{SPF}; {NO_DKIM};{DMARC};compauth=pass reason=100;", PASS),
    (f"{SPF}; {DKIM};dmarc=none action=none header.from=town.example;{COMPAUTH}", PASS),
    (f"{SPF}; {DKIM};dmarc=bestguesspass action=none header.from=town.example;{COMPAUTH}", PASS),
    (f"{SPF}; {NO_DKIM};dmarc=bestguesspass header.from=town.example;compauth=pass reason=109", NONE),
    (f"{SPF}; {NO_DKIM};dmarc=none action=none header.from=town.example;compauth=pass reason=703", NONE),
    ("spf=none; dkim=none;compauth=pass reason=130", NONE),
    (f"{SPF}; {DKIM};{DMARC};compauth=fail reason=601", NONE),
    (f"{SPF}; {DKIM};{DMARC};compauth=fail reason=000", FAIL),
    ("spf=fail smtp.mailfrom=x.test; dkim=none;dmarc=none;compauth=fail reason=001", NONE),
    ("spf=fail smtp.mailfrom=x.test; dkim=none;dmarc=none;compauth=fail reason=000", FAIL),
    (
        "spf=fail; dkim=none; dmarc=fail action=oreject header.from=town.example;compauth=fail reason=000",
        FAIL,
    ),
    ("spf=fail; dkim=none; dmarc=fail action=none header.from=town.example;compauth=pass reason=104", FAIL),
    (f"{SPF}; {DKIM};{DMARC};compauth=softpass reason=202", PASS),
    (f"{SPF}; {DKIM};{DMARC};compauth=none reason=451", PASS),
    ("dmarc=pass action=none header.from=evil.test", FAIL),
    ("dkim=pass (signature was verified) header.d=townexample.onmicrosoft.com", NONE),
    (f"{SPF}; {DKIM} (", NONE),
    (f"mx.evil.test; {SPF}; {DKIM};{DMARC}", NONE),
    (f"mx.evil.test;\t{DMARC}", NONE),
    ("", NONE),
    ("none", NONE),
]


@pytest.mark.parametrize(("results", "expected"), RESULTS)
def test_what_exchange_writes(results: str, expected: Authentication) -> None:
    """Its own judgement can take away what the rest shows and adds nothing: it may be a guess."""
    assert result(INSIDE, written(results), BOUNDARY, OUTSIDE) is expected


GOOD, BAD = written(f"{SPF}; {DKIM};{DMARC};{COMPAUTH}"), written("dmarc=fail header.from=town.example")
FOREIGN = written(f"mx.gateway.test; {DMARC}")

ORDERS: list[tuple[tuple[str, ...], Authentication]] = [
    ((GOOD, BOUNDARY), PASS),
    ((INSIDE, INSIDE, GOOD, BOUNDARY), PASS),
    ((GOOD, INSIDE, BOUNDARY), PASS),
    ((OUTSIDE, GOOD, BOUNDARY), NONE),
    ((GOOD, OUTSIDE, BOUNDARY), NONE),
    ((INSIDE, LOOKALIKE, GOOD, BOUNDARY), NONE),
    ((HOME, GOOD, BOUNDARY), PASS),
    ((FOREIGN, GOOD, BOUNDARY), PASS),
    ((GOOD, BAD, BOUNDARY), PASS),
    ((BAD, GOOD, BOUNDARY), FAIL),
    ((GOOD, BOUNDARY, BAD), PASS),
    ((BAD, BOUNDARY, GOOD), FAIL),
    ((BOUNDARY, GOOD), NONE),
    ((INSIDE, BOUNDARY, GOOD, OUTSIDE), NONE),
    ((BOUNDARY, GOOD, BOUNDARY), NONE),
    ((GOOD,), NONE),
    ((GOOD, INSIDE), NONE),
    ((GOOD, OUTSIDE), NONE),
    ((FOREIGN, BOUNDARY), NONE),
    ((GOOD, BOUNDARY.replace("protection.outlook.com", "protection.outlook.com.evil.test")), NONE),
    ((GOOD, BOUNDARY.replace(".mail.protection", "-mail.protection")), NONE),
    ((GOOD, BOUNDARY.replace("outlook.com", "office365.us")), PASS),
    ((GOOD, BOUNDARY.replace("protection.outlook.com", "protection.partner.outlook.cn")), PASS),
    ((GOOD, BOUNDARY.upper()), PASS),
    ((GOOD.replace("Authentication-", "ARC-Authentication-"), BOUNDARY), NONE),
]


@pytest.mark.parametrize(("head", "expected"), ORDERS)
def test_only_what_stands_above_the_boundary_counts(head: tuple[str, ...], expected: Authentication) -> None:
    """The boundary writes its results above its own Received; below it anybody may have written."""
    assert result(*head) is expected


def test_two_authors_are_nobody() -> None:
    assert result(GOOD, BOUNDARY, author="ada@town.example, mallory@evil.test") is NONE


def test_the_same_header_is_nothing_to_other_profiles() -> None:
    """IN-6."""
    for profile in ("rfc8601:mx.town.example", "rfc8601:spf", "google", "none"):
        assert result(GOOD, BOUNDARY, profile=profile) is NONE


MARKED: list[tuple[tuple[str, ...], Authentication, Authentication]] = [
    # headers, where outsiders can write the marker, where the boundary takes it away
    ((INSIDE, f"{MARKER}: Internal"), NONE, PASS),
    ((INSIDE, f"{MARKER}: internal"), NONE, PASS),
    (
        (written(f"{NO_DKIM};dmarc=none action=none header.from=town.example;"), f"{MARKER}: Internal"),
        NONE,
        PASS,
    ),
    ((INSIDE, f"{MARKER}: Anonymous"), NONE, NONE),
    ((INSIDE, f"{MARKER}: Internal", f"{MARKER}: Anonymous"), NONE, NONE),
    ((INSIDE, f"{MARKER}: Internal", f"{MARKER}: Internal"), NONE, NONE),
    ((INSIDE, f"{MARKER}: Internal (really)"), NONE, NONE),
    ((INSIDE, "X-MS-Exchange-CrossTenant-AuthAs: Internal"), NONE, NONE),
    ((GOOD, BOUNDARY, f"{MARKER}: Anonymous"), PASS, PASS),
    ((BAD, BOUNDARY, f"{MARKER}: Internal"), FAIL, FAIL),
    ((written("compauth=fail reason=000"), BOUNDARY, f"{MARKER}: Internal"), FAIL, FAIL),
    ((INSIDE,), NONE, NONE),
]


@pytest.mark.parametrize(("head", "outside", "inside"), MARKED)
def test_the_mark_of_mail_from_inside_counts_only_where_the_boundary_takes_it_from_others(
    head: tuple[str, ...], outside: Authentication, inside: Authentication
) -> None:
    """The overriding decision about a tenant whose mail carries no signature inside."""
    assert result(*head) is outside
    assert result(*head, profile="exchange-online:internal") is inside


def test_the_mark_is_nothing_to_other_profiles() -> None:
    for profile in ("rfc8601:mx.town.example", "google", "none"):
        assert result(INSIDE, f"{MARKER}: Internal", profile=profile) is NONE
