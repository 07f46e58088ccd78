"""The outbox: mails in their final bytes, sent by whoever claims them (REL-1 to REL-8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from service.domain.mail import Dispatch, Envelope, Mail, Phase, Receipt, Settlement
from service.store.database import database_now, transaction
from service.store.leases import lease_end, new_claim
from service.store.models import AddressRow, DeliveryRow, OutboxRow, RoleRow

READY, SENDING, SKIPPED = "ready", "sending", "skipped"
UNCERTAIN = Receipt.UNCERTAIN.value


@dataclass(frozen=True, slots=True)
class Posting:
    """A composed mail with what the outbox has to know of it. ``optional`` mail is not sent to who
    paused meanwhile (F48); after ``expires_at`` it is of no use any more (REL-8)."""

    mail: Mail
    instrument: str
    not_before: datetime
    expires_at: datetime
    person_id: int | None = None
    prompt: str | None = None
    optional: bool = True


async def add(postings: Sequence[Posting], now: datetime) -> None:
    """Put mails into the outbox, in the caller's transaction (REL-1)."""
    await OutboxRow.bulk_create([_row(posting, now) for posting in postings], batch_size=200)


async def existing(handles: Collection[str]) -> set[str]:
    """Which of these mails exist."""
    found = await OutboxRow.filter(handle__in=list(handles)).values_list("handle", flat=True)
    return {str(handle) for handle in found}


async def claim(limit: int, owner: str, lease: float, now: datetime) -> list[Dispatch]:
    """Take up to ``limit`` mails that are due. Each is given to one caller only; none: nothing is due."""
    while True:
        token = new_claim(owner)
        async with transaction():
            if not await _take(token, limit, lease, now):
                return []
            await _skip_unwanted(token, now)
            rows = await OutboxRow.filter(claim=token, state=SENDING).order_by("not_before", "handle")
        if rows:
            return [_dispatch(row) for row in rows]


async def _take(token: str, limit: int, lease: float, now: datetime) -> int:
    """Two workers at once take different mails: on PostgreSQL each skips what the other has locked,
    on SQLite one transaction waits for the other."""
    due = OutboxRow.filter(state=READY, not_before__lte=now).order_by("not_before", "handle").limit(limit)
    rows = await due.select_for_update(skip_locked=True).only("handle")
    return await OutboxRow.filter(handle__in=[row.handle for row in rows], state=READY).update(
        state=SENDING,
        claim=token,
        lease_until=await lease_end(lease),
        phase=Phase.CONNECT.value,
        attempts=F("attempts") + 1,
    )


async def _skip_unwanted(token: str, now: datetime) -> None:
    """What changed between plan and send: its reader does not want it, or it lost its use (F48, F20)."""
    mine = OutboxRow.filter(claim=token, state=SENDING)
    paused = Q(person__participation="paused") & (
        Q(person__paused_until=None) | Q(person__paused_until__gt=now)
    )
    gone = Q(optional=True) & (Q(person__participation="stopped") | paused)
    for reason, which in (
        ("its reader paused or stopped", gone),
        ("mail to its reader comes back", Q(optional=True, rcpt_to__in=await _failing())),
        ("its reader left the collaboration", Q(handle__in=await _of_who_left(token))),
        ("its time has passed", Q(expires_at__lt=now)),
    ):
        handles = await mine.filter(which).values_list("handle", flat=True)
        await OutboxRow.filter(handle__in=list(handles), claim=token).update(
            state=SKIPPED, reply=reason, settled_at=now, lease_until=None
        )


async def _failing() -> list[str]:
    found = AddressRow.filter(failing_since__isnull=False)
    return [str(addr_spec) for addr_spec in await found.values_list("addr_spec", flat=True)]


async def _of_who_left(token: str) -> list[str]:
    asked = OutboxRow.filter(claim=token, optional=True, prompt_id__isnull=False)
    mails = await asked.values_list("handle", "person_id", "prompt__collaboration_id")
    roles = RoleRow.filter(person_id__in={person_id for _, person_id, _ in mails})
    staying = set(await roles.values_list("person_id", "collaboration_id"))
    return [str(handle) for handle, *part in mails if tuple(part) not in staying]


async def extend(owner: str, lease: float) -> None:
    """A sign of life: what this worker holds stays its own."""
    mine = OutboxRow.filter(state=SENDING, claim__startswith=owner)
    await mine.update(lease_until=await lease_end(lease))


async def announce_dots(dispatches: Sequence[Dispatch]) -> set[str]:
    """Write, before any final dot, that these mails may be sent from now on (REL-5).

    Returns the ids that are still ours; a stale claim gets none (REL-3).
    """
    if not dispatches:
        return set()
    ids = [dispatch.id for dispatch in dispatches]
    still_mine = OutboxRow.filter(handle__in=ids, claim=dispatches[0].claim, state=SENDING)
    written = await still_mine.update(phase=Phase.DOT.value)
    if written == len(ids):
        return set(ids)
    return {str(handle) for handle in await still_mine.values_list("handle", flat=True)}


async def settle(
    settled: Sequence[tuple[Dispatch, Settlement]], retry_at: Sequence[datetime | None], now: datetime
) -> None:
    """Write how attempts ended. A retry time makes a mail ready again; fenced by the claim."""
    async with transaction():
        held = await _held([dispatch for dispatch, _ in settled])
        mine = [
            (dispatch, result, again)
            for (dispatch, result), again in zip(settled, retry_at, strict=True)
            if dispatch.id in held
        ]
        accepted = [dispatch.id for dispatch, result, _ in mine if result.receipt is Receipt.ACCEPTED]
        await OutboxRow.filter(handle__in=accepted).update(
            state=Receipt.ACCEPTED.value, code=250, settled_at=now, lease_until=None
        )
        for dispatch, result, again in mine:
            if result.receipt is not Receipt.ACCEPTED:
                await _settle_one(dispatch, result, again, now)
        await DeliveryRow.bulk_create([_delivery(d.id, result, now) for d, result, _ in mine])


async def _held(dispatches: Sequence[Dispatch]) -> set[str]:
    """Which of these mails this sender still holds; locked until the transaction ends."""
    rows = OutboxRow.filter(
        handle__in=[dispatch.id for dispatch in dispatches],
        claim__in={dispatch.claim for dispatch in dispatches},
        state=SENDING,
    )
    return {row.handle for row in await rows.select_for_update().only("handle")}


async def _settle_one(dispatch: Dispatch, result: Settlement, again: datetime | None, now: datetime) -> None:
    mine = OutboxRow.filter(handle=dispatch.id)
    said = {"code": result.code, "status": result.status, "reply": _words(result.text)}
    if result.receipt is Receipt.UNCERTAIN:
        await mine.update(
            state=UNCERTAIN, uncertain=F("uncertain") + 1, settled_at=now, lease_until=None, **said
        )
    elif again is not None:
        await mine.update(state=READY, not_before=again, lease_until=None, claim="", **said)
    else:
        await mine.update(state=Receipt.REJECTED.value, settled_at=now, lease_until=None, **said)


async def give_back(dispatches: Sequence[Dispatch], not_before: datetime) -> None:
    """Mails that were claimed but surely not sent (the relay went away): as if never claimed."""
    if dispatches:
        await OutboxRow.filter(
            handle__in=[dispatch.id for dispatch in dispatches], claim=dispatches[0].claim, state=SENDING
        ).update(state=READY, not_before=not_before, attempts=F("attempts") - 1, lease_until=None, claim="")


async def recover(now: datetime, everything: bool = False) -> tuple[int, int]:
    """Find mails whose sender died: (surely not sent and ready again, uncertain).

    ``everything``: no other sender can be alive, so leases need not run out.
    """
    lost = OutboxRow.filter(state=SENDING)
    if not everything:
        lost = lost.filter(lease_until__lt=await database_now())
    ready = await lost.exclude(phase=Phase.DOT.value).update(state=READY, lease_until=None, claim="")
    unsure = lost.filter(phase=Phase.DOT.value)
    handles = await unsure.values_list("handle", flat=True)
    changed = [await _recover_one(unsure.filter(handle=handle), str(handle), now) for handle in handles]
    return ready, sum(changed)


async def _recover_one(unsure: QuerySet[OutboxRow], handle: str, now: datetime) -> int:
    result = Settlement(Receipt.UNCERTAIN, Phase.DOT, text="the sender died before it read the answer")
    async with transaction():
        changed = await unsure.update(
            state=UNCERTAIN,
            uncertain=F("uncertain") + 1,
            settled_at=now,
            lease_until=None,
            reply=result.text,
        )
        if changed:
            await DeliveryRow.bulk_create([_delivery(handle, result, now)])
    return changed


async def uncertain_since(before: datetime) -> list[tuple[str, str, int]]:
    """Uncertain mails that waited long enough: handle, Message-ID, how often they were uncertain."""
    rows = await OutboxRow.filter(state=UNCERTAIN, settled_at__lte=before).order_by("handle")
    return [(row.handle, row.message_id, row.uncertain) for row in rows]


async def resolve(handle: str, sent: bool, now: datetime) -> None:
    """An uncertain mail turned out to be sent, or is sent once more in the same bytes (REL-7)."""
    uncertain = OutboxRow.filter(handle=handle, state=UNCERTAIN)
    if sent:
        await uncertain.update(state=Receipt.ACCEPTED.value, settled_at=now, reply="proof was found")
    else:
        await uncertain.update(state=READY, not_before=now, claim="")


async def prove(handle: str, now: datetime) -> None:
    """Somebody answered this mail, or it bounced: then it had been sent, and is not sent once more."""
    doubted = Q(state=UNCERTAIN) | Q(state=READY, uncertain__gt=0)
    await OutboxRow.filter(doubted, handle=handle).update(
        state=Receipt.ACCEPTED.value, settled_at=now, reply="it was answered, or came back"
    )


async def note_bounce(handle: str, status: str, words: str, now: datetime) -> tuple[str, int | None] | None:
    """A mail came back. Returns its recipient and person; None when no such mail is known."""
    row: Any = await OutboxRow.get_or_none(handle=handle).only("handle", "rcpt_to", "person_id")
    if row is None:
        return None
    result = Settlement(Receipt.REJECTED, Phase.DOT, status=status, text=words)
    await DeliveryRow.bulk_create([_delivery(handle, result, now, receipt="bounced")])
    return row.rcpt_to, row.person_id


async def reader_of(handle: str) -> int | None:
    """Whose mail this is; None for the operator's."""
    row: Any = await OutboxRow.get(handle=handle).only("handle", "person_id")
    person_id: int | None = row.person_id
    return person_id


async def raws(states: Collection[str]) -> list[tuple[str, bytes]]:
    """Recipient and bytes of the mails in these states, oldest first."""
    rows = await OutboxRow.filter(state__in=list(states)).order_by("created_at", "handle")
    return [(row.rcpt_to, row.octets) for row in rows]


def _row(posting: Posting, now: datetime) -> OutboxRow:
    mail = posting.mail
    return OutboxRow(
        handle=mail.handle,
        key=mail.key,
        instrument=posting.instrument,
        person_id=posting.person_id,
        prompt_id=posting.prompt,
        mail_from=mail.envelope.mail_from,
        rcpt_to=mail.envelope.rcpt_to,
        message_id=mail.message_id,
        octets=mail.raw,
        subject=mail.subject[:300],
        optional=posting.optional,
        not_before=posting.not_before,
        expires_at=posting.expires_at,
        created_at=now,
    )


def _dispatch(row: OutboxRow) -> Dispatch:
    envelope = Envelope(row.mail_from, row.rcpt_to)
    return Dispatch(row.handle, row.key, envelope, row.message_id, row.octets, row.claim, row.attempts)


def _delivery(handle: str, result: Settlement, now: datetime, receipt: str = "") -> DeliveryRow:
    return DeliveryRow(
        mail_id=handle,
        at=now,
        receipt=receipt or result.receipt.value,
        phase=result.phase.value,
        code=result.code,
        status=result.status,
        text=_words(result.text),
    )


def _words(text: str) -> str:
    """A server's words as every database takes them: PostgreSQL stores no NUL."""
    return text.replace("\0", "")[:500]
