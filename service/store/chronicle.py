"""What came in and what went out, one line each: for people who want to follow a mail."""

from dataclasses import dataclass

from service.domain.entry import Entry
from service.domain.mail import Outcome
from service.store import entries
from service.store.models import InboxRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that came in: what it was, what became of it and why, and what was stored from it."""

    raw: bytes
    kind: str
    outcome: Outcome | None
    reason: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A mail that was written: which instrument, to whom, and how far it came (an outbox state)."""

    instrument: str
    period: str
    rcpt_to: str
    message_id: str
    state: str


async def arrivals() -> list[Arrival]:
    """Every message that was kept, oldest first."""
    return [
        Arrival(
            raw=row.octets,
            kind=row.kind,
            outcome=Outcome(row.outcome) if row.outcome else None,
            reason=row.reason,
            entries=tuple(await entries.of_inbox(row.id)),
        )
        for row in await InboxRow.all().order_by("id")
    ]


async def departures() -> list[Departure]:
    """Every mail of the outbox, oldest first; ``period`` is its prompt's, '' where it has none."""
    rows = await OutboxRow.all().order_by("created_at", "handle").prefetch_related("prompt")
    return [
        Departure(
            instrument=row.instrument,
            period=row.prompt.period if row.prompt else "",
            rcpt_to=row.rcpt_to,
            message_id=row.message_id,
            state=row.state,
        )
        for row in rows
    ]
