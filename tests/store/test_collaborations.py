"""Collaborations with their departments, roles and milestones: applied twice, changed once."""

from datetime import date

import pytest

from service.domain.collaboration import Collaboration, Milestone, MilestoneState
from service.domain.people import Member, Role
from service.store import collaborations
from service.store.models import MilestoneRow
from tests.store.cast import add_collaboration, add_person

DUE = date(2026, 12, 4)


@pytest.fixture
async def garden(database) -> Collaboration:
    return await add_collaboration()


async def test_a_collaboration_is_found_by_id_and_by_key(garden):
    assert await collaborations.get(garden.id) == garden
    assert await collaborations.find("reading-garden") == garden
    assert await collaborations.find("nothing") is None


async def test_a_collaboration_is_rewritten_under_the_same_key(garden):
    """OUT-14: the key is its List-Id and never changes."""
    again = await collaborations.save("reading-garden", "Garden", "Why.", "Europe/Berlin")

    assert again == Collaboration(garden.id, "reading-garden", "Garden", "Why.", "Europe/Berlin")
    assert await collaborations.every() == [again]


async def test_a_department_is_created_once_in_each_collaboration(garden):
    other = await add_collaboration("another")

    ids = [await collaborations.save_department(garden.id, "City Library") for _ in range(2)]
    elsewhere = await collaborations.save_department(other.id, "City Library")
    await collaborations.save_department(garden.id, "Arts")

    assert ids[0] == ids[1] != elsewhere
    assert await collaborations.departments(garden.id) == ["City Library", "Arts"]


async def test_members_come_by_name_with_all_their_roles(garden):
    library = await collaborations.save_department(garden.id, "City Library")
    parks = await collaborations.save_department(garden.id, "Parks & Recreation")
    grace, ada = await add_person("Grace"), await add_person("Ada")
    await add_person("Linus")
    await collaborations.set_roles(garden.id, grace.id, parks, [Role.MEMBER])
    await collaborations.set_roles(garden.id, ada.id, library, [Role.CHAMPION, Role.MEMBER])

    assert await collaborations.members(garden.id) == [
        Member(ada, "City Library", frozenset({Role.CHAMPION, Role.MEMBER})),
        Member(grace, "Parks & Recreation", frozenset({Role.MEMBER})),
    ]


async def test_roles_are_what_the_plan_says_now_and_nothing_else(garden):
    library = await collaborations.save_department(garden.id, "City Library")
    parks = await collaborations.save_department(garden.id, "Parks & Recreation")
    ada = await add_person("Ada")
    await collaborations.set_roles(garden.id, ada.id, library, [Role.CHAMPION, Role.MEMBER])

    for _ in range(2):
        await collaborations.set_roles(garden.id, ada.id, parks, [Role.MEMBER, Role.DEPUTY])

    (member,) = await collaborations.members(garden.id)
    assert member == Member(ada, "Parks & Recreation", frozenset({Role.MEMBER, Role.DEPUTY}))


async def test_who_leaves_one_collaboration_stays_in_the_other(garden):
    other = await add_collaboration("another")
    ada = await add_person("Ada")
    for where in (garden, other):
        library = await collaborations.save_department(where.id, "City Library")
        await collaborations.set_roles(where.id, ada.id, library, [Role.MEMBER])

    await collaborations.remove_roles(garden.id, ada.id)

    assert await collaborations.members(garden.id) == []
    assert [member.person for member in await collaborations.members(other.id)] == [ada]


async def test_a_milestone_is_rewritten_and_keeps_the_state_that_the_team_gave_it(garden):
    ada = await add_person("Ada")
    await collaborations.save_milestone(garden.id, 2, "Open", DUE, ada.id)
    await collaborations.save_milestone(garden.id, 1, "Plant", DUE, ada.id)
    plant, opening = await collaborations.milestones(garden.id)
    await MilestoneRow.filter(id=plant.id).update(state=MilestoneState.DONE.value)

    await collaborations.save_milestone(garden.id, 1, "Plant the beds", date(2026, 12, 5), ada.id)

    assert await collaborations.milestones(garden.id) == [
        Milestone(
            plant.id, 1, "Plant the beds", date(2026, 12, 5), "Ada", MilestoneState.DONE, plant.owner_id
        ),
        opening,
    ]
