"""The DNS: the one door to dnspython. Answers are kept for as long as their owners allow."""

from dns.asyncresolver import Resolver as AsyncResolver
from dns.exception import DNSException
from dns.rdtypes.txtbase import TXTBase
from dns.resolver import LRUCache

from service.errors import Misconfigured

PATIENCE = 5.0
"""Seconds for one question, over all servers and tries."""
_REMEMBERED = 1000


class Resolver:
    """Asks the machine's own DNS servers, or ``server``, an address and a port.

    Raises Misconfigured where the machine has none.
    """

    def __init__(self, server: tuple[str, int] | None = None) -> None:
        try:
            self._resolver = AsyncResolver(configure=server is None)
        except DNSException as error:
            mend = "Name a server in /etc/resolv.conf, or choose another profile."
            raise Misconfigured("AUTHENTICATION", f"needs the DNS: {error}.", mend) from error
        if server:
            self._resolver.nameservers, self._resolver.port = [server[0]], server[1]
        self._resolver.lifetime = PATIENCE
        self._resolver.cache = LRUCache(_REMEMBERED)

    async def look_up(self, name: str) -> tuple[bytes, ...]:
        """The TXT records of ``name``; none where it has none, or where nobody answers in time."""
        try:
            answer = await self._resolver.resolve(name, "TXT")
        except (DNSException, OSError):
            return ()
        return tuple(b"".join(record.strings) for record in answer if isinstance(record, TXTBase))
