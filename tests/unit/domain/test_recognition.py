"""Who is told of whose thanks."""

from dataclasses import replace

import pytest

from service.domain.people import Member, Participation, Person, Role
from service.domain.recognition import hears_of

RUTH = Member(Person(1, "Ruth", "ruth@town.example", "UTC"), "Senior Center", frozenset({Role.MEMBER}))
MAYA = Member(Person(2, "Maya", "maya@town.example", "UTC"), "Senior Center", frozenset({Role.MANAGER}))


def changed(member: Member, **changes: object) -> Member:
    return replace(member, person=replace(member.person, **changes))


def test_a_manager_of_the_same_department_is_told():
    assert hears_of(MAYA, RUTH)


def test_who_is_manager_and_member_is_told_of_others_and_not_of_themselves():
    both = replace(MAYA, roles=frozenset({Role.MANAGER, Role.MEMBER}))

    assert hears_of(both, RUTH)
    assert not hears_of(both, both)


@pytest.mark.parametrize(
    ("manager", "person"),
    [
        (replace(MAYA, department="School"), RUTH),
        (replace(MAYA, roles=frozenset({Role.CHAMPION})), RUTH),
        (changed(MAYA, participation=Participation.STOPPED), RUTH),
        (changed(MAYA, shared_mailbox=True), RUTH),
        (MAYA, changed(RUTH, participation=Participation.STOPPED)),
        (MAYA, changed(RUTH, shared_mailbox=True)),
    ],
)
def test_nobody_else_is(manager, person):
    """Product: a shared mailbox cannot give consent."""
    assert not hears_of(manager, person)


def test_a_pause_is_no_stop():
    assert hears_of(changed(MAYA, participation=Participation.PAUSED), RUTH)
