"""Counts for ``commonthread status`` and health checks; no words of anybody."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.functions import Count
from tortoise.models import Model

from service.store import alarms, people, quarantine
from service.store.alarms import Alarm
from service.store.models import EntryRow, InboxRow, OutboxRow, PromptRow


@dataclass(frozen=True, slots=True)
class Overview:
    """How things stand. ``outbox`` and ``inbox`` count by state, ``outcomes`` by outcome."""

    prompts: dict[str, int]
    outbox: dict[str, int]
    inbox: dict[str, int]
    outcomes: dict[str, int]
    entries: int
    waiting: int
    oldest_ready: datetime | None
    oldest_kept: datetime | None
    failing: list[tuple[str, str]]
    alarms: list[Alarm]


async def overview() -> Overview:
    """The counts of this moment."""
    ready = await OutboxRow.filter(state="ready").order_by("not_before").first()
    kept = await InboxRow.filter(state="kept").order_by("kept_at").first()
    return Overview(
        prompts=await _count(PromptRow, "state"),
        outbox=await _count(OutboxRow, "state"),
        inbox=await _count(InboxRow, "state"),
        outcomes=await _count(InboxRow, "outcome"),
        entries=await EntryRow.exclude(text="").count(),
        waiting=len(await quarantine.every()),
        oldest_ready=ready.not_before if ready else None,
        oldest_kept=kept.kept_at if kept else None,
        failing=await people.failing(),
        alarms=await alarms.every(),
    )


async def _count(table: type[Model], column: str) -> dict[str, int]:
    counted = table.annotate(number=Count(column)).group_by(column).order_by(column)
    return {str(word): int(str(n)) for word, n in await counted.values_list(column, "number") if word}
