"""When each cadence comes to each person next (TIME-1, TIME-4, TIME-7)."""

from datetime import time, timedelta, timezone

import pytest

from service.domain.cadence import Cadence
from service.domain.people import Person, Role
from service.store import agenda, collaborations
from service.store.agenda import Due
from tests.store.cast import DAY, MINUTE, NOW, add_collaboration, add_person

pytestmark = pytest.mark.usefixtures("database")

WEEK = 7 * DAY
MONDAYS = Cadence(0, time(9, 0))


async def monday_cadence(instrument: str = "check-in") -> int:
    where = await collaborations.find("reading-garden") or await add_collaboration()
    return await agenda.save_cadence(where.id, instrument, MONDAYS)


async def plan(cadence_id: int, person: Person, at=NOW, period: str = "2026-W48", now=NOW) -> None:
    await agenda.plan(cadence_id, person.id, at, period, now)


async def due(now, limit: int) -> list[Due]:
    return await agenda.due(now, limit, ["check-in", "digest"])


async def planned() -> list[tuple[int, str]]:
    return [(item.person_id, item.period) for item in await due(NOW + 52 * WEEK, 100)]


async def test_what_has_come_is_due_with_all_that_is_needed_to_ask():
    grace = await add_person(zone="America/Denver")
    await plan(await monday_cadence(), grace)

    (item,) = await due(NOW, 10)

    where = await collaborations.find("reading-garden")
    assert where is not None
    assert item == Due(item.id, where.id, "check-in", MONDAYS, grace.id, "America/Denver", NOW, "2026-W48")


async def test_what_has_not_come_is_not_due():
    await plan(await monday_cadence(), await add_person(), at=NOW + MINUTE)

    assert await due(NOW, 10) == []
    assert len(await due(NOW + MINUTE, 10)) == 1


async def test_a_moment_in_another_zone_is_the_same_moment():
    """TIME-1."""
    auckland = timezone(timedelta(hours=13))
    await plan(await monday_cadence(), await add_person(), at=(NOW + MINUTE).astimezone(auckland))

    assert await due(NOW.astimezone(auckland), 10) == []
    assert len(await due((NOW + MINUTE).astimezone(auckland), 10)) == 1


async def test_who_waits_longest_is_asked_first():
    cadence = await monday_cadence()
    ada, grace, linus = [await add_person(name) for name in ("Ada", "Grace", "Linus")]
    for person, at in ((ada, NOW - MINUTE), (grace, NOW - DAY), (linus, NOW)):
        await plan(cadence, person, at=at, now=NOW - WEEK)

    assert [item.person_id for item in await due(NOW, 2)] == [grace.id, ada.id]


async def test_an_occurrence_is_moved_on_by_one_worker_only():
    """I9: claimed by conditional update."""
    await plan(await monday_cadence(), await add_person())
    (item,) = await due(NOW, 10)

    answers = [await agenda.move_on([item], NOW + WEEK, "2026-W49") for _ in range(2)]

    assert answers == [[item], []]
    assert await due(NOW, 10) == []


async def test_only_the_instruments_that_were_asked_for_are_due():
    grace = await add_person()
    await plan(await monday_cadence("digest"), grace)
    await plan(await monday_cadence("check-in"), grace)

    assert [item.instrument for item in await agenda.due(NOW, 10, ["digest"])] == ["digest"]


async def test_what_is_put_off_comes_again_for_the_same_period():
    """The team gets the digest that its champion saw first as that week's."""
    await plan(await monday_cadence(), await add_person())
    (item,) = await due(NOW, 10)
    await agenda.move_on([item], NOW + WEEK, "2026-W49")

    await agenda.put_off([item], NOW + DAY)

    assert [(one.at, one.period) for one in await due(NOW + DAY, 10)] == [(NOW + DAY, "2026-W48")]


async def test_planning_again_rewrites_what_has_not_come():
    cadence, grace = await monday_cadence(), await add_person()
    await plan(cadence, grace, at=NOW + DAY)

    await plan(cadence, grace, at=NOW + WEEK, period="2026-W49")

    assert await planned() == [(grace.id, "2026-W49")]


async def test_planning_again_does_not_take_away_what_is_due():
    """A plan that is applied while a mail is due must not skip it."""
    cadence, grace = await monday_cadence(), await add_person()
    await plan(cadence, grace, at=NOW - MINUTE, now=NOW - WEEK)

    await plan(cadence, grace, at=NOW + WEEK, period="2026-W49")

    assert [item.period for item in await due(NOW, 10)] == ["2026-W48"]


async def test_a_cadence_is_rewritten_in_place():
    first = await monday_cadence()
    where = await collaborations.find("reading-garden")
    assert where is not None

    again = await agenda.save_cadence(where.id, "check-in", Cadence(4, time(16, 30)))

    assert again == first
    assert await agenda.cadences(where.id) == {"check-in": Cadence(4, time(16, 30))}


async def test_who_is_not_asked_any_more_is_forgotten():
    cadence = await monday_cadence()
    ada, grace = await add_person("Ada"), await add_person("Grace")
    await plan(cadence, ada)
    await plan(cadence, grace)

    await agenda.forget(cadence, [ada.id])

    assert await planned() == [(ada.id, "2026-W48")]


async def test_a_cadence_that_is_dropped_is_due_to_nobody():
    keep, drop, grace = await monday_cadence("check-in"), await monday_cadence("charter"), await add_person()
    where = await collaborations.find("reading-garden")
    assert where is not None
    await plan(keep, grace)
    await plan(drop, grace)

    await agenda.drop_cadences(where.id, ["check-in"])

    assert list(await agenda.cadences(where.id)) == ["check-in"]
    assert [item.instrument for item in await due(NOW, 10)] == ["check-in"]


async def test_who_left_a_collaboration_is_asked_nothing_there_any_more():
    """F48."""
    cadence, grace = await monday_cadence(), await add_person()
    where = await collaborations.find("reading-garden")
    assert where is not None
    parks = await collaborations.save_department(where.id, "Parks & Recreation")
    await collaborations.set_roles(where.id, grace.id, parks, [Role.MEMBER])
    await plan(cadence, grace)

    await collaborations.remove_roles(where.id, grace.id)

    assert await due(NOW, 10) == []
