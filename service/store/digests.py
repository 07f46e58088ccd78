"""Digests: what is new for a team, and what each digest carried."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tortoise.expressions import F, Q
from tortoise.functions import Count

from service.domain.digest import Digest, from_stored, to_stored
from service.domain.entry import Entry
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.store.entries import entry_of
from service.store.models import DigestRow, EntryRow


class DigestState(StrEnum):
    """PREVIEWED: the champion has seen it. BUILT: it goes out. EMPTY: nothing was new, nobody gets one."""

    PREVIEWED = "previewed"
    BUILT = "built"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A digest as it was settled. ``goes_out_at``: when the team gets it."""

    digest: Digest
    state: DigestState
    goes_out_at: datetime


async def news(collaboration_id: int, effects: Collection[Effect], now: datetime) -> list[Entry]:
    """What the team may read and no digest has carried in these words, newest first.

    A blind round's answers are among it once it has closed.
    """
    open_round = Q(prompt__closes_at=None) | Q(prompt__closes_at__lte=now)
    rows = (
        EntryRow.filter(
            open_round,
            prompt__collaboration_id=collaboration_id,
            effect__in=[effect.value for effect in effects],
            privacy=PrivacyClass.TEAM.value,
            shown_revision__lt=F("revision"),
        )
        .exclude(text="")
        .order_by("-recorded_at", "-id")
    )
    return [entry_of(row) for row in await rows]


async def standing(collaboration_id: int, effects: Collection[Effect], since: datetime) -> list[Entry]:
    """What the team reads of these effects since then, oldest first, told in a digest or not."""
    rows = EntryRow.filter(
        prompt__collaboration_id=collaboration_id,
        effect__in=[effect.value for effect in effects],
        privacy=PrivacyClass.TEAM.value,
        recorded_at__gte=since,
    )
    return [entry_of(row) for row in await rows.exclude(text="").order_by("id")]


async def steps(collaboration_id: int, effects: Collection[Effect], weeks: Collection[str]) -> dict[str, int]:
    """How many answers of these effects the whole team gave in each of these ISO weeks."""
    rows = EntryRow.filter(
        prompt__collaboration_id=collaboration_id,
        effect__in=[effect.value for effect in effects],
        privacy=PrivacyClass.TEAM.value,
        week__in=list(weeks),
    ).exclude(text="")
    counted = await rows.annotate(number=Count("id")).group_by("week").values_list("week", "number")
    return {str(week): int(str(number)) for week, number in counted}


async def mark_shown(entries: Iterable[Entry]) -> None:
    """A digest carries these, in the words of this revision."""
    by_revision: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        by_revision[entry.revision].append(entry.id)
    for revision, ids in by_revision.items():
        await EntryRow.filter(id__in=ids).update(shown_revision=revision)


async def find(collaboration_id: int, instrument: str, period: str) -> KeptDigest | None:
    """The digest of this period."""
    row = await DigestRow.get_or_none(collaboration_id=collaboration_id, instrument=instrument, period=period)
    return _kept(row) if row else None


async def period_before(collaboration_id: int, instrument: str, period: str) -> str:
    """The period of the digest before this one; '' for the first."""
    rows = DigestRow.filter(collaboration_id=collaboration_id, instrument=instrument, period__lt=period)
    row = await rows.exclude(state=DigestState.EMPTY.value).order_by("-period").first()
    return row.period if row else ""


async def save(collaboration_id: int, instrument: str, kept: KeptDigest, now: datetime) -> None:
    """Settle the digest of a period, or what became of its preview."""
    said: Mapping[str, object] = {
        "state": kept.state.value,
        "facts": to_stored(kept.digest),
        "built_at": now,
        "goes_out_at": kept.goes_out_at,
    }
    await DigestRow.update_or_create(
        dict(said), collaboration_id=collaboration_id, instrument=instrument, period=kept.digest.period
    )


def _kept(row: DigestRow) -> KeptDigest:
    return KeptDigest(from_stored(row.facts), DigestState(row.state), row.goes_out_at)
