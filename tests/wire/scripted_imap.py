"""An IMAP server that follows a script: as much of RFC 3501 as a mailbox needs, and every bad habit."""

import asyncio
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

ALL = "IMAP4rev1 IDLE MOVE UIDPLUS"


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for happens in a thread
        await asyncio.sleep(0.005)


class Drop:
    """Close the connection instead of an answer."""


class Silence:
    """Say nothing, and keep the connection open."""


Answer = bytes | Drop | Silence | Callable[[], None]


@dataclass
class ScriptedImap:
    """``script`` maps a command ("LOGIN", "UID FETCH") to what happens instead, one per call.

    ``bytes`` are sent as they stand, with ``TAG`` replaced; a function is called, and the usual
    answer follows. An empty list is over: the usual answer is given.
    """

    messages: dict[int, bytes] = field(default_factory=dict)
    script: dict[str, list[Answer]] = field(default_factory=dict)
    capabilities: str = ALL
    uidvalidity: int = 7
    tls: ssl.SSLContext | None = None
    upgrade: ssl.SSLContext | None = None
    damaged: set[int] = field(default_factory=set)
    port: int = 0
    heard: list[str] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    connections: int = 0

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._idlers: set[asyncio.StreamWriter] = set()
        self.patience = asyncio.Event()
        self.patience.set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, ssl=self.tls)
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

    def arrive(self, raw: bytes) -> int:
        """A new mail; whoever idles is told."""
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = raw
        for writer in self._idlers:
            writer.write(b"* %d EXISTS\r\n" % len(self.messages))
        return uid

    def commands(self, name: str) -> list[str]:
        return [line for line in self.heard if line.startswith(name)]

    async def until_idle(self) -> asyncio.StreamWriter:
        await until(lambda: self._idlers)
        return next(iter(self._idlers))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            writer.write(b"* OK ready\r\n")
            while line := (await reader.readline()).decode("latin-1").rstrip("\r\n"):
                await self._command(line, reader, writer)
        except (ConnectionError, ssl.SSLError):
            pass
        finally:
            self._idlers.discard(writer)
            writer.transport.abort()
            await asyncio.sleep(0)

    async def _command(self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tag, _, command = line.partition(" ")
        self.heard.append(command)
        name = " ".join(command.split(" ")[: 2 if command.startswith("UID ") else 1])
        planned = self.script.get(name)
        answer = planned.pop(0) if planned else None
        if isinstance(answer, Drop):
            raise ConnectionError
        if isinstance(answer, Silence):
            await asyncio.Event().wait()
        if isinstance(answer, bytes):
            writer.write(answer.replace(b"TAG", tag.encode()))
        else:
            if answer is not None:
                answer()
            if name == "AUTHENTICATE":
                writer.write(b"+ \r\n")
                self.heard.append((await reader.readline()).decode().strip())
            if name == "IDLE":
                await self._idle(reader, writer)
            writer.write(self._usual(name, command) + f"{tag} {self._outcome(name, command)}\r\n".encode())
        await writer.drain()
        if name == "STARTTLS" and self.upgrade is not None:
            await writer.start_tls(self.upgrade)

    def _outcome(self, name: str, command: str) -> str:
        refused = name == "UID FETCH" and self.damaged.intersection(self._named(command))
        return "NO [SERVERBUG] cannot be read" if refused else "OK done"

    async def _idle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"+ idling\r\n")
        self._idlers.add(writer)
        self.heard.append((await reader.readline()).decode().strip())
        self._idlers.discard(writer)
        await self.patience.wait()

    def _usual(self, name: str, command: str) -> bytes:
        match name:
            case "CAPABILITY":
                starttls = " STARTTLS" if self.upgrade else ""
                return f"* CAPABILITY {self.capabilities}{starttls}\r\n".encode()
            case "LIST":
                return b'* LIST () "/" "Processed"\r\n'
            case "SELECT" | "EXAMINE":
                exists = f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] valid\r\n"
                return exists.encode()
            case "UID SEARCH":
                return f"* SEARCH {' '.join(map(str, self._above(command)))}\r\n".encode()
            case "UID FETCH":
                return b"".join(
                    self._fetched(uid, command) for uid in self._named(command) if uid not in self.damaged
                )
            case "UID MOVE" | "UID EXPUNGE":
                for uid in self._named(command):
                    del self.messages[uid]
        return b""

    def _above(self, command: str) -> list[int]:
        """``n:*`` names the newest message, even where that is below n (RFC 3501 section 9)."""
        bound = re.search(r"UID (\d+):\*", command)
        newest = max(self.messages, default=0)
        start = int(bound[1]) if bound else newest + 1
        return [uid for uid in self.messages if uid >= start or (bound and uid == newest)]

    def _named(self, command: str) -> list[int]:
        return [uid for uid in map(int, command.split(" ")[2].split(",")) if uid in self.messages]

    def _fetched(self, uid: int, command: str) -> bytes:
        raw = self.messages[uid]
        size = self.sizes.get(uid, len(raw))
        if "RFC822.SIZE" in command:
            stamp = '"23-Nov-2026 09:00:00 +0100"'
            return f"* {uid} FETCH (UID {uid} RFC822.SIZE {size} INTERNALDATE {stamp})\r\n".encode()
        part = re.search(r"<0\.(\d+)>", command)
        shown = raw[: int(part[1])] if part else raw
        return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, uid, len(shown), shown)
