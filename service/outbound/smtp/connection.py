"""One session with the relay, spoken over aiosmtplib's transport by a protocol of our own."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import aiosmtplib

from service.outbound.smtp.relay import Relay
from service.outbound.smtp.reply import Lost, Replies, Reply, Unsent

QUIT_SECONDS = 5.0
BLOCK = 64 * 1024
"""Octets that are sent under one wait (RFC 5321 section 4.5.3.2.5)."""
INLET = 16 * 1024
"""Octets that are read at once."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a relay offers after encryption and login. ``size_limit``: octets, 0 where unsaid."""

    encrypted: bool
    extensions: frozenset[str]
    size_limit: int

    def offers(self, extension: str) -> bool:
        """Say whether EHLO listed ``extension``, such as ``PIPELINING``."""
        return extension.upper() in self.extensions


class Connection(asyncio.BufferedProtocol):
    """A session that was greeted, encrypted and logged in by ``client``.

    What the relay says is taken in at any time, also while we write, so neither side waits for the
    other for ever; aiosmtplib's own protocol drops what arrives while nobody waits, such as an early
    421. ``pipelines``: commands may be sent ahead of their replies (RFC 2920). After a ``Lost`` a
    connection is of no use any more and only wants ``close``.
    """

    def __init__(self, client: aiosmtplib.SMTP, relay: Relay) -> None:
        self.relay = relay
        self.capabilities = _capabilities(client)
        self.pipelines = self.capabilities.offers("PIPELINING")
        self._client = client
        self._loop = asyncio.get_running_loop()
        self._replies = Replies()
        self._inlet = memoryview(bytearray(INLET))  # asyncio's TLS slices it: a slice must not be a copy
        self._lost = ""
        self._paused = False
        self._news: asyncio.Future[None] | None = None
        self._transport = cast("asyncio.Transport", client.transport)
        self._transport.set_protocol(self)
        # Not paused then means that all of it has left us. (With high=0 asyncio's TLS is paused by
        # every second write, although nothing waits.)
        self._transport.set_write_buffer_limits(high=1, low=0)

    @property
    def spoke(self) -> bool:
        """Whether a reply waits to be read."""
        return bool(self._replies.waiting)

    @property
    def is_quiet(self) -> bool:
        """Whether the relay neither closed nor said anything since the last reply that was read."""
        return not (self._lost or self.spoke)

    def write(self, octets: bytes) -> None:
        """Hand over octets to be sent.

        :raises Unsent: the connection is gone.
        """
        if not self._lost:
            self._transport.write(octets)
            if not self._transport.is_closing():
                return
        raise Unsent(self._lost or "the connection broke")

    async def reply(self, wait: float) -> Reply:
        """Read the next reply within ``wait`` seconds.

        :raises Lost: there was none.
        """
        if not self._replies.waiting:
            await self._until(lambda: self.spoke, wait)
        return self._replies.waiting.popleft()

    async def body(self, octets: bytes) -> None:
        """Send most of a message, and return when all of it has left us or the relay spoke.

        :raises Lost: the connection broke; the relay cannot have taken the message.
        """
        for start in range(0, len(octets), BLOCK):
            if not self.spoke:
                self.write(octets[start : start + BLOCK])
                await self._until(lambda: self.spoke or not self._paused, self.relay.block_timeout)

    async def finish(self, octets: bytes) -> Reply:
        """Send the end of a message, its final dot in it, and wait for the verdict (REL-6).

        :raises Unsent: the connection was gone before.
        :raises Lost: the verdict did not come, so nobody knows.
        """
        self.write(octets)
        return await self.reply(self.relay.final_timeout)

    async def quit(self) -> None:
        """Take leave; a server that does not answer is left without."""
        with contextlib.suppress(Lost):
            self.write(b"QUIT\r\n")
            await self.reply(QUIT_SECONDS)
        self.close()
        await asyncio.sleep(0)  # the transport closes in the loop's next turn

    def close(self) -> None:
        """Drop the connection at once; the server forgets a message without its dot."""
        self._transport.abort()
        self._client.close()

    async def _until(self, met: Callable[[], bool], wait: float) -> None:
        """Bound the wait as a whole: a server that sends an octet a minute is lost, too."""
        timer = self._loop.call_later(wait, self._lose, f"no answer in {wait:g} seconds")
        try:
            while not met():
                if self._lost:
                    raise Lost(self._lost)
                self._news = self._loop.create_future()
                await self._news
        finally:
            timer.cancel()

    def _lose(self, why: str) -> None:
        self._lost = self._lost or why
        self._wake()

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - the loop's signature
        """Where what the relay says is put; one place for all of it is faster than one for each read."""
        return self._inlet

    def buffer_updated(self, nbytes: int) -> None:
        """Cut what the relay says into replies."""
        if self._lost:
            return
        try:
            self._replies.feed(bytes(self._inlet[:nbytes]))
        except Lost as lost:
            self._lose(str(lost))
        if self.spoke:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits."""
        self._lose(f"the connection broke: {exc}" if exc else "the server closed the connection")

    def pause_writing(self) -> None:
        """Octets wait in our own buffer."""
        self._paused = True

    def resume_writing(self) -> None:
        """Nothing waits in our own buffer any more."""
        self._paused = False
        self._wake()


def _capabilities(client: aiosmtplib.SMTP) -> Capabilities:
    size = client.esmtp_extensions.get("size", "").strip()
    return Capabilities(
        encrypted=client.get_transport_info("sslcontext") is not None,
        extensions=frozenset(word.upper() for word in client.esmtp_extensions),
        size_limit=int(size) if size.isascii() and size.isdigit() else 0,
    )
