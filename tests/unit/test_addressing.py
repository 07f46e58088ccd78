"""Signed addresses and identifiers: ours are known again, all others are refused (IN-4, REL-4)."""

import random
from base64 import b32decode, b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.addressing import (
    LOCAL_PART_LIMIT,
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
def test_a_mailbox_name_of_29_characters_leaves_room_for_every_token(kind: TokenKind):
    """RFC 5321 section 4.5.3.1.1: 64 octets."""
    mailbox = f"{'t' * 29}@town.example"
    long = subaddress(mailbox, kind, KEYRING.sign(kind, HANDLE))

    assert len(long.partition("@")[0]) <= LOCAL_PART_LIMIT == 64
    assert token_in_address(KEYRING, mailbox, long) == Token(kind, HANDLE)


# What is not ours


def test_every_flipped_character_is_refused():
    """IN-4: at each place, each other letter of the alphabet."""
    token = reply_token()

    for place in range(TOKEN_LENGTH):
        for letter in set(ALPHABET) - {token[place]}:
            assert KEYRING.verify(TokenKind.REPLY, token[:place] + letter + token[place + 1 :]) is None


def test_every_flipped_bit_is_refused():
    """IN-4."""
    octets = b32decode(reply_token().upper() + "=")

    for bit in range(len(octets) * 8):
        changed = bytearray(octets)
        changed[bit // 8] ^= 1 << bit % 8
        token = b32encode(bytes(changed)).decode().rstrip("=").lower()
        assert KEYRING.verify(TokenKind.REPLY, token) is None


def test_a_token_of_one_kind_is_none_of_another():
    """IN-4: whoever sees a bounce address cannot answer with it."""
    for signed in TokenKind:
        token = KEYRING.sign(signed, HANDLE)
        for asked in set(TokenKind) - {signed}:
            assert KEYRING.verify(asked, token) is None
            assert token_in_address(KEYRING, MAILBOX, subaddress(MAILBOX, asked, token)) is None


def test_twenty_thousand_guesses_hit_nothing():
    """IN-4."""
    chance = random.Random(20261123)

    hits = [KEYRING.verify(TokenKind.REPLY, "".join(chance.choices(ALPHABET, k=31))) for _ in range(20_000)]

    assert not any(hits)


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


def test_a_key_that_was_taken_out_opens_nothing_any_more():
    assert Keyring((NEW,)).verify(TokenKind.REPLY, reply_token()) is None


def test_a_keyring_without_a_key_cannot_be_made():
    with pytest.raises(ValueError, match="at least one secret"):
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
