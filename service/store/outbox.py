"""The outbox: mails in their final bytes, sent by whoever claims them (REL-1 to REL-8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from service.domain.mail import Dispatch, Envelope, Mail, Phase, Receipt, Settlement
from service.store import shared, sql, window
from service.store.database import database_now, transaction
from service.store.leases import lease_end, new_claim
from service.store.models import DeliveryRow, OutboxRow

READY, SENDING = "ready", "sending"
ACCEPTED, UNCERTAIN = Receipt.ACCEPTED.value, Receipt.UNCERTAIN.value


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
    names = await shared.keep([posting.mail.shared for posting in postings], now)
    await sql.insert(OutboxRow, [_row(posting, names, now) for posting in postings])


async def existing(handles: Collection[str]) -> set[str]:
    """Which of these mails exist."""
    found = await OutboxRow.filter(handle__in=list(handles)).values_list("handle", flat=True)
    return {str(handle) for handle in found}


async def claim(limit: int, owner: str, lease: float, now: datetime) -> list[Dispatch]:
    """Take up to ``limit`` mails that are due. Each is given to one caller only; none: nothing is due."""
    while True:
        token = new_claim(owner)
        async with transaction():
            rows = await window.due(limit, now)
            wanted = [row for row in rows if not row["unwanted"]]
            await window.take([row["handle"] for row in wanted], token, lease)
            for reason in {row["unwanted"] for row in rows} - {None}:
                await window.skip([row["handle"] for row in rows if row["unwanted"] == reason], reason, now)
            raws = await shared.whole([(row["octets"], row["cuts"]) for row in wanted])
        if wanted or not rows:
            return [_dispatch(row, raw, token) for row, raw in zip(wanted, raws, strict=True)]


async def extend(owner: str, lease: float) -> None:
    """A sign of life: what this worker holds stays its own."""
    mine = OutboxRow.filter(state=SENDING, claim__startswith=owner)
    await mine.update(lease_until=await lease_end(lease))


async def announce_dots(dispatches: Sequence[Dispatch]) -> set[str]:
    """Write, before any final dot, that these mails may be sent from now on (REL-5).

    Returns the ids that are still ours; a stale claim gets none (REL-3).
    """
    ids = [dispatch.id for dispatch in dispatches]
    return await window.announce(ids, dispatches[0].claim) if ids else set()


async def settle(
    settled: Sequence[tuple[Dispatch, Settlement]], retry_at: Sequence[datetime | None], now: datetime
) -> None:
    """Write how attempts of one claim ended. A retry time makes a mail ready again; fenced by the claim."""
    taken = [dispatch for dispatch, result in settled if result.receipt is Receipt.ACCEPTED]
    async with transaction():
        mine = await window.accept([d.id for d in taken], taken[0].claim, now) if taken else set()
        for (dispatch, result), again in zip(settled, retry_at, strict=True):
            if result.receipt is not Receipt.ACCEPTED and await _settle_one(dispatch, result, again, now):
                mine.add(dispatch.id)
        await _note([(d.id, result) for d, result in settled if d.id in mine], now)


async def _settle_one(dispatch: Dispatch, result: Settlement, again: datetime | None, now: datetime) -> int:
    mine = OutboxRow.filter(handle=dispatch.id, claim=dispatch.claim, state=SENDING)
    said = {"code": result.code, "status": result.status, "reply": _words(result.text)}
    if result.receipt is Receipt.UNCERTAIN:
        return await mine.update(
            state=UNCERTAIN, uncertain=F("uncertain") + 1, settled_at=now, lease_until=None, **said
        )
    if again is not None:
        return await mine.update(state=READY, not_before=again, lease_until=None, claim="", **said)
    return await mine.update(state=Receipt.REJECTED.value, settled_at=now, lease_until=None, **said)


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
            await _note([(handle, result)], now)
    return changed


async def uncertain_since(before: datetime) -> list[tuple[str, str, int]]:
    """Uncertain mails that waited long enough: handle, Message-ID, how often they were uncertain."""
    rows = await OutboxRow.filter(state=UNCERTAIN, settled_at__lte=before).order_by("handle")
    return [(row.handle, row.message_id, row.uncertain) for row in rows]


async def resolve(handle: str, sent: bool, now: datetime) -> None:
    """An uncertain mail turned out to be sent, or is sent once more in the same bytes (REL-7)."""
    uncertain = OutboxRow.filter(handle=handle, state=UNCERTAIN)
    if sent:
        await uncertain.update(state=ACCEPTED, settled_at=now, reply="proof was found")
    else:
        await uncertain.update(state=READY, not_before=now, claim="")


async def prove(handle: str, now: datetime) -> None:
    """Somebody answered this mail, or it bounced: then it had been sent, and is not sent once more."""
    doubted = Q(state=UNCERTAIN) | Q(state=READY, uncertain__gt=0)
    await OutboxRow.filter(doubted, handle=handle).update(
        state=ACCEPTED, settled_at=now, reply="it was answered, or came back"
    )


async def note_bounce(handle: str, status: str, words: str, now: datetime) -> tuple[str, int | None] | None:
    """A mail came back. Returns its recipient and person; None when no such mail is known."""
    row: Any = await OutboxRow.get_or_none(handle=handle).only("handle", "rcpt_to", "person_id")
    if row is None:
        return None
    result = Settlement(Receipt.REJECTED, Phase.DOT, status=status, text=words)
    await _note([(handle, result)], now, receipt="bounced")
    return row.rcpt_to, row.person_id


async def reader_of(handle: str) -> int | None:
    """Whose mail this is; None for the operator's."""
    row: Any = await OutboxRow.get(handle=handle).only("handle", "person_id")
    person_id: int | None = row.person_id
    return person_id


async def raws(states: Collection[str]) -> list[tuple[str, bytes]]:
    """Recipient and bytes of the mails in these states, oldest first."""
    found = OutboxRow.filter(state__in=list(states)).order_by("created_at", "handle")
    rows: Any = await found.values_list("rcpt_to", "octets", "cuts")
    mails = await shared.whole([(octets, cuts) for _, octets, cuts in rows])
    return [(rcpt_to, raw) for (rcpt_to, *_), raw in zip(rows, mails, strict=True)]


def _row(posting: Posting, names: Mapping[bytes, str], now: datetime) -> dict[str, object]:
    mail = posting.mail
    rest = shared.cut(mail.raw, mail.shared, names)
    return {
        "handle": mail.handle,
        "key": mail.key,
        "instrument": posting.instrument,
        "person_id": posting.person_id,
        "prompt_id": posting.prompt,
        "mail_from": mail.envelope.mail_from,
        "rcpt_to": mail.envelope.rcpt_to,
        "message_id": mail.message_id,
        "octets": rest.octets,
        "cuts": rest.cuts or None,
        "subject": mail.subject[:300],
        "optional": posting.optional,
        "state": READY,
        "not_before": posting.not_before,
        "expires_at": posting.expires_at,
        "created_at": now,
    }


def _dispatch(row: Mapping[str, Any], raw: bytes, claim: str) -> Dispatch:
    envelope = Envelope(row["mail_from"], row["rcpt_to"])
    attempt = row["attempts"] + 1
    return Dispatch(row["handle"], row["key"], envelope, row["message_id"], raw, claim, attempt)


async def _note(ended: Sequence[tuple[str, Settlement]], now: datetime, receipt: str = "") -> None:
    """Write attempts down, by their mails' handles."""
    await sql.insert(DeliveryRow, [_delivery(handle, result, now, receipt) for handle, result in ended])


def _delivery(handle: str, result: Settlement, now: datetime, receipt: str) -> dict[str, object]:
    return {
        "mail_id": handle,
        "at": now,
        "receipt": receipt or result.receipt.value,
        "phase": result.phase.value,
        "code": result.code,
        "status": result.status,
        "text": _words(result.text),
    }


def _words(text: str) -> str:
    """A server's words as every database takes them: PostgreSQL stores no NUL."""
    return text.replace("\0", "")[:500]
