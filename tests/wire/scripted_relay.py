"""A mail relay that follows a script: it says, at each step, exactly what a test wants it to say."""

import asyncio
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

OFFERS = "250-relay.example\r\n250-SIZE 10000000\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"


class Drop:
    """Close the connection instead of an answer, after ``octets`` more were read."""

    def __init__(self, octets: int = 0) -> None:
        self.octets = octets


class Silence:
    """Say nothing, and keep the connection open."""


Answer = str | bytes | Drop | Silence


@dataclass
class ScriptedRelay:
    """``script`` maps a step (BANNER, EHLO, AUTH, MAIL, RCPT, DATA, BODY, DOT …) to its answer.

    A list is used up one answer at a time, and its last one stays. ``heard`` keeps every command,
    ``messages`` every message as it stood on the wire before its dot.
    """

    script: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    heard: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=256 * 1024)
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
        raw = await reader.readuntil(b"\r\n.\r\n")
        self.messages.append(raw[:-3])
        await self._answer("DOT", "250 2.0.0 taken", reader, writer)

    async def _answer(
        self, step: str, usual: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        planned = self.script.get(step, usual)
        if isinstance(planned, list):
            planned = planned.pop(0) if len(planned) > 1 else planned[0]
        self._said = planned if isinstance(planned, str) else ""
        if isinstance(planned, Drop):
            await reader.readexactly(planned.octets)
            raise ConnectionError
        if isinstance(planned, Silence):
            await asyncio.Event().wait()
        elif isinstance(planned, bytes):
            writer.write(planned)
        else:
            writer.write(planned.encode() + b"\r\n")
        await writer.drain()


_USUAL = {
    "EHLO": OFFERS,
    "STARTTLS": "220 2.0.0 go on",
    "AUTH": "235 2.7.0 welcome",
    "DATA": "354 go on",
    "QUIT": "221 2.0.0 bye",
}
