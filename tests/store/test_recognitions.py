"""Thanks on their way to a manager: once for each person, and told once to each manager."""

from dataclasses import replace

import pytest
from tortoise.exceptions import IntegrityError

from service.domain.entry import Entry
from service.domain.question import Effect, QuestionType
from service.domain.recognition import Recognition, RecognitionState, Told
from service.store import entries, recognitions
from service.store.database import transaction
from service.store.entries import Source
from tests.store.cast import DAY, NOW, add_collaboration, add_person, add_prompt, answer, keep

pytestmark = pytest.mark.usefixtures("database")

SHOWN = Told(
    'Ada (City Library) thanks Grace: "for the chairs."', 'A colleague recognized Grace: "for the chairs."'
)
OWN = Told("Grace lent forty chairs.", "A colleague recognized Grace. ñ 🪑")


class Cast:
    """Ada thanked Grace; Maya manages her."""

    async def gather(self) -> "Cast":
        self.place = await add_collaboration()
        self.ada, self.grace, self.maya = [await add_person(name) for name in ("Ada", "Grace", "Maya")]
        self.prompt = await add_prompt(person=self.ada)
        return self

    async def thank(self, words: str = "Grace, for the chairs") -> Entry:
        source = Source(await keep(words), self.prompt.handle, self.ada.id, self.prompt.period, NOW)
        new = answer(["Grace"], "thanks", QuestionType.PEOPLE, Effect.THANKS)
        await entries.save([replace(new, answer=replace(new.answer, text=words))], source)
        return (await entries.of_prompt(self.prompt.handle))[-1]

    async def offer(self, words: str = "Grace, for the chairs", text: Told = SHOWN) -> Recognition:
        thanks = await self.thank(words)
        return await recognitions.offer(thanks, self.place.id, self.grace.id, text, NOW)

    async def untold(self, manager: int | None = None) -> list[int]:
        found = await recognitions.approved_untold(manager or self.maya.id, self.place.id, [self.grace.id])
        return [recognition.id for recognition in found]


@pytest.fixture
async def cast(database) -> Cast:
    return await Cast().gather()


async def test_an_offer_keeps_who_thanked_whom_and_what_was_shown(cast):
    offered = await cast.offer()

    assert await recognitions.get(offered.id) == offered
    assert offered == Recognition(
        offered.id,
        offered.entry_id,
        cast.place.id,
        cast.ada.id,
        cast.grace.id,
        RecognitionState.OFFERED,
        SHOWN,
        "",
        NOW,
    )
    assert (await recognitions.thanks_of(offered)).text == "Grace, for the chairs"


async def test_the_same_thanks_are_offered_to_a_person_once(cast):
    thanks = await cast.thank()
    await recognitions.offer(thanks, cast.place.id, cast.grace.id, SHOWN, NOW)

    with pytest.raises(IntegrityError):
        async with transaction():
            await recognitions.offer(thanks, cast.place.id, cast.grace.id, OWN, NOW)
    await recognitions.offer(thanks, cast.place.id, cast.maya.id, OWN, NOW)

    assert [one.person_id for one in await recognitions.of_entry(thanks.id)] == [cast.grace.id, cast.maya.id]


async def test_approval_is_bound_to_the_exact_text(cast):
    offered = await cast.offer()

    await recognitions.approve(offered.id, OWN, NOW + DAY)

    approved = await recognitions.get(offered.id)
    assert (approved.state, approved.text, approved.approved_at) == (
        RecognitionState.APPROVED,
        OWN,
        NOW + DAY,
    )
    assert approved.sha256 == OWN.sha256 == approved.text.sha256


async def test_only_what_is_approved_is_there_to_be_told(cast):
    offered, put_off, withdrawn, reopened, approved = [await cast.offer(f"Grace, {n}") for n in range(5)]
    for one in (put_off, withdrawn, reopened, approved):
        await recognitions.approve(one.id, SHOWN, NOW)
    await recognitions.put_off(put_off.id)
    await recognitions.withdraw(withdrawn.entry_id)
    await recognitions.reopen(reopened.id)

    assert await cast.untold() == [approved.id]
    assert (await recognitions.get(offered.id)).state is RecognitionState.OFFERED


async def test_what_was_withdrawn_stays_so(cast):
    offered = await cast.offer()
    await recognitions.withdraw(offered.entry_id, cast.grace.id)

    await recognitions.approve(offered.id, OWN, NOW)
    await recognitions.put_off(offered.id)
    await recognitions.reopen(offered.id)

    found = await recognitions.get(offered.id)
    assert (found.state, found.text, found.sha256) == (RecognitionState.WITHDRAWN, SHOWN, "")


async def test_thanks_to_several_people_are_withdrawn_for_one_or_for_all(cast):
    thanks = await cast.thank()
    for person in (cast.grace, cast.maya):
        offered = await recognitions.offer(thanks, cast.place.id, person.id, SHOWN, NOW)
        await recognitions.approve(offered.id, SHOWN, NOW)

    await recognitions.withdraw(thanks.id, cast.maya.id)
    first = [one.state.value for one in await recognitions.of_entry(thanks.id)]
    await recognitions.withdraw(thanks.id)

    assert first == ["approved", "withdrawn"]
    assert [one.state.value for one in await recognitions.of_entry(thanks.id)] == ["withdrawn", "withdrawn"]


async def test_an_offer_in_other_words_makes_the_approval_void(cast):
    offered = await cast.offer()
    await recognitions.approve(offered.id, SHOWN, NOW)

    await recognitions.offer_again(offered.id, OWN, NOW + DAY)

    assert await recognitions.get(offered.id) == replace(offered, text=OWN, offered_at=NOW + DAY)


async def test_each_manager_is_told_once_in_the_order_of_the_thanks(cast):
    first, second = await cast.offer("Grace, 1"), await cast.offer("Grace, 2")
    other = await add_person("Helen")
    for one in (second, first):
        await recognitions.approve(one.id, SHOWN, NOW)
    assert await cast.untold() == [first.id, second.id]

    told = await recognitions.get(first.id)
    await recognitions.tell([told], cast.maya.id, "2026-12", NOW)

    assert await cast.untold() == [second.id]
    assert await cast.untold(other.id) == [first.id, second.id]
    assert await recognitions.was_told(first.id)
    assert not await recognitions.was_told(second.id)
    with pytest.raises(IntegrityError):
        await recognitions.tell([told], cast.maya.id, "2027-01", NOW)


async def test_what_is_approved_of_other_people_or_elsewhere_is_not_told(cast):
    offered = await cast.offer()
    await recognitions.approve(offered.id, SHOWN, NOW)

    elsewhere = await add_collaboration("bread")
    assert await recognitions.approved_untold(cast.maya.id, cast.place.id, [cast.ada.id]) == []
    assert await recognitions.approved_untold(cast.maya.id, cast.place.id, []) == []
    assert await recognitions.approved_untold(cast.maya.id, elsewhere.id, [cast.grace.id]) == []


async def test_a_managers_summaries_are_counted_by_month_and_collaboration(cast):
    for number, period in enumerate(("2027-01", "2026-12", "2026-12")):
        offered = await cast.offer(f"Grace, {number}")
        await recognitions.approve(offered.id, SHOWN, NOW)
        await recognitions.tell([await recognitions.get(offered.id)], cast.maya.id, period, NOW)
    elsewhere = await add_collaboration("bread")

    assert await recognitions.summaries(cast.maya.id, cast.place.id) == ["2026-12", "2027-01"]
    assert await recognitions.summaries(cast.maya.id, elsewhere.id) == []
    assert await recognitions.summaries(cast.ada.id, cast.place.id) == []
