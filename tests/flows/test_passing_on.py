"""Thanks are passed on by their author, and only to whom can give consent (product.md email 12, PRIV-26)."""

import pytest

from tests.flows.letters import bare_reply, reply
from tests.flows.thanking import (
    DECEMBER,
    JANUARY,
    MANAGED,
    MAYA,
    SENTENCE,
    TITLE,
    TOLD,
    ThankfulTown,
    praises,
)
from tests.flows.town import ADA, GRACE, LINUS, text_of


@pytest.fixture
async def town(database, desk) -> ThankfulTown:
    town = ThankfulTown(desk)
    await town.settle_in(MANAGED)
    return town


async def test_no_passes_nothing_on_and_sends_nothing(town):
    asked = await town.thank()
    before = len(town.mails_to(GRACE))

    await town.receive(bare_reply(asked, "no"))

    assert len(town.mails_to(GRACE)) == before
    assert await town.states() == []
    assert await town.month() is None


async def test_a_yes_that_the_author_corrects_to_no_withdraws_what_is_not_told(town):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    await town.decided("yes", town.mails_to(GRACE)[-1])

    await town.receive(bare_reply(asked, "no"))

    assert await town.states() == ["withdrawn"]
    assert await town.month() is None


async def test_thanks_that_their_author_takes_back_are_not_told(town):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    await town.decided("yes", town.mails_to(GRACE)[-1])

    await town.receive(bare_reply(asked, "TAKE BACK"))

    assert await town.states() == ["withdrawn"]
    assert await town.month() is None


async def test_a_yes_to_thanks_that_were_taken_back_promises_nothing(town):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    thanks = town.mails_to(GRACE)[-1]
    await town.receive(bare_reply(asked, "TAKE BACK"))

    receipt = await town.decided("yes", thanks)

    assert TOLD not in text_of(receipt)
    assert await town.month() is None


async def test_thanks_in_other_words_are_shown_anew_and_the_first_yes_is_void(town):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    first = town.mails_to(GRACE)[-1]
    await town.decided("yes", first)

    await town.receive(bare_reply(asked, "Thanks to: Grace, for the room and the tea"))
    second = town.mails_to(GRACE)[-1]
    void = await town.states()
    await town.decided("yes", first)
    still_void = await town.states()
    await town.decided("yes", second)

    assert "for the room and the tea." in text_of(second)
    assert (void, still_void) == (["offered"], ["offered"])
    assert praises(await town.month()) == [SENTENCE.replace("room.", "room and the tea.")]


async def test_thanks_that_were_told_are_not_asked_about_again_when_their_author_puts_them_differently(town):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    await town.decided("yes", town.mails_to(GRACE)[-1])
    await town.month()
    before = len(town.mails_to(GRACE))

    await town.receive(bare_reply(asked, "Thanks to: Grace, for the room and the tea"))

    assert len(town.mails_to(GRACE)) == before
    assert await town.month(JANUARY) is None


async def test_a_yes_to_words_that_their_author_has_replaced_approves_nothing(town):
    """Nobody approves what they were not shown."""
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    first = town.mails_to(GRACE)[-1]
    town.later(minutes=1)
    await town.receive(bare_reply(asked, "Thanks to: Grace, for the room and the tea"))

    receipt = await town.decided("yes", first)

    assert await town.states() == ["offered"]
    assert "the tea" not in text_of(receipt)
    assert await town.month() is None


@pytest.mark.parametrize(("words", "told"), [("yes", 1), ("edit: A room, no more.", 1), ("not now", 0)])
async def test_of_what_is_answered_to_replaced_words_only_a_no_counts(town, words, told):
    asked = await town.thank()
    await town.receive(bare_reply(asked, "yes"))
    first = town.mails_to(GRACE)[-1]
    town.later(minutes=1)
    await town.receive(bare_reply(asked, "Thanks to: Grace, for the room and the tea"))
    await town.decided("yes", town.mails_to(GRACE)[-1])

    await town.decided(words, first)

    note = await town.month()
    assert (praises(note) if note else []) == [SENTENCE.replace("room.", "room and the tea.")] * told


async def test_the_same_yes_twice_writes_one_mail(town):
    asked = await town.thank()

    await town.receive(bare_reply(asked, "yes"), bare_reply(asked, "yes, please"))

    assert sum("thanks you" in mail["Subject"] for mail in town.mails_to(GRACE)) == 1
    assert len(await town.states()) == 1


async def test_each_of_several_thanked_people_decides_for_themselves(town):
    """Product: a manager reads no sentence that the person it is about did not pass on."""
    asked = await town.thank("Grace for the room, Linus for the van")
    await town.receive(bare_reply(asked, "1: yes\n2: yes"))
    await town.decided("yes", town.mails_to(GRACE)[-1])

    summary = await town.month()

    assert praises(summary) == [SENTENCE]
    assert "Linus" not in summary.as_string()


# Where nobody can be told


async def test_without_a_manager_the_mail_only_passes_the_thanks_on(town):
    """The School has none."""
    thanks = await town.passed_on("Linus, for the van", to=LINUS)

    assert "Linus, for the van" in text_of(thanks)
    assert thanks["X-Common-Thread-Asked"] is None
    assert "manager" not in text_of(thanks)
    assert await town.states() == []


@pytest.mark.parametrize("word", ["PAUSE", "STOP"])
async def test_who_wants_no_mail_is_not_asked_and_nothing_is_ever_told(town, word):
    await town.send()
    await town.receive(reply(town.asked(GRACE), word))
    before = len(town.mails_to(GRACE))

    await town.passed_on()
    await town.receive(reply(town.asked(GRACE), "RESUME"))

    assert len(town.mails_to(GRACE)) == before + 1
    assert await town.states() in ([], ["withdrawn"])
    assert await town.month() is None


@pytest.mark.parametrize("address", [ADA, GRACE])
async def test_a_shared_mailbox_is_asked_nothing(town, address):
    """Product: a shared mailbox cannot give consent."""
    asked = await town.thank()
    await town.shares_mailbox(address)

    await town.receive(bare_reply(asked, "yes"))

    assert await town.states() == []
    assert [m for m in town.mails_to(GRACE) if "1. Your word" in text_of(m)] == []


async def test_a_mailbox_that_became_shared_takes_its_consent_with_it(town):
    await town.decided("yes")
    await town.shares_mailbox(GRACE)

    assert await town.month() is None


async def test_a_manager_who_is_thanked_is_not_told_of_themselves(town):
    """Maya is a member as well, and nobody else manages the Senior Center."""
    await town.plan_is(
        MANAGED.replace(
            '"Senior Center"\nroles = ["manager"]', '"Senior Center"\nroles = ["manager", "member"]'
        )
    )

    thanks = await town.passed_on("Maya, for the keys", to=MAYA)

    assert "Maya, for the keys" in text_of(thanks)
    assert "1. Your word" not in text_of(thanks)


async def test_a_manager_who_is_a_member_gets_both_mails(town):
    await town.plan_is(
        MANAGED.replace(
            '"Senior Center"\nroles = ["manager"]', '"Senior Center"\nroles = ["manager", "member"]'
        )
    )
    await town.decided("yes")

    town.now = DECEMBER
    await town.tick()

    subjects = [mail["Subject"] for mail in town.mails_to(MAYA)]
    assert any("How did it go?" in subject for subject in subjects)
    assert any(TITLE in subject for subject in subjects)
