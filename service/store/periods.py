"""Period keys: what happens once in a period claims its key first (TIME-4)."""

from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from service.store.models import PeriodKeyRow


async def claim(key: str, now: datetime) -> bool:
    """True for the first caller with this key, ever."""
    try:
        async with in_transaction("default"):
            await PeriodKeyRow.create(key=key, claimed_at=now)
    except IntegrityError:
        return False
    return True


async def lock(key: str, now: datetime) -> None:
    """Claim the key, or wait until whoever works under it has committed. Runs in a transaction."""
    await claim(key, now)
    await PeriodKeyRow.filter(key=key).select_for_update().first()
