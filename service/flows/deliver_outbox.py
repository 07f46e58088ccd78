"""Send what is due: claim, announce the dots, drive the relay, settle (REL-3 to REL-8)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from service.domain.mail import Dispatch, Fault, Phase, Receipt, Settlement
from service.flows import failing
from service.flows.desk import Desk
from service.schedule.retry import relay_retry_at, retry_at
from service.store import alarms, outbox

RELAY_ALARM = "relay"


class Relay(Protocol):
    """What sends: ``outbound.smtp.Smtp``, or a test's."""

    def send(
        self, dispatches: Sequence[Dispatch], before_dot: Callable[[Dispatch], Awaitable[bool]]
    ) -> AsyncIterator[tuple[Dispatch, Settlement]]:
        """See ``outbound.smtp.Smtp.send``."""


@dataclass
class _Window:
    """Mails of one claim, which of them may have their dot sent, and which one is at it."""

    mails: list[Dispatch]
    announced: set[str] = field(default_factory=set)
    settled: list[tuple[Dispatch, Settlement]] = field(default_factory=list)
    at_dot: Dispatch | None = None

    async def before_dot(self, dispatch: Dispatch) -> bool:
        """One commit announces this dot and those of the mails behind it (REL-5)."""
        if not self.announced:
            behind = self.mails[self.mails.index(dispatch) :]
            self.announced = await outbox.announce_dots(behind)
        self.at_dot = dispatch if dispatch.id in self.announced else None
        return self.at_dot is not None

    def settle(self, dispatch: Dispatch, settlement: Settlement) -> None:
        """Note how an attempt ended."""
        self.settled.append((dispatch, settlement))
        self.at_dot = None

    def break_off(self) -> None:
        """The sender was stopped: nobody knows of the mail whose dot may have left (REL-12)."""
        if self.at_dot is not None:
            text = "the sender was stopped before it read the answer"
            self.settle(self.at_dot, Settlement(Receipt.UNCERTAIN, Phase.DOT, text=text, fault=Fault.RELAY))


async def deliver_outbox(relay: Relay, window: int, desk: Desk, now: datetime) -> int:
    """Claim one window of due mails and send it. Returns how many were claimed; 0 means idle, or that
    the relay is given a rest: after a fault of its own the whole queue waits (REL-8)."""
    if await _relay_rests(now):
        return 0
    claimed = await outbox.claim(window, desk.owner, desk.lease, now)
    if not claimed:
        return 0
    work = _Window(claimed)
    try:
        async with _signs_of_life(claimed[0].claim, desk.lease):
            async for dispatch, settlement in relay.send(claimed, work.before_dot):
                work.settle(dispatch, settlement)
    except BaseException:
        work.break_off()
        raise
    finally:
        await _settle(work, desk, now)
    return len(claimed)


async def _relay_rests(now: datetime) -> bool:
    rang = await alarms.last_ring(RELAY_ALARM)
    return rang is not None and now < relay_retry_at(*rang)


@asynccontextmanager
async def _signs_of_life(claim: str, lease: float) -> AsyncIterator[None]:
    """What is being sent stays ours, however slow the relay; what was abandoned runs out (REL-3)."""

    async def extend() -> None:
        while True:
            await asyncio.sleep(lease / 3)
            with contextlib.suppress(Exception):  # else the lease runs out: the mail is then in doubt
                await outbox.extend(claim, lease)

    extending = asyncio.create_task(extend())
    try:
        yield
    finally:
        extending.cancel()


async def _settle(work: _Window, desk: Desk, now: datetime) -> None:
    if not work.settled:
        return
    results = [settlement for _, settlement in work.settled]
    broken = next((result for result in results if result.fault is Fault.RELAY), None)
    later = await _after_relay_fault(broken, now) if broken else now
    await outbox.settle(work.settled, [_again(d, s, later, now) for d, s in work.settled], now)
    done = {dispatch.id for dispatch, _ in work.settled}
    await outbox.give_back([dispatch for dispatch in work.mails if dispatch.id not in done], later)
    await _note_refused(work, desk, now)
    if broken is None:
        await alarms.clear(RELAY_ALARM)


def _again(dispatch: Dispatch, result: Settlement, later: datetime, now: datetime) -> datetime | None:
    """When to try this mail again; None for never, or when nobody knows whether it was sent."""
    if result.receipt in (Receipt.ACCEPTED, Receipt.UNCERTAIN):
        return None
    if result.fault is Fault.RELAY:  # nobody's mail is to blame, and none is given up for it (REL-8)
        return later
    return retry_at(now, dispatch.attempt, dispatch.key) if result.receipt is Receipt.DEFERRED else None


async def _after_relay_fault(result: Settlement, now: datetime) -> datetime:
    words = f"The mail server does not take our mail: {result.code or ''} {result.text}".strip()
    count = await alarms.ring(RELAY_ALARM, words, now)
    return relay_retry_at(now, count)


async def _note_refused(work: _Window, desk: Desk, now: datetime) -> None:
    for dispatch, result in work.settled:
        if result.receipt is Receipt.REJECTED and result.fault is not Fault.RELAY:
            person_id = await outbox.reader_of(dispatch.id)
            if failing.is_hard(result.status):
                await failing.note(dispatch.envelope.rcpt_to, person_id, result.text, desk, now)
            else:
                words = f"Mail to {dispatch.envelope.rcpt_to} was refused: {result.code} {result.text}"
                await alarms.ring(f"refused:{dispatch.envelope.rcpt_to}", words, now)
