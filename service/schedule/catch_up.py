"""What to do with an occurrence that a stopped worker missed (TIME-7)."""

from datetime import datetime, timedelta

LATE_LIMIT = timedelta(hours=12)


def still_useful(due: datetime, now: datetime) -> bool:
    """Late by up to twelve hours it is sent; later it is skipped and said so."""
    return now - due <= LATE_LIMIT
