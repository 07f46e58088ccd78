"""Profile ``none``: we verify DKIM ourselves (RFC 6376, RFC 8463), and nothing less than all of it counts."""

import random
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from service.inbound.authenticate import Authentication, authenticate
from service.inbound.authenticate.alignment import are_aligned
from service.inbound.authenticate.canonical import body_of
from service.inbound.authenticate.dkim import MOST, candidates, find_signers
from service.inbound.authenticate.key import read_key
from service.inbound.authenticate.signature import read_signature
from service.message import parse
from tests.signing import FakeDns, PrivateKey, ed25519_key, record, rsa_key, signed

PASS, NONE, FAIL = Authentication.PASS, Authentication.NONE, Authentication.FAIL
ADA, ARRIVED = "ada@town.example", datetime(2026, 11, 23, 15, 0, 5, tzinfo=UTC)
NAME = "mail._domainkey.town.example."
MAIL = (
    b"From: Ada <ada@town.example>\r\n"
    b"To: thread@town.example\r\n"
    b"Subject: Re: a  room\r\n\tfor Friday\r\n"
    b"Date: Mon, 23 Nov 2026 15:00:00 +0000\r\n"
    b"Message-ID: <1@town.example>\r\n"
    b"\r\n"
    b"1: A  room. \r\n\r\nAda\r\n\r\n\r\n"
)


async def signers(mail: bytes, *records: bytes, author: str = ADA, at: datetime = ARRIVED) -> set[str]:
    dns = FakeDns({NAME: records or (record(rsa_key()),)})
    return set(await find_signers(mail, author, at, dns.look_up))


# What counts


@pytest.mark.parametrize(
    "c", ["relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed", "simple", "relaxed"]
)
@pytest.mark.parametrize("key", [rsa_key(), rsa_key(1024), ed25519_key()], ids=["rsa", "rsa-1024", "ed25519"])
async def test_a_signature_of_the_authors_domain_is_evidence(key: PrivateKey, c: str) -> None:
    found = await signers(signed(MAIL, key, c=c), record(key))

    assert found == {"town.example"}
    assert authenticate(parse(MAIL), "none", found) is PASS


RFC_8463 = b"""\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""
RFC_8463_KEYS = {
    "brisbane": b"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "test": b"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08"
    b"a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5"
    b"QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
}


@pytest.mark.parametrize("selector", RFC_8463_KEYS)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
async def test_the_standards_own_example_verifies(selector: str, line_end: bytes) -> None:
    """RFC 8463, appendix A."""
    dns = FakeDns({f"{selector}._domainkey.football.example.com.": (RFC_8463_KEYS[selector],)})

    mail = RFC_8463.replace(b"\n", line_end)

    assert await find_signers(mail, "joe@football.example.com", ARRIVED, dns.look_up) == {
        "football.example.com"
    }


STILL_GOOD: list[tuple[str, bytes]] = [
    ("a server's own header above", b"Received: from a by b\r\n" + signed(MAIL)),
    ("a header that was not signed", signed(MAIL).replace(b"Subject:", b"X-Tag: [EXTERNAL]\r\nSubject:")),
    ("empty lines at the end", signed(MAIL) + b"\r\n\r\n"),
    ("no empty lines at the end", signed(MAIL).rstrip() + b"\r\n"),
    ("white space that moved", signed(MAIL).replace(b"a  room\r\n\tfor", b"a room for")),
    ("a space at a line's end", signed(MAIL).replace(b"room. ", b"room.")),
    ("names in another case", signed(MAIL).replace(b"\r\nSubject:", b"\r\nSUBJECT:")),
    ("From signed more often than it is there", signed(MAIL, h="from:from:from:to:subject")),
    ("only From signed", signed(MAIL, h="from")),
    ("fields signed that are not there", signed(MAIL, h="from:cc:reply-to:x-none")),
    ("a name under the author's domain", signed(MAIL, d="mail.town.example")),
    ("capitals", signed(MAIL, d="Town.Example", h="FROM:To")),
    ("whom it is for", signed(MAIL, i="ada@news.town.example")),
    ("a number for time that is past", signed(MAIL, t="1795446000", x="1795536000")),
    ("a moment ago in our clock", signed(MAIL, t=str(int(ARRIVED.timestamp()) + 3600))),
    ("the second when it expires", signed(MAIL, x=str(int(ARRIVED.timestamp())))),
    ("what we do not know", signed(MAIL, z="From:Ada", xyz="1")),
    ("how to ask", signed(MAIL, q="dns/txt")),
    ("a semicolon at the end", signed(MAIL).replace(b"; b=", b"; b=", 1)),
    ("a broken one on top", b"DKIM-Signature: v=1\r\n" + signed(MAIL)),
    ("a foreign one on top", signed(signed(MAIL), domain="list.test")),
]


@pytest.mark.parametrize("mail", [mail for _, mail in STILL_GOOD], ids=[name for name, _ in STILL_GOOD])
async def test_what_servers_may_do_on_the_way_changes_nothing(mail: bytes) -> None:
    dns = FakeDns({name: (record(rsa_key()),) for name in (NAME, "mail._domainkey.mail.town.example.")})

    found = await find_signers(mail, ADA, ARRIVED, dns.look_up)

    assert authenticate(parse(mail), "none", found) is PASS


# What does not

SIMPLE = signed(MAIL, c="simple/simple")
CHANGED: list[tuple[str, bytes]] = [
    ("no signature", MAIL),
    ("another answer", signed(MAIL).replace(b"1: A  room", b"1: No room")),
    ("a line more", signed(MAIL) + b"2: More\r\n"),
    ("a line less", signed(MAIL).replace(b"Ada\r\n\r\n\r\n", b"")),
    ("another author", signed(MAIL.replace(b"ada@", b"grace@")).replace(b"grace@", b"ada@")),
    ("another subject", signed(MAIL).replace(b"for Friday", b"for Monday")),
    ("another From on top", b"From: mallory@town.example\r\n" + signed(MAIL)),
    ("another From below", signed(MAIL).replace(b"\r\n\r\n1:", b"\r\nFrom: mallory@town.example\r\n\r\n1:")),
    ("another From with a space", signed(MAIL).replace(b"To:", b"From : mallory@town.example\r\nTo:")),
    ("a field added that was signed as missing", b"Cc: b@c.d\r\n" + signed(MAIL, h="from:cc")),
    ("white space, where none may change", SIMPLE.replace(b"room. ", b"room.")),
    ("folding, where none may change", SIMPLE.replace(b"\r\n\tfor", b" for")),
    ("its own field", signed(MAIL, xyz="1").replace(b"xyz=1", b"xyz=2")),
    ("its own field's end", signed(MAIL).replace(b"\r\nFrom: Ada", b"; xyz=1\r\nFrom: Ada")),
    ("a line in the header that is no field", signed(MAIL).replace(b"To:", b"no field\r\nTo:")),
    ("a header that begins with a fold", b" folded: x\r\n" + signed(MAIL)),
    ("a signature in the body", MAIL + signed(MAIL)),
    ("a name with a space", signed(MAIL).replace(b"DKIM-Signature:", b"DKIM-Signature-:")),
]  # fmt: skip


@pytest.mark.parametrize("mail", [mail for _, mail in CHANGED], ids=[name for name, _ in CHANGED])
async def test_a_mail_that_was_changed_is_not_signed(mail: bytes) -> None:
    assert await signers(mail) == set()


AT = int(ARRIVED.timestamp())
STRANGE: dict[str, list[str | None]] = {
    "v": [None, "2", "", "1; v=1"],
    "a": [None, "", "rsa-sha1", "ed25519-sha256", "rsa", "none", "RSA-SHA256"],
    "l": ["0", "9", "99999", ""],
    "h": [None, "", "to:subject", "fromage:to", "from to", "fröm:from"],
    "d": [
        *(
            None,
            "",
            "-",
            "evil.test",
            "example",
            "town.example.evil.test",
            "evil-town.example",
            "town.example.",
        ),
        *(".town.example", "town..example", "to wn.example", "täwn.example", "evil.test; d=town.example"),
        *("town.example\0.evil.test", "town.example(.evil.test", "town.example'a.evil.test"),
        *(f"{'a' * 64}.town.example", "a." * 124 + "town.example"),
    ],
    "s": [None, "", "a b", "mail..x", "mäil", "a" * 64, "mail._domainkey.evil.test.\0.any"],
    "c": ["", "nowsp", "relaxed/nowsp", "relaxed/simple/simple", "/relaxed", "Relaxed/relaxed"],
    "q": ["", "dns", "http/txt"],
    "i": ["", "@", "ada", "ada@evil.test", "ada@eviltown.example", "ada@example", "@town.example@evil.test"],
    "x": [str(AT - 1), "", "0", "soon", "-1", "9" * 13],
    "t": [str(AT + 3606), "", "now", "1.5", "-1", "9" * 13],
    "bh": [None, "", "AAAA", "no base64!", b64encode(bytes(32)).decode()],
    "b": ["AAAA", "no base64!", b64encode(bytes(256)).decode(), b64encode(b"\xff" * 256).decode()],
    "xyz": ["1; no equals sign", "1; xyz=1"],
    "x y": ["1"],
    "ä": ["1"],
    "": ["1"],
}
TAGS = [{name: value} for name, values in STRANGE.items() for value in values]


@pytest.mark.parametrize("tags", TAGS, ids=lambda tags: repr(tags)[:60])
async def test_a_signature_that_says_anything_strange_is_none(tags: dict[str, str | None]) -> None:
    """NUL and the other tricks of "Composition Kills" (sections 4.2, 4.3) among them."""
    mail = signed(MAIL, **tags)
    answers = FakeDns()
    everything = record(rsa_key())

    async def whatever(name: str) -> tuple[bytes, ...]:
        answers.asked.append(name)
        return (everything,)

    found = await find_signers(mail, ADA, ARRIVED, whatever)

    assert found == frozenset()


def test_a_signature_tells_where_its_key_is() -> None:
    signature = read_signature(
        b" v=1; a=rsa-sha256; d=Town.Example;\r\n s=Mail.2026; h= From : To; bh=AAAA; b=A\r\n AAA"
    )

    assert signature is not None
    assert signature.key_name == "mail.2026._domainkey.town.example."
    assert (signature.headers, signature.octets) == (("from", "to"), b"\0\0\0")
    assert (signature.relaxed, signature.identity) == ((False, False), "town.example")
    assert (signature.signed_at, signature.expires_at) == (0, None)


KEYS: list[tuple[str, tuple[bytes, ...]]] = [
    ("none", ()),
    ("nothing", (b"",)),
    ("not a key", (b"v=spf1 -all",)),
    ("revoked", (record(rsa_key(), p=""),)),
    ("no key in it", (record(rsa_key()).partition(b"; p=")[0],)),
    ("broken", (record(rsa_key(), p="AAAA"),)),
    ("no base64", (record(rsa_key(), p="!"),)),
    ("cut", (record(rsa_key())[:-40],)),
    ("in testing", (record(rsa_key(), t="y"),)),
    ("in testing and strict", (record(rsa_key(), t="s:y"),)),
    ("of another version", (record(rsa_key(), v="DKIM2"),)),
    ("for SHA-1", (record(rsa_key(), h="sha1"),)),
    ("for other services", (record(rsa_key(), s="tlsrpt"),)),
    ("of another kind", (record(rsa_key(), k="ed25519"),)),
    ("of an unknown kind", (record(rsa_key(), k="dsa"),)),
    ("another one", (record(ed25519_key()),)),
    ("two of them", (record(rsa_key()), record(rsa_key(1024)))),
    ("twice the same", (record(rsa_key()), record(rsa_key()))),
    ("said twice", (record(rsa_key()) + b"; k=rsa",)),
    ("not ASCII", (record(rsa_key(), n="ä"), "v=DKIM1; h=ä; p=".encode())[1:]),
    ("octets", (bytes(range(256)),)),
]  # fmt: skip


@pytest.mark.parametrize("records", [records for _, records in KEYS], ids=[name for name, _ in KEYS])
async def test_a_key_that_is_not_plainly_good_opens_nothing(records: tuple[bytes, ...]) -> None:
    """And it is no failure: nothing was shown, neither way."""
    found = await find_signers(signed(MAIL), ADA, ARRIVED, FakeDns({NAME: records}).look_up)

    assert found == frozenset()
    assert authenticate(parse(MAIL), "none", found) is NONE


GOOD_KEYS: list[tuple[bytes, ...]] = [
    (record(rsa_key()),),
    (record(rsa_key()).removeprefix(b"v=DKIM1; "),),
    (record(rsa_key()).removeprefix(b"v=DKIM1; k=rsa; "),),
    (record(rsa_key()) + b";",),
    (record(rsa_key(), h="sha1:sha256", s="email", n="ours", t="s"),),
    (record(rsa_key(), s="*", h="sha256"),),
    (record(rsa_key()), b"v=spf1 -all", b"something else"),
]


@pytest.mark.parametrize("records", GOOD_KEYS)
async def test_a_key_may_say_what_it_is_for(records: tuple[bytes, ...]) -> None:
    assert await signers(signed(MAIL), *records) == {"town.example"}


async def test_a_strict_key_signs_for_its_own_domain_only() -> None:
    mail = signed(MAIL, i="ada@news.town.example")

    assert await signers(mail, record(rsa_key())) == {"town.example"}
    assert await signers(mail, record(rsa_key(), t="s")) == set()
    assert await signers(signed(MAIL, i="@town.example"), record(rsa_key(), t="s")) == {"town.example"}


@pytest.mark.parametrize(
    ("bits", "usable"), [(512, False), (1008, False), (1024, True), (4096, True), (4104, False)]
)
async def test_a_key_that_can_be_broken_is_no_evidence(bits: int, usable: bool) -> None:
    """RFC 8301 section 3.2. Longer ones than anybody has to take are a way to keep us busy."""
    key = rsa_key(bits)

    assert (await signers(signed(MAIL, key), record(key)) == {"town.example"}) is usable
    assert (read_key(record(key)) is not None) is usable


async def test_a_record_of_another_kind_of_key_than_we_know_is_none() -> None:
    octets = ec.generate_private_key(ec.SECP256R1()).public_key()
    elliptic = b64encode(octets.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()

    assert await signers(signed(MAIL), record(rsa_key(), p=elliptic)) == set()


# Whom we ask, and how often


async def test_the_dns_is_only_asked_for_what_can_count() -> None:
    expired = signed(MAIL, s="expired", x="1")
    foreign = signed(MAIL, domain="list.test")
    other_body = signed(MAIL.replace(b"room", b"hall"), s="body").partition(b"From:")[0] + MAIL
    mail = b"".join(one.removesuffix(MAIL) for one in (expired, foreign, other_body, signed(MAIL))) + MAIL
    dns = FakeDns({NAME: (record(rsa_key()),)})

    assert await find_signers(mail, ADA, ARRIVED, dns.look_up) == {"town.example"}
    assert dns.asked == [NAME]


async def test_only_the_first_few_signatures_are_looked_at() -> None:
    """A mail with a thousand signatures would have us ask a thousand times."""
    head = signed(MAIL).removesuffix(MAIL)
    others = [signed(MAIL, s=f"s{number}").removesuffix(MAIL) for number in range(MOST)]
    foreign = signed(MAIL, domain="list.test").removesuffix(MAIL)

    assert await signers(b"".join([foreign] * 20 + others[1:]) + head + MAIL) == {"town.example"}
    assert await signers(b"".join(others) + head + MAIL) == set()


async def test_nobody_is_asked_about_a_mail_with_two_authors() -> None:
    assert list(candidates(b"From: grace@town.example\r\n" + signed(MAIL), "town.example", ARRIVED)) == []


async def test_a_signature_ends_when_it_says() -> None:
    mail = signed(MAIL, t=str(int(ARRIVED.timestamp())), x=str(int(ARRIVED.timestamp()) + 60))

    assert await signers(mail, at=ARRIVED + timedelta(seconds=60)) == {"town.example"}
    assert await signers(mail, at=ARRIVED + timedelta(seconds=61)) == set()
    assert await signers(mail, at=ARRIVED - timedelta(hours=1)) == {"town.example"}
    assert await signers(mail, at=ARRIVED - timedelta(hours=1, seconds=1)) == set()


async def test_there_is_no_failure_without_a_server_that_says_so() -> None:
    """A broken signature may be a mailing list's footer, and silence may be the network's."""
    for mail in (MAIL, signed(MAIL) + b"more\r\n", signed(MAIL)):
        found = await find_signers(mail, ADA, ARRIVED, FakeDns().look_up)
        assert authenticate(parse(mail), "none", found) is NONE


@pytest.mark.parametrize(
    ("signer", "expected"),
    [
        ("town.example", PASS), ("mail.town.example", PASS), ("example", NONE), ("evil.test", NONE),
        ("eviltown.example", NONE), ("town.example.evil.test", NONE), ("", NONE),
    ],
)  # fmt: skip
def test_who_signed_has_to_be_of_the_authors_organisation(signer: str, expected: Authentication) -> None:
    assert authenticate(parse(MAIL), "none", {"list.test", signer}) is expected
    assert authenticate(parse(b"From: a@town.example, b@town.example\r\n\r\nx"), "none", {signer}) is NONE


ALIGNED: list[tuple[str, str, bool]] = [
    ("town.example", "town.example", True),
    ("mail.town.example", "town.example", True),
    ("a.b.town.example", "c.town.example", True),
    ("town.example", "other.example", False),
    ("example", "town.example", False),
    ("example", "example", True),
    ("", "town.example", False),
    ("", "example", False),
    ("co.uk", "town.co.uk", False),
    ("town.co.uk", "other.co.uk", False),
    ("www.town.gov.uk", "town.gov.uk", True),
    ("ci.one.oh.us", "ci.two.oh.us", False),
    ("one.github.io", "two.github.io", False),
    ("x.one.github.io", "one.github.io", True),
    ("com", "net", False),
    ("a" * 300 + ".town.example", "town.example", False),
    ("town..example", "town.example", False),
]


@pytest.mark.parametrize(("one", "other", "aligned"), ALIGNED)
def test_organisations_are_told_apart_by_the_public_suffix_list(one: str, other: str, aligned: bool) -> None:
    assert are_aligned(one, other) is aligned
    assert are_aligned(other, one) is aligned


# Beside another reader

PEM = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
LINES = st.lists(st.text(st.sampled_from("aB1 \t.ä\r"), max_size=12), max_size=6).map("\r\n".join)
FORMS = st.sampled_from([b"simple", b"relaxed"])


def dns_of_dkimpy(name: bytes, timeout: int = 5) -> bytes:
    return record(rsa_key())


@settings(max_examples=60, deadline=None)
@given(body=LINES, subject=st.text(st.sampled_from("aB1 \t"), max_size=12), header=FORMS, text=FORMS)
async def test_what_another_signer_signed_verifies(
    body: str, subject: str, header: bytes, text: bytes
) -> None:
    mail = MAIL.partition(b"\r\n\r\n")[0] + f"\r\nX: {subject}\r\n\r\n{body}\r\n".encode()
    head = dkim.sign(mail, b"mail", b"town.example", PEM, canonicalize=(header, text))

    assert await signers(head + mail, at=ARRIVED + timedelta(days=3650)) == {"town.example"}


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["relaxed/relaxed", "simple/simple"]))
async def test_what_we_believe_another_reader_believes_too(chance: random.Random, c: str) -> None:
    octets = bytearray(signed(MAIL, c=c, h="from:to:subject"))
    for _ in range(chance.randrange(1, 3)):
        at = chance.randrange(len(octets))
        octets[at : at + chance.randrange(2)] = chance.choice(
            [b"", b" ", b"\t", b"a", b"\r\n", b";", b":", b"="]
        )
    mail = bytes(octets)

    if await signers(mail):
        assert dkim.verify(mail, dnsfunc=dns_of_dkimpy)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
async def test_no_mail_raises(octets: bytes) -> None:
    for mail in (octets, b"DKIM-Signature:" + octets + b"\r\n" + MAIL, signed(MAIL) + octets):
        await signers(mail)
        await signers(signed(MAIL), octets)


def test_runs_of_white_space_take_no_longer_than_other_octets() -> None:
    """40 KB of them keep dkimpy busy for three seconds, and twice as many for twelve: this would not end."""
    body = (b" " * 5_000_000 + b"x\r\n") + b"\r\n" * 1_000_000

    assert body_of(body, relaxed=True) == b" x\r\n"
    assert len(body_of(body, relaxed=False)) == 5_000_003
