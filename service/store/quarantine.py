"""What waits for a person to look at: quarantined messages and held replies."""

from dataclasses import dataclass
from datetime import datetime

from service.store.database import transaction
from service.store.models import HoldRow, InboxRow, QuarantineRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that waits. ``kind`` is "quarantine" or "hold"; ``id`` is the message's."""

    id: int
    kind: str
    cause: str
    since: datetime


async def every() -> list[Waiting]:
    """All that waits, oldest first."""
    quarantined = [
        Waiting(row.inbox.id, "quarantine", row.cause, row.put_at)
        for row in await QuarantineRow.filter(state="waiting").prefetch_related("inbox")
    ]
    held = [
        Waiting(row.inbox.id, "hold", row.reason, row.held_at)
        for row in await HoldRow.filter(released_at=None).prefetch_related("inbox")
    ]
    return sorted(quarantined + held, key=lambda item: (item.since, item.id))


async def find(inbox_id: int) -> Waiting | None:
    """The waiting message with this id."""
    return next((item for item in await every() if item.id == inbox_id), None)


async def release(inbox_id: int, now: datetime) -> bool:
    """Let a message be processed again, exactly once (REL-14). False when it does not wait.

    Releasing a held reply vouches for its sender: it is then recorded.
    """
    async with transaction():
        waiting = await find(inbox_id)
        if waiting is None or not await _take_out(inbox_id, "released", now):
            return False
        message = InboxRow.filter(id=inbox_id)
        await message.update(
            state="kept", attempts=0, claim="", lease_until=None, outcome="", settled_at=None
        )
        if waiting.kind == "hold":
            await message.update(vouched=True)
    return True


async def drop(inbox_id: int, now: datetime) -> bool:
    """Decide that a message is not worth processing; its bytes stay until retention removes them."""
    return await _take_out(inbox_id, "dropped", now)


async def _take_out(inbox_id: int, state: str, now: datetime) -> bool:
    quarantined = await QuarantineRow.filter(inbox_id=inbox_id, state="waiting").update(state=state)
    held = await HoldRow.filter(inbox_id=inbox_id, released_at=None).update(released_at=now)
    return quarantined + held > 0
