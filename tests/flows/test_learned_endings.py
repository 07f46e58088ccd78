"""What people end every mail with is learned from their replies, shown, and forgotten on request."""

import pytest

from service.flows.replay_message import replay_message
from service.store import domain_endings, inbox
from service.store.models import EndingRow
from tests.flows.letters import bare_reply, reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, Town, text_of

CARD = "Grace Fielding\nSenior Center, second floor\nTel. 555 0100 200"
SHOWN = "    Grace Fielding\n    Senior Center, second floor\n    Tel. 555 0100 200"
TOLD = "leave it out of your answers from now on"
RECORDS = (
    "All mail to and from this address belongs to the Town of Milton, may be read under the state law on"
    " records, and does not bind the town unless a clerk has signed it."
)


async def answer(town: Town, week: int, ending: str, who: str = GRACE, words: str = "") -> str:
    """One week: the check-in comes, somebody answers. What is stored as moved forward."""
    town.later(days=7)
    asked = await town.check_in(who)
    await town.receive(reply(asked, f"{words or f'We found room {week}.'}\n\n{ending}"))
    return (await town.answers_to(asked)).get("moved")


async def answers(town: Town, weeks: int, ending: str, who: str = GRACE) -> list[str]:
    return [await answer(town, week, ending, who) for week in range(weeks)]


def last_mail(town: Town, who: str = GRACE) -> str:
    return text_of(town.mails_to(who)[-1])


async def command(town: Town, word: str, who: str = GRACE) -> str:
    """The answer to a one-word command."""
    await town.receive(reply(town.asked(who), word))
    return last_mail(town, who)


async def test_from_the_fourth_mail_on_a_signature_is_left_out_and_its_author_told_once(town):
    first = await answers(town, 3, CARD)
    quiet = last_mail(town)
    fourth = await answer(town, 3, CARD)
    receipt = last_mail(town)
    fifth = await answer(town, 4, CARD)

    assert first == [f"We found room {week}.\n\n{CARD}" for week in range(3)]
    assert (fourth, fifth) == ("We found room 3.", "We found room 4.")
    assert (TOLD in quiet, TOLD in receipt, TOLD in last_mail(town)) == (False, True, False)
    assert SHOWN in receipt
    assert "answer FORGET" in receipt


async def test_status_shows_what_is_left_out_and_forget_ends_it(town):
    await answers(town, 5, CARD)

    status = await command(town, "STATUS")
    forgotten = await command(town, "FORGET")
    afterwards = await answers(town, 4, CARD)
    quiet = await command(town, "STATUS")

    assert f"{SHOWN}\n    It stood under 5 of your mails." in status
    assert SHOWN in forgotten
    assert "read it as words of yours" in forgotten
    assert afterwards == [f"We found room {week}.\n\n{CARD}" for week in range(4)]
    assert "It stood under" not in quiet


async def test_the_same_block_from_another_domain_is_not_left_out(town):
    await answers(town, 4, CARD)

    assert await answer(town, 1, CARD, LINUS) == f"We found room 1.\n\n{CARD}"


@pytest.mark.parametrize("words", ["All good here.", "Nothing in the way\nNothing needed"])
async def test_who_says_the_same_at_the_end_of_each_mail_is_not_robbed_of_it(town, words):
    assert await answers(town, 6, words) == [f"We found room {week}.\n\n{words}" for week in range(6)]
    assert await EndingRow.all().count() == 0


async def test_what_stands_below_the_same_words_each_week_is_not_learned(town):
    for _ in range(5):
        kept = await answer(town, 0, CARD)

    assert kept == f"We found room 0.\n\n{CARD}"


async def test_one_conversation_counts_once_and_so_does_a_mail_that_comes_twice(town):
    """REL-4, IN-21."""
    asked = await town.check_in(GRACE)
    letter = reply(asked, f"We found a room.\n\n{CARD}")

    await town.receive(letter, letter, letter.adding("Received", "by another.example"))
    await town.receive(reply(asked, f"2: Paint it\n\n{CARD}"), reply(asked, f"3: No\n\n{CARD}"))
    await town.receive(reply(town.mails_to(GRACE)[-1], f"Next: Paint the door\n\n{CARD}"))

    assert [row.mails for row in await EndingRow.all()] == [1]


async def test_what_three_people_of_a_domain_end_with_is_left_out_for_all_of_them(town):
    plan = PLAN.replace("linus@school.example", "linus@town.example")
    await town.apply(f'{plan}[[people]]\nname = "Maria Vale"\nemail = "maria@town.example"\n'
                     'department = "School"\n')  # fmt: skip
    people = [ADA, GRACE, "linus@town.example"]
    for week in range(2):
        kept = [await answer(town, week, RECORDS, who) for who in people]

    asked = await answer(town, 7, RECORDS, "maria@town.example")

    assert kept == [f"We found room 1.\n\n{RECORDS}"] * 3
    assert asked == "We found room 7."
    assert TOLD in last_mail(town, "maria@town.example")
    assert [(one.domain, one.people) for one in await domain_endings.every()] == [("town.example", 3)]


async def test_nothing_is_learned_from_a_round_that_is_blind(town):
    await town.send("debrief")

    await town.receive(reply(town.asked(GRACE, "debrief"), f"1: It went well.\n\n{CARD}"))

    assert await EndingRow.all().count() == 0


async def test_nothing_is_learned_from_a_mail_for_which_an_operator_vouched(town):
    asked = await town.check_in(GRACE)
    held = await town.receive(reply(asked, f"We found a room.\n\n{CARD}", author=ADA))

    released = await town.released(held.id)

    assert released.outcome == "recorded"
    assert await EndingRow.all().count() == 0


async def test_forget_says_so_where_nothing_was_learned(town):
    await town.check_in(GRACE)

    assert "There was nothing to forget" in await command(town, "FORGET")


async def test_forget_inside_a_sentence_is_no_command(town):
    asked = await town.check_in(GRACE)

    await town.receive(bare_reply(asked, "Forget the bus, we walk."))

    assert await town.answers_to(asked) == {"moved": "Forget the bus, we walk."}


async def test_a_reply_that_is_nothing_but_the_signature_answers_nothing(town):
    await answers(town, 3, CARD)
    town.later(days=7)
    asked = await town.check_in(GRACE)

    await town.receive(reply(asked, CARD))

    assert await town.answers_to(asked) == {}
    assert SHOWN in last_mail(town)


async def test_an_earlier_reply_read_again_loses_the_signature_that_was_learned_since(town):
    asked = await town.check_in(GRACE)
    first = await town.receive(reply(asked, f"We found a room.\n\n{CARD}"))
    await answers(town, 3, CARD)

    await replay_message(await inbox.judged(first.id), town.desk, town.now, write=True)

    assert await town.answers_to(asked) == {"moved": "We found a room."}
