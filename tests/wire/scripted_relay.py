"""A mail relay that follows a script: it says, at each step, exactly what a test wants it to say."""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

OFFERS = "250-relay.example\r\n250-SIZE 10000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"
PIPELINING = OFFERS.replace("250-8BITMIME", "250-8BITMIME\r\n250-PIPELINING")


class Drop:
    """Close the connection instead of an answer, after ``octets`` more were read."""

    def __init__(self, octets: int = 0) -> None:
        self.octets = octets


class Silence:
    """Say nothing, and keep the connection open."""


@dataclass(frozen=True)
class Later:
    """Keep ``answer`` back until the next one is given: whoever waits for it waits for ever."""

    answer: str


@dataclass(frozen=True)
class Piecemeal:
    """Send ``answer`` one octet at a time."""

    answer: str


@dataclass(frozen=True)
class Deaf:
    """Give ``answer`` when the other side is likely to be stuck, and neither read nor say anything more."""

    answer: str


Answer = str | bytes | Drop | Silence | Later | Piecemeal | Deaf


@dataclass
class ScriptedRelay:
    """``script`` maps a step (BANNER, EHLO, AUTH, MAIL, RCPT, DATA, BODY, DOT …) to its answer.

    A list is used up one answer at a time, and its last one stays. ``heard`` keeps every command,
    ``messages`` every message as it stood on the wire before its dot, ``broken_off``
    those whose dot never came. ``room``: octets that may wait for
    whoever does not read them, 0 for the kernel's choice.
    """

    script: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    heard: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    broken_off: list[bytes] = field(default_factory=list)
    room: int = 0
    connections: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=256 * 1024)
        if self.room:
            self._server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.room)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def verbs(self) -> list[str]:
        return [line.split(" ")[0].split(":")[0].upper() for line in self.heard]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._held = b""
        writer.transport.set_write_buffer_limits(high=0)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()
            await asyncio.sleep(0)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._answer("BANNER", "220 relay.example ESMTP", reader, writer)
        while line := (await reader.readline()).decode("latin-1").rstrip("\r\n"):
            self.heard.append(line)
            step = self.verbs[-1]
            await self._answer(step, _USUAL.get(step, "250 2.0.0 OK"), reader, writer)
            if step == "STARTTLS" and self.tls is not None:
                await writer.start_tls(self.tls)
            if step == "DATA" and self._said.startswith("354"):
                await self._message(reader, writer)
            if step == "QUIT":
                return

    async def _message(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if "BODY" in self.script:
            await self._answer("BODY", "", reader, writer)
        lines: list[bytes] = []
        try:
            while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
                lines.append(line)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.broken_off.append(b"".join(lines))
            raise
        self.messages.append(b"".join(lines))
        await self._answer("DOT", "250 2.0.0 taken", reader, writer)

    async def _answer(
        self, step: str, usual: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        planned = self.script.get(step, usual)
        if isinstance(planned, list):
            planned = planned.pop(0) if len(planned) > 1 else planned[0]
        self._said = planned if isinstance(planned, str) else getattr(planned, "answer", "")
        if isinstance(planned, Drop):
            await reader.readexactly(planned.octets)
            raise ConnectionError
        if isinstance(planned, Silence):
            await asyncio.Event().wait()
        if isinstance(planned, Deaf):
            writer.transport.pause_reading()
            await asyncio.sleep(0.05)
        octets = planned if isinstance(planned, bytes) else self._said.encode() + b"\r\n"
        self._held += octets
        if not isinstance(planned, Later):
            held, self._held = self._held, b""
            await _send(held, writer, 1 if isinstance(planned, Piecemeal) else len(held))
        if isinstance(planned, Deaf):
            await asyncio.Event().wait()


async def _send(octets: bytes, writer: asyncio.StreamWriter, at_once: int) -> None:
    for start in range(0, len(octets), at_once or 1):
        writer.write(octets[start : start + at_once])
        await writer.drain()
        await asyncio.sleep(0)


def pipelining(**script: Answer | list[Answer]) -> ScriptedRelay:
    """A relay that offers PIPELINING (RFC 2920)."""
    return ScriptedRelay({"EHLO": PIPELINING} | script)


_USUAL = {
    "EHLO": OFFERS,
    "STARTTLS": "220 2.0.0 go on",
    "AUTH": "235 2.7.0 welcome",
    "DATA": "354 go on",
    "QUIT": "221 2.0.0 bye",
}
