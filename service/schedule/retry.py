"""When to try again (REL-8)."""

from datetime import datetime, timedelta
from hashlib import sha256

FIRST = timedelta(minutes=5)
LONGEST = timedelta(minutes=67)
RELAY_FIRST = timedelta(seconds=15)
RELAY_LONGEST = timedelta(minutes=5)


def retry_at(now: datetime, attempt: int, key: str) -> datetime:
    """Doubling from 5 to 67 minutes, spread by up to a fifth so that retries do not march in step.

    ``attempt`` counts from 1. The spread derives from ``key``: chance stays outside.
    """
    wait = min(FIRST * (1 << min(attempt - 1, 10)), LONGEST)
    spread = int.from_bytes(sha256(f"{key} {attempt}".encode()).digest()[:2]) / 0xFFFF
    return now + wait * (0.9 + 0.2 * spread)


def relay_retry_at(now: datetime, count: int) -> datetime:
    """After the whole relay failed for the ``count``-th time in a row: doubling from 15 seconds.

    It starts sooner and grows less than a recipient's retry, because everybody's mail waits for it (FIG-9).
    """
    return now + min(RELAY_FIRST * (1 << min(count - 1, 12)), RELAY_LONGEST)
