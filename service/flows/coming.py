"""What has come due, claimed: shared by everything that goes out by the clock."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from service.playbook.instruments import Instrument
from service.schedule.catch_up import still_useful
from service.schedule.occurrences import next_occurrence
from service.store import agenda, alarms
from service.store.agenda import Due

BATCH = 500

Group = tuple[int, str, str]
"""Collaboration, instrument and period of due items."""


async def due_groups(instruments: Collection[Instrument], now: datetime) -> dict[Group, list[Due]]:
    """Up to 500 people for whom one of ``instruments`` has come, by what they get."""
    groups: dict[Group, list[Due]] = defaultdict(list)
    for item in await agenda.due(now, BATCH, [instrument.key for instrument in instruments]):
        groups[item.collaboration_id, item.instrument, item.period].append(item)
    return groups


async def take(items: Sequence[Due], now: datetime) -> list[Due]:
    """Plan the next occurrence of each, and return those that are ours to serve now.

    Two workers never get the same. What came due more than twelve hours ago is skipped and said
    (TIME-7). Runs in the caller's transaction.
    """
    by_zone: dict[tuple[str, datetime], list[Due]] = defaultdict(list)
    for item in items:
        by_zone[item.zone, item.at].append(item)
    mine: list[Due] = []
    for (zone, at), together in by_zone.items():
        mine += await agenda.move_on(together, *next_occurrence(together[0].cadence, zone, max(at, now)))
    useful = [item for item in mine if still_useful(item.at, now)]
    if len(useful) < len(mine):
        await _say_skipped(mine[0], len(mine) - len(useful), now)
    return useful


async def _say_skipped(item: Due, count: int, now: datetime) -> None:
    what = f"{item.instrument} for {item.period}"
    words = f"{count} mails of {what} were due while no worker ran, and were skipped."
    await alarms.ring(f"skipped:{item.instrument}:{item.period}", words, now)
