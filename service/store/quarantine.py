"""What waits for a person to look at: quarantined messages and held replies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.store.database import transaction
from service.store.holds import DROPPED, RELEASED
from service.store.models import HoldRow, InboxRow, QuarantineRow

HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that waits. ``kind`` is "quarantine" or "hold"; ``id`` is the message's. ``asked``: its
    person was asked about it; ``told_at``: when they heard of it."""

    id: int
    kind: str
    cause: str
    since: datetime
    asked: bool = False
    told_at: datetime | None = None


async def every() -> list[Waiting]:
    """All that waits, oldest first."""
    return await _matching()


async def find(inbox_id: int) -> Waiting | None:
    """The waiting message with this id."""
    return next(iter(await _matching(inbox_id=inbox_id)), None)


async def _matching(**which: int) -> list[Waiting]:
    put_aside: Any = await QuarantineRow.filter(state="waiting", **which)
    held: Any = await HoldRow.filter(released_at=None, **which)
    found = [
        *(Waiting(row.inbox_id, "quarantine", row.cause, row.put_at) for row in put_aside),
        *(
            Waiting(row.inbox_id, HOLD, row.reason, row.held_at, row.question_id is not None, row.told_at)
            for row in held
        ),
    ]
    return sorted(found, key=lambda item: (item.since, item.id))


async def release(inbox_id: int, now: datetime, how: str = RELEASED) -> bool:
    """Let a message be processed again, exactly once (REL-14). False when it does not wait.

    Releasing a held reply vouches for its sender: it is then recorded. ``how`` says who did, of those in
    ``holds``.
    """
    async with transaction():
        waiting = await find(inbox_id)
        if waiting is None or not await _take_out(inbox_id, how, now):
            return False
        message = InboxRow.filter(id=inbox_id)
        await message.update(
            state="kept", attempts=0, claim="", lease_until=None, outcome="", settled_at=None
        )
        if waiting.kind == HOLD:
            await message.update(vouched=True)
    return True


async def drop(inbox_id: int, now: datetime) -> bool:
    """Decide that a message is not worth processing; its bytes stay until retention removes them."""
    return await _take_out(inbox_id, DROPPED, now)


async def _take_out(inbox_id: int, state: str, now: datetime) -> bool:
    quarantined = await QuarantineRow.filter(inbox_id=inbox_id, state="waiting").update(state=state)
    held = await HoldRow.filter(inbox_id=inbox_id, released_at=None).update(released_at=now, ended=state)
    return quarantined + held > 0
