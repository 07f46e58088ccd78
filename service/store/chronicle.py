"""What came in and what went out, one line each: for people who want to follow a mail."""

from dataclasses import dataclass
from typing import Any

from service.domain.entry import Entry
from service.domain.mail import Outcome
from service.domain.question import Question
from service.domain.recognition import Recognition
from service.store import digests, entries, prompts, recognitions
from service.store.digests import KeptDigest
from service.store.models import (
    DigestRow,
    InboxRow,
    OutboxRow,
    PromptRow,
    RecognitionRow,
    TellingRow,
)


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


@dataclass(frozen=True, slots=True)
class Telling:
    """Thanks that a manager was told of; ``sha256`` is of the text that was sent."""

    recognition: Recognition
    manager_id: int
    sha256: str


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
    columns = ("instrument", "prompt__period", "rcpt_to", "message_id", "state")
    rows: Any = await OutboxRow.all().order_by("created_at", "handle").values_list(*columns)
    return [Departure(instrument, period or "", *rest) for instrument, period, *rest in rows]


async def asked() -> dict[str, dict[str, Question]]:
    """What was asked in each conversation, by the handle of its first prompt and the question's key."""
    found: dict[str, dict[str, Question]] = {}
    for handle in await PromptRow.all().order_by("asked_at", "handle").values_list("handle", flat=True):
        prompt = await prompts.get(str(handle))
        if prompt is not None:
            questions = found.setdefault(prompt.root or prompt.handle, {})
            questions |= {one.key: one for one in prompt.questions if one.key not in questions}
    return found


async def settled_digests() -> list[KeptDigest]:
    """Every digest of every team, oldest first."""
    rows = DigestRow.all().order_by("built_at", "id")
    keys: Any = await rows.values_list("collaboration_id", "instrument", "period")
    found = [await digests.find(*key) for key in keys]
    return [one for one in found if one is not None]


async def passed_on() -> list[Recognition]:
    """All thanks that an author passed on, whatever became of them."""
    ids = await RecognitionRow.all().order_by("id").values_list("id", flat=True)
    found = [await recognitions.get(int(str(one))) for one in ids]
    return [one for one in found if one is not None]


async def tellings() -> list[Telling]:
    """What managers were told, oldest first."""
    by_id = {one.id: one for one in await passed_on()}
    rows = await TellingRow.all().order_by("told_at", "id")
    return [Telling(by_id[row.recognition_id], row.manager_id, row.sha256) for row in rows]  # type: ignore[attr-defined]  # tortoise makes both ids
