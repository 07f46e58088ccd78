"""Mails of which nobody knows whether they were sent (REL-7): proof ends the doubt, and its alarm."""

from datetime import datetime

from service.store import alarms, outbox


async def prove(handle: str, now: datetime) -> None:
    """Somebody answered it, or it bounced: then it had been sent."""
    await outbox.prove(handle, now)
    await calm(handle)


async def calm(handle: str) -> None:
    """The operator need not look any more."""
    await alarms.clear(_alarm(handle))


async def tell(handle: str, message_id: str, now: datetime) -> None:
    """The second time it is not sent again; the operator can look."""
    words = f"The relay's answer to {message_id} was lost twice; look there whether it was sent."
    await alarms.ring(_alarm(handle), words, now)


def _alarm(handle: str) -> str:
    return f"uncertain:{handle}"
