"""The mailbox as the loop sees it."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from service.domain.mail import Cursor
from service.errors import Transient
from service.inbound.mailbox.account import Batch, ImapAccount
from service.inbound.mailbox.keeper import Keeper, Request
from service.inbound.mailbox.opening import open_session
from service.inbound.mailbox.session import Session

T = TypeVar("T")
REQUEST_SECONDS = 300.0
"""No request takes longer, even from a server that sends an octet at a time."""
CLOSE_SECONDS = 1.0


class Mailbox:
    """One account's mail, as an async context manager or by ``open`` and ``close``.

    Every method may raise ``errors.Transient`` (the server is away; it was tried twice) and
    ``errors.Misconfigured`` (host, certificate, password or folder is wrong).
    """

    def __init__(self, account: ImapAccount) -> None:
        self.account = account
        self._pushed = asyncio.Event()
        self._ended = asyncio.Event()
        self._keeper: Keeper | None = None
        self._uidvalidity = 0

    async def open(self) -> None:
        """Begin to connect, and to listen. A server that is away is waited for."""
        loop = asyncio.get_running_loop()
        self._ended.clear()
        self._keeper = Keeper(
            self.account,
            on_push=lambda: _in_loop(loop, self._pushed.set),
            on_end=lambda: _in_loop(loop, self._ended.set),
        )
        self._keeper.start()

    async def close(self) -> None:
        """Stop listening and take leave, within seconds whatever the server does."""
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        keeper.stop()
        for last_resort in (keeper.break_off, None):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._ended.wait()
                keeper.join()
                keeper.release()
                return
            if last_resort is not None:
                last_resort()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def unseen(self, cursor: Cursor) -> Batch:
        """Read up to 100 mails above ``cursor`` in the order of their UIDs, unchanged (REL-19).

        Where the batch's UIDVALIDITY is not the cursor's, it starts from the first mail (REL-20).
        """
        batch = await self._ask(lambda session: session.unseen(cursor))
        self._uidvalidity = batch.uidvalidity
        return batch

    async def archive(self, uids: Sequence[int], uidvalidity: int | None = None) -> None:
        """Move mails to the done folder; call it when they are safely kept (REL-19).

        ``uidvalidity`` is what the numbers belong to; left out, that of the last batch. Where the
        server has another one now, they mean other mails, and nothing is moved: the rescan that
        follows meets these mails again.
        """
        named_under = self._uidvalidity if uidvalidity is None else uidvalidity

        def move(session: Session) -> None:
            if session.uidvalidity == named_under:
                session.archive(uids)

        await self._ask(move)

    async def wait_for_push(self, timeout: float) -> None:  # noqa: ASYNC109 - running out is no error here
        """Return when the server speaks of new mail, or after ``timeout`` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):  # wait_for() loses a cancellation (Python before 3.12)
                await self._pushed.wait()
        self._pushed.clear()

    async def has_message_id(self, folder: str, message_id: str) -> bool:
        """Look in ``folder``, such as the sent mail, for proof that a mail went out (REL-7)."""
        return await self._ask(lambda session: session.has_message_id(folder, message_id))

    async def check(self) -> frozenset[str]:
        """Connect and log in on a connection of its own, for ``doctor``; say what the server offers."""
        return await asyncio.to_thread(_probe, self.account)

    async def _ask(self, job: Callable[[Session], T]) -> T:
        keeper = self._keeper
        if keeper is None:
            raise Transient(f"{self.account.place} is not open.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        keeper.ask(
            Request(
                job,
                finish=lambda result: _in_loop(loop, _settle, future, result, None),
                fail=lambda error: _in_loop(loop, _settle, future, None, error),
            )
        )
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                return await future
        except TimeoutError:
            keeper.break_off()
            raise Transient(f"{self.account.place} took too long. It is tried again.") from None


def _settle(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.done():
        return  # whoever asked has gone
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *arguments: object) -> None:
    """Hand over from the thread; a loop that is closed wants nothing any more."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *arguments)


def _probe(account: ImapAccount) -> frozenset[str]:
    session = open_session(account)
    try:
        return session.capabilities
    finally:
        session.close()
