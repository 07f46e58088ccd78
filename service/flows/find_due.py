"""The minute tick: whatever has come due is asked, and its next time is planned."""

from collections import defaultdict
from datetime import datetime

from service.flows.asking import Round, ask
from service.flows.desk import Desk
from service.schedule.catch_up import still_useful
from service.schedule.occurrences import next_occurrence
from service.store import agenda, alarms, collaborations, people
from service.store.agenda import Due
from service.store.database import transaction

BATCH = 200


async def find_due(desk: Desk, now: datetime) -> int:
    """Ask up to 200 people for whom a cadence has come; returns how many mails were written.

    A person's next occurrence is claimed by conditional update in the same transaction, so two
    workers ask once. What came due more than twelve hours ago is skipped and said (TIME-7).
    """
    rounds: dict[tuple[int, str, str], list[Due]] = defaultdict(list)
    for item in await agenda.due(now, BATCH):
        rounds[item.collaboration_id, item.instrument, item.period].append(item)
    written = 0
    for (collaboration_id, instrument, period), items in rounds.items():
        async with transaction():
            mine = [item for item in items if await _move_on(item, now)]
            useful = [item for item in mine if still_useful(item.at, now)]
            if len(useful) < len(mine):
                await _say_skipped(instrument, period, len(mine) - len(useful), now)
            asked = Round(desk.playbook.get(instrument), await collaborations.get(collaboration_id), period)
            readers = [await people.get(item.person_id) for item in useful]
            written += await ask(asked, readers, desk, now)
    return written


async def _move_on(item: Due, now: datetime) -> bool:
    at, period = next_occurrence(item.cadence, item.zone, max(item.at, now))
    return await agenda.move_on(item, at, period)


async def _say_skipped(instrument: str, period: str, count: int, now: datetime) -> None:
    await alarms.ring(
        f"skipped:{instrument}:{period}",
        f"{count} mails of {instrument} for {period} were due while no worker ran, and were skipped.",
        now,
    )
