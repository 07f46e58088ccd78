"""What comes next, wherever it is written down: due rows and mails."""

from datetime import datetime, time

import pytest

from service.domain.cadence import Cadence
from service.store import agenda, horizon, outbox
from tests.store.cast import DAY, MINUTE, NOW, add_collaboration, add_person, claim, posting

pytestmark = pytest.mark.usefixtures("database")


async def plan(at: datetime) -> None:
    where = await add_collaboration()
    cadence_id = await agenda.save_cadence(where.id, "check-in", Cadence(0, time(9, 0)))
    await agenda.plan(cadence_id, (await add_person()).id, at, "2026-W48", NOW - DAY)


async def test_where_nothing_is_planned_nothing_comes():
    assert await horizon.next_at(NOW) is None
    assert await horizon.is_quiet(NOW, 0)


async def test_what_comes_first_comes_next_whatever_it_is():
    await plan(NOW + 2 * MINUTE)
    assert await horizon.next_at(NOW) == NOW + 2 * MINUTE

    await outbox.add([posting(1, not_before=NOW + 3 * MINUTE), posting(2, not_before=NOW + MINUTE)], NOW)
    assert await horizon.next_at(NOW) == NOW + MINUTE
    assert await horizon.next_at(NOW + MINUTE) == NOW + 2 * MINUTE
    assert await horizon.next_at(NOW + 2 * MINUTE) == NOW + 3 * MINUTE
    assert await horizon.next_at(NOW + 3 * MINUTE) is None


async def test_what_has_come_does_not_come_again():
    """Else a clock that jumps from moment to moment would stand still."""
    await plan(NOW)
    await outbox.add([posting(1)], NOW)

    assert await horizon.next_at(NOW) is None


async def test_a_mail_that_may_go_is_under_way_and_a_later_one_is_not():
    await outbox.add([posting(1, not_before=NOW + MINUTE)], NOW)

    assert await horizon.is_quiet(NOW, 0)
    assert not await horizon.is_quiet(NOW + MINUTE, 0)


async def test_a_mail_in_somebodys_hands_is_under_way():
    await outbox.add([posting(1)], NOW)
    await claim()

    assert not await horizon.is_quiet(NOW, 0)


async def test_mail_that_nobody_has_read_is_under_way():
    assert not await horizon.is_quiet(NOW, 1)
