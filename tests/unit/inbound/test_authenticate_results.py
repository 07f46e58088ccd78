"""Authentication-Results, read strictly (IN-5): what is malformed says nothing, and nothing hangs."""

import pytest
from authres import AuthenticationResultsHeader
from hypothesis import given, settings
from hypothesis import strategies as st

from service.inbound.authenticate.results import LONGEST, Result, Results, read_results

SPF = Result("spf", "pass")


def passed(method: str, *properties: tuple[str, str]) -> Results:
    return Results("mx.test", (Result(method, "pass", properties),))


READ: list[tuple[str, Results]] = [
    ("mx.test; none", Results("mx.test", ())),
    ("mx.test 1; none", Results("mx.test", ())),
    ("MX.Test; SPF=Pass", passed("spf")),
    ("mx.test; spf=pass;", passed("spf")),
    ("mx.test;spf=pass;;dkim=none", Results("mx.test", (SPF, Result("dkim", "none")))),
    (" mx.test ; spf = pass ", passed("spf")),
    ("mx.test;\tspf=pass\tsmtp.helo=a.b", passed("spf", ("smtp.helo", "a.b"))),
    ("mx.test; spf=pass smtp.helo = a.b x=y", passed("spf", ("smtp.helo", "a.b"), ("x", "y"))),
    ("mx.test; dkim/1=pass", passed("dkim")),
    ("mx.test; dkim/2=pass; spf=pass", passed("spf")),
    ("mx.test (a (nested \\) one) b) 1; spf=pass (x)", passed("spf")),
    ("mx.test; spf=pass(x) (y)(z)", passed("spf")),
    ("mx.test; dmarc=pass(p=reject) header.from=a.b", passed("dmarc", ("header.from", "a.b"))),
    ("mx.test; header.d=a.b;(c) spf=pass", Results("mx.test", (Result("header.d", "a.b"), SPF))),
    ("mx.test (dmarc=pass); dmarc=fail", Results("mx.test", (Result("dmarc", "fail"),))),
    ('"mx.test"; spf=pass', Results('"mx.test"', (SPF,))),
    ('mx.test; spf=pass smtp.helo="a b;c=d(e"', passed("spf", ("smtp.helo", "a?b?c?d?e"))),
    ('mx.test; spf=pass smtp.helo="a\\"b"', passed("spf", ("smtp.helo", "a??b"))),
    ('mx.test; spf=pass smtp.mailfrom="a b"@c.d', passed("spf", ("smtp.mailfrom", 'a?b"@c.d'))),
    ('mx.test; spf=pass reason="so it-is_a.b@c"', passed("spf", ("reason", "so?it-is_a.b@c"))),
    ("mx.test; spf=pass (\\a)", passed("spf")),
    ("mx.test; spf=pass (\\()", passed("spf")),
    ('mx.test; spf=pass smtp.helo=""', passed("spf", ("smtp.helo", ""))),
    ('mx.test; spf=pass smtp.helo="\\a"', passed("spf", ("smtp.helo", "?a"))),
    ('mx.test; spf=pass "a"=b', passed("spf", ('"a"', "b"))),
    ('mx.test;"spf"=pass', Results("mx.test", (Result('"spf"', "pass"),))),
    ("mx.test; dmarc=pass action=none", passed("dmarc", ("action", "none"))),
    ("mx.test; dkim=pass header.b=a/b+c=", passed("dkim", ("header.b", "a/b+c="))),
]


@pytest.mark.parametrize(("value", "expected"), READ)
def test_a_header_is_read(value: str, expected: Results) -> None:
    assert read_results(value) == expected


MALFORMED = [
    "",
    ";",
    "; spf=pass",
    "mx.test 2; spf=pass",
    "mx.test 11; spf=pass",
    "mx.test 1 1; spf=pass",
    "mx.test spf=pass",
    "mx.test; spf",
    "mx.test; spf pass",
    "mx.test; =pass",
    "mx.test; spf=pass words",
    "mx.test; spf=pass; dmarc",
    "mx.test; (",
    "mx.test; spf=pass (a",
    "mx.test; spf=pass (a(b)",
    "mx.test; spf=pass (a\\)",
    'mx.test; spf=pass smtp.helo="',
    'mx.test; spf=pass smtp.helo="a',
    'mx.test; spf=pass smtp.helo="a\\"',
    'mx.test; spf=pass smtp.helo=a"b"',
    "mx.test; dkim=pass header.d=a.b(.evil.test)",
    "mx.test; dkim=pass header.d=a.b(",
    'mx.test; spf=pass smtp.mailfrom=a.b"@evil.test',
    "mx.test(ours); spf=pass",
    "mx.test; spf=päss",
    "mx.test; spf=pass\x00",
    "mx.test; spf=pass\x1c",
    "mx.test; spf=pass\u2028",
    f"mx.test; spf=pass {'(x) ' * LONGEST}",
]


@pytest.mark.parametrize("value", MALFORMED)
def test_what_is_malformed_says_nothing(value: str) -> None:
    assert read_results(value) is None


def test_a_header_of_the_longest_length_is_read() -> None:
    value = "mx.test; spf=pass"

    assert read_results(value.ljust(LONGEST)) == Results("mx.test", (Result("spf", "pass"),))
    assert read_results(value.ljust(LONGEST + 1)) is None


def test_results_are_found_by_their_method_in_their_order() -> None:
    read = read_results("mx.test; dkim=fail; spf=pass; dkim=pass")

    assert read is not None
    assert [one.result for one in read.of("dkim")] == ["fail", "pass"]
    assert read.of("arc") == []


def test_a_property_that_is_said_twice_is_none() -> None:
    once = Result("dkim", "pass", (("header.d", "town.example."),))
    twice = Result("dkim", "pass", (("header.d", "town.example"), ("header.d", "town.example")))

    assert (once.value("header.d"), once.domain("header.d")) == ("town.example.", "town.example")
    assert (twice.value("header.d"), twice.domain("header.d")) == ("", "")
    assert once.value("header.i") == ""


PIECES = [
    *(
        "mx.test",
        "1",
        "2",
        ";",
        " ",
        "\t",
        "=",
        "(",
        ")",
        '"',
        "\\",
        "spf",
        "dkim/1",
        "dmarc",
        "pass",
        "fail",
    ),
    *(
        "none",
        "header.from=town.example",
        "header.d=a.b",
        "smtp.mailfrom=a@b.c",
        "reason=x",
        "ä",
        "\0",
        "a.b",
    ),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_header_raises(value: str) -> None:
    read = read_results(value)

    assert read is None or read.server


WORDS = st.sampled_from(["spf", "dkim", "dmarc", "arc", "auth"])
VALUES = st.sampled_from(["pass", "fail", "none", "neutral", "temperror", "permerror"])
PROPERTIES = st.lists(
    st.sampled_from(
        [
            "header.d=town.example",
            "header.from=a.test",
            "smtp.mailfrom=a@b.test",
            "header.s=x",
            "header.i=@a.b",
        ]
    ),
    max_size=3,
)
COMMENTS = st.sampled_from(["", " (fine)", " (1024-bit key; unprotected)", " (a (b) c)"])
STATEMENTS = st.lists(st.tuples(WORDS, VALUES, COMMENTS, PROPERTIES), min_size=1, max_size=4)


@settings(deadline=None)
@given(STATEMENTS)
def test_well_formed_headers_are_read_as_another_reader_reads_them(
    statements: list[tuple[str, str, str, list[str]]],
) -> None:
    value = "mx.test" + "".join(
        f"; {method}={result}{comment} {' '.join(named)}" for method, result, comment, named in statements
    )

    theirs = AuthenticationResultsHeader.parse_value(value.strip())
    ours = read_results(value)

    assert ours is not None
    assert [(one.method, one.result) for one in ours.results] == [
        (one.method, one.result) for one in theirs.results
    ]
    assert [list(one.properties) for one in ours.results] == [
        [(f"{named.type}.{named.name}", named.value) for named in one.properties] for one in theirs.results
    ]
