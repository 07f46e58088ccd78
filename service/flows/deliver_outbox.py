"""Send what is due: claim, announce the dots, drive the relay, settle (REL-3 to REL-8)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from service.domain.mail import Dispatch, Fault, Receipt, Settlement
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
    """Mails of one claim, and which of them may have their dot sent."""

    mails: list[Dispatch]
    announced: set[str] = field(default_factory=set)
    settled: list[tuple[Dispatch, Settlement]] = field(default_factory=list)

    async def before_dot(self, dispatch: Dispatch) -> bool:
        """One commit announces this dot and those of the mails behind it (REL-5)."""
        if not self.announced:
            behind = self.mails[self.mails.index(dispatch) :]
            self.announced = await outbox.announce_dots(behind)
        return dispatch.id in self.announced


async def deliver_outbox(relay: Relay, window: int, desk: Desk, now: datetime) -> int:
    """Claim one window of due mails and send it. Returns how many were claimed; 0 means idle."""
    claimed = await outbox.claim(window, desk.owner, desk.lease, now)
    work = _Window(claimed)
    try:
        if claimed:
            async for dispatch, settlement in relay.send(claimed, work.before_dot):
                work.settled.append((dispatch, settlement))
    finally:
        await _settle(work, desk, now)
    return len(claimed)


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
