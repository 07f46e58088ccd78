"""Table 1.1 of the mail rules, with its decisions."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser

import pytest

from service.addressing import TokenKind, message_id, subaddress, token_in_address, token_in_message_id
from service.errors import Permanent
from service.outbound.sample import SAMPLE_KEYRING, SAMPLE_SENDER
from service.playbook.instruments import HeaderProfile
from tests.unit.outbound.conftest import field_names, header_lines, parsed

ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To")
ALWAYS = {*ONCE, "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language"}
LISTED = {"List-Id", "List-Unsubscribe", "Feedback-ID"}
MAILBOX = SAMPLE_SENDER.mailbox


@pytest.fixture
def mail_with(composer, write):
    """The check-in as if its instrument had another header profile."""

    def compose(profile, **changes):
        instrument = replace(write.playbook.get("check-in"), header=HeaderProfile(profile))
        return composer.compose(instrument, write.letter(**changes))

    return compose


@pytest.mark.parametrize(
    ("profile", "beside"),
    [
        ("prompt", LISTED),
        ("nudge", LISTED | {"Precedence"}),
        ("receipt", set()),
        ("digest", LISTED | {"Precedence"}),
        ("notice", set()),
        ("confirm", set()),
    ],
)
def test_each_profile_has_its_set_of_fields(mail_with, profile, beside):
    names = set(field_names(mail_with(profile).raw))

    assert names == ALWAYS | beside | {"X-Common-Thread-Asked"}


def test_each_needed_field_stands_once_however_it_is_parsed(every_mail):
    """OUT-1."""
    for instrument, mail in every_mail:
        by_hand = field_names(mail.raw)
        old = message_from_bytes(mail.raw, policy=policy.compat32).keys()
        new = message_from_bytes(mail.raw, policy=policy.default).keys()

        assert by_hand == old == new == BytesHeaderParser().parsebytes(mail.raw).keys(), instrument.key
        assert [by_hand.count(name) for name in ONCE] == [1] * len(ONCE), instrument.key
        assert not {"Cc", "Bcc", "Sender"} & set(by_hand), instrument.key
        assert len(by_hand) == len(set(by_hand)), instrument.key


def test_one_mailbox_in_from_and_one_in_to(every_mail):
    """OUT-1."""
    for _, mail in every_mail:
        message = parsed(mail.raw)

        assert [one.addr_spec for one in message["From"].addresses] == [SAMPLE_SENDER.address]
        assert [one.addr_spec for one in message["To"].addresses] == [mail.envelope.rcpt_to]


def test_an_out_of_office_note_for_a_prompt_reaches_us(mail_with):
    """OUT-13, decision: the prompt asks for no auto-replies but an out-of-office note."""
    assert parsed(mail_with("prompt").raw)["X-Auto-Response-Suppress"] == "DR, RN, NRN, AutoReply"
    for profile in ("nudge", "receipt", "digest", "notice", "confirm"):
        assert parsed(mail_with(profile).raw)["X-Auto-Response-Suppress"] == "DR, RN, NRN, OOF, AutoReply"


def test_a_receipt_says_that_it_replies_and_all_else_that_it_was_generated(every_mail):
    """OUT-12, RFC 3834 section 5."""
    for instrument, mail in every_mail:
        word = "auto-replied" if instrument.header is HeaderProfile.RECEIPT else "auto-generated"
        assert parsed(mail.raw)["Auto-Submitted"] == word


def test_the_signed_addresses_verify_and_lead_to_prompt_and_mail(write):
    letter = write.letter()
    mail = write.mail()
    message = parsed(mail.raw)
    own = SAMPLE_KEYRING.handle(letter.key)

    reply = token_in_address(SAMPLE_KEYRING, MAILBOX, message["Reply-To"].addresses[0].addr_spec)
    bounce = token_in_address(SAMPLE_KEYRING, MAILBOX, mail.envelope.mail_from)
    named = token_in_message_id(SAMPLE_KEYRING, "town.example", message["Message-ID"])
    footer = SAMPLE_KEYRING.verify(TokenKind.FOOTER, mail.text.rsplit("Ref f-", 1)[1].strip())

    assert (reply.kind, reply.handle) == (TokenKind.REPLY, letter.prompt_handle)
    assert (bounce.kind, bounce.handle) == (TokenKind.BOUNCE, own)
    assert (named.kind, named.handle) == (TokenKind.MESSAGE_ID, own)
    assert footer.handle == letter.prompt_handle
    assert mail.handle == own
    assert mail.message_id == message["Message-ID"] == message_id(SAMPLE_KEYRING, own, "town.example")


@pytest.mark.parametrize(("profile", "kind"), [("digest", TokenKind.DIGEST), ("confirm", TokenKind.CONFIRM)])
def test_digests_and_questions_about_held_mail_are_answered_under_kinds_of_their_own(
    mail_with, profile, kind
):
    """Decision: no mail of ours is a no-reply mail; IN-4."""
    address = parsed(mail_with(profile).raw)["Reply-To"].addresses[0].addr_spec

    assert token_in_address(SAMPLE_KEYRING, MAILBOX, address).kind is kind


def test_unsubscribing_is_one_mail_and_nothing_that_needs_a_web_side(write):
    """OUT-11: without HTTPS there is no List-Unsubscribe-Post."""
    message = write.message()
    token = SAMPLE_KEYRING.sign(TokenKind.UNSUBSCRIBE, write.letter().prompt_handle)
    address = subaddress(MAILBOX, TokenKind.UNSUBSCRIBE, token)

    assert message["List-Unsubscribe"] == f"<mailto:{address}?subject=STOP>"
    assert "List-Unsubscribe-Post" not in message


def test_renaming_a_collaboration_leaves_its_list_id(write):
    """OUT-14."""
    before = write.message()["List-Id"]
    after = write.message(collaboration={"name": "Étoile; the (new) name"})["List-Id"]

    assert before == "Riverside Reading Trail <reading-trail.checkins.town.example>"
    assert after == "<reading-trail.checkins.town.example>"


def test_feedback_id_names_kind_and_team_and_never_the_person(write):
    """OUT-15."""
    first = write.message(person={"id": 7_531, "addr_spec": "linus@school.example"})["Feedback-ID"]

    assert first == write.message()["Feedback-ID"] == "check-in:reading-trail:town.example:commonthread"


def test_the_questions_of_a_mail_stand_in_its_header(write):
    asked = write.message()["X-Common-Thread-Asked"].split()
    again = write.message("receipt", questions=write.letter().questions[:1], questions_of="check-in")

    assert asked == [
        "check-in",
        "moved",
        "next",
        "way",
        "thanks",
        "reflection-learned",
        "need",
        "offer",
        "private",
        "milestone",
    ]
    assert again["X-Common-Thread-Asked"] == "check-in moved"
    assert "X-Common-Thread-Asked" not in write.message("help")


def test_a_receipt_joins_the_thread_of_the_reply(write):
    mail = write.message(
        "receipt",
        in_reply_to="<reply@school.example>",
        references=("<prompt@town.example>", "<reply@school.example>"),
        thread_subject="[EXTERNAL] AW: Re: [Riverside Reading Trail, wk 48] How did it go?",
    )

    assert mail["In-Reply-To"] == "<reply@school.example>"
    assert mail["References"] == "<prompt@town.example> <reply@school.example>"
    assert mail["Subject"] == "Re: [Riverside Reading Trail, wk 48] How did it go?"


@pytest.mark.parametrize(
    "hostile",
    [
        "<a@b>\r\nBcc: x@evil.test",
        "no brackets",
        "<a b@c>",
        "<=?utf-8?q?x?=@c>",
        "<ä@c>",
        f"<{'x' * 900}@c>",
        "<>",
    ],
)
def test_identifiers_of_strangers_are_passed_on_only_if_they_are_sound(write, hostile):
    message = write.message("receipt", in_reply_to=hostile, references=(hostile, "<good@town.example>"))

    assert "In-Reply-To" not in message
    assert message["References"] == "<good@town.example>"
    assert "Bcc" not in message


def test_a_long_thread_keeps_its_first_and_its_newest_ids(write):
    ids = tuple(f"<{number}@school.example>" for number in range(300))

    kept = write.message("receipt", in_reply_to=ids[-1], references=ids)["References"].split()

    assert kept[0] == ids[0]
    assert kept[1:] == list(ids[-20:])


def test_an_idn_address_goes_out_in_a_labels_and_never_as_an_encoded_word(write):
    """OUT-5."""
    mail = write.mail(person={"name": "Linus", "addr_spec": "Linus@Bücher.example"})

    assert mail.envelope.rcpt_to == "linus@xn--bcher-kva.example"
    assert b"To: Linus <linus@xn--bcher-kva.example>\r\n" in mail.raw


@pytest.mark.parametrize("address", ["jörg@town.example", "grace@town.example\r\nRCPT TO:<x@evil.test>", "x"])
def test_an_address_that_cannot_be_written_to_stops_its_mail_alone(write, address):
    """OUT-5."""
    with pytest.raises(Permanent, match="person 1"):
        write.mail(person={"addr_spec": address})


def test_the_same_letter_gives_the_same_bytes_and_another_key_another_id(write):
    """REL-4."""
    assert write.mail().raw == write.mail().raw
    assert (
        write.mail(key="check-in").message_id
        != write.composer.compose(
            write.playbook.get("check-in"), replace(write.letter(), key="another")
        ).message_id
    )


def test_the_date_and_the_language_are_the_letters(write):
    message = write.message(person={"locale": "en-GB"})

    assert message["Date"] == "Mon, 23 Nov 2026 13:30:00 +0000"
    assert message["Content-Language"] == "en-GB"
    assert write.message(person={"locale": "es-MX"})["Content-Language"] == "en"


def test_a_mail_outside_of_any_collaboration_has_no_list_id(write):
    letter = replace(write.letter("help"), collaboration=None)
    prompt = replace(write.playbook.get("help"), header=HeaderProfile.PROMPT)

    message = parsed(write.composer.compose(prompt, letter).raw)

    assert "List-Id" not in message
    assert message["Feedback-ID"] == "help:all:town.example:commonthread"
    assert message["Subject"] == "The words that work here"


def test_fields_come_in_one_fixed_order(write):
    assert [line.split(b":")[0] for line in header_lines(write.mail().raw)][:7] == [
        b"From", b"To", b"Subject", b"Reply-To", b"Date", b"Message-ID", b"List-Id",
    ]  # fmt: skip
