"""A name server on 127.0.0.1: it answers, is silent, fails or talks nonsense, and counts its questions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@dataclass
class NameServer(asyncio.DatagramProtocol):
    """``records``: name → TXT records as they stand in a zone file. ``mood``: "" or how it misbehaves."""

    records: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ttl: int = 300
    mood: str = ""
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text()
        self.asked.append(name)
        if self.mood == "silent":
            return
        answer = b"nonsense" if self.mood == "nonsense" else self._answer(query, name).to_wire()
        self._transport.sendto(answer, addr)

    def _answer(self, query: dns.message.Message, name: str) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if self.mood:
            answer.set_rcode(dns.rcode.from_text(self.mood))
        elif name in self.records:
            answer.answer.append(dns.rrset.from_text(name, self.ttl, "IN", "TXT", *self.records[name]))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer


@asynccontextmanager
async def running(server: NameServer) -> AsyncIterator[NameServer]:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: server, local_addr=("127.0.0.1", 0))
    try:
        yield server
    finally:
        transport.close()
