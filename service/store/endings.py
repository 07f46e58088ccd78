"""What people end every mail with: counted by person and mail domain, never mixed across domains."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from service.domain.ending import MAILS_OF_EACH, PROOFS, Closing, Ending, fingerprint
from service.domain.mail_providers import is_provider
from service.store import domain_endings, sql
from service.store.models import EndingRow

MOST = 20
"""Rows of one person; of those they had us forget, as many again. The ones seen longest ago leave."""
MOST_PROOFS = 8


async def known_for(person_id: int, domain: str) -> tuple[Ending, ...]:
    """What to leave out at the end of a mail from this person's address in ``domain``."""
    rows: list[Any] = await EndingRow.filter(person_id=person_id, domain=domain)
    shared = await domain_endings.known([domain]) if domain else {}
    forgotten = {row.sha256 for row in rows if row.forgotten}
    own = {row.sha256: _ending(row, row.text) for row in rows if _is_proven(row)}
    others = {sha: Ending(text, digest=sha) for (_, sha), text in shared.items() if sha not in forgotten}
    return tuple((others | own).values())


async def remember(
    person_id: int, domain: str, prompt: str, closings: Iterable[Closing], now: datetime
) -> None:
    """Count the ways in which a mail ends: once for a prompt, and below other words than before.

    Of what stood under one mail only, a fingerprint is kept and no word. A mail that ends with what its
    author had us forget teaches nothing.
    """
    found = {one.digest: one for one in closings}
    rows = await _rows(person_id, domain, found)
    if not found or any(row.forgotten for row in rows):
        return
    for row in rows:
        await _count(row, found[row.sha256], prompt, now)
    known = {row.sha256 for row in rows}
    fresh = {digest: one for digest, one in found.items() if digest not in known}
    proofs = {digest: [[prompt, fingerprint(one.above)]] for digest, one in fresh.items()}
    await _add(person_id, domain, proofs, [one.digest for one in fresh.values() if one.signed], now)
    await _drop_oldest(person_id, forgotten=False)
    repeated = [found[row.sha256] for row in rows if row.mails >= MAILS_OF_EACH]
    if repeated and not is_provider(domain):
        await domain_endings.remember(domain, repeated, now)


async def tell(person_id: int, domain: str, left_out: Sequence[Ending], now: datetime) -> tuple[Ending, ...]:
    """Those of the endings that were left out of a mail of which its author does not know yet; from now
    on they do."""
    if not left_out:
        return ()
    rows = {row.sha256: row for row in await _rows(person_id, domain, [one.digest for one in left_out])}
    fresh = {one.digest: one for one in left_out if one.digest not in rows or not rows[one.digest].told}
    await _add(person_id, domain, {digest: [] for digest in fresh if digest not in rows}, (), now)
    await EndingRow.filter(person_id=person_id, domain=domain, sha256__in=list(fresh)).update(told=True)
    return tuple(fresh.values())


async def of(person_id: int) -> list[Ending]:
    """What is left out of this person's mails, most frequent first; parts of a longer one are not shown."""
    rows: list[Any] = await EndingRow.filter(person_id=person_id, forgotten=False).order_by("-mails", "-id")
    found = [_ending(row, text) for row, text in await _in_use(rows)]
    return [one for one in found if not any(other.text.endswith(f"\n{one.text}") for other in found)]


async def forget(person_id: int, now: datetime) -> list[Ending]:
    """Read all that this person ends their mails with as words of theirs, from now on. Returns what was
    left out until now, as ``of`` does. What was only counted is gone."""
    shown = await of(person_id)
    rows: list[Any] = await EndingRow.filter(person_id=person_id, forgotten=False)
    used = [row.id for row, _ in await _in_use(rows)]
    await EndingRow.filter(id__in=used).update(
        text="", proofs=[], mails=0, told=False, forgotten=True, seen_at=now
    )
    await EndingRow.filter(person_id=person_id, forgotten=False).delete()
    await _drop_oldest(person_id, forgotten=True)
    return shown


async def _in_use(rows: Sequence[Any]) -> list[tuple[Any, str]]:
    """Rows of which the endings are left out, each with its text."""
    shared = await domain_endings.known({row.domain for row in rows})
    found = [(row, shared.get((row.domain, row.sha256), "")) for row in rows]
    return [(row, row.text or text) for row, text in found if _is_proven(row) or text]


def _is_proven(row: Any) -> bool:
    return bool(row.signed and row.mails >= PROOFS and not row.forgotten)


def _ending(row: Any, text: str) -> Ending:
    return Ending(text, max(row.mails, 1), row.sha256)


async def _rows(person_id: int, domain: str, digests: Collection[str]) -> list[Any]:
    return await EndingRow.filter(person_id=person_id, domain=domain, sha256__in=list(digests))


async def _add(
    person_id: int,
    domain: str,
    proofs: Mapping[str, list[list[str]]],
    signed: Collection[str],
    now: datetime,
) -> None:
    """New rows by digest. Where another worker was quicker this mail does not count; the next one will."""
    rows = [
        {
            "person_id": person_id,
            "domain": domain,
            "sha256": digest,
            "text": "",
            "signed": digest in signed,
            "mails": len(stood),
            "proofs": stood,
            "seen_at": now,
        }
        for digest, stood in proofs.items()
    ]
    await sql.insert(EndingRow, rows, "ON CONFLICT DO NOTHING")


async def _count(row: Any, closing: Closing, prompt: str, now: datetime) -> None:
    proof = [prompt, fingerprint(closing.above)]
    row.seen_at = now
    if not any(prompt == before or proof[1] == above for before, above in row.proofs):
        row.mails += 1
        row.proofs = [*row.proofs, proof][-MOST_PROOFS:]
        row.text, row.signed = closing.text, row.signed or closing.signed
    await row.save()


async def _drop_oldest(person_id: int, *, forgotten: bool) -> None:
    rows = EndingRow.filter(person_id=person_id, forgotten=forgotten).order_by("-seen_at", "-id")
    old = (await rows.values_list("id", flat=True))[MOST:]
    if old:
        await EndingRow.filter(id__in=old).delete()
