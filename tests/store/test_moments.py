"""A moment is the same moment in whatever zone it was thought."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.people import Participation
from service.store import outbox, people
from tests.store.cast import LEASE, MINUTE, add_person, posting

MIDNIGHT = datetime(2026, 12, 5, tzinfo=ZoneInfo("America/New_York"))
FIVE_HOURS = timedelta(hours=5)


async def test_a_pause_until_a_local_midnight_holds_until_then(database):
    """The text "2026-12-05 00:00:00-05:00" stands before "2026-12-05 04:59:00+00:00"."""
    grace = await add_person()
    await people.set_participation(grace.id, Participation.PAUSED, until=MIDNIGHT)
    just_before = MIDNIGHT.astimezone(UTC) - MINUTE
    waiting = posting(1, person_id=grace.id, expires_at=just_before + FIVE_HOURS)
    await outbox.add([waiting], just_before)

    assert await outbox.claim(10, "ada00001", LEASE, just_before) == []


async def test_a_local_time_finds_what_is_due_as_the_same_time_in_utc_does(database):
    at = MIDNIGHT.astimezone(UTC)
    await outbox.add([posting(1, not_before=at, expires_at=at + FIVE_HOURS)], at)

    assert len(await outbox.claim(10, "ada00001", LEASE, at.astimezone(ZoneInfo("Pacific/Honolulu")))) == 1
