"""A claim is asked for when DATA is out already (RFC 2920), and still nothing leaves without it."""

from contextlib import aclosing

import pytest

from service.domain.mail import Dispatch, Receipt
from service.outbound.smtp import Smtp
from tests.wire.conftest import a_dispatch, a_relay, always
from tests.wire.scripted_relay import pipelining

ACCEPTED = Receipt.ACCEPTED
THREE = a_dispatch(1), a_dispatch(2), a_dispatch(3)


async def test_a_phase_is_recorded_before_the_first_octet_of_its_message_and_after_the_mail_before() -> None:
    """REL-5: a dot that was announced too early makes a mail uncertain that was surely not sent."""
    seen: list[tuple[list[str], int]] = []

    async def record(dispatch: Dispatch) -> bool:
        seen.append((server.verbs[-3:], len(server.messages)))
        return True

    async with pipelining() as server, Smtp(a_relay(server.port)) as smtp:
        async for dispatch, _ in smtp.send(THREE, record):
            assert len(seen) == dispatch.id

    assert seen == [(["MAIL", "RCPT", "DATA"], number) for number in range(3)]


async def test_a_claim_found_stale_when_data_is_out_leaves_nothing_at_the_relay() -> None:
    """REL-3: a lone dot would be an empty mail, so the connection is closed."""

    async def claims(dispatch: Dispatch) -> bool:
        return dispatch.id != 2

    async with pipelining() as server, Smtp(a_relay(server.port)) as smtp:
        settled = [(one.id, end.receipt) async for one, end in smtp.send(THREE, claims)]

    assert settled == [(1, ACCEPTED), (3, ACCEPTED)]
    assert (server.messages, server.broken_off) == ([THREE[0].raw, THREE[2].raw], [b""])


async def test_a_window_of_stale_claims_costs_one_connection() -> None:
    """REL-3: after the first of them DATA waits for the claim."""

    async def claims(dispatch: Dispatch) -> bool:
        return dispatch.id == 5

    mails = [a_dispatch(number) for number in range(1, 6)]
    async with pipelining() as server, Smtp(a_relay(server.port)) as smtp:
        assert [one.id async for one, _ in smtp.send(mails, claims)] == [5]

    assert (server.connections, len(server.messages)) == (2, 1)


async def test_whoever_stops_listening_leaves_no_envelope_behind() -> None:
    """REL-12: not to the next mail, and not to the leave-taking, which would be read as a message."""
    other = a_dispatch(4, raw=b"Subject: another\r\n\r\n")
    async with pipelining() as server:
        for _ in range(2):
            async with Smtp(a_relay(server.port)) as smtp, aclosing(smtp.send(THREE, always)) as settlements:
                await anext(settlements)
        async with Smtp(a_relay(server.port)) as smtp:
            forgotten = smtp.send(THREE, always)
            await anext(forgotten)
            assert [one.id async for one, _ in smtp.send([other], always)] == [4]
            await forgotten.aclose()

    assert server.messages == [THREE[0].raw] * 3 + [other.raw]
    assert set(server.broken_off) == {b""}


async def test_a_phase_that_cannot_be_recorded_stops_its_mail_and_not_the_one_before() -> None:
    async def fails(dispatch: Dispatch) -> bool:
        if dispatch.id == 2:
            raise LookupError("the database is away")
        return True

    async with pipelining() as server, Smtp(a_relay(server.port)) as smtp:
        settlements = smtp.send(THREE, fails)
        first = await anext(settlements)
        with pytest.raises(LookupError):
            await anext(settlements)
        again = [one.id async for one, _ in smtp.send(THREE[1:], always)]

    assert (first[0].id, first[1].receipt, again) == (1, ACCEPTED, [2, 3])
    assert server.messages == [one.raw for one in THREE]
