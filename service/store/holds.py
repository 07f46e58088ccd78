"""Held replies: why each waits, what its person was told, and how the waiting ended (mail-rules 2.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.mail import Outcome
from service.store.database import transaction
from service.store.models import HoldRow, InboxRow

CONFIRMED, REFUSED, EXPIRED = "confirmed", "refused", "expired"
RELEASED, DROPPED = "released", "dropped"
"""How the waiting of a held reply ends: by a word of its person, by time, or by the operator."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a reply may not count yet. ``remedy``: whose word settles it; ``addr_spec``: who its From says
    wrote it; ``authentication``: what speaks for that."""

    reason: str
    remedy: str
    addr_spec: str = ""
    authentication: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A held reply. ``prompt`` is what it answers; ``ended`` is empty while it waits."""

    inbox_id: int
    prompt: str
    doubt: Doubt
    since: datetime
    ended: str


async def put(inbox_id: int, person_id: int | None, doubt: Doubt, now: datetime) -> None:
    """Hold a message, or hold it again."""
    await HoldRow.update_or_create(
        {
            "person_id": person_id,
            "reason": doubt.reason[:500],
            "remedy": doubt.remedy,
            "addr_spec": doubt.addr_spec[:320],
            "authentication": doubt.authentication,
            "held_at": now,
            "question_id": None,
            "told_at": None,
            "released_at": None,
            "ended": "",
        },
        inbox_id=inbox_id,
    )


async def note_told(inbox_id: int, question: str | None, now: datetime) -> None:
    """Its person gets to know of it, by the prompt ``question`` or by a mail that asks nothing."""
    await HoldRow.filter(inbox_id=inbox_id).update(question_id=question, told_at=now)


async def told_since(person_id: int, since: datetime) -> int:
    """Of how many held replies a person got to know."""
    return await HoldRow.filter(person_id=person_id, told_at__gt=since).count()


async def is_asked(person_id: int, doubt: Doubt) -> bool:
    """Whether a question about another mail of the same kind waits for its answer."""
    return bool(await _alike(person_id, doubt).filter(question_id__isnull=False).exists())


async def asked_by(question: str) -> Hold | None:
    """The held reply that this prompt asks about; None for any other prompt."""
    row: Any = await HoldRow.get_or_none(question_id=question).prefetch_related("inbox")
    return _hold(row) if row else None


async def alike(person_id: int, doubt: Doubt) -> list[int]:
    """The messages that wait for the same word as this one, oldest first."""
    rows = await _alike(person_id, doubt).order_by("held_at", "id").values_list("inbox_id", flat=True)
    return [int(str(inbox_id)) for inbox_id in rows]


async def get(inbox_id: int) -> Hold | None:
    """The hold of a message, whether it still waits or not."""
    row: Any = await HoldRow.get_or_none(inbox_id=inbox_id).prefetch_related("inbox")
    return _hold(row) if row else None


async def refuse(inbox_id: int, how: str, reason: str, now: datetime) -> bool:
    """A held reply will never count. False when it does not wait."""
    async with transaction():
        ended = await HoldRow.filter(inbox_id=inbox_id, released_at=None).update(released_at=now, ended=how)
        if ended:
            await InboxRow.filter(id=inbox_id).update(outcome=Outcome.REFUSED.value, reason=reason[:500])
    return ended == 1


async def waiting_since(before: datetime) -> list[int]:
    """Messages that are held since ``before`` or longer."""
    rows = HoldRow.filter(released_at=None, held_at__lte=before).order_by("held_at", "id")
    return [int(str(inbox_id)) for inbox_id in await rows.values_list("inbox_id", flat=True)]


def _alike(person_id: int, doubt: Doubt) -> Any:
    return HoldRow.filter(
        person_id=person_id,
        remedy=doubt.remedy,
        addr_spec=doubt.addr_spec,
        authentication=doubt.authentication,
        released_at=None,
    )


def _hold(row: Any) -> Hold:
    doubt = Doubt(row.reason, row.remedy, row.addr_spec, row.authentication)
    return Hold(row.inbox.id, row.inbox.prompt_id or "", doubt, row.held_at, row.ended)
