"""The minute tick: whoever has come due is asked, and their next time is planned."""

from datetime import datetime

from service.flows.asking import Round, ask
from service.flows.coming import due_groups, take
from service.flows.desk import Desk
from service.playbook.instruments import ASKING
from service.store import collaborations, people
from service.store.database import transaction


async def find_due(desk: Desk, now: datetime) -> int:
    """Ask up to 500 people for whom a cadence has come; returns how many mails were written.

    Each group is one transaction with the planning of its next time, so that two workers ask once.
    """
    written = 0
    for (collaboration_id, instrument, period), items in (
        await due_groups(desk.playbook.for_any(ASKING), now)
    ).items():
        async with transaction():
            readers = await people.get_all([item.person_id for item in await take(items, now)])
            asked = Round(desk.playbook.get(instrument), await collaborations.get(collaboration_id), period)
            written += await ask(asked, readers, desk, now)
    return written
