"""The two parts of a mail on the wire (OUT-3, OUT-6, OUT-7)."""

import re
from email import message_from_bytes, policy

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.domain.question import Effect, Question, QuestionType
from service.domain.receipt import Recorded, Understood
from service.outbound.mime import alternative, as_text, quoted_printable
from tests.unit.outbound.conftest import html_of, parsed

FIELDS = b"From: thread@town.example\r\n"
AWKWARD = [
    "a\0b",
    "\ud800 alone, \udfff",
    "line\u2028separator\x1cand\x85and\x0b",
    "From the start\nFrom here\n>From there\nFrom " + "x" * 70 + " From",
    ".\n..\n.leading\n" + "x" * 75 + "." + "y" * 200,
    "mixed\r\nline\rends\n\r\n",
    "spaces at the end   \ntab at the end\t\n \n",
    "=3D =\n=_boundary\n--=_0\n",
    "😀" * 100,
    "",
]


def is_fit_for_the_wire(raw: bytes) -> bool:
    """7-bit, no NUL, CRLF alone."""
    bare = raw.replace(b"\r\n", b"")
    return raw.isascii() and b"\0" not in raw and b"\r" not in bare and b"\n" not in bare


@given(st.text(alphabet=st.characters(codec=None), max_size=400))
@settings(max_examples=200)
def test_any_text_comes_back_from_the_stdlibs_parser(text):
    """OUT-3."""
    text = as_text(text)

    raw = alternative(FIELDS, "<a@b>", quoted_printable(text), quoted_printable(f"<p>{text}</p>"))

    message = message_from_bytes(raw, policy=policy.default)
    plain, html = message.iter_parts()
    assert is_fit_for_the_wire(raw)
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == text.removesuffix("\n")
    assert text in html.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert not message.defects + plain.defects + html.defects


for awkward in AWKWARD:
    example(awkward)(test_any_text_comes_back_from_the_stdlibs_parser)


def test_what_cannot_travel_is_replaced_and_nothing_else():
    assert as_text("a\0b\ud800c\r\nd\re\u2028f\tg") == "a\ufffdb\ufffdc\nd\ne\u2028f\tg"


def test_no_line_of_a_body_is_changed_by_a_mail_folder():
    """RFC 2049 section 3: a line that starts with "From " would get a ">" in an mbox file."""
    written = quoted_printable("From here\nFrom " + "x" * 200 + "\nFrom\n")

    assert not re.search(rb"^From ", written, re.MULTILINE)
    assert max(map(len, written.split(b"\r\n"))) <= 76


def test_every_mail_is_fit_for_the_wire(every_mail):
    """OUT-3."""
    for instrument, mail in every_mail:
        assert is_fit_for_the_wire(mail.raw), instrument.key
        assert mail.raw.endswith(b"--\r\n")


def test_plain_text_comes_first_and_html_last(every_mail):
    """OUT-6, RFC 2046 section 5.1.4."""
    for instrument, mail in every_mail:
        message = parsed(mail.raw)
        parts = [part.get_content_type() for part in message.iter_parts()]

        assert message.get_content_type() == "multipart/alternative"
        assert parts == ["text/plain", "multipart/related" if instrument.pictures else "text/html"]
        assert not message.defects
        assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == mail.text


def test_awkward_words_in_every_fact_come_through(write):
    for words in AWKWARD:
        understood = Understood((Recorded("Next", words, "your team"),), words, (), (words,))

        mail = write.mail("receipt", person={"name": words or "Grace"}, facts={"understood": understood})

        assert is_fit_for_the_wire(mail.raw)
        assert not parsed(mail.raw).defects


def everything(words: str) -> Understood:
    again = tuple(
        Question(f"q{n}", "One more", "How does it feel?", QuestionType.TEXT, Effect.NOTE) for n in range(12)
    )
    return Understood(
        recorded=tuple(Recorded("Need", words, "your team, with your name") for _ in range(200)),
        note=words,
        again=again,
        ignored_files=tuple(f"{words}{n}" for n in range(100)),
        late=True,
        again_text={question.key: words for question in again},
    )


@given(st.sampled_from(["&", "'", "<", "😀", "é", "x", "\n", "=", "x y\n"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=9)
def test_a_receipt_stays_small_whatever_was_written(write, character):
    """OUT-7: Gmail clips near 102 KB, and the footer goes first."""
    mail = write.mail("receipt", facts={"understood": everything(character * 4_000)})

    html = mail.raw.split(b"text/html", 1)[1]
    assert len(html) <= 80_000
    assert len(mail.raw) <= 200_000
    assert "and 188 more" in mail.text
    assert "Ref f-" in html_of(mail.raw)
    assert mail.text.rstrip().splitlines()[-1].startswith("Ref f-")


def test_every_sample_is_far_below_the_clipping_line(every_mail):
    """OUT-7."""
    for instrument, mail in every_mail:
        assert len(mail.raw) <= (40_000 if instrument.pictures else 20_000), instrument.key
