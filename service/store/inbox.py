"""The inbox: messages kept first, judged later (REL-19)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, Q

from service.domain.mail import Kind, Outcome, RawMail
from service.store.database import database_now, transaction
from service.store.leases import lease_end, new_claim
from service.store.models import InboxRow, QuarantineRow

POISON_ATTEMPTS = 3
DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it came."""

    id: int
    raw: bytes
    received_at: datetime

    @property
    def digest(self) -> str:
        """What tells the mails apart that answer different messages, in their logical keys."""
        return hashlib.sha256(self.raw).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class Kept(Stored):
    """A kept message whose processing was claimed. ``attempts`` counts this one too (REL-14);
    ``vouched``: it was held, and its person or the operator let it count. ``signers``: domains whose
    signature of it we verified ourselves, before its transaction."""

    truncated: bool
    attempts: int
    claim: str
    vouched: bool
    signers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a message, and why. ``released``: held messages that may be processed now."""

    outcome: Outcome
    reason: str
    person_id: int | None = None
    prompt: str | None = None
    fingerprint: str | None = None
    released: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged(Stored):
    """A settled message with what became of it."""

    settled_at: datetime
    kind: Kind
    outcome: Outcome
    reason: str
    prompt: str | None


async def keep(mail: RawMail, now: datetime) -> int | None:
    """Store a message as it came. None when these very bytes are kept already (IN-21)."""
    digest = hashlib.sha256(mail.raw).hexdigest()
    if await InboxRow.exists(sha256=digest):
        return None
    try:
        row = await InboxRow.create(
            sha256=digest,
            octets=mail.raw,
            uidvalidity=mail.uidvalidity,
            uid=mail.uid,
            received_at=mail.received_at,
            kept_at=now,
            truncated=mail.truncated,
        )
    except IntegrityError:  # another reader kept it in this moment
        return None
    return row.id


async def claim(inbox_id: int, owner: str, lease: float) -> Kept | None:
    """Take a kept message to process it. None when it is settled or somebody else has it.

    The attempt is counted and committed before any work, so a message that kills its worker is
    counted too (REL-14).
    """
    token = new_claim(owner)
    free = Q(lease_until=None) | Q(lease_until__lt=await database_now())
    taken = await InboxRow.filter(Q(id=inbox_id, state="kept") & free).update(
        claim=token, lease_until=await lease_end(lease), attempts=F("attempts") + 1
    )
    if taken != 1:
        return None
    row = await InboxRow.get(id=inbox_id)
    return Kept(row.id, row.octets, row.received_at, row.truncated, row.attempts, token, row.vouched)


async def settle(kept: Kept, verdict: Verdict, kind: Kind, now: datetime) -> None:
    """Write the outcome. Raises when the claim was lost meanwhile, so its transaction rolls back."""
    done = await InboxRow.filter(id=kept.id, claim=kept.claim, state="kept").update(
        state="settled",
        kind=kind.value,
        reason=verdict.reason[:500],
        outcome=verdict.outcome.value,
        person_id=verdict.person_id,
        prompt_id=verdict.prompt,
        fingerprint=verdict.fingerprint,
        settled_at=now,
        lease_until=None,
    )
    if done != 1:
        raise LookupError(f"message {kept.id} was claimed by another worker")


async def give_back(kept: Kept, cause: str, counted: bool = True) -> None:
    """An attempt failed: leave the message for the next one. Not ``counted`` when it was not its fault."""
    await InboxRow.filter(id=kept.id, claim=kept.claim, state="kept").update(
        reason=cause[:500], lease_until=None, claim="", attempts=kept.attempts - (not counted)
    )


async def quarantine(kept: Kept, cause: str, now: datetime) -> None:
    """Put a message aside for a person to look at; the next one is processed (REL-14)."""
    async with transaction():
        done = await InboxRow.filter(id=kept.id, claim=kept.claim, state="kept").update(
            state="quarantined",
            reason=cause[:500],
            outcome=Outcome.FAILED.value,
            settled_at=now,
            lease_until=None,
        )
        if done == 1:
            await put_aside(kept.id, cause, now)


async def put_aside(inbox_id: int, cause: str, now: datetime) -> None:
    """List a message in the quarantine."""
    await QuarantineRow.update_or_create(
        {"cause": cause[:500], "put_at": now, "state": "waiting"}, inbox_id=inbox_id
    )


async def waiting(limit: int = 500) -> list[int]:
    """Messages that nobody works on: what a lost doorbell would have announced."""
    free = Q(lease_until=None) | Q(lease_until__lt=await database_now())
    rows = InboxRow.filter(Q(state="kept") & free).order_by("id").limit(limit)
    return [int(str(row_id)) for row_id in await rows.values_list("id", flat=True)]


async def free_all() -> None:
    """No other worker can be alive: whatever one held is free."""
    await InboxRow.filter(state="kept").update(lease_until=None)


async def seen_before(fingerprint: str) -> bool:
    """Whether the same reply came by another route (IN-21)."""
    return await InboxRow.exists(fingerprint=fingerprint)


async def judged(inbox_id: int) -> Judged | None:
    """A settled message; None when there is none with this id."""
    row: Any = await InboxRow.get_or_none(id=inbox_id, state="settled")
    if row is None:
        return None
    became = (Kind(row.kind), Outcome(row.outcome), row.reason, row.prompt_id)
    return Judged(row.id, row.octets, row.received_at, row.settled_at, *became)


async def reopen(inbox_id: int) -> None:
    """Let a message of which nothing came be judged as if it had just come."""
    await InboxRow.filter(id=inbox_id, state="settled", outcome=Outcome.IGNORED.value).update(
        state="kept", attempts=0, claim="", lease_until=None, outcome="", settled_at=None
    )


async def forget(inbox_id: int) -> None:
    """Keep nothing of what a message said; that it came is known by its digest."""
    await InboxRow.filter(id=inbox_id).update(octets=b"")


async def raw(inbox_id: int) -> bytes | None:
    """A kept message's bytes."""
    row: Any = await InboxRow.get_or_none(id=inbox_id)
    return row.octets if row else None
