"""A message that is read once more never undoes what came later, and never consents for anybody."""

from collections.abc import Mapping
from datetime import date

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.reading import Answer, Reading, Value
from service.flows.replay_message import replay_message
from service.store import collaborations, inbox, milestones
from service.store.models import MilestoneRow, OutboxRow
from tests.flows.letters import bare_reply, reply
from tests.flows.test_milestones import STEPS
from tests.flows.town import GRACE, PLAN, Town

AHEAD, DONE, MOVED = MilestoneState.AHEAD, MilestoneState.DONE, MilestoneState.MOVED


@pytest.fixture
async def town(town: Town) -> Town:
    await town.apply(PLAN + STEPS)
    return town


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


@pytest.fixture
def reads(monkeypatch):
    """Today's reader finds these answers, whatever a reply says."""

    def reads(answers: Mapping[str, Value]):
        found = tuple(Answer(key, value, str(value), 1.0) for key, value in answers.items())
        monkeypatch.setattr("service.flows.replies.read", lambda *_: Reading("", found))

    return reads


def receipt(town):
    return town.mails_to(GRACE)[-1]


async def replayed(town, row):
    town.later(hours=1)
    return await replay_message(await inbox.judged(row.id), town.desk, town.now, True)


class TestACorrection:
    @pytest.fixture
    async def rows(self, town, asked):
        first = await town.receive(reply(asked, "Next: call the school"))
        second = await town.receive(reply(receipt(town), "Next: visit the school"))
        return first, second

    async def test_neither_message_changes_anything_a_second_time(self, town, asked, rows):
        before = await town.entries_of(asked)

        assert [await replayed(town, row) for row in rows] == [[], []]
        assert await town.entries_of(asked) == before

    async def test_one_that_is_no_answer_today_leaves_the_earlier_words(self, town, asked, rows, reads):
        reads({})

        await replayed(town, rows[1])

        assert await town.answers_to(asked) == {"next": "call the school"}

    async def test_a_first_answer_that_reads_differently_today_stays_corrected(
        self, town, asked, rows, reads
    ):
        reads({"next": "call"})

        assert await replayed(town, rows[0]) == []
        assert await town.answers_to(asked) == {"next": "visit the school"}

    async def test_one_that_was_missed_then_is_made_now(self, town, asked, reads):
        await town.receive(reply(asked, "Moved forward: We found a room."))
        thanks = await town.receive(bare_reply(receipt(town), "Thanks to: Ada Marlow"))
        reads({"moved": "Two rooms."})

        await replayed(town, thanks)

        assert await town.answers_to(asked) == {"moved": "Two rooms."}


class TestAMilestone:
    @staticmethod
    async def value(number: int) -> Value:
        """A milestone is done."""
        step = await MilestoneRow.get(number=number)
        return {"milestone": str(step.id), "state": "done", "date": None}

    @staticmethod
    async def stand() -> list[tuple[MilestoneState, date]]:
        collaboration = await collaborations.find("trail")
        return [(one.state, one.due) for one in await collaborations.milestones(collaboration.id)]

    async def test_a_better_reading_puts_back_what_was_misread(self, town, asked, reads):
        row = await town.receive(bare_reply(asked, "milestone: 1 done"))
        reads({"milestone": await self.value(2)})

        await replayed(town, row)
        again = await replayed(town, row)

        collaboration = await collaborations.find("trail")
        assert [state for state, _ in await self.stand()] == [AHEAD, DONE, AHEAD]
        assert again == []
        assert [m.milestone.number for m in await milestones.unshown(collaboration.id)] == [2]

    async def test_nobody_is_written_to_even_where_one_is_reached(self, town, asked, reads):
        row = await town.receive(bare_reply(asked, "We found a room."))
        mails = await OutboxRow.all().count()
        reads({"milestone": await self.value(1)})

        await replayed(town, row)

        assert (await self.stand())[0][0] is DONE
        assert await OutboxRow.all().count() == mails

    async def test_what_a_later_message_spoke_of_is_left_alone(self, town, asked, reads):
        row = await town.receive(bare_reply(asked, "We found a room."))
        await town.receive(bare_reply(asked, "milestone: 1 moved to December 18"))
        reads({"milestone": await self.value(1)})

        await replayed(town, row)

        assert (await self.stand())[0] == (MOVED, date(2026, 12, 18))


class TestAConsent:
    @pytest.fixture
    async def rows(self, town, asked):
        thanks = await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the keys"))
        town.later(minutes=1)
        yes = await town.receive(reply(receipt(town), "yes"))
        town.later(minutes=1)
        return thanks, yes

    async def test_nothing_is_asked_or_agreed_to_again(self, town, asked, rows):
        before, sent = await town.entries_of(asked), await OutboxRow.all().count()

        assert [await replayed(town, row) for row in rows] == [[], []]
        assert await town.entries_of(asked) == before
        assert await OutboxRow.all().count() == sent

    async def test_it_stands_as_the_receipt_told_it_however_it_reads_today(self, town, asked, rows, reads):
        before = await town.entries_of(asked)
        reads({})

        assert await replayed(town, rows[1]) == []
        assert await town.entries_of(asked) == before

    async def test_what_was_no_consent_then_is_none_today(self, town, asked, reads):
        await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the keys"))
        town.later(minutes=1)
        row = await town.receive(bare_reply(receipt(town), "Perfect"))
        reads({f"pass-on-{(await town.person('ada@town.example')).id}": True})

        assert await replayed(town, row) == []
