"""Real sockets on loopback: the sandbox's mail server, relays that follow a script, certificates."""

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.domain.mail import Dispatch, Envelope, Settlement
from service.outbound.smtp import Relay, Smtp
from service.sandbox.mail import EmbeddedMail

CERTIFICATE = Path(__file__).parent / "certificates" / "server.pem"
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNTS = {"thread@town.example": "loom", "ada@town.example": "library", "grace@town.example": "parks"}


@pytest.fixture
async def embedded_mail() -> AsyncIterator[EmbeddedMail]:
    async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING, bounce_domains={"gone.example"}) as mail:
        yield mail


@pytest.fixture(scope="session")
def server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    return context


@pytest.fixture(scope="session")
def ca_file() -> str:
    return str(CERTIFICATE)


def a_dispatch(number: int = 1, *, to: str = "ada@town.example", raw: bytes | None = None) -> Dispatch:
    raw = raw or b"From: thread@town.example\r\nSubject: Weekly check-in\r\n\r\nWhat moved forward?\r\n"
    envelope = Envelope("thread+b-token@town.example", to)
    return Dispatch(number, f"key-{number}", envelope, f"<{number}@town.example>", raw, "claim", 1)


def a_relay(port: int, **changes: object) -> Relay:
    waits = {"verb_timeout": 5.0, "data_timeout": 5.0, "block_timeout": 5.0, "final_timeout": 5.0}
    return Relay("127.0.0.1", port, "none", **(waits | changes))


async def always(dispatch: Dispatch) -> bool:
    return True


async def settle(relay: Relay, *dispatches: Dispatch) -> list[tuple[int, Settlement]]:
    async with Smtp(relay) as smtp:
        return [(dispatch.id, settled) async for dispatch, settled in smtp.send(dispatches, always)]
