import json

from service.store import alarms, people
from tests.flows.letters import reply
from tests.flows.town import GRACE, LINUS


async def a_week(town):
    """Grace answers, Linus' address fails, and the mailbox was away."""
    await town.receive(reply(await town.check_in(GRACE), "1: We found a room."))
    await people.note_failure(LINUS, "550 no such mailbox", town.now)
    await alarms.ring("mailbox", "The mailbox cannot be read.", town.now)
    await alarms.ring("mailbox", "The mailbox cannot be read.", town.now)


def test_it_says_in_plain_words_what_went_out_what_came_in_and_what_fails(commonthread, settled, tell):
    tell(a_week)

    code, said, _ = commonthread("status")

    lines = dict(line.split(":", 1) for line in said.splitlines())
    assert code == 0
    assert lines["Answers kept"].strip() == "1"
    assert "1 answered" in lines["Questions"]
    assert "1 settled" in lines["Mail that came in"]
    assert lines["What came of it"].strip() == "1 recorded"
    assert lines["Address fails"].strip() == f"{LINUS}: 550 no such mailbox"
    assert "The mailbox cannot be read. (since 2026-11-23" in lines["Alarm"]
    assert "2 times" in lines["Alarm"]


def test_nobodys_words_are_in_it(commonthread, settled, tell):
    tell(a_week)

    assert "found a room" not in "".join(commonthread("status")[1:] + commonthread("status", "--json")[1:])


def test_json_has_every_count_and_moments_in_iso_8601(commonthread, settled, tell):
    tell(a_week)

    code, said, _ = commonthread("status", "--json")

    seen = json.loads(said)
    assert code == 0
    assert (seen["entries"], seen["outcomes"], seen["waiting"]) == (1, {"recorded": 1}, 0)
    assert seen["failing"] == [[LINUS, "550 no such mailbox"]]
    assert seen["alarms"][0]["since"] == "2026-11-23T14:00:00+00:00"


def test_an_empty_house_says_so(commonthread, installation):
    code, said, _ = commonthread("status")

    assert code == 0
    assert "nothing yet" in said


def test_a_broken_template_does_not_hinder_it(commonthread, installation):
    installation("TEMPLATES_DIR=nowhere")

    assert commonthread("status")[0] == 0
