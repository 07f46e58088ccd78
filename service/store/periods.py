"""Period keys: what happens once in a period claims its key first (TIME-4)."""

from datetime import datetime

from service.store import sql
from service.store.models import PeriodKeyRow


async def claim(key: str, now: datetime) -> bool:
    """True for the first caller with this key, ever."""
    claimed = "INSERT INTO period_keys (key, claimed_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING key"
    return bool(await sql.fetch(claimed, [key, now]))


async def lock(key: str, now: datetime) -> None:
    """Claim the key, or wait until whoever works under it has committed. Runs in a transaction."""
    await claim(key, now)
    await PeriodKeyRow.filter(key=key).select_for_update().first()
