import pytest

from service.domain.mail import Kind
from service.domain.reading import Answer, Reading
from service.inbound import Classified
from service.store import entries
from tests.flows.letters import reply
from tests.flows.town import GRACE


@pytest.fixture
def answered(settled, tell, monkeypatch):
    """The reader of that day took one word for the whole answer."""

    async def story(town):
        return (await town.receive(reply(await town.check_in(GRACE), "1: We found a room."))).id

    with monkeypatch.context() as earlier:
        reading = Reading("We", (Answer("moved", "We", "We", 1.0),))
        earlier.setattr("service.flows.replies.read", lambda *_: reading)
        return tell(story)


def stored(tell, inbox_id):
    async def texts(town):
        return [entry.text for entry in await entries.of_inbox(inbox_id)]

    return tell(texts)


def test_the_difference_is_shown_and_nothing_changes(commonthread, answered, tell):
    code, said, _ = commonthread("replay", answered)

    assert code == 0
    assert "We found a room." in said
    assert "Add --yes" in said
    assert stored(tell, answered) == ["We"]


def test_with_yes_it_is_stored(commonthread, answered, tell):
    code, said, _ = commonthread("replay", answered, "--yes")

    assert code == 0
    assert "Add --yes" not in said
    assert stored(tell, answered) == ["We found a room."]


def test_what_reads_the_same_is_said(commonthread, answered):
    commonthread("replay", answered, "--yes")

    assert f"Message {answered} reads as it is stored." in commonthread("replay", answered)[1]


def test_one_that_cannot_be_replayed_does_not_hold_up_the_others(commonthread, answered, tell):
    code, _, complained = commonthread("replay", 77, answered, "--yes")

    assert code == 1
    assert "Message 77 is not there" in complained
    assert stored(tell, answered) == ["We found a room."]


def test_what_was_no_answer_has_none_to_be_read(commonthread, settled, tell):
    async def asks_for_help(town):
        return (await town.receive(reply(await town.check_in(GRACE), "HELP"))).id

    code, _, complained = commonthread("replay", tell(asks_for_help), "--yes")

    assert code == 1
    assert "was command done" in complained


class TestAMessageThatWasTakenForAMachines:
    @pytest.fixture
    def ignored(self, settled, tell, monkeypatch):
        async def story(town):
            return (await town.receive(reply(await town.check_in(GRACE), "1: We found a room."))).id

        with monkeypatch.context() as earlier:
            found = Classified(Kind.AUTO_REPLY, "it looked like one")
            earlier.setattr("service.flows.process_message.classify", lambda _: found)
            return tell(story)

    def test_it_is_judged_as_if_it_had_just_come(self, commonthread, ignored, tell):
        assert "Today it counts as a person's." in commonthread("replay", ignored)[1]
        assert stored(tell, ignored) == []

        code, said, _ = commonthread("replay", ignored, "--yes")

        assert (code, said) == (0, f"Message {ignored}: recorded.\n")
        assert stored(tell, ignored) == ["We found a room."]
