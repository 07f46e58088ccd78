"""Where the relay offers PIPELINING (RFC 2920), commands leave ahead of their answers, and every mail is
still settled by its own."""

import ssl

import pytest

from service.domain.mail import Dispatch, Fault, Phase, Receipt
from service.outbound.smtp import Relay
from tests.wire.conftest import a_dispatch, a_relay, settle
from tests.wire.scripted_relay import PIPELINING, Answer, Later, Piecemeal, ScriptedRelay, pipelining

ACCEPTED, DEFERRED, REJECTED = Receipt.ACCEPTED, Receipt.DEFERRED, Receipt.REJECTED
THREE = a_dispatch(1), a_dispatch(2), a_dispatch(3)
ENVELOPE_AHEAD = {"MAIL": Later("250 2.1.0 OK"), "RCPT": Later("250 2.1.5 OK")}
LARGE = b"Subject: a large one\r\n\r\n" + (b"." * 998 + b"\r\n") * 20_000


async def receipts(server: ScriptedRelay, *dispatches: Dispatch) -> list[Receipt]:
    return [one.receipt for _, one in await settle(a_relay(server.port), *dispatches)]


# What leaves together


async def test_mail_rcpt_and_data_leave_before_the_first_answer() -> None:
    """RFC 2920 section 3.1. A sender that waited for the answer to MAIL would wait for ever."""
    async with pipelining(**ENVELOPE_AHEAD) as server:
        assert await receipts(server, a_dispatch()) == [ACCEPTED]

    assert " ".join(server.verbs) == "EHLO MAIL RCPT DATA QUIT"


async def test_the_next_envelope_leaves_with_the_final_dot() -> None:
    """RFC 2920 section 3.1: a message may be the first of a group."""
    dots: list[Answer] = [Later("250 2.0.0 one"), Later("250 2.0.0 two"), "250 2.0.0 three"]
    async with pipelining(**ENVELOPE_AHEAD, DOT=dots) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [one.text for _, one in settled] == ["2.0.0 one", "2.0.0 two", "2.0.0 three"]
    assert server.connections == 1


async def test_nothing_leaves_ahead_where_the_relay_does_not_offer_it() -> None:
    async with ScriptedRelay({"RCPT": "550 5.1.1 who?"}) as server:
        assert await receipts(server, *THREE) == [REJECTED] * 3

    assert "DATA" not in server.verbs


async def test_pipelining_goes_through_encryption(server_tls: ssl.SSLContext, ca_file: str) -> None:
    """OUT-19: what was offered before the encryption counts no more (RFC 3207 section 4.2)."""
    offers: list[Answer] = ["250-relay.example\r\n250 STARTTLS", PIPELINING]
    script = ENVELOPE_AHEAD | {"EHLO": offers, "DOT": [Later("250 one"), "250 two"]}
    async with ScriptedRelay(script, tls=server_tls) as server:
        relay = Relay("localhost", server.port, "starttls", ca_file=ca_file, verb_timeout=5)
        settled = await settle(relay, a_dispatch(1), a_dispatch(2))

    assert [one.text for _, one in settled] == ["one", "two"]


async def test_the_octets_of_mails_behind_each_other_stay_their_own() -> None:
    """OUT-2. Lengths around a block (RFC 5321 section 4.5.3.2.5), dots, an empty mail."""
    bodies = [b"", b".\r\n", b"x" * 65_520 + b"\r\n", b"y" * 65_521 + b"\r\n", b"a\r\n" * 50_000]
    mails = [b"Subject: x\r\n\r\n" + body for body in bodies]
    dispatches = [a_dispatch(number, raw=raw) for number, raw in enumerate([*mails, LARGE, *mails])]
    async with pipelining() as server:
        assert await receipts(server, *dispatches) == [ACCEPTED] * len(dispatches)

    assert server.messages == [one.raw.replace(b"\r\n.", b"\r\n..") for one in dispatches]
    assert server.connections == 1


# Answers


async def test_answers_may_come_octet_by_octet() -> None:
    script = {step: Piecemeal(f"250-2.0.0 {step}\r\n250 2.0.0 done") for step in ("MAIL", "RCPT", "DOT")}
    async with pipelining(**script, DATA=Piecemeal("354 go on")) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [one.text for _, one in settled] == ["2.0.0 DOT\n2.0.0 done"] * 3


@pytest.mark.parametrize("data", ["503 5.5.1 no recipient", "554 5.5.1 no valid recipients"])
@pytest.mark.parametrize(("rcpt", "receipt"), [("550 5.1.1 who?", REJECTED), ("450 4.2.0 later", DEFERRED)])
async def test_a_refused_recipient_concerns_one_mail_only(data: str, rcpt: str, receipt: Receipt) -> None:
    """REL-8; RFC 2920 section 3.1: its DATA was out already, and is refused."""
    recipients: list[Answer] = ["250 OK", rcpt, "250 OK"]
    async with pipelining(RCPT=recipients, DATA=["354 go on", data, "354 go on"]) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [one.receipt for _, one in settled] == [ACCEPTED, receipt, ACCEPTED]
    assert (settled[1][1].phase, settled[1][1].fault) == (Phase.RCPT, Fault.RECIPIENT)
    assert " ".join(server.verbs) == "EHLO MAIL RCPT DATA MAIL RCPT DATA RSET MAIL RCPT DATA QUIT"
    assert (server.connections, len(server.messages)) == (1, 2)


@pytest.mark.parametrize("dot", ["554 5.5.1 no recipients", "250 2.0.0 taken"])
async def test_data_let_through_without_a_recipient_gets_a_lone_dot(dot: str) -> None:
    """RFC 2920 section 3.1: a server may answer 354 though it refused every recipient."""
    recipients: list[Answer] = ["250 OK", "550 5.1.1 who?", "250 OK"]
    async with pipelining(RCPT=recipients, DOT=["250 OK", dot, "250 OK"]) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [(one.receipt, one.code) for _, one in settled] == [
        (ACCEPTED, 250),
        (REJECTED, 550),
        (ACCEPTED, 250),
    ]
    assert server.messages == [THREE[0].raw, b"", THREE[2].raw]
    assert server.connections == 1


async def test_a_refused_sender_concerns_one_mail_only() -> None:
    """RFC 1870: too large."""
    senders: list[Answer] = ["250 OK", "552 5.3.4 too large", "250 OK"]
    recipients: list[Answer] = ["250 OK", "503 5.5.1 MAIL first", "250 OK"]
    data: list[Answer] = ["354 go on", "503 5.5.1 MAIL first", "354 go on"]
    async with pipelining(MAIL=senders, RCPT=recipients, DATA=data) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [(one.receipt, one.code) for _, one in settled] == [
        (ACCEPTED, 250),
        (REJECTED, 552),
        (ACCEPTED, 250),
    ]
    assert (server.connections, len(server.messages)) == (1, 2)


async def test_no_empty_mail_reaches_a_recipient_who_was_taken_without_a_sender() -> None:
    async with pipelining(MAIL=["250 OK", "552 5.3.4 too large", "250 OK"]) as server:
        assert await receipts(server, *THREE) == [ACCEPTED, REJECTED, ACCEPTED]

    assert server.messages == [THREE[0].raw, THREE[2].raw]
    assert server.connections == 2


async def test_a_message_refused_at_its_dot_does_not_touch_the_envelope_behind_it() -> None:
    async with pipelining(DOT=["554 5.6.0 content", "250 OK"]) as server:
        assert await receipts(server, *THREE) == [REJECTED, ACCEPTED, ACCEPTED]

    assert "RSET" not in server.verbs
    assert server.connections == 1


async def test_a_mail_that_cannot_be_offered_does_not_stop_those_around_it() -> None:
    hostile = a_dispatch(2, to="grace@town.example>\r\nRSET")
    async with pipelining() as server:
        assert await receipts(server, THREE[0], hostile, THREE[2]) == [ACCEPTED, REJECTED, ACCEPTED]

    assert (server.connections, len(server.messages)) == (1, 2)
