"""A recorded reply is read again: today's reading counts, the earlier one is history."""

import pytest

from service.domain.mail import Kind
from service.domain.question import NOTE
from service.domain.reading import Answer, Command, Reading
from service.errors import Permanent
from service.flows.replay_message import replay_message
from service.inbound import Classified
from service.store import entries, inbox
from service.store.models import OutboxRow
from tests.flows.letters import bare_reply, reply
from tests.flows.town import GRACE


@pytest.fixture
def reader(monkeypatch):
    """Today's reader finds these answers in every reply, whatever it says."""

    def finds(note="", command=None, **answers):
        found = tuple(Answer(key, value, str(value), 1.0) for key, value in answers.items())
        reading = Reading("", found, note=note, command=command)
        monkeypatch.setattr("service.flows.replies.read", lambda *_: reading)

    return finds


async def replayed(town, row, write=True):
    town.later(hours=1)
    return await replay_message(await inbox.judged(row.id), town.desk, town.now, write)


async def test_what_differs_is_revised_and_what_was_stored_is_history(town, reader):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room."))
    reader(moved="We found a room with a piano.")

    [correction] = await replayed(town, row)

    [entry] = await town.entries_of(asked)
    assert correction.question == "moved"
    assert (entry.text, entry.revision) == ("We found a room with a piano.", 2)
    assert await entries.history(entry.id) == [(1, "We found a room.", "We found a room.")]


async def test_looking_changes_nothing(town, reader):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room."))
    reader(next="Call the school.")

    corrections = await replayed(town, row, write=False)

    assert {one.question: (one.before is None, one.after is None) for one in corrections} == {
        "moved": (False, True),
        "next": (True, False),
    }
    assert await town.answers_to(asked) == {"moved": "We found a room."}


async def test_an_answer_that_moved_to_another_question_does_not_stand_twice(town, reader):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We call the school."))
    reader(next="We call the school.")

    await replayed(town, row)

    assert await town.answers_to(asked) == {"next": "We call the school."}


async def test_an_answer_that_is_read_once_more_comes_back(town, reader):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room."))
    reader(note="We found a room.")
    await replayed(town, row)
    reader(moved="We found a room.")

    await replayed(town, row)

    [entry] = await town.entries_of(asked)
    assert (entry.question, entry.text, entry.revision) == ("moved", "We found a room.", 3)


async def test_a_second_time_changes_nothing(town):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room.\nneed: two lamps\nGreetings to all!"))
    before = await town.entries_of(asked)

    assert await replayed(town, row) == []
    assert await town.entries_of(asked) == before


async def test_nobody_is_written_to(town, reader):
    row = await town.receive(reply(await town.check_in(GRACE), "1: We found a room."))
    mails = await OutboxRow.all().count()
    reader(next="Call the school.")

    await replayed(town, row)

    assert await OutboxRow.all().count() == mails


async def test_the_receipt_that_went_out_since_is_not_taken_for_a_quotation(town):
    """The receipt repeats the author's own words; at the first reading it was not there."""
    asked = await town.check_in(GRACE)
    row = await town.receive(bare_reply(asked, "Moved forward: We found a room with a piano."))

    assert await replayed(town, row) == []
    assert await town.answers_to(asked) == {"moved": "We found a room with a piano."}


async def test_words_that_were_not_understood_and_not_asked_again_become_a_note(town, monkeypatch):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room."))
    reading = Reading("", unread=("thanks",), unread_text={"thanks": "the kind lady"})
    monkeypatch.setattr("service.flows.replies.read", lambda *_: reading)

    await replayed(town, row)

    assert await town.answers_to(asked) == {NOTE: "the kind lady"}


async def test_what_reads_as_a_command_today_is_left_to_a_person(town, reader):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: We found a room."))
    reader(command=Command.STOP)

    with pytest.raises(Permanent, match="the command STOP"):
        await replayed(town, row)

    assert await town.answers_to(asked) == {"moved": "We found a room."}
    assert await town.participation(GRACE) == "active"


async def test_what_counts_as_a_machines_today_answers_nothing(town, monkeypatch):
    asked = await town.check_in(GRACE)
    row = await town.receive(reply(asked, "1: I am away."))
    found = Classified(Kind.AUTO_REPLY, "it says so")
    monkeypatch.setattr("service.flows.replay_message.classify", lambda _: found)

    await replayed(town, row)

    assert await town.answers_to(asked) == {}


class TestAScaleThatWasAnsweredTwice:
    """Of a scale the last answer counts."""

    @pytest.fixture
    async def twice(self, town, reader):
        await town.check_in(GRACE)
        town.later(days=7)
        asked = await town.check_in(GRACE)
        rows = []
        for pace in (2, 4):
            reader(**{"reflection-pace": pace})
            rows.append(await town.receive(reply(asked, f"5: {pace}")))
        return asked, *rows

    async def test_the_earlier_reply_never_overrides_the_later_one(self, town, reader, twice):
        asked, earlier, _ = twice
        reader(**{"reflection-pace": 1})

        assert await replayed(town, earlier) == []
        assert await town.answers_to(asked) == {"reflection-pace": 4}

    async def test_the_later_one_may_change(self, town, reader, twice):
        asked, _, later = twice
        reader(**{"reflection-pace": 5})

        await replayed(town, later)

        assert await town.answers_to(asked) == {"reflection-pace": 5}

    async def test_the_earlier_one_counts_again_where_the_later_one_says_nothing(self, town, reader, twice):
        asked, _, later = twice
        reader()

        await replayed(town, later)

        assert await town.answers_to(asked) == {"reflection-pace": 2}
