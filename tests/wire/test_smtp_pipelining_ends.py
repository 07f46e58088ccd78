"""Commands left ahead of their answers (RFC 2920), and the answers do not come as they should."""

import asyncio
import socket
import struct

import pytest

from service.domain.mail import Dispatch, Fault, Phase, Receipt
from service.outbound.smtp import Smtp
from tests.wire.conftest import a_dispatch, a_relay, always, settle
from tests.wire.scripted_relay import PIPELINING, Answer, Deaf, Drop, ScriptedRelay, Silence, pipelining

ACCEPTED, DEFERRED, REJECTED, UNCERTAIN = (
    Receipt.ACCEPTED,
    Receipt.DEFERRED,
    Receipt.REJECTED,
    Receipt.UNCERTAIN,
)
THREE = a_dispatch(1), a_dispatch(2), a_dispatch(3)
LARGE = b"Subject: a large one\r\n\r\n" + (b"." * 998 + b"\r\n") * 20_000
WORDY = ("552-5.3.4 " + "x" * 8000 + "\r\n") * 190 + "552 5.3.4 enough"
"""More than a connection holds for whoever does not read."""


async def test_the_mail_whose_dot_was_out_is_uncertain_and_the_envelope_behind_it_is_nothing() -> None:
    """REL-5, REL-8: the rest is left for later, untouched."""
    async with pipelining(DOT=["250 OK", Drop(), "250 OK"]) as server, Smtp(a_relay(server.port)) as smtp:
        ends = [(one.id, end.receipt) async for one, end in smtp.send(THREE, always)]
        later = [(one.id, end.receipt) async for one, end in smtp.send(THREE[2:], always)]

    assert ends == [(1, ACCEPTED), (2, UNCERTAIN)]
    assert later == [(3, ACCEPTED)]
    assert len(server.messages) == 3


@pytest.mark.parametrize(("step", "ok"), [("RCPT", "250 OK"), ("DATA", "354 go on")])
@pytest.mark.parametrize(("end", "code"), [(Drop(), 0), ("421 4.3.2 bye", 421), (Silence(), 0)])
async def test_an_envelope_that_was_cut_off_defers_its_mail_and_not_the_one_before(
    step: str, ok: str, end: Answer, code: int
) -> None:
    """REL-5: no octet of its message had left."""
    async with pipelining(**{step: [ok, end, ok]}) as server:
        settled = await settle(a_relay(server.port, verb_timeout=0.2, data_timeout=0.2), *THREE)

    assert [(one.receipt, one.fault, one.code) for _, one in settled] == [
        (ACCEPTED, Fault.NONE, 250),
        (DEFERRED, Fault.RELAY, code),
    ]
    assert settled[1][1].phase is Phase(step.lower())
    assert len(server.messages) == 1


@pytest.mark.parametrize("end", [Drop(), "421 4.7.0 too many messages in this connection"])
async def test_a_relay_that_takes_so_many_mails_a_connection_gets_the_next_over_another(end: Answer) -> None:
    async with pipelining(MAIL=["250 OK", end, "250 OK"]) as server:
        settled = await settle(a_relay(server.port), *THREE)

    assert [one.receipt for _, one in settled] == [ACCEPTED] * 3
    assert server.connections == 2
    assert server.messages == [one.raw for one in THREE]


async def test_an_answer_too_few_never_lets_a_message_out() -> None:
    """Here 354 stands where RCPT's answer is due."""
    async with pipelining(RCPT=b"") as server:
        [(_, settled)] = await settle(a_relay(server.port), *THREE)

    assert (settled.receipt, settled.phase, settled.fault) == (DEFERRED, Phase.RCPT, Fault.RELAY)
    assert server.messages == []


async def test_an_answer_too_many_never_lets_a_message_out() -> None:
    async with pipelining(DATA="354 go on\r\n250 2.0.0 taken, though nothing was sent") as server:
        [(_, settled)] = await settle(a_relay(server.port), *THREE)

    assert (settled.receipt, settled.phase, settled.fault) == (DEFERRED, Phase.DATA, Fault.RELAY)
    assert server.messages == []


async def test_a_line_that_came_while_nothing_was_asked_is_no_answer() -> None:
    """OUT-19."""
    dots: list[Answer] = ["250 one\r\n250 nobody asked", "250 two"]
    async with pipelining(DOT=dots) as server, Smtp(a_relay(server.port)) as smtp:
        texts = [end.text for mail in THREE[:2] async for _, end in smtp.send([mail], always)]

    assert texts == ["one", "two"]
    assert server.connections == 2


async def test_a_relay_that_offers_pipelining_and_cannot_do_it_gets_one_command_at_a_time() -> None:
    seen: list[list[str]] = []

    async def record(dispatch: Dispatch) -> bool:
        seen.append(server.verbs[-2:])
        return True

    async with pipelining(RCPT=[Drop(), "250 OK"]) as server, Smtp(a_relay(server.port)) as smtp:
        first = [end.receipt async for _, end in smtp.send(THREE, record)]
        again = [end.receipt async for _, end in smtp.send(THREE, record)]

    assert (first, again) == ([DEFERRED], [ACCEPTED] * 3)
    assert seen == [["MAIL", "RCPT"]] * 3


async def test_a_relay_that_stops_reading_to_talk_is_listened_to_while_we_write() -> None:
    """RFC 2920 section 3.1: neither side may wait for the other for ever."""
    async with ScriptedRelay({"EHLO": PIPELINING, "BODY": WORDY}, room=4096) as server:
        [(_, settled)] = await settle(a_relay(server.port), a_dispatch(raw=LARGE))

    assert (settled.receipt, settled.fault, settled.code) == (REJECTED, Fault.RECIPIENT, 552)


async def test_a_connection_that_was_reset_before_the_message_could_leave_defers() -> None:
    """REL-5: the kernel takes no octet for it, so nothing is uncertain."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        talk = asyncio.create_task(asyncio.to_thread(_talk_until_354, listener))

        async def reset(dispatch: Dispatch) -> bool:
            peer = await talk
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
            return True

        async with Smtp(a_relay(listener.getsockname()[1])) as smtp:
            [settled] = [end async for _, end in smtp.send(THREE, reset)]

    assert (settled.receipt, settled.phase, settled.fault) == (DEFERRED, Phase.DATA, Fault.RELAY)


def _talk_until_354(listener: socket.socket) -> socket.socket:
    peer, _ = listener.accept()
    peer.sendall(b"220 relay.example ESMTP\r\n")
    with peer.makefile("rb") as lines:
        for line in lines:
            verb = line[:4]
            answers = {b"EHLO": PIPELINING.encode(), b"DATA": b"354 go on"}
            peer.sendall(answers.get(verb, b"250 OK") + b"\r\n")
            if verb == b"DATA":
                break
    return peer


async def test_a_refusal_within_the_message_is_heard_though_the_relay_reads_no_further() -> None:
    async with pipelining(BODY=Deaf("552 5.3.4 enough")) as server:
        [(_, settled)] = await settle(a_relay(server.port), a_dispatch(raw=LARGE))

    assert (settled.receipt, settled.phase, settled.code) == (REJECTED, Phase.DATA, 552)
