"""A relay in front of the town's mail server. It knows what it took, and a test may stand at each step."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from service.sandbox.mail import EmbeddedMail

Hook = Callable[[], Awaitable[None]]
OFFERS = "250-relay.town.example\r\n250-SIZE 10000000\r\n250 AUTH PLAIN"
USUAL = {
    "BANNER": "220 relay.town.example ESMTP",
    "EHLO": OFFERS,
    "AUTH": "235 2.7.0 welcome",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "QUIT": "221 2.0.0 bye",
}


@dataclass(frozen=True)
class Taken:
    """One copy of a mail that the relay answers for, whether or not its answer was heard."""

    rcpt_to: str
    raw: bytes
    mail: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def asks(self) -> str:
        """The instrument whose questions it carries, if any."""
        return str(self.mail.get("X-Common-Thread-Asked", "")).partition(" ")[0]


class Relay:
    """Passes everything on to ``mail``. Steps: BANNER, each verb, DOT (the message is taken, nothing was
    said yet).

    ``answers`` replaces what is said at a step, ``at`` holds what is awaited there first.
    """

    def __init__(self, mail: EmbeddedMail, port: int = 0) -> None:
        self.mail, self.port = mail, port
        self.answers: dict[str, str] = {}
        self.at: dict[str, Hook] = {}
        self.taken: list[Taken] = []
        self.refused = 0

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=1 << 20)
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

    def copies(self, message_id: str) -> list[Taken]:
        return [taken for taken in self.taken if taken.message_id == message_id]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the worker died, or left
        finally:
            writer.transport.abort()
            await asyncio.sleep(0)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        rcpt_to = ""
        go_on = await self._say("BANNER", writer)
        while go_on and (line := (await reader.readline()).decode().strip()):
            verb = line.partition(" ")[0].upper()
            rcpt_to = line.partition("<")[2].rstrip(">") if verb == "RCPT" else rcpt_to
            go_on = await self._say(verb, writer) and verb != "QUIT"
            if go_on and verb == "DATA":
                await self._message(rcpt_to, reader)
                go_on = await self._say("DOT", writer)

    async def _message(self, rcpt_to: str, reader: asyncio.StreamReader) -> None:
        raw = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        self.taken.append(Taken(rcpt_to, raw, message_from_bytes(raw, policy=policy.default)))
        await self.mail.accept("thread@town.example", rcpt_to, raw)

    async def _say(self, step: str, writer: asyncio.StreamWriter) -> bool:
        """Say what is to be said. False where a refusal ends the session."""
        await self._meet(step)
        answer = self.answers.get(step, USUAL.get(step, "250 2.0.0 OK"))
        writer.write(answer.encode() + b"\r\n")
        await writer.drain()
        self.refused += answer[0] in "45"
        return answer[0] in "23"

    async def _meet(self, step: str) -> None:
        if step in self.at:
            await self.at[step]()
