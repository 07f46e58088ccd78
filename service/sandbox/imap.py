"""pymap's IMAP server with its mail in memory, put right in four places for use on loopback."""

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, closing
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import uuid4

from proxyprotocol.result import ProxyResultUnknown
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Event, Subsystem
from pymap.context import connection_exit
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.command.select import IdleCommand
from pymap.parsing.message import AppendMessage
from pymap.parsing.response import Response, UntaggedResponse
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        """Without pymap's look-up of the machine's name, which is slow where DNS is."""
        return b"Common Thread's sandbox is ready"


class _Segment:
    """A writer that keeps what it is given."""

    def __init__(self) -> None:
        self.octets = bytearray()

    def write(self, octets: bytes) -> None:
        self.octets += octets

    def writelines(self, lines: list[bytes]) -> None:
        self.octets += b"".join(lines)

    async def drain(self) -> None:
        """Nothing waits here."""


class _Connection(IMAPConnection):
    async def write_response(self, resp: Response) -> None:
        """Send one response in one segment: pymap writes half lines, on which some clients stumble."""
        segment = _Segment()
        await resp.async_write(segment)
        try:
            self.writer.write(bytes(segment.octets))
            await self.writer.drain()
        except ConnectionError:
            pass  # the client went away; the next read says so


class _State(ConnectionState):
    async def receive_updates(self, cmd: IdleCommand, done: Event) -> Iterable[UntaggedResponse]:
        """Show what came before IDLE, too: pymap waits for the next change first."""
        selected = await self.session.check_mailbox(self.selected)
        self._selected, untagged = selected.fork(cmd)
        return list(untagged) or await super().receive_updates(cmd, done)


class ImapServer:
    """Serves ``accounts`` (address to password) on ``host``; port 0 takes a free one."""

    def __init__(self, accounts: Mapping[str, str], host: str, port: int) -> None:
        self.port = port
        self._accounts, self._host = accounts, host
        self._config = _config(host, port)
        self._login = Login(self._config)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._config.apply_context()
        for user, password in self._accounts.items():
            await self._identity(user).set(UserMetadata(self._config, user, password=password))
        self._server = await asyncio.start_server(self._accept, self._host, self.port)
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

    async def deliver(self, user: str, raw: bytes, at: datetime, folder: str = "INBOX") -> None:
        """Put ``raw`` into a folder that exists; whoever idles there is told at once."""
        async with self._identity(user).new_session() as session:
            mailbox = await session.mailbox_set.get_mailbox(folder)
            await mailbox.append(AppendMessage(raw, at, frozenset()), recent=True)

    def _identity(self, user: str) -> Identity:
        return Identity(user, self._login, None, frozenset({"admin"}))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The task is kept: pymap's own callback drops the only reference to it, and the collector
        # of Python 3.13 then ends idle connections.
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = SocketInfo.get(writer, ProxyResultUnknown(), unique_id=uuid4().bytes)
        connection = _Connection(self._config.commands, self._config, reader, writer, peer)
        async with AsyncExitStack() as stack:
            connection_exit.set(stack)
            stack.enter_context(closing(connection))
            await connection.run(_State(self._login, self._config))


def _config(host: str, port: int) -> _Config:
    arguments = Namespace(
        demo_data=False, demo_user="", demo_password="", host=host, port=port, debug=False,
        cert=None, key=None, tls=False, passlib_cfg=None, proxy_protocol=None, inherited_sockets=None,
    )  # fmt: skip
    return _Config.from_args(
        arguments, hash_context=Cleartext(), cpu_subsystem=Subsystem.for_asyncio(), invalid_user_sleep=0.0
    )
