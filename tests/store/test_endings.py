"""Learned endings: counted by person and domain, bounded, forgotten for good."""

from datetime import timedelta

import pytest

from service.domain.ending import LONGEST, Closing, Ending
from service.store import domain_endings, endings
from service.store.database import Database
from service.store.models import DomainEndingRow, EndingRow
from tests.store.cast import DAY, NOW, add_person

TOWN, SCHOOL = "town.example", "school.example"
CARD = "Grace\nSenior Center, second floor"
RECORDS = "All mail to and from this address may be read under the state law on records."


@pytest.fixture(autouse=True)
async def _open(database: Database) -> None:
    """Every test here needs the database."""


async def ends(
    person_id: int, week: int, *texts: str, domain: str = TOWN, above: str = "", signed: bool = True
) -> None:
    """A mail of this week that may end with ``texts``."""
    found = [Closing(text, text.lower(), above or f"news of week {week}", signed) for text in texts]
    await endings.remember(person_id, domain, f"prompt{week}", found, NOW + week * 7 * DAY)


async def ends_for_weeks(person_id: int, weeks: int, *texts: str, **how: object) -> None:
    for week in range(weeks):
        await ends(person_id, week, *texts, **how)


async def known(person_id: int, domain: str = TOWN) -> list[str]:
    return [one.text for one in await endings.known_for(person_id, domain)]


async def test_an_ending_is_known_once_it_stood_under_three_mails():
    grace = await add_person()

    await ends_for_weeks(grace.id, 2, CARD)
    early = await known(grace.id)
    await ends(grace.id, 3, CARD)

    assert (early, await known(grace.id)) == ([], [CARD])
    assert [(one.text, one.mails) for one in await endings.of(grace.id)] == [(CARD, 3)]


async def test_a_conversation_counts_once_and_so_do_the_same_words_above():
    """REL-4: a mail that is read twice proves nothing new."""
    grace = await add_person()

    for _ in range(5):
        await ends(grace.id, 1, CARD, above="a")
        await ends(grace.id, 1, CARD, above="b")
        await ends(grace.id, 2, CARD, above="a")

    assert await known(grace.id) == []
    assert (await EndingRow.get()).mails == 1


async def test_of_what_stood_under_one_mail_no_word_is_kept():
    grace = await add_person()

    await ends(grace.id, 1, CARD)
    once = (await EndingRow.get()).text
    await ends(grace.id, 2, CARD)

    assert (once, (await EndingRow.get()).text) == ("", CARD)


async def test_an_ending_belongs_to_one_person_and_one_domain():
    grace, linus = await add_person(), await add_person("Linus")

    await ends_for_weeks(grace.id, 3, CARD)

    assert (await known(grace.id, SCHOOL), await known(linus.id)) == ([], [])


async def test_what_says_nothing_of_whose_it_is_takes_three_people():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus", "Maria")]

    for person in people[:2]:
        await ends_for_weeks(person.id, 9, RECORDS, signed=False)
    early = await known(people[0].id)
    await ends_for_weeks(people[2].id, 2, RECORDS, signed=False)

    assert early == []
    assert [await known(person.id) for person in people] == [[RECORDS]] * 4
    assert await known(people[0].id, SCHOOL) == []
    assert [(one.domain, one.text, one.people) for one in await domain_endings.every()] == [
        (TOWN, RECORDS, 3)
    ]


async def test_a_person_counts_for_their_domain_from_their_second_mail_on():
    """Colleagues who paste one answer into their replies of one week share no signature."""
    for name in ("Ada", "Grace", "Linus", "Maria"):
        await ends((await add_person(name)).id, 1, RECORDS, signed=False)

    assert await domain_endings.every() == []


async def test_people_at_a_public_mail_provider_have_no_ending_in_common():
    for name in ("Ada", "Grace", "Linus"):
        await ends_for_weeks((await add_person(name)).id, 4, RECORDS, domain="gmail.example", signed=False)

    assert await domain_endings.every() == []


async def test_the_number_of_people_follows():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus", "Maria")]
    for person in people:
        await ends_for_weeks(person.id, 2, RECORDS, signed=False)

    assert [one.people for one in await domain_endings.every()] == [4]


async def test_a_person_is_told_of_each_ending_once():
    grace = await add_person()
    await ends_for_weeks(grace.id, 3, CARD)
    (card,) = await endings.known_for(grace.id, TOWN)
    shared = Ending(RECORDS, digest="f" * 64)

    first = await endings.tell(grace.id, TOWN, [card, shared], NOW)
    second = await endings.tell(grace.id, TOWN, [card, shared], NOW)

    assert (first, second) == ((card, shared), ())


async def test_who_forgets_gets_all_back_for_good_and_sees_what_it_was():
    grace = await add_person()
    await ends_for_weeks(grace.id, 3, CARD, f"Best,\n{CARD}")
    await ends(grace.id, 4, "Grace\nUnderway")

    shown = await endings.forget(grace.id, NOW)
    await ends_for_weeks(grace.id, 9, CARD, f"Cheers,\n{CARD}")

    assert [(one.text, one.mails) for one in shown] == [(f"Best,\n{CARD}", 3)]
    assert (await known(grace.id), await endings.of(grace.id)) == ([], [])
    assert {(row.text, row.mails, row.forgotten) for row in await EndingRow.all()} == {("", 0, True)}
    assert await EndingRow.all().count() == 2


async def test_what_somebody_forgets_is_still_left_out_of_the_mails_of_others():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus", "Maria")]
    for person in people:
        await ends_for_weeks(person.id, 2, RECORDS, signed=False)

    shown = await endings.forget(people[0].id, NOW)

    assert [one.text for one in shown] == [RECORDS]
    assert (await known(people[0].id), await known(people[1].id)) == ([], [RECORDS])


async def test_another_signature_is_learned_after_one_was_forgotten():
    grace = await add_person()
    await ends_for_weeks(grace.id, 3, CARD)
    await endings.forget(grace.id, NOW)

    await ends_for_weeks(grace.id, 3, "Grace\nParks and Recreation")

    assert await known(grace.id) == ["Grace\nParks and Recreation"]


async def test_an_operator_forgets_the_endings_of_a_domain_for_good():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus")]
    for person in people:
        await ends_for_weeks(person.id, 3, RECORDS, signed=False)
        await ends_for_weeks(person.id, 3, RECORDS, signed=False, domain=SCHOOL)

    shown = await domain_endings.forget(TOWN, NOW)
    await ends_for_weeks(people[0].id, 20, RECORDS, signed=False)

    assert [one.text for one in shown] == [RECORDS]
    assert (await known(people[0].id), await known(people[0].id, SCHOOL)) == ([], [RECORDS])
    assert (await DomainEndingRow.get(domain=TOWN)).text == ""


async def test_one_person_keeps_few_rows_and_those_seen_last():
    grace = await add_person()
    await ends_for_weeks(grace.id, 3, CARD)

    for week in range(5, 50):
        await ends(grace.id, week, CARD, f"Grace\nwrote this in week {week}")

    assert await EndingRow.all().count() == endings.MOST
    assert await known(grace.id) == [CARD]


async def test_one_domain_keeps_few_rows_and_those_seen_last():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus")]
    for number in range(domain_endings.MOST + 3):
        for person in people:
            for week in range(3 * number, 3 * number + 2):
                await ends(person.id, week, f"{RECORDS} {number}", signed=False)

    assert {one.text for one in await domain_endings.every()} == {
        f"{RECORDS} {number}" for number in range(3, domain_endings.MOST + 3)
    }


async def test_the_longest_ending_is_kept_whole():
    grace, text = await add_person(), "ß" * LONGEST

    await ends_for_weeks(grace.id, 3, text)

    assert await known(grace.id) == [text]


async def test_a_domain_that_is_not_known_has_no_ending():
    grace = await add_person()

    assert await endings.known_for(grace.id, "") == ()


async def test_a_row_of_a_domain_says_when_it_was_seen_last_to_the_day():
    people = [await add_person(name) for name in ("Ada", "Grace", "Linus")]
    for person in people:
        await ends_for_weeks(person.id, 2, RECORDS, signed=False)

    await ends(people[0].id, 5, RECORDS, signed=False)

    assert (await DomainEndingRow.get()).seen_at == NOW + timedelta(weeks=5)
