"""What people said of an address: whether a mail from it is theirs, when nothing else vouches for it."""

from datetime import datetime, timedelta

from service.store.models import ConfirmationRow

MEMORY = timedelta(days=90)
"""How long a word is good (mail-rules, "Authentication missing")."""


async def remember(person_id: int, addr_spec: str, theirs: bool, now: datetime) -> None:
    """Write down a person's newest word."""
    await ConfirmationRow.update_or_create(
        {"theirs": theirs, "said_at": now}, person_id=person_id, addr_spec=addr_spec
    )


async def recall(person_id: int, addr_spec: str, now: datetime) -> bool | None:
    """Their word of the last 90 days; None when they gave none."""
    row = await ConfirmationRow.get_or_none(
        person_id=person_id, addr_spec=addr_spec, said_at__gt=now - MEMORY
    )
    return row.theirs if row else None
