"""Signed addresses and identifiers: ours are known again, all others are refused (IN-4, REL-4)."""

import time
from base64 import b32decode, b32encode
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.tokens import count_hits, guesses, opens
from service.addressing import (
    LOCAL_PART_LIMIT,
    MAILBOX_NAME_LIMIT,
    TOKEN_LENGTH,
    Keyring,
    Token,
    TokenKind,
    message_id,
    subaddress,
    token_in_address,
    token_in_message_id,
)

OLD, NEW = b"an old secret of the city library", b"a new secret of the city library"
KEYRING = Keyring((OLD,))
MAILBOX = "thread@town.example"
HANDLE = KEYRING.handle("check-in:reading-garden:7:2026-W48")
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def reply_token() -> str:
    return KEYRING.sign(TokenKind.REPLY, HANDLE)


def address() -> str:
    return subaddress(MAILBOX, TokenKind.REPLY, reply_token())


# What is ours


@pytest.mark.parametrize("kind", TokenKind)
def test_what_we_signed_is_known_again(kind: TokenKind):
    token = KEYRING.sign(kind, HANDLE)

    assert KEYRING.verify(kind, token) == Token(kind, HANDLE)
    assert token_in_address(KEYRING, MAILBOX, subaddress(MAILBOX, kind, token)) == Token(kind, HANDLE)


@settings(deadline=None)
@given(st.binary(min_size=8, max_size=8), st.sampled_from(TokenKind))
def test_every_handle_can_be_signed(octets: bytes, kind: TokenKind):
    token = KEYRING.sign(kind, octets.hex())

    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set(ALPHABET)
    assert KEYRING.verify(kind, token) == Token(kind, octets.hex())


def test_the_same_mail_has_the_same_identifiers_after_a_restart():
    """REL-4."""
    again = Keyring((OLD,))

    assert again.handle("check-in:reading-garden:7:2026-W48") == HANDLE
    assert message_id(again, HANDLE, "town.example") == message_id(KEYRING, HANDLE, "town.example")


def test_different_mails_have_different_handles():
    handles = {KEYRING.handle(f"check-in:reading-garden:{number}:2026-W48") for number in range(10_000)}

    assert len(handles) == 10_000


def test_a_handle_does_not_say_whose_it_is():
    """REL-4: nobody who has not the secret can find it out by trying people."""
    key = "check-in:reading-garden:7:2026-W48"

    assert Keyring((OLD,)).handle(key) != Keyring((NEW,)).handle(key)


def test_a_message_id_is_known_again_with_and_without_its_brackets():
    written = message_id(KEYRING, HANDLE, "town.example")

    for text in (written, written.strip("<>"), f" {written}\r\n", written.upper()):
        assert token_in_message_id(KEYRING, "town.example", text) == Token(TokenKind.MESSAGE_ID, HANDLE)


@pytest.mark.parametrize("fold", [str.upper, str.lower, str.title, str.swapcase])
def test_an_address_survives_servers_that_fold_case(fold):
    """RFC 5321 section 2.4 lets them, for a mailbox name that is nobody's."""
    assert token_in_address(KEYRING, MAILBOX, fold(address())) == Token(TokenKind.REPLY, HANDLE)


@pytest.mark.parametrize("kind", TokenKind)
def test_the_longest_mailbox_name_leaves_room_for_every_token(kind: TokenKind):
    """RFC 5321 section 4.5.3.1.1: 64 octets."""
    mailbox = f"{'t' * MAILBOX_NAME_LIMIT}@town.example"
    long = subaddress(mailbox, kind, KEYRING.sign(kind, HANDLE))

    assert len(long.partition("@")[0]) == LOCAL_PART_LIMIT == 64
    assert token_in_address(KEYRING, mailbox, long) == Token(kind, HANDLE)


def test_a_mailbox_may_be_a_subaddress_itself():
    mailbox = "city+thread@town.example"
    ours = subaddress(mailbox, TokenKind.REPLY, reply_token())

    assert token_in_address(KEYRING, mailbox, ours) == Token(TokenKind.REPLY, HANDLE)
    assert token_in_address(KEYRING, "city@town.example", ours) is None


# What is not ours


def changed_by_a_letter(token: str) -> list[str]:
    """At each place, each other letter of the alphabet."""
    return [
        token[:place] + letter + token[place + 1 :]
        for place in range(TOKEN_LENGTH)
        for letter in sorted(set(ALPHABET) - {token[place]})
    ]


def changed_by_a_bit(token: str) -> list[str]:
    octets = int.from_bytes(b32decode(token.upper() + "="))
    turned = [(octets ^ 1 << bit).to_bytes(19) for bit in range(19 * 8)]
    return [b32encode(one).decode().rstrip("=").lower() for one in turned]


@pytest.mark.parametrize("change", [changed_by_a_letter, changed_by_a_bit])
@pytest.mark.parametrize("kind", TokenKind)
def test_a_token_with_any_letter_or_bit_changed_is_refused(kind: TokenKind, change):
    """IN-4: as an address, and alone."""
    changed = change(KEYRING.sign(kind, HANDLE))

    assert len(changed) == {changed_by_a_letter: 31 * 31, changed_by_a_bit: 152}[change]
    assert not any(KEYRING.verify(kind, token) for token in changed)
    assert not any(token_in_address(KEYRING, MAILBOX, subaddress(MAILBOX, kind, token)) for token in changed)


@pytest.mark.parametrize("change", [changed_by_a_letter, changed_by_a_bit])
def test_a_message_id_with_any_letter_or_bit_changed_is_refused(change):
    """IN-4."""
    written = message_id(KEYRING, HANDLE, "town.example")
    token = written[1 : 1 + TOKEN_LENGTH]

    for changed in change(token):
        assert token_in_message_id(KEYRING, "town.example", written.replace(token, changed)) is None


def test_a_message_id_with_any_octet_changed_is_refused_or_reads_the_same():
    """IN-4: all of it, the domain too. Only the case of a letter does not matter, and its brackets."""
    written = message_id(KEYRING, HANDLE, "town.example")

    for place in range(1, len(written) - 1):
        for octet in range(128):
            changed = written[:place] + chr(octet) + written[place + 1 :]
            read = token_in_message_id(KEYRING, "town.example", changed)
            assert (read is not None) == (changed.lower() == written), changed


def test_a_token_of_one_kind_is_none_of_another():
    """IN-4: whoever sees a bounce address cannot answer with it."""
    for signed in TokenKind:
        token = KEYRING.sign(signed, HANDLE)
        for asked in set(TokenKind) - {signed}:
            assert KEYRING.verify(asked, token) is None
            assert token_in_address(KEYRING, MAILBOX, subaddress(MAILBOX, asked, token)) is None
        if signed is not TokenKind.MESSAGE_ID:
            assert token_in_message_id(KEYRING, "town.example", f"<{token}@town.example>") is None


def test_twenty_thousand_guesses_hit_nothing():
    """IN-4. A million: ``python -m bench.tokens``."""
    assert count_hits(20_000, seed=20261123) == 0


def test_the_guesses_are_spelled_as_tokens_are():
    """Else the count of hits would say nothing about the MAC."""
    tokens = list(guesses(1000, seed=1))

    assert all(len(token) == TOKEN_LENGTH and set(token) <= set(ALPHABET) for token in tokens)
    assert all(b32encode(b32decode(token.upper() + "=")).decode().lower()[:31] == token for token in tokens)


def test_a_guess_that_is_right_counts(monkeypatch):
    monkeypatch.setattr("bench.tokens.RING", KEYRING)
    monkeypatch.setattr(
        "bench.tokens.guesses", lambda count, seed: [KEYRING.sign(TokenKind.REPLY, HANDLE)] * count
    )

    assert count_hits(9, seed=1) == 1
    assert not opens(KEYRING.sign(TokenKind.REPLY, HANDLE), TokenKind.BOUNCE)


def test_only_one_spelling_of_a_token_is_right():
    """31 letters hold 155 bits, a token has 152: what the last letter says beyond them must not vary."""
    token = reply_token()
    octets = b32decode(token.upper() + "=")
    spellings = [token[:-1] + letter for letter in ALPHABET if _same_octets(token[:-1] + letter, octets)]

    assert len(spellings) == 8
    assert [text for text in spellings if KEYRING.verify(TokenKind.REPLY, text)] == [token]


def _same_octets(text: str, octets: bytes) -> bool:
    return b32decode(text.upper() + "=") == octets


@pytest.mark.parametrize(
    "text",
    ["", "a", "=" * 31, "1" * 31, "a" * 30, "a" * 32, "é" * 31, "ｒ" * 31, " " * 31, "\0" * 31, "a" * 10**6],
)
def test_what_is_no_token_is_refused_without_a_fuss(text: str):
    assert KEYRING.verify(TokenKind.REPLY, text) is None


@pytest.mark.parametrize("kind", TokenKind)
def test_a_token_that_was_cut_or_grew_is_refused(kind: TokenKind):
    """IN-4."""
    token = KEYRING.sign(kind, HANDLE)
    cut = [token[:length] for length in range(TOKEN_LENGTH)] + [token[start:] for start in range(1, 32)]
    grown = [token + more for more in (*ALPHABET, "=", "a" * 31, token)] + [f"a{token}", f"={token}"]

    for text in [*cut, *grown]:
        assert KEYRING.verify(kind, text) is None
        assert token_in_address(KEYRING, MAILBOX, subaddress(MAILBOX, kind, text)) is None


def test_padding_of_any_length_is_no_part_of_a_token():
    """Base32 knows several; we know none."""
    token = reply_token()

    for length in range(1, 9):
        assert KEYRING.verify(TokenKind.REPLY, token + "=" * length) is None
        assert KEYRING.verify(TokenKind.REPLY, token[:-length] + "=" * length) is None
        assert KEYRING.verify(TokenKind.REPLY, "=" * length + token[length:]) is None


LOOKALIKES = {
    "o": "0\N{GREEK SMALL LETTER OMICRON}\N{CYRILLIC SMALL LETTER O}",
    "l": "1|\N{CYRILLIC SMALL LETTER PALOCHKA}",
    "i": "1\N{LATIN SMALL LETTER DOTLESS I}\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}",
    "b": "8",
    "g": "9",
    "k": "\N{KELVIN SIGN}",
    "s": "\N{LATIN SMALL LETTER LONG S}",
    "a": "\N{CYRILLIC SMALL LETTER A}\N{FULLWIDTH LATIN SMALL LETTER A}",
    "2": "\N{FULLWIDTH DIGIT TWO}\N{ARABIC-INDIC DIGIT TWO}\N{SUPERSCRIPT TWO}",
    "5": "\N{FULLWIDTH DIGIT FIVE}\N{DEVANAGARI DIGIT FIVE}",
}


def lookalikes(text: str) -> list[str]:
    """Every way to change one character into one that looks like it, or that Python folds to it."""
    return [
        text[:place] + other + text[place + 1 :]
        for place, letter in enumerate(text)
        for other in LOOKALIKES.get(letter, "")
    ]


def test_digits_and_letters_that_look_like_ours_are_not_ours():
    tokens = [KEYRING.sign(kind, KEYRING.handle(str(number))) for kind in TokenKind for number in range(20)]
    changed = [other for token in tokens for other in lookalikes(token)]

    assert len(changed) > 500
    assert {letter for letter in LOOKALIKES if letter in "".join(tokens)} == set(LOOKALIKES)
    assert not any(KEYRING.verify(kind, text) for kind in TokenKind for text in changed)


@pytest.mark.parametrize(
    ("kind", "letter"),
    [(TokenKind.CORRECTION, "\N{KELVIN SIGN}"), (TokenKind.REPLY, "\N{FULLWIDTH LATIN SMALL LETTER R}")],
)
def test_a_foreign_letter_names_no_kind(kind: TokenKind, letter: str):
    """To Python, the Kelvin sign in lower case is a k."""
    ours = subaddress(MAILBOX, kind, KEYRING.sign(kind, HANDLE))

    assert token_in_address(KEYRING, MAILBOX, ours.replace(f"+{kind.value}-", f"+{letter}-")) is None


def test_a_foreign_letter_is_no_part_of_our_domain():
    ring, kelvin = KEYRING, "\N{KELVIN SIGN}"
    address = subaddress("desk@book.example", TokenKind.REPLY, reply_token())
    written = message_id(ring, HANDLE, "book.example")

    assert token_in_address(ring, "desk@book.example", address) == Token(TokenKind.REPLY, HANDLE)
    assert token_in_address(ring, "desk@book.example", address.replace("book", f"boo{kelvin}")) is None
    assert token_in_address(ring, "desk@book.example", address.replace("desk", f"des{kelvin}")) is None
    assert token_in_message_id(ring, "book.example", written.replace("book", f"boo{kelvin}")) is None


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_address_and_no_identifier_raises(text: str):
    assert token_in_address(KEYRING, MAILBOX, text) is None
    assert token_in_message_id(KEYRING, "town.example", text) is None


@pytest.mark.parametrize(
    "forged",
    [
        "thread@town.example",
        "thread+r@town.example",
        "thread+r-@town.example",
        "thread+x-{token}@town.example",
        "thread-r-{token}@town.example",
        "thread+r-{token}@elsewhere.example",
        "mallory+r-{token}@town.example",
        "thread+r-{token}x@town.example",
        "thread+r-{token}@town.example@elsewhere.example",
        "thread+r-{token}",
    ],
)
def test_an_address_that_only_looks_like_ours_is_refused(forged: str):
    """IN-4."""
    assert token_in_address(KEYRING, MAILBOX, forged.format(token=reply_token())) is None


def test_a_message_id_of_another_host_is_foreign():
    written = message_id(KEYRING, HANDLE, "elsewhere.example")

    assert token_in_message_id(KEYRING, "town.example", written) is None


# Rotation


def test_what_the_old_key_signed_is_known_after_a_new_key_is_put_in_front():
    """F47: for 90 days."""
    rotated = Keyring((NEW, OLD))

    assert rotated.verify(TokenKind.REPLY, reply_token()) == Token(TokenKind.REPLY, HANDLE)


def test_the_new_key_signs_and_the_handles_stay():
    """REL-4, F47: the same mail keeps its handle, so that it is not written a second time."""
    rotated = Keyring((NEW, OLD))
    token = rotated.sign(TokenKind.REPLY, HANDLE)

    assert rotated.handle("check-in:reading-garden:7:2026-W48") == HANDLE
    assert KEYRING.verify(TokenKind.REPLY, token) is None
    assert Keyring((NEW,)).verify(TokenKind.REPLY, token) == Token(TokenKind.REPLY, HANDLE)


LAST_DAY = date(2027, 2, 21)
ROTATED = Keyring((NEW, OLD), {OLD: LAST_DAY})
"""The old key was replaced 90 days before."""
END = datetime(2027, 2, 22, tzinfo=UTC)
IN_DENVER = timezone(timedelta(hours=-7))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (END - timedelta(days=90), True),
        (END - timedelta(seconds=1), True),
        (END, False),
        (END + timedelta(days=3650), False),
        ((END - timedelta(seconds=1)).astimezone(IN_DENVER), True),
        (END.astimezone(IN_DENVER), False),
    ],
)
def test_a_retired_key_opens_until_the_end_of_its_last_day_in_utc(now: datetime, opens: bool):
    """IN-4: valid for 90 days, then not; everywhere at the same moment."""
    ring = ROTATED.at(now)
    written = message_id(KEYRING, HANDLE, "town.example")

    assert (ring.verify(TokenKind.REPLY, reply_token()) is not None) is opens
    assert (token_in_address(ring, MAILBOX, address()) is not None) is opens
    assert (token_in_message_id(ring, "town.example", written) is not None) is opens


def test_a_key_ends_in_utc_wherever_the_machine_is(monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert ROTATED.at(END - timedelta(seconds=1)).verify(TokenKind.REPLY, reply_token()) is not None
    finally:
        monkeypatch.undo()
        time.tzset()


def test_when_a_key_ends_the_new_one_and_all_handles_stay():
    """REL-4: what was sent keeps its name, so that it is not sent a second time."""
    ring = ROTATED.at(END)
    token = ring.sign(TokenKind.REPLY, HANDLE)

    assert ring.verify(TokenKind.REPLY, token) == Token(TokenKind.REPLY, HANDLE)
    assert ROTATED.verify(TokenKind.REPLY, token) == Token(TokenKind.REPLY, HANDLE)
    assert ring.handle("check-in:reading-garden:7:2026-W48") == HANDLE


def test_a_day_without_an_end_and_days_that_come_back():
    """The same ring is asked at many moments, in any order: none of them changes it."""
    assert ROTATED.at(END).verify(TokenKind.REPLY, reply_token()) is None
    assert ROTATED.at(END).at(END - timedelta(days=1)).verify(TokenKind.REPLY, reply_token()) is not None
    assert ROTATED.at(END - timedelta(days=1)).at(END).verify(TokenKind.REPLY, reply_token()) is None
    assert Keyring((NEW, OLD)).at(END).verify(TokenKind.REPLY, reply_token()) is not None


def test_a_key_that_was_taken_out_opens_nothing_any_more():
    assert Keyring((NEW,)).verify(TokenKind.REPLY, reply_token()) is None


def test_a_keyring_without_a_key_cannot_be_made():
    with pytest.raises(ValueError, match=r"^a keyring needs at least one secret$"):
        Keyring(())


def test_two_secrets_that_share_their_key_id_both_verify():
    """Rotation must not depend on luck: one octet names the key."""
    numbered = [b"%032d" % number for number in range(400)]
    handle = Keyring((numbered[0],)).handle("x")
    first = Keyring((numbered[0],)).sign(TokenKind.REPLY, handle)
    twin = next(
        secret
        for secret in numbered[1:]
        if b32decode(Keyring((secret,)).sign(TokenKind.REPLY, handle).upper() + "=")[0]
        == b32decode(first.upper() + "=")[0]
    )

    rotated = Keyring((twin, numbered[0]))

    assert rotated.verify(TokenKind.REPLY, first) is not None
    assert rotated.verify(TokenKind.REPLY, rotated.sign(TokenKind.REPLY, handle)) is not None
