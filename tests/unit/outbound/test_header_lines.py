"""Header fields on the wire: folding, encoded-words, injection."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.outbound.headers import base_subject, language, mailbox_field, subject_field
from service.outbound.mime import fold
from service.outbound.words import one_line
from tests.unit.outbound.conftest import field_names, header_lines

MACHINE = (
    b"List-",
    b"Message-ID",
    b"In-Reply-To",
    b"References",
    b"Feedback-ID",
    b"Auto-Submitted",
    b"X-",
    b"Reply-To",
)
ENCODED_WORD = re.compile(rb"=\?[^?]*\?[bq]\?[^?]*\?=")
ADDRESS = "grace.fielding.of.the.long.name@department.of.parks.and.recreation.town.example"


def identifiers(length):
    return f"<{'x' * (length - 15)}@school.example>"


@pytest.mark.parametrize("length", [20, 60, 76, 78, 84, 120, 157, 200])
def test_identifiers_of_any_length_stay_whole_and_unencoded(write, length):
    """OUT-2: encoded-words in them would break threading and one-click unsubscribing."""
    ids = tuple(identifiers(length).replace("xx", f"{n:02}", 1) for n in range(9))

    raw = write.mail("receipt", in_reply_to=ids[-1], references=ids).raw

    machine = [line for line in header_lines(raw) if line.startswith(MACHINE)]
    assert not [line for line in machine if b"=?" in line]
    [references] = [line for line in machine if line.startswith(b"References")]
    assert references.split()[1:] == [one.encode() for one in ids]
    for line in references.split(b"\r\n"):
        assert len(line) <= 78 or len(line.removeprefix(b"References:").split()) == 1


def test_no_line_of_any_mail_is_too_long(every_mail):
    """OUT-2: 998 octets at most, 78 in headers but for a single unbreakable token, 76 in bodies."""
    for instrument, mail in every_mail:
        header, body = mail.raw.split(b"\r\n\r\n", 1)
        for line in header.split(b"\r\n"):
            assert len(line) <= 78 or len(line.split()) == 2, instrument.key
        assert max(map(len, body.split(b"\r\n"))) <= 76, instrument.key


def test_a_machine_header_is_folded_at_white_space_alone():
    words = ["w" * length for length in (5, 30, 40, 80, 10, 66)]

    lines = fold("X-Words", " ".join(words)).split(b"\r\n")

    assert b" ".join(line.strip() for line in lines).split()[1:] == [word.encode() for word in words]
    assert [len(line) <= 78 for line in lines] == [True, True, False, True, True][: len(lines)]


@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nb", "a\0", "é", "a\u2028b"])
def test_a_machine_header_takes_printable_ascii_alone(value):
    with pytest.raises(ValueError, match="cannot stand in a header"):
        fold("X-Words", value)


# Each would start a new field, or an encoded-word that decodes to one, in some writer or parser.
BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\0",
    "\r\n ",
    "\r\n\t",
]
FIELDS = ["Bcc: mallory@evil.test", "Content-Type: text/html", "\r\n<script>", "X: y\r\n\r\nbody", ""]
ENCODED = [
    "=?utf-8?q?=0D=0ABcc:_mallory=40evil.test?=",
    "=?utf-8?b?DQpCY2M6IG1hbGxvcnlAZXZpbC50ZXN0?=",
    "=?us-ascii?Q?x=0ABcc=3A?=",
    "==?utf-8?q?=0D=0ABcc:x?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=0D=0ABcc:x=3F=3D?=",
    "=\u200b?utf-8?q?=0D=0ABcc:x?=",
]
OTHERS = [
    '"',
    "\\",
    '\\"',
    '", <mallory@evil.test>, "',
    "<mallory@evil.test>",
    "a, b@evil.test",
    "(",
    "Group: a;",
    "\ud800",
    "\u202egnp",
    "@",
    "é" * 200,
    "x" * 400,
]
INJECTIONS = [f"Grace{br}{field}" for br in BREAKS for field in FIELDS] + ENCODED + OTHERS


@pytest.mark.parametrize("hostile", INJECTIONS)
@pytest.mark.parametrize("key", ["check-in", "receipt", "address-failing"])
def test_nothing_that_people_write_changes_the_set_of_headers(write, key, hostile):
    """OUT-4, CVE-2024-6923, CVE-2025-1795, CVE-2026-1299."""
    benign = field_names(write.mail(key, in_reply_to="<a@b.example>").raw)
    facts = {"failing": hostile, "name": hostile, "words": hostile} if key == "address-failing" else {}

    mail = write.mail(
        key,
        person={"name": hostile, "locale": hostile},
        collaboration={"name": hostile, "why": hostile},
        in_reply_to="<a@b.example>",
        references=(hostile,),
        facts=facts,
    )

    assert field_names(mail.raw) == benign
    for how in (policy.default, policy.compat32):
        assert message_from_bytes(mail.raw, policy=how).keys() == benign
    to = message_from_bytes(mail.raw, policy=policy.default)["To"]
    assert [one.addr_spec for one in to.addresses] == ["grace@town.example"]


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_a_subject_of_a_thread_stays_one_header(write, hostile):
    benign = field_names(write.mail("receipt", thread_subject="How did it go?").raw)

    raw = write.mail("receipt", thread_subject=f"Re: {hostile}").raw

    assert field_names(raw) == benign
    assert "\n" not in message_from_bytes(raw, policy=policy.default)["Subject"]


@given(st.text(max_size=200))
@example("Müller, Hans (Büro) <x@evil.test>")
@example("😀" * 80)
@example("a" * 40 + " é " + "b" * 70)
def test_any_name_stays_beside_its_one_address(name):
    """OUT-2, OUT-4: encoded-words of at most 75 octets, and an address that no parser misreads."""
    raw = mailbox_field("To", name, ADDRESS)

    assert all(len(word) <= 75 for word in ENCODED_WORD.findall(raw))
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert all(line[:1] == b" " for line in raw.split(b"\r\n")[1:-1])
    new = message_from_bytes(raw + b"\r\n", policy=policy.default)
    old = message_from_bytes(raw + b"\r\n", policy=policy.compat32)
    assert [one.addr_spec for one in new["To"].addresses] == [ADDRESS]
    assert [spec for _, spec in getaddresses([old["To"]])] == [ADDRESS]


@given(st.from_regex(r"[A-Za-z0-9 '-]{1,40}", fullmatch=True))
def test_the_quick_way_for_plain_names_gives_what_the_stdlib_gives(name):
    name = one_line(name, 64)
    message = EmailMessage(policy=policy.SMTP)
    message["To"] = Address(name, addr_spec="grace@town.example")

    assert mailbox_field("To", name, "grace@town.example") == message.as_bytes().removesuffix(b"\r\n")


@given(st.text(min_size=1, max_size=300))
@example("é" * 150)
@example("x" * 150)
@example("How did it go? " * 12)
def test_any_subject_comes_back_as_it_was(subject):
    """OUT-2."""
    raw = subject_field(subject)

    assert all(len(word) <= 75 for word in ENCODED_WORD.findall(raw))
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    old = message_from_bytes(raw + b"\r\n", policy=policy.compat32)
    assert "".join(str(make_header(decode_header(old["Subject"]))).split()) == "".join(
        one_line(subject, 150).split()
    )


@given(st.text(max_size=300), st.integers(4, 150))
def test_one_line_is_one_clean_line_of_bounded_length(text, limit):
    line = one_line(text, limit)

    assert len(line) <= limit
    assert line.splitlines() in ([], [line])
    assert "=?" not in line
    assert not set(line) & set("\0\u200b\u200d\u202e\u2066\ufeff\x1c")
    assert line.encode().decode() == line
    assert one_line(line, limit) == line


def test_a_reader_sees_at_most_sixty_characters_of_subject(every_mail, write):
    """OUT-16: what is longer is cut off on a phone."""
    long = {"name": "The Very Long Name of Something Good Across Seven Departments"}

    for instrument, _ in every_mail:
        message = write.message(
            instrument.key, collaboration=long, person={"name": "Bartholomew-Maximilian F"}
        )
        assert len(message["Subject"]) <= 60, instrument.key


@pytest.mark.parametrize(
    "prefix",
    ["Re: ", "RE: AW: ", "Re: [EXTERNAL] Fwd: AW: ", "[SPAM?] TR: ", "re : sv: WG: ", "[External]Re:"],
)
def test_prefixes_of_programs_and_gateways_are_no_part_of_a_subject(prefix):
    """OUT-16, IN-9."""
    subject = "[Water mains, wk 41] How did it go?"

    assert base_subject(prefix + subject) == subject
    assert base_subject("Report: done") == "Report: done"


@pytest.mark.parametrize(
    ("locale", "tag"), [("en-US", "en-US"), ("en", "en"), ("es", "en"), ("", "en"), ("en-US\r\nBcc: x", "en")]
)
def test_the_language_named_is_the_one_written(locale, tag):
    assert language(locale) == tag
