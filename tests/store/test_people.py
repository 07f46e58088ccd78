"""People and their addresses."""

import pytest
from tortoise.exceptions import IntegrityError

from service.domain.people import Participation
from service.store import people
from service.store.models import PersonRow
from tests.store.cast import DAY, NOW, add_person

pytestmark = pytest.mark.usefixtures("database")


async def test_a_person_is_found_by_id_and_by_address_in_any_case():
    grace = await add_person(zone="America/Denver", locale="de-DE", shared_mailbox=True)

    assert await people.get(grace.id) == grace
    assert await people.find_by_address("Grace@Town.EXAMPLE") == grace
    assert await people.find_by_address("mallory@elsewhere.example") is None


async def test_an_address_belongs_to_one_person_and_nobody_half_is_left():
    await add_person()

    with pytest.raises(IntegrityError):
        await people.add("grace@town.example", "Mallory", "UTC", "en-US", False)

    assert await PersonRow.all().count() == 1


async def test_a_plan_does_not_touch_what_a_person_said_of_our_mail():
    grace = await add_person()
    await people.set_participation(grace.id, Participation.STOPPED)

    await people.update(grace.id, "Grace H.", "Europe/Berlin", "de-DE", True)

    found = await people.get(grace.id)
    assert (found.name, found.zone, found.locale, found.shared_mailbox) == (
        "Grace H.", "Europe/Berlin", "de-DE", True,
    )  # fmt: skip
    assert found.participation is Participation.STOPPED


async def test_a_pause_ends_when_its_person_comes_back():
    grace = await add_person()

    await people.set_participation(grace.id, Participation.PAUSED, NOW + DAY)
    assert not (await people.get(grace.id)).wants_mail(NOW)
    await people.set_participation(grace.id, Participation.ACTIVE)

    found = await people.get(grace.id)
    assert (found.participation, found.paused_until) == (Participation.ACTIVE, None)


async def test_an_address_that_fails_is_told_the_first_time_only():
    """MM-2."""
    await add_person()

    answers = [await people.note_failure("grace@town.example", "no such mailbox", NOW) for _ in range(2)]

    assert answers == [True, False]
    assert await people.failing() == [("grace@town.example", "no such mailbox")]


async def test_an_address_that_nobody_has_cannot_fail():
    assert not await people.note_failure("operator@town.example", "no such mailbox", NOW)


async def test_who_writes_to_us_has_a_living_mailbox():
    ada, grace = await add_person("Ada"), await add_person("Grace")
    for person in (ada, grace):
        await people.note_failure(person.addr_spec, "no such mailbox", NOW)

    assert await people.clear_failure(grace.id) == ["grace@town.example"]
    assert await people.clear_failure(grace.id) == []

    assert await people.failing_ids() == {ada.id}
    assert await people.note_failure("grace@town.example", "again", NOW)
