"""Dispatches go to the relay, one after the other over one connection; settlements come back."""

from collections.abc import AsyncIterator, Sequence
from itertools import zip_longest
from types import TracebackType
from typing import Self

from service.domain.mail import Dispatch, Fault, Phase, Receipt, Settlement
from service.outbound.smtp.connection import Capabilities, Connection
from service.outbound.smtp.envelope import obstacle
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
        self._ahead: Transaction | None = None
        self._wary = False

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

        It is awaited when the mail before was yielded, though its commands may have left with that
        one's dot (RFC 2920): no more than one mail is ever in doubt.
        """
        self._leave_ahead()
        try:
            for dispatch, following in zip_longest(dispatches, dispatches[1:]):
                settlement = await self._deliver(dispatch, following, before_dot)
                if settlement is not None:
                    yield dispatch, settlement
                    if settlement.fault is Fault.RELAY:
                        return
        finally:
            self._leave_ahead()

    async def _deliver(
        self, dispatch: Dispatch, following: Dispatch | None, before_dot: BeforeDot
    ) -> Settlement | None:
        kept = self._connection is not None
        settlement = await self._attempt(dispatch, following, before_dot)
        if kept and settlement is not None and _lay_idle_too_long(settlement):
            settlement = await self._attempt(dispatch, following, before_dot)
        return settlement

    async def _attempt(
        self, dispatch: Dispatch, following: Dispatch | None, before_dot: BeforeDot
    ) -> Settlement | None:
        try:
            connection = await self._ready()
            if self._ahead is None:
                blocked = obstacle(dispatch, connection.capabilities)
                if blocked is not None:
                    return blocked
            transaction = self._ahead or Transaction(connection, dispatch)
            return await self._run(transaction, _behind(connection, following), before_dot)
        except ConnectFailed as failed:
            return unconnected(failed.problem, failed.reply)
        except BaseException:
            self._drop()
            raise

    async def _ready(self) -> Connection:
        """A session in which this mail can begin, or has begun with the dot of the one before."""
        if self._connection is not None and self._ahead is None and not self._connection.is_quiet:
            self._drop()  # it was closed meanwhile, or spoke out of turn
        if self._connection is None:
            self._connection = await open_connection(self.relay)
            self._connection.pipelines &= not self._wary
            self._wary = False
        return self._connection

    async def _run(
        self, transaction: Transaction, behind: Transaction | None, before_dot: BeforeDot
    ) -> Settlement | None:
        settlement = await transaction.run(before_dot, behind)
        self._ahead = behind if behind is not None and behind.begun else None
        if settlement is None or settlement.receipt is not Receipt.ACCEPTED:
            broken = settlement is not None and settlement.fault is Fault.RELAY
            if broken or not await transaction.clear():
                self._give_up(settlement)
        return settlement

    def _give_up(self, settlement: Settlement | None) -> None:
        """Close; where a word ahead of its turn may have been too much, the next session says none.

        So it is with a relay that offers PIPELINING and cannot do it, and with a claim that was found
        stale when DATA was out: the others of its window are likely to be stale, too.
        """
        unheard = settlement is None or settlement.code == 0
        self._wary = unheard and self._connection is not None and self._connection.pipelines
        self._drop()

    def _leave_ahead(self) -> None:
        """Drop a session that waits for a message which will not come: DATA cannot be taken back."""
        if self._ahead is not None:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection, self._ahead = self._connection, None, None
        if connection is not None:
            connection.close()


def _behind(connection: Connection, following: Dispatch | None) -> Transaction | None:
    """Prepare what may be announced together with the dot of the mail before."""
    if following is None or not connection.pipelines or obstacle(following, connection.capabilities):
        return None
    return Transaction(connection, following)


def _lay_idle_too_long(settlement: Settlement) -> bool:
    """Tell the end of a kept connection, which proves nothing, from a fault of the relay."""
    return settlement.phase is Phase.MAIL and settlement.fault is Fault.RELAY and settlement.code in (0, 421)
