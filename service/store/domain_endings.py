"""What the people of one mail domain end every mail with: counted by person, shown to the operator."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from service.domain.ending import MAILS_OF_EACH, PROOFS, Closing, DomainEnding
from service.store import sql
from service.store.models import DomainEndingRow

MOST = 10
"""Rows of one domain; the ones seen longest ago leave."""
FRESH = timedelta(days=1)
"""So long a row need not be told that it was seen again: everybody's mails pass through it."""


async def known(domains: Collection[str]) -> dict[tuple[str, str], str]:
    """Texts that enough people of these domains end their mails with, by domain and digest."""
    rows: list[Any] = await _in_use(domains)
    return {(row.domain, row.sha256): row.text for row in rows}


async def every() -> list[DomainEnding]:
    """All that are left out of mails, by domain."""
    rows: list[Any] = await _in_use().order_by("domain", "-people", "id")
    return [DomainEnding(row.domain, row.text, row.people) for row in rows]


async def remember(domain: str, closings: Sequence[Closing], now: datetime) -> None:
    """Count the people whose mails end with these; one more person's have done so at least twice."""
    found = {one.digest: one for one in closings}
    people = await _people(domain, list(found))
    rows = {row.sha256: row for row in await DomainEndingRow.filter(domain=domain, sha256__in=list(found))}
    for digest, count in sorted(people.items()):
        row = rows.get(digest)
        if row is None and count >= PROOFS:
            await _add(domain, found[digest], count, now)
        elif row is not None and (row.people != count or row.seen_at < now - FRESH):
            await DomainEndingRow.filter(id=row.id).update(people=count, seen_at=now)


async def forget(domain: str, now: datetime) -> list[DomainEnding]:
    """Read all that people of ``domain`` end their mails with as words of theirs, from now on. Returns
    what was left out until now."""
    shown = [one for one in await every() if one.domain == domain]
    await _in_use([domain]).update(text="", forgotten=True, seen_at=now)
    return shown


def _in_use(domains: Collection[str] | None = None) -> Any:
    rows = DomainEndingRow.filter(forgotten=False, people__gte=PROOFS)
    return rows if domains is None else rows.filter(domain__in=list(domains))


async def _people(domain: str, digests: Sequence[str]) -> dict[str, int]:
    """How many people of the domain end more than one mail with each of these."""
    statement = f"""
        SELECT sha256, COUNT(*) AS people FROM endings
        WHERE domain = ? AND sha256 IN ({sql.marks(digests)}) AND mails >= ? GROUP BY sha256
    """  # noqa: S608 - question marks
    rows = await sql.fetch(statement, [domain, *digests, MAILS_OF_EACH])
    return {row["sha256"]: row["people"] for row in rows}


async def _add(domain: str, closing: Closing, people: int, now: datetime) -> None:
    row = {
        "domain": domain,
        "sha256": closing.digest,
        "text": closing.text,
        "people": people,
        "seen_at": now,
    }
    await sql.insert(DomainEndingRow, [row], "ON CONFLICT DO NOTHING")
    await _drop_oldest(domain)


async def _drop_oldest(domain: str) -> None:
    rows = DomainEndingRow.filter(domain=domain, forgotten=False).order_by("-seen_at", "-id")
    old = (await rows.values_list("id", flat=True))[MOST:]
    if old:
        await DomainEndingRow.filter(id__in=old).delete()
