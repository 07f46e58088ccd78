"""How far the mailbox was read, and who reads it: one reader by a lease (REL-20)."""

from tortoise.expressions import Q

from service.domain.mail import Cursor
from service.store.database import database_now
from service.store.leases import lease_end
from service.store.models import CursorRow


async def take(account: str, reader: str, lease: float) -> bool:
    """Become, or stay, the one reader of this mailbox. False while another one is alive."""
    await CursorRow.get_or_create(account=account)
    free = Q(reader=reader) | Q(lease_until=None) | Q(lease_until__lt=await database_now())
    taken = await CursorRow.filter(Q(account=account) & free).update(
        reader=reader, lease_until=await lease_end(lease)
    )
    return taken == 1


async def leave(account: str, reader: str) -> None:
    """Let another worker read at once."""
    await CursorRow.filter(account=account, reader=reader).update(reader="", lease_until=None)


async def free_all() -> None:
    """No other worker can be alive: whichever mailbox one read is free."""
    await CursorRow.all().update(reader="", lease_until=None)


async def get(account: str) -> Cursor:
    """Where to go on."""
    row = await CursorRow.get_or_none(account=account)
    return Cursor(row.uidvalidity, row.last_uid) if row else Cursor()


async def advance(account: str, cursor: Cursor) -> None:
    """Everything up to here is kept and moved."""
    await CursorRow.filter(account=account).update(uidvalidity=cursor.uidvalidity, last_uid=cursor.last_uid)
