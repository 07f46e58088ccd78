"""The statements that every window of mails passes through on its way out, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from service.store import sql
from service.store.leases import lease_end

_DUE = """
SELECT outbox.handle, outbox.key, mail_from, rcpt_to, message_id, octets, cuts, attempts, not_before,
    CASE
        WHEN optional AND (participation = 'stopped' OR participation = 'paused'
                AND (paused_until IS NULL OR paused_until > ?))
            THEN 'its reader paused or stopped'
        WHEN optional AND EXISTS (SELECT 1 FROM addresses
                WHERE addr_spec = rcpt_to AND failing_since IS NOT NULL)
            THEN 'mail to its reader comes back'
        WHEN optional AND prompt_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM roles
                WHERE roles.collaboration_id = prompts.collaboration_id
                AND roles.person_id = outbox.person_id)
            THEN 'its reader left the collaboration'
        WHEN expires_at < ?
            THEN 'its time has passed'
    END AS unwanted
FROM "outbox"
LEFT JOIN people ON people.id = outbox.person_id
LEFT JOIN prompts ON prompts.handle = prompt_id
WHERE outbox.state = 'ready' AND not_before <= ?
ORDER BY not_before
LIMIT ?
"""
# Where it asked for their state too, SQLite would search all that are ready.
_TAKE = """
UPDATE outbox SET state = 'sending', claim = ?, lease_until = ?, phase = 'connect', attempts = attempts + 1
WHERE handle IN ({handles})
"""
_SKIP = "UPDATE outbox SET state = 'skipped', reply = ?, settled_at = ? WHERE handle IN ({handles})"
_ANNOUNCE = "UPDATE outbox SET phase = 'dot' WHERE claim = ? AND state = 'sending' AND handle IN ({handles})"
_HELD = "SELECT handle FROM outbox WHERE claim = ? AND state = 'sending' AND handle IN ({handles})"
_ACCEPT = """
UPDATE outbox SET state = 'accepted', code = 250, settled_at = ?, lease_until = NULL
WHERE claim = ? AND state = 'sending' AND handle IN ({handles})
"""
_ACCEPTED = """
SELECT handle FROM outbox
WHERE settled_at = ? AND claim = ? AND state = 'accepted' AND handle IN ({handles})
"""


async def due(limit: int, now: datetime) -> list[dict[str, Any]]:
    """Mails that wait longest, as rows; ``unwanted`` says why one is not to be sent any more (F20, F48).

    Two workers at once get different ones: on PostgreSQL each skips what the other has locked, on
    SQLite one transaction waits for the other. Which mails of one moment come first is left open: for
    a certain order each window would sort all that wait.
    """
    rows = await sql.fetch(_DUE, (now, now, now, limit), lock="FOR UPDATE OF outbox SKIP LOCKED")
    return sorted(rows, key=itemgetter("not_before", "handle"))


async def take(handles: Sequence[str], claim: str, lease: float) -> None:
    """Claim mails that ``due`` gave in this transaction."""
    if handles:
        await _change(_TAKE, (claim, await lease_end(lease)), handles)


async def skip(handles: Sequence[str], reason: str, now: datetime) -> None:
    """Never send mails that ``due`` gave in this transaction."""
    await _change(_SKIP, (reason, now), handles)


async def announce(handles: Sequence[str], claim: str) -> set[str]:
    """Note that the dots of these mails may leave from now on. Which of them the claim still holds."""
    return await _changed(_ANNOUNCE, _HELD, (claim,), handles)


async def accept(handles: Sequence[str], claim: str, now: datetime) -> set[str]:
    """Note that the relay took these mails. Which of them the claim still held."""
    return await _changed(_ACCEPT, _ACCEPTED, (now, claim), handles)


async def _changed(change: str, changed: str, values: tuple[object, ...], handles: Sequence[str]) -> set[str]:
    """Change what is ours of these mails, which is nearly always all; only else ask what it was."""
    if await _change(change, values, handles) == len(handles):
        return set(handles)
    rows = await sql.fetch(changed.format(handles=sql.marks(handles)), (*values, *handles))
    return {row["handle"] for row in rows}


async def _change(statement: str, values: tuple[object, ...], handles: Sequence[str]) -> int:
    return await sql.change(statement.format(handles=sql.marks(handles)), (*values, *handles))
