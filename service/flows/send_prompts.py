"""Ask a whole audience now: what ``commonthread send`` does."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.collaboration import Collaboration
from service.domain.people import Person
from service.domain.week import iso_week
from service.flows.asking import Round, ask
from service.flows.desk import Desk
from service.playbook.instruments import Instrument
from service.store import collaborations
from service.store.database import transaction

CHUNK = 200


async def audience(instrument: Instrument, collaboration: Collaboration) -> list[Person]:
    """Who gets this instrument here."""
    members = await collaborations.members(collaboration.id)
    return [member.person for member in members if member.roles & instrument.audience]


async def send_prompts(
    instrument: Instrument, collaboration: Collaboration, desk: Desk, now: datetime
) -> AsyncIterator[tuple[int, int]]:
    """Ask everybody in the audience who was not asked this week, in chunks of one transaction each.

    Yields (looked at, newly asked) after each chunk. Doing it twice changes nothing.
    """
    period = iso_week(now.astimezone(ZoneInfo(collaboration.zone)).date())
    people = await audience(instrument, collaboration)
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        async with transaction():
            asked = await ask(Round(instrument, collaboration, period), chunk, desk, now)
        yield len(chunk), asked
