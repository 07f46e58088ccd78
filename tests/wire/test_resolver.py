"""The DNS on a real socket: what it says is kept for its time, and when it fails nobody is blamed."""

from datetime import UTC, datetime

import pytest
import time_machine
from dns.resolver import BaseResolver, NoResolverConfiguration

from service.errors import Misconfigured
from service.inbound.authenticate import Authentication, authenticate, resolver
from service.inbound.authenticate.dkim import find_signers
from service.inbound.authenticate.resolver import Resolver
from service.message import parse
from tests.signing import record, rsa_key, signed
from tests.wire.name_server import NameServer, running

NAME = "mail._domainkey.town.example."
MAIL = b"From: ada@town.example\r\nSubject: A room\r\n\r\n1: A room.\r\n"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "PATIENCE", 0.3)


def zone_text(octets: bytes) -> str:
    """As a zone file has it: strings of at most 255 octets (RFC 1035 section 3.3)."""
    text = octets.decode()
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))


async def test_a_key_is_asked_for_and_opens_the_mail() -> None:
    """A 2048-bit key is longer than one string of the DNS."""
    async with running(NameServer({NAME: (zone_text(record(rsa_key())),)})) as server:
        dns = Resolver(("127.0.0.1", server.port))

        found = await find_signers(signed(MAIL, h="from"), "ada@town.example", NOW, dns.look_up)

    assert authenticate(parse(MAIL), "none", found) is Authentication.PASS
    assert server.asked == [NAME]


async def test_every_record_comes_back_in_its_octets() -> None:
    async with running(NameServer({NAME: ('"a" "b;c"', '"v=spf1 -all"')})) as server:
        found = await Resolver(("127.0.0.1", server.port)).look_up(NAME)

    assert set(found) == {b"ab;c", b"v=spf1 -all"}


async def test_an_answer_is_kept_for_as_long_as_its_owner_allows() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        async with running(NameServer({NAME: ('"a"',)}, ttl=300)) as server:
            dns = Resolver(("127.0.0.1", server.port))
            for _ in range(3):
                assert await dns.look_up(NAME) == (b"a",)
            assert server.asked == [NAME]
            server.records[NAME] = ('"b"',)
            clock.shift(299)
            assert await dns.look_up(NAME) == (b"a",)
            clock.shift(2)
            assert await dns.look_up(NAME) == (b"b",)
            assert server.asked == [NAME, NAME]


@pytest.mark.parametrize("mood", ["silent", "nonsense", "SERVFAIL", "REFUSED", "NXDOMAIN"])
async def test_a_name_server_in_trouble_is_no_evidence_and_no_failure(mood: str) -> None:
    async with running(NameServer({NAME: (zone_text(record(rsa_key())),)}, mood=mood)) as server:
        dns = Resolver(("127.0.0.1", server.port))
        found = await find_signers(signed(MAIL, h="from"), "ada@town.example", NOW, dns.look_up)
        assert authenticate(parse(MAIL), "none", found) is Authentication.NONE

        server.mood = ""
        if mood != "NXDOMAIN":  # what is said to be missing may be believed for a while
            found = await find_signers(signed(MAIL, h="from"), "ada@town.example", NOW, dns.look_up)
            assert authenticate(parse(MAIL), "none", found) is Authentication.PASS


async def test_a_name_server_that_is_not_there_is_no_evidence() -> None:
    async with running(NameServer()) as server:
        port = server.port

    assert await Resolver(("127.0.0.1", port)).look_up(NAME) == ()


@pytest.mark.parametrize(
    "name", ["nothing.here.", f"{'a' * 64}.example.", f"{'a.' * 130}example.", "..", "ä.example."]
)
async def test_a_name_without_records_or_sense_has_none(name: str) -> None:
    async with running(NameServer()) as server:
        assert await Resolver(("127.0.0.1", server.port)).look_up(name) == ()


async def test_the_machines_own_name_servers_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(NameServer({NAME: ('"a"',)})) as server:

        def this_one(self: BaseResolver, path: str) -> None:
            self.nameservers, self.port = ["127.0.0.1"], server.port

        monkeypatch.setattr(BaseResolver, "read_resolv_conf", this_one)

        assert await Resolver().look_up(NAME) == (b"a",)


async def test_a_machine_without_name_servers_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_in(self: BaseResolver, path: str) -> None:
        raise NoResolverConfiguration

    monkeypatch.setattr(BaseResolver, "read_resolv_conf", nothing_in)

    with pytest.raises(Misconfigured) as refused:
        Resolver()

    assert str(refused.value).startswith("AUTHENTICATION: needs the DNS: ")
    assert refused.value.mend == "Name a server in /etc/resolv.conf, or choose another profile."
