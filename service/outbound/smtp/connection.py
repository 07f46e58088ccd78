"""One session with the relay, spoken over our own stream."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import aiosmtplib

from service.outbound.smtp.octets import FINAL_DOT
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.reply import LINE_LIMIT, Lost, Reply, read_reply

QUIT_SECONDS = 5.0
BLOCK = 64 * 1024
"""Octets that are sent under one wait (RFC 5321 section 4.5.3.2.5)."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a relay offers after encryption and login. ``size_limit``: octets, 0 where unsaid."""

    encrypted: bool
    extensions: frozenset[str]
    size_limit: int

    def offers(self, extension: str) -> bool:
        """Say whether EHLO listed ``extension``, such as ``PIPELINING``."""
        return extension.upper() in self.extensions


class Connection:
    """A session that was greeted, encrypted and logged in by ``client``.

    After a ``Lost`` it is of no use any more and only wants ``close``.
    """

    def __init__(self, client: aiosmtplib.SMTP, relay: Relay) -> None:
        self.capabilities = _capabilities(client)
        self._relay = relay
        self._client = client
        loop = asyncio.get_running_loop()
        self._transport = cast("asyncio.Transport", client.transport)
        self._reader = asyncio.StreamReader(limit=LINE_LIMIT, loop=loop)
        # aiosmtplib's own protocol drops what arrives while nobody waits, such as an early 421.
        protocol = asyncio.StreamReaderProtocol(self._reader, loop=loop)
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        self._transport.set_write_buffer_limits(high=0)  # drain() then means: all of it has left us
        self._writer = asyncio.StreamWriter(self._transport, protocol, self._reader, loop)
        self._answer: asyncio.Task[Reply] | None = None

    async def command(self, line: str, wait: float) -> Reply:
        """Send one command and read its reply within ``wait`` seconds.

        :raises Lost: there was none.
        """
        async with _deadline(wait):
            self._writer.write(line.encode() + b"\r\n")
            await self._writer.drain()
            return await read_reply(self._reader)

    async def reset(self) -> bool:
        """Forget the transaction (RSET) and say whether the session can go on."""
        if self._answer is not None:
            return False  # within a message there are no commands
        try:
            return (await self.command("RSET", self._relay.verb_timeout)).kind == 2
        except Lost:
            return False

    async def body(self, octets: bytes) -> Reply | None:
        """Send a message without its final dot, and return when all of it has left us.

        A reply comes back where the server spoke before its turn.

        :raises Lost: the connection broke; the server cannot have taken the message.
        """
        self._answer = asyncio.create_task(read_reply(self._reader))
        await asyncio.sleep(0)  # lets an end of the stream that is already here be seen
        for start in range(0, len(octets), BLOCK):
            if self._answer.done():
                break
            async with _deadline(self._relay.block_timeout):
                self._writer.write(octets[start : start + BLOCK])
                await self._writer.drain()
        if self._writer.is_closing():
            raise Lost("the connection broke within the message")
        return self._answer.result() if self._answer.done() else None

    async def finish(self) -> Reply:
        """Send the final dot and wait for the verdict (REL-6).

        :raises Lost: it did not come, so nobody knows.
        """
        assert self._answer is not None, "body comes first"  # noqa: S101 - a mistake of ours, never of the wire
        async with _deadline(self._relay.final_timeout):
            self._writer.write(FINAL_DOT)
            reply = await self._answer
        self._answer = None
        return reply

    async def quit(self) -> None:
        """Take leave; a server that does not answer is left without."""
        with contextlib.suppress(Lost):
            await self.command("QUIT", QUIT_SECONDS)
        self.close()
        await asyncio.sleep(0)  # the transport closes in the loop's next turn

    def close(self) -> None:
        """Drop the connection at once; the server forgets a message without its dot."""
        if self._answer is not None and not self._answer.cancel() and not self._answer.cancelled():
            self._answer.exception()  # nobody else will ask for it
        self._transport.abort()
        self._client.close()


@contextlib.asynccontextmanager
async def _deadline(seconds: float) -> AsyncIterator[None]:
    """Bound what is inside as a whole: a server that sends an octet a minute is lost, too."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise Lost(f"no answer in {seconds:g} seconds") from None
    except OSError as error:
        raise Lost(f"the connection broke: {error}") from error


def _capabilities(client: aiosmtplib.SMTP) -> Capabilities:
    size = client.esmtp_extensions.get("size", "").strip()
    return Capabilities(
        encrypted=client.get_transport_info("sslcontext") is not None,
        extensions=frozenset(word.upper() for word in client.esmtp_extensions),
        size_limit=int(size) if size.isascii() and size.isdigit() else 0,
    )
