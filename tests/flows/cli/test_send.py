import pytest

from service.domain.people import Participation
from service.store import outbox, people
from tests.flows.town import GRACE, PLAN


async def asked(town):
    return sum(b"Subject: " in raw for _, raw in await outbox.raws(["ready"])) - 3


def test_everybody_is_asked_once_a_week(commonthread, settled, tell):
    first = commonthread("send", "check-in")
    second = commonthread("send", "check-in")

    assert first[:2] == (0, "3 mails in the outbox.\n")
    assert second[:2] == (0, "0 mails in the outbox. 3 had been asked this week already.\n")
    assert tell(asked) == 3


def test_who_paused_is_counted_apart(commonthread, settled, tell):
    async def pause(town):
        await people.set_participation((await town.person(GRACE)).id, Participation.PAUSED)

    tell(pause)

    assert (
        commonthread("send", "check-in")[1] == "2 mails in the outbox. 1 paused or stopped, and get none.\n"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["chekin"], '"check-in"'),
        (["receipt"], "check-in, debrief, welcome"),
        (["address-failing"], "goes out by itself"),
        (["check-in", "--collaboration", "trial"], '"trail"'),
    ],
)
def test_what_cannot_be_sent_is_wrong_usage_and_says_what_can(commonthread, settled, tell, words, complaint):
    code, said, complained = commonthread("send", *words)

    assert (code, said) == (2, "")
    assert complaint in complained
    assert tell(asked) == 0


def test_before_the_first_plan_it_says_where_to_begin(commonthread, installation):
    code, _, complained = commonthread("send", "check-in")

    assert code == 2
    assert "commonthread apply" in complained


class TestTwoCollaborations:
    @pytest.fixture
    def two(self, settled, tell, tmp_path, commonthread):
        (tmp_path / "plan.toml").write_text(PLAN.replace('"trail"', '"garden"'))
        commonthread("apply", "plan.toml", "--yes")

    def test_one_has_to_be_named(self, commonthread, two):
        code, _, complained = commonthread("send", "check-in")

        assert code == 2
        assert "garden, trail" in complained

    def test_the_named_one_is_asked(self, commonthread, two):
        assert commonthread("send", "check-in", "--collaboration", "garden")[0] == 0
