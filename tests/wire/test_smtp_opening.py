"""A session is encrypted and logged in, or it does not come about; doctor hears why."""

import ssl

import pytest

from service.domain.mail import Fault, Phase, Receipt
from service.errors import Misconfigured, Transient
from service.outbound.smtp import Relay, Smtp
from tests.wire.conftest import a_dispatch, a_relay, settle
from tests.wire.scripted_relay import Drop, ScriptedRelay, Silence

OFFERS_TLS = "250-relay.example\r\n250-STARTTLS\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 AUTH PLAIN"
LOGIN = {"username": "thread@town.example", "password": "loom"}


def encrypted(port: int, ca_file: str) -> Relay:
    return Relay("localhost", port, "starttls", **LOGIN, ca_file=ca_file, verb_timeout=5, block_timeout=5)


async def test_starttls_encrypts_before_the_password(server_tls: ssl.SSLContext, ca_file: str) -> None:
    async with ScriptedRelay({"EHLO": OFFERS_TLS}, tls=server_tls) as server:
        [(_, settled)] = await settle(encrypted(server.port, ca_file), a_dispatch())

    assert settled.receipt is Receipt.ACCEPTED
    assert " ".join(server.verbs) == "EHLO STARTTLS EHLO AUTH MAIL RCPT DATA QUIT"


@pytest.mark.parametrize("offers", [OFFERS_TLS, OFFERS_TLS.replace("PIPELINING", "8BITMIME")])
async def test_mails_of_more_than_a_block_go_through_encryption(
    offers: str, server_tls: ssl.SSLContext, ca_file: str
) -> None:
    """OUT-2, OUT-19. Encryption has its own ways of making a writer wait."""
    mails = [a_dispatch(size, raw=b"Subject: x\r\n\r\n" + b"x\r\n" * size) for size in (90_000, 50_000)]
    async with ScriptedRelay({"EHLO": offers}, tls=server_tls) as server:
        settled = await settle(encrypted(server.port, ca_file), *mails)

    assert [one.receipt for _, one in settled] == [Receipt.ACCEPTED] * 2
    assert server.messages == [one.raw for one in mails]


async def test_no_password_goes_to_a_relay_whose_certificate_is_not_trusted(
    server_tls: ssl.SSLContext,
) -> None:
    """F16."""
    async with ScriptedRelay({"EHLO": OFFERS_TLS}, tls=server_tls) as server:
        [(_, settled)] = await settle(encrypted(server.port, ""), a_dispatch())

    assert (settled.receipt, settled.phase, settled.fault) == (Receipt.DEFERRED, Phase.CONNECT, Fault.RELAY)
    assert "AUTH" not in server.verbs


async def test_no_password_goes_to_a_relay_that_lost_its_encryption(ca_file: str) -> None:
    """F16."""
    async with ScriptedRelay() as server:
        [(_, settled)] = await settle(encrypted(server.port, ca_file), a_dispatch())

    assert (settled.receipt, settled.fault) == (Receipt.DEFERRED, Fault.RELAY)
    assert "AUTH" not in server.verbs


@pytest.mark.parametrize("host", ["relay.example", "192.0.2.1", "localhost.example"])
def test_a_password_without_encryption_stays_on_this_machine(host: str) -> None:
    with pytest.raises(Misconfigured, match="without encryption"):
        Relay(host, 25, "none", "thread@town.example", "loom")

    assert Relay("::1", 25, "none", "thread@town.example", "loom").password == "loom"


def test_a_relay_does_not_show_its_password() -> None:
    assert "loom" not in repr(Relay("relay.example", 465, "tls", "thread@town.example", "loom"))


async def test_doctor_hears_what_a_relay_offers(server_tls: ssl.SSLContext, ca_file: str) -> None:
    async with ScriptedRelay({"EHLO": OFFERS_TLS}, tls=server_tls) as server:
        capabilities = await Smtp(encrypted(server.port, ca_file)).check()

    assert capabilities.encrypted
    assert capabilities.offers("pipelining")
    assert capabilities.size_limit == 1000


@pytest.mark.parametrize(
    ("script", "error", "words"),
    [
        ({"AUTH": "535 5.7.8 no"}, Misconfigured, "user name and the password"),
        ({"AUTH": "454 4.7.0 later"}, Transient, "454"),
        ({"BANNER": "554 go away"}, Misconfigured, "554 go away"),
        ({"BANNER": "421 busy"}, Transient, "421 busy"),
        ({"BANNER": Silence()}, Transient, "host name and port"),
        ({"EHLO": Drop()}, Transient, "host name and port"),
        ({"EHLO": "250 relay.example"}, Misconfigured, "no login by password"),
    ],
)
async def test_doctor_hears_what_to_do(script: dict, error: type[Exception], words: str) -> None:
    async with ScriptedRelay(script) as server:
        with pytest.raises(error, match=words):
            await Smtp(a_relay(server.port, **LOGIN, verb_timeout=0.2)).check()


async def test_doctor_hears_of_a_wrong_kind_of_encryption(ca_file: str) -> None:
    async with ScriptedRelay() as server:
        with pytest.raises(Misconfigured, match="encryption failed"):
            await Smtp(Relay("localhost", server.port, "tls", ca_file=ca_file)).check()
        with pytest.raises(Misconfigured, match="STARTTLS"):
            await Smtp(Relay("localhost", server.port, "starttls", ca_file=ca_file)).check()


async def test_doctor_hears_of_a_certificate_that_is_not_trusted(server_tls: ssl.SSLContext) -> None:
    async with ScriptedRelay({"EHLO": OFFERS_TLS}, tls=server_tls) as server:
        with pytest.raises(Misconfigured, match="certificate is not valid"):
            await Smtp(encrypted(server.port, "")).check()
