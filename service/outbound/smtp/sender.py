"""Dispatches go to the relay, one after the other over one connection; settlements come back."""

from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self

from service.domain.mail import Dispatch, Fault, Phase, Settlement
from service.outbound.smtp.connection import Capabilities, Connection
from service.outbound.smtp.opening import ConnectFailed, open_connection
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.transaction import BeforeDot, Transaction
from service.outbound.smtp.verdict import unconnected


class Smtp:
    """A relay in use, as an async context manager; one ``send`` at a time.

    It connects when there is something to send, and keeps the connection for the next time.
    """

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self._connection: Connection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.quit()

    async def check(self) -> Capabilities:
        """Connect and log in, for ``doctor``; say what the relay offers.

        :raises Transient: the relay cannot be reached now.
        :raises Misconfigured: host, port, security or password is wrong.
        """
        try:
            connection = await open_connection(self.relay)
        except ConnectFailed as failed:
            raise failed.as_error(self.relay) from failed
        await connection.quit()
        return connection.capabilities

    async def send(
        self, dispatches: Sequence[Dispatch], before_dot: BeforeDot
    ) -> AsyncIterator[tuple[Dispatch, Settlement]]:
        """Offer each dispatch to the relay, its octets unchanged, and yield how it ended.

        ``before_dot`` is awaited before the first octet of a body can leave: it records the phase
        durably and says whether the claim still holds (REL-3, REL-5). Where it does not, nothing
        is sent and nothing yielded. After a fault of the relay the rest is left untouched (REL-8).
        """
        for dispatch in dispatches:
            settlement = await self._deliver(dispatch, before_dot)
            if settlement is not None:
                yield dispatch, settlement
                if settlement.fault is Fault.RELAY:
                    return

    async def _deliver(self, dispatch: Dispatch, before_dot: BeforeDot) -> Settlement | None:
        kept = self._connection is not None
        settlement = await self._attempt(dispatch, before_dot)
        if kept and settlement is not None and _lay_idle_too_long(settlement):
            settlement = await self._attempt(dispatch, before_dot)
        return settlement

    async def _attempt(self, dispatch: Dispatch, before_dot: BeforeDot) -> Settlement | None:
        try:
            if self._connection is None:
                self._connection = await open_connection(self.relay)
            settlement = await Transaction(self._connection, self.relay, dispatch).run(before_dot)
            if settlement is None or settlement.fault is Fault.RECIPIENT:
                await self._reset()
        except ConnectFailed as failed:
            return unconnected(failed.problem, failed.reply)
        except BaseException:
            self._drop()
            raise
        if settlement is not None and settlement.fault is Fault.RELAY:
            self._drop()
        return settlement

    async def _reset(self) -> None:
        """End a transaction that stopped half-way, so that the next mail starts clean."""
        if self._connection is None or not await self._connection.reset():
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _lay_idle_too_long(settlement: Settlement) -> bool:
    """Tell the end of a kept connection, which proves nothing, from a fault of the relay."""
    return settlement.phase is Phase.MAIL and settlement.fault is Fault.RELAY and settlement.code in (0, 421)
