"""Identifiers of ours that come back, in their order of trust (mail-rules 2.1), verified (IN-4)."""

import pytest

from service.addressing import Keyring, Token, TokenKind, message_id, subaddress
from service.inbound.thread import ReplyKeys, reply_keys, returned_keys
from service.message import parse

KEYS = Keyring((b"s" * 32,))
MAILBOX, DOMAIN = "thread@town.example", "mail.town.example"
HANDLE, OTHER = KEYS.handle("check-in/ada/2026-W48"), KEYS.handle("check-in/grace/2026-W48")


def address(kind: TokenKind = TokenKind.REPLY, handle: str = HANDLE, mailbox: str = MAILBOX) -> str:
    return subaddress(mailbox, kind, KEYS.sign(kind, handle))


def footer(handle: str = HANDLE) -> str:
    return f"Ref f-{KEYS.sign(TokenKind.FOOTER, handle)}"


def keys(head: str, text: str = "") -> ReplyKeys:
    return reply_keys(parse(f"{head}\r\n\r\n{text}".encode()), KEYS, MAILBOX, DOMAIN)


@pytest.mark.parametrize(
    "head",
    [
        f"To: {address()}",
        f"To: {address().upper()}",
        f'To: "Common Thread" <{address()}>',
        f"To: grace@town.example, Thread <{address()}>",
        f"Cc: {address()}",
        f"Delivered-To: {address()}\r\nTo: thread@town.example",
        f"X-Original-To: {address()}",
        f"Delivered-To: {address()}\r\nTo: {address(handle=OTHER)}",
    ],
)
def test_the_address_is_found_wherever_a_server_put_it(head: str) -> None:
    assert keys(head).address == Token(TokenKind.REPLY, HANDLE)


@pytest.mark.parametrize(
    "head",
    [
        "To: thread@town.example",
        f"To: {address(mailbox='thread@evil.test')}",
        f"To: {address(mailbox='other@town.example')}",
        f"To: {address().replace('+r-', '+b-')}",
        f"To: {address().replace('+r-', '+r-a')}",
        f"X-Other: {address()}",
    ],
)
def test_an_address_that_does_not_verify_is_nobodys(head: str) -> None:
    assert keys(head).address is None


def test_no_changed_character_of_a_token_verifies() -> None:
    """IN-4."""
    token = KEYS.sign(TokenKind.REPLY, HANDLE)

    for place, old in enumerate(token):
        changed = token[:place] + ("a" if old != "a" else "b") + token[place + 1 :]
        assert keys(f"To: {subaddress(MAILBOX, TokenKind.REPLY, changed)}").address is None


def test_message_ids_come_in_reply_to_first_and_then_the_last_reference() -> None:
    ids = [message_id(KEYS, KEYS.handle(str(n)), DOMAIN) for n in range(3)]

    found = keys(f"References: {ids[1]} <x@evil.test> {ids[2]} {ids[0]}\r\nIn-Reply-To: {ids[0]}").message_ids

    assert found == tuple(Token(TokenKind.MESSAGE_ID, KEYS.handle(str(n))) for n in (0, 2, 1))


def test_message_ids_of_others_are_left_out() -> None:
    forged = message_id(Keyring((b"m" * 32,)), HANDLE, DOMAIN)
    elsewhere = message_id(KEYS, HANDLE, "evil.test")

    assert keys(f"References: {forged} {elsewhere} <>").message_ids == ()


ORIGINALS = ["X-Microsoft-Original-Message-ID", "X-Google-Original-Message-ID", "Original-Message-ID"]
REPLACED = "In-Reply-To: <DB9P.123@outlook.test>\r\nReferences: <DB9P.123@outlook.test>"


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_id_that_a_server_replaced_is_found_where_it_was_kept(name: str) -> None:
    """Submission servers replace Message-IDs; Exchange Online is one."""
    ours = message_id(KEYS, HANDLE, DOMAIN)

    assert keys(f"{REPLACED}\r\n{name}: {ours}").message_ids == (Token(TokenKind.MESSAGE_ID, HANDLE),)


@pytest.mark.parametrize("name", [*ORIGINALS, "In-Reply-To", "References"])
def test_an_id_that_was_kept_is_verified_as_any_other(name: str) -> None:
    """IN-4."""
    forged = message_id(Keyring((b"m" * 32,)), HANDLE, DOMAIN)
    bare = KEYS.sign(TokenKind.REPLY, HANDLE)

    assert keys(f"{name}: {forged} <{bare}@{DOMAIN}> {bare}").message_ids == ()


def test_what_a_program_says_itself_comes_before_what_a_server_kept() -> None:
    said, kept = message_id(KEYS, OTHER, DOMAIN), message_id(KEYS, HANDLE, DOMAIN)

    found = keys(f"X-Microsoft-Original-Message-ID: {kept}\r\nReferences: {said}").message_ids

    assert [token.handle for token in found] == [OTHER, HANDLE]


def test_a_reply_to_a_replaced_id_still_has_its_address_and_its_code() -> None:
    found = keys(f"To: {address()}\r\n{REPLACED}", f"> {footer()}")

    assert found == ReplyKeys(Token(TokenKind.REPLY, HANDLE), (), Token(TokenKind.FOOTER, HANDLE))


def test_foreign_letters_before_a_code_do_not_hide_it() -> None:
    assert keys("Content-Type: text/plain; charset=utf-8", f"Grüße İ\n> {footer()}").footer is not None


@pytest.mark.parametrize("kind", sorted(set(TokenKind) - {TokenKind.FOOTER}))
def test_no_other_kind_is_a_code_in_the_footer(kind: TokenKind) -> None:
    """IN-4."""
    assert keys("From: ada@town.example", f"Ref f-{KEYS.sign(kind, HANDLE)}").footer is None


def test_no_changed_character_of_a_code_verifies() -> None:
    """IN-4."""
    code = KEYS.sign(TokenKind.FOOTER, HANDLE)

    for place, old in enumerate(code):
        for new in set("abcdefghijklmnopqrstuvwxyz234567") - {old}:
            text = f"Ref f-{code[:place]}{new}{code[place + 1 :]}"
            assert keys("From: ada@town.example", text).footer is None


@pytest.mark.parametrize(
    "text",
    [
        footer(),
        f"1: fine\r\n> > {footer()}\r\n",
        footer().upper(),
        f"half-finished f-notes, wolf-aaaa\r\n{footer()}.",
        f"f-{footer()}",
    ],
)
def test_the_code_in_the_footer_is_found_in_any_quote(text: str) -> None:
    assert keys("From: ada@town.example", text).footer == Token(TokenKind.FOOTER, HANDLE)


def test_the_code_is_found_in_html_without_text() -> None:
    head = "Content-Type: text/html"

    assert keys(head, f"<p>{footer()}</p>").footer == Token(TokenKind.FOOTER, HANDLE)


@pytest.mark.parametrize(
    "text", ["", "f-", "f-abc", f"f-{'a' * 31}", f"f-{KEYS.sign(TokenKind.REPLY, HANDLE)}", "f-ſ" * 40]
)
def test_a_code_that_does_not_verify_is_none(text: str) -> None:
    assert keys("From: ada@town.example", text).footer is None


def test_letters_and_hyphens_that_are_no_codes_are_not_counted_as_tries() -> None:
    prose = "half-finished of-course, " * 60 + "f-ſhort f-a.b f-" * 60

    assert keys("From: ada@town.example", f"{prose}\n{footer()}").footer == Token(TokenKind.FOOTER, HANDLE)


def test_a_code_at_the_very_end_is_found_and_one_that_is_cut_there_is_not() -> None:
    assert keys("From: ada@town.example", footer()).footer is not None
    assert keys("From: ada@town.example", footer()[:-1]).footer is None


def test_a_flood_of_codes_is_not_tried_for_ever() -> None:
    assert keys("From: ada@town.example", f"f-{'a' * 31} " * 51 + footer()).footer is None


BOUNCED = """\
From: MAILER-DAEMON@town.example
Content-Type: multipart/report; boundary=b

--b

It failed.
--b
Content-Type: {part}

{headers}
--b--
"""


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers", "text/plain"])
@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (f"Message-ID: {message_id(KEYS, HANDLE, DOMAIN)}", TokenKind.MESSAGE_ID),
        (f"X-Microsoft-Original-Message-ID: {message_id(KEYS, HANDLE, DOMAIN)}", TokenKind.MESSAGE_ID),
        (f"Return-Path: <{address(TokenKind.BOUNCE)}>", TokenKind.BOUNCE),
        (f"Reply-To: <{address()}>", TokenKind.REPLY),
    ],
)
def test_returned_headers_tell_whose_mail_bounced(part: str, headers: str, kind: TokenKind) -> None:
    """MM-1, MM-9: from our signed identifiers only."""
    message = parse(BOUNCED.format(part=part, headers=headers).encode())

    assert returned_keys(message, KEYS, MAILBOX, DOMAIN) == (Token(kind, HANDLE),)


def returned(text: str, mailbox: str = MAILBOX) -> tuple[Token, ...]:
    return returned_keys(parse(f"From: daemon@town.example\r\n\r\n{text}".encode()), KEYS, mailbox, DOMAIN)


def test_all_that_is_returned_is_found_in_its_order_and_once() -> None:
    handles = [KEYS.handle(str(number)) for number in range(4)]
    addresses = [address(TokenKind.BOUNCE, handle) for handle in handles]

    assert [token.handle for token in returned(" ".join([*addresses, *addresses]))] == handles


@pytest.mark.parametrize("before", ["", "=", "<", "x:", '"', "to=<", " ", "é"])
@pytest.mark.parametrize("mailbox", [MAILBOX, "thread.desk@town.example", "a_b-c@town.example"])
def test_what_stands_before_an_identifier_is_no_part_of_it(before: str, mailbox: str) -> None:
    ours = address(mailbox=mailbox)
    written = message_id(KEYS, HANDLE, DOMAIN).strip("<>")

    assert returned(f"{before}{ours}>", mailbox) == (Token(TokenKind.REPLY, HANDLE),)
    assert returned(f"{before}{written}>", mailbox) == (Token(TokenKind.MESSAGE_ID, HANDLE),)


def test_a_domain_of_ours_without_anything_before_it_is_nothing() -> None:
    assert returned(f"@town.example @{DOMAIN}") == ()


def test_a_flood_of_addresses_in_a_report_is_not_tried_for_ever() -> None:
    assert returned("x@town.example " * 50 + address()) == ()
    assert returned("x@town.example " * 49 + address()) == (Token(TokenKind.REPLY, HANDLE),)


def test_a_forged_bounce_tells_nothing() -> None:
    forged = message_id(Keyring((b"m" * 32,)), HANDLE, DOMAIN)
    message = parse(BOUNCED.format(part="message/rfc822", headers=f"Message-ID: {forged}").encode())

    assert returned_keys(message, KEYS, MAILBOX, DOMAIN) == ()
