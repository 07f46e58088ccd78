"""Leases: who works on what, for how long, by the database's clock (REL-3, REL-13)."""

import secrets
from datetime import datetime, timedelta

from service.store.database import database_now


def new_owner() -> str:
    """The name of one worker process, in front of all its claims."""
    return secrets.token_hex(4)


def new_claim(owner: str) -> str:
    """A fencing token: only its holder may write the outcome of a claimed row."""
    return owner + secrets.token_hex(4)


async def lease_end(seconds: float) -> datetime:
    """When a lease taken now runs out."""
    return await database_now() + timedelta(seconds=seconds)
