"""Mail goes out over one connection, its octets unchanged, each only with its claim."""

import asyncio
from contextlib import aclosing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.mail import Dispatch, Fault, Phase, Receipt
from service.outbound.smtp import Smtp
from service.sandbox.mail import EmbeddedMail
from tests.wire.conftest import ACCOUNTS, MORNING, a_dispatch, a_relay, always, settle
from tests.wire.scripted_relay import Drop, ScriptedRelay, Silence

LINES = st.lists(
    st.binary(max_size=80).map(lambda line: line.replace(b"\r", b"").replace(b"\n", b"")), min_size=1
)
DOTTY = st.lists(
    st.sampled_from([b"", b".", b"..", b". ", b".\x00", b"\xff\xfe", b"MAIL FROM:<x@y>"]), min_size=1
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=LINES | DOTTY)
def test_the_octets_that_arrive_are_the_octets_handed_in(lines: list[bytes]) -> None:
    """OUT-2: dots, empty lines, NUL and 8-bit octets too."""
    raw = b"Subject: x\r\n\r\n" + b"".join(line + b"\r\n" for line in lines)

    async def story() -> list[bytes]:
        async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING) as mail:
            await settle(a_relay(mail.smtp_port), a_dispatch(raw=raw))
            return mail.all_mail("ada@town.example")

    [arrived] = asyncio.run(story())
    assert arrived.endswith(b"\r\n" + raw)


async def test_a_dot_that_opens_a_line_is_doubled_on_the_wire() -> None:
    """RFC 5321 section 4.5.2."""
    async with ScriptedRelay() as server:
        await settle(a_relay(server.port), a_dispatch(raw=b".\r\n\r\n..\r\na.\r\n"))

    assert server.messages == [b"..\r\n\r\n...\r\na.\r\n"]


@pytest.mark.parametrize("raw", [b"a\n.\r\n", b"a\r.\r\n", b"\r\r\n", b"\n", b"a\n.\nb\r\n", b"a\r\n\n.\r\n"])
async def test_a_line_end_that_stands_alone_never_leaves_the_house(raw: bytes) -> None:
    """RFC 5321 section 2.3.8: servers disagree on these, and Mallory hides a second mail behind them."""
    async with ScriptedRelay() as server:
        [(_, settled)] = await settle(a_relay(server.port), a_dispatch(raw=raw))

    assert (settled.receipt, settled.fault) == (Receipt.REJECTED, Fault.NONE)
    assert "MAIL" not in server.verbs


@pytest.mark.parametrize(
    "address", ["a@b.example>\r\nRSET", "a@b.example> SIZE=1", "a\0@b.example", "a b@c.example"]
)
async def test_an_address_cannot_become_a_command(address: str) -> None:
    async with ScriptedRelay() as server:
        settled = await settle(a_relay(server.port), a_dispatch(1, to=address), a_dispatch(2))

    assert [one.receipt for _, one in settled] == [Receipt.REJECTED, Receipt.ACCEPTED]
    assert [line for line in server.heard if line.startswith("RCPT")] == ["RCPT TO:<ada@town.example>"]


async def test_what_a_relay_offers_is_used_and_nothing_else() -> None:
    """RFC 1870, RFC 6152, RFC 6531."""
    eight_bit = a_dispatch(raw="Subject: x\r\n\r\nGrüße\r\n".encode())
    async with ScriptedRelay() as server:
        await settle(a_relay(server.port), eight_bit)
    async with ScriptedRelay({"EHLO": "250 relay.example"}) as plain:
        await settle(a_relay(plain.port), eight_bit)

    assert f"MAIL FROM:<thread+b-token@town.example> SIZE={len(eight_bit.raw)} BODY=8BITMIME" in server.heard
    assert "MAIL FROM:<thread+b-token@town.example>" in plain.heard


async def test_only_an_address_outside_ascii_waits_for_a_relay_that_takes_it() -> None:
    """F58."""
    async with ScriptedRelay() as server:
        settled = await settle(a_relay(server.port), a_dispatch(1, to="adä@town.example"), a_dispatch(2))

    assert [(one.receipt, one.fault) for _, one in settled] == [
        (Receipt.DEFERRED, Fault.RECIPIENT),
        (Receipt.ACCEPTED, Fault.NONE),
    ]


async def test_a_stale_claim_sends_nothing_and_the_next_mail_goes_out() -> None:
    """REL-3."""

    async def claims(dispatch: Dispatch) -> bool:
        return dispatch.id != 1

    async with ScriptedRelay() as server, Smtp(a_relay(server.port)) as smtp:
        settled = [one.id async for one, _ in smtp.send([a_dispatch(1), a_dispatch(2)], claims)]

    assert settled == [2]
    assert " ".join(server.verbs) == "EHLO MAIL RCPT RSET MAIL RCPT DATA QUIT"


async def test_the_phase_is_recorded_before_the_first_octet_of_the_message() -> None:
    """REL-5: whoever finds DOT in the row after a crash must take the mail for maybe sent."""
    async with ScriptedRelay() as server:
        seen: list[tuple[list[str], list[bytes]]] = []

        async def record(dispatch: Dispatch) -> bool:
            seen.append((list(server.verbs), list(server.messages)))
            return True

        async with Smtp(a_relay(server.port)) as smtp:
            assert [one.receipt async for _, one in smtp.send([a_dispatch()], record)] == [Receipt.ACCEPTED]

    assert seen == [(["EHLO", "MAIL", "RCPT"], [])]


async def test_a_phase_that_cannot_be_recorded_stops_the_mail() -> None:
    async def fails(dispatch: Dispatch) -> bool:
        raise LookupError("the database is away")

    async with ScriptedRelay() as server, Smtp(a_relay(server.port)) as smtp:
        with pytest.raises(LookupError):
            [one async for one in smtp.send([a_dispatch()], fails)]
        again = [one.receipt async for _, one in smtp.send([a_dispatch()], always)]

    assert again == [Receipt.ACCEPTED]
    assert len(server.messages) == 1


async def test_mails_share_one_connection_across_sends() -> None:
    async with ScriptedRelay() as server, Smtp(a_relay(server.port)) as smtp:
        for number in (1, 2, 3):
            assert [one.id async for one, _ in smtp.send([a_dispatch(number)], always)] == [number]

    assert server.connections == 1


@pytest.mark.parametrize("end", [Drop(), "421 4.4.2 idle too long"])
async def test_a_connection_that_the_relay_closed_in_between_is_replaced(end: Drop | str) -> None:
    async with (
        ScriptedRelay({"MAIL": ["250 OK", end, "250 OK"]}) as server,
        Smtp(a_relay(server.port)) as smtp,
    ):
        first = [one.receipt async for _, one in smtp.send([a_dispatch(1)], always)]
        second = [one.receipt async for _, one in smtp.send([a_dispatch(2)], always)]

    assert first == second == [Receipt.ACCEPTED]
    assert server.connections == 2


async def test_a_relay_that_drops_every_mail_at_its_dot_gets_each_once() -> None:
    """REL-7: an uncertain mail is not sent again by itself, and the others wait."""
    async with ScriptedRelay({"DOT": Drop()}) as server, Smtp(a_relay(server.port)) as smtp:
        for number in (1, 2):
            ends = [(one.id, end.receipt) async for one, end in smtp.send([a_dispatch(number)], always)]
            assert ends == [(number, Receipt.UNCERTAIN)]

    assert len(server.messages) == 2


async def test_whoever_stops_listening_leaves_a_clean_connection() -> None:
    async with ScriptedRelay() as server, Smtp(a_relay(server.port)) as smtp:
        async with aclosing(smtp.send([a_dispatch(1), a_dispatch(2)], always)) as settlements:
            async for dispatch, _ in settlements:
                assert dispatch.id == 1
                break
        rest = [one.id async for one, _ in smtp.send([a_dispatch(2)], always)]

    assert rest == [2]
    assert len(server.messages) == 2


async def test_a_mail_cancelled_half_way_never_gets_its_dot() -> None:
    """REL-12."""
    async with (
        ScriptedRelay({"DATA": [Silence(), "354 go on"]}) as server,
        Smtp(a_relay(server.port)) as smtp,
    ):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                [one async for one in smtp.send([a_dispatch(1)], always)]
        after = [one.phase async for _, one in smtp.send([a_dispatch(2)], always)]

    assert after == [Phase.DOT]
    assert len(server.messages) == 1
