"""Questions that follow an answer: the receipt asks whether thanks may be passed on."""

import pytest

from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.store import entries, recognitions
from service.store.models import PersonRow
from tests.flows.letters import bare_reply, letter, reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, Town, text_of

MANY = """
[[people]]
name = "Ruth Alder"
email = "ruth.alder@town.example"
department = "School"
[[people]]
name = "Ruth Berry"
email = "ruth.berry@town.example"
department = "School"
[[people]]
name = "Maya Stone"
email = "maya1@town.example"
department = "School"
[[people]]
name = "Maya Stone"
email = "maya2@town.example"
department = "City Library"
[[people]]
name = "Front Desk"
email = "desk@library.example"
department = "City Library"
shared_mailbox = true
"""
ASKS_ADA = "1. Pass on to Ada: May we pass your thanks on to Ada Marlow, and, if they like, to their manager?"


@pytest.fixture
async def town(town: Town) -> Town:
    await town.apply(PLAN + MANY)
    await town.deliver()
    return town


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


@pytest.fixture
async def thanked(town, asked):
    """The receipt of thanks to Ada."""
    await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the keys"))
    return town.mails_to(GRACE)[-1]


def receipt(town) -> str:
    return text_of(town.mails_to(GRACE)[-1])


async def consents(town, asked) -> dict[str, object]:
    """What was answered, by the name of who would get the thanks."""
    names = {f"pass-on-{row.id}": row.name for row in await PersonRow.all()}
    given = await town.entries_of(asked)
    return {names[one.question]: one.value for one in given if one.effect is Effect.PASS_ON}


def passed_on(town, who: str) -> list[str]:
    return [text_of(mail) for mail in town.mails_to(who) if "for the keys" in text_of(mail)]


async def test_the_receipt_of_thanks_asks_whether_they_may_be_passed_on(town, thanked):
    assert "One more thing, if you like:" in text_of(thanked)
    assert f"{ASKS_ADA}\n   (yes / no)\n" in text_of(thanked)
    assert "I will not guess" not in text_of(thanked)


async def test_the_question_itself_is_not_asked_in_the_check_in(town, asked):
    assert "Pass on" not in text_of(asked)


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Yes, please!",
        "Yes please\n\nBest, Grace",
        "1: yes",
        "Of course, gladly.",
        "Gladly.\n\nyes",
        "Pass on to Ada: sure",
    ],
)
async def test_a_yes_to_the_receipt_is_its_answer(town, asked, thanked, words):
    judged = await town.receive(reply(thanked, words))

    assert judged.outcome == "recorded"
    assert await consents(town, asked) == {"Ada Marlow": True}
    assert len(passed_on(town, ADA)) == 1
    assert receipt(town).count("Pass on to Ada\n") == 1


@pytest.mark.parametrize(
    "words", ["no", "No, thanks.", "no thank you", "Better not, she would blush.\n\nno", "1: no"]
)
async def test_a_no_is_its_answer_too(town, asked, thanked, words):
    await town.receive(reply(thanked, words))

    assert await consents(town, asked) == {"Ada Marlow": False}
    assert passed_on(town, ADA) == []
    assert set(await town.answers_to(asked)) - {"thanks"} == {
        one.question for one in await town.entries_of(asked) if one.effect is Effect.PASS_ON
    }


async def test_nobody_but_its_author_reads_the_answer(town, asked, thanked):
    await town.receive(reply(thanked, "yes"))

    (answer,) = [one for one in await town.entries_of(asked) if one.effect is Effect.PASS_ON]
    assert answer.privacy is PrivacyClass.SELF
    assert "Read by: only you, until you pass it on." in receipt(town)


@pytest.mark.parametrize(
    "words",
    [
        "No news from the school yet.",
        "The seniors walked the first half.",
        "We have a room now, yes.",
        "She would blush, I think.",
        "yes\n\nno",
    ],
)
async def test_other_words_are_no_answer_to_it_and_nothing_for_the_team(town, asked, thanked, words):
    """They may be about a person: where a mail asks one thing, plain words that do not answer it stay
    with the champion."""
    judged = await town.receive(reply(thanked, words))

    assert judged.outcome == "recorded"
    assert await consents(town, asked) == {}
    notes = [one for one in await town.entries_of(asked) if one.effect is Effect.NOTE]
    assert [(one.text, one.privacy) for one in notes] == [
        (words.replace("\n\n", "\n"), PrivacyClass.CHAMPION)
    ]
    assert "moved" not in await town.answers_to(asked)
    assert passed_on(town, ADA) == []


@pytest.mark.parametrize(
    "words",
    [
        "Ok, thanks!",
        "Yes, all correct.",
        "Thanks!",
        "Perfect",
        "👍 looks good",
        "👍",
        "Correct.",
        "That's right",
    ],
)
async def test_a_nod_to_the_receipt_is_no_consent_and_no_answer(town, asked, thanked, words):
    await town.receive(reply(thanked, words))

    assert await town.answers_to(asked) == {"thanks": ["Ada Marlow"]}
    assert passed_on(town, ADA) == []


async def test_it_is_asked_once_however_often_she_is_thanked(town, asked, thanked):
    await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the lamps"))
    second = receipt(town)
    await town.receive(bare_reply(thanked, "Thanks to: Ada Marlow and Linus for the keys"))

    assert "Pass on" not in second
    assert "Pass on to Ada" not in receipt(town)
    assert "1. Pass on to Linus: May we pass your thanks on to Linus Berg" in receipt(town)


async def test_each_of_two_thanked_people_is_a_question_of_its_own(town, asked):
    await town.receive(bare_reply(asked, "Thanks to: Ada Marlow and Linus for the keys"))
    mail = town.mails_to(GRACE)[-1]

    await town.receive(reply(mail, "1: yes\n2: no"))

    assert "A few more things, if you like:" in text_of(mail)
    assert "2. Pass on to Linus: " in text_of(mail)
    assert await consents(town, asked) == {"Ada Marlow": True, "Linus Berg": False}
    assert (len(passed_on(town, ADA)), passed_on(town, LINUS)) == (1, [])


async def test_one_yes_to_two_questions_is_kept_for_neither(town, asked):
    await town.receive(bare_reply(asked, "Thanks to: Ada Marlow and Linus for the keys"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "yes"))

    assert await consents(town, asked) == {}
    assert passed_on(town, ADA) == passed_on(town, LINUS) == []


async def test_it_can_be_answered_by_its_name_from_any_later_mail_of_the_conversation(town, asked, thanked):
    await town.receive(bare_reply(asked, "Next: call the school"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "Pass on to Ada: yes"))

    assert await consents(town, asked) == {"Ada Marlow": True}
    assert len(passed_on(town, ADA)) == 1


async def test_a_program_that_drops_the_thread_answers_it_too(town, asked, thanked):
    await town.receive(bare_reply(thanked, "yes").without("In-Reply-To").without("References"))

    assert await consents(town, asked) == {"Ada Marlow": True}


async def test_a_plain_yes_to_the_check_in_consents_to_nothing(town, asked, thanked):
    await town.receive(bare_reply(asked, "yes"))

    assert await consents(town, asked) == {}


async def test_a_yes_can_be_changed_to_a_no(town, asked, thanked):
    await town.receive(reply(thanked, "yes"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "no"))

    assert await consents(town, asked) == {"Ada Marlow": False}
    assert "Pass on to Ada (changed)" in receipt(town)
    (thanks,) = [one for one in await town.entries_of(asked) if one.effect is Effect.THANKS]
    assert {one.state for one in await recognitions.of_entry(thanks.id)} <= {"withdrawn"}


# Who is not asked about


@pytest.mark.parametrize(
    "words",
    [
        "Grace Fielding, for a good week",
        "Maya Stone for the keys",
        "Front Desk for the keys",
        "nobody this week",
    ],
    ids=["myself", "two people of one name", "a shared mailbox", "nobody"],
)
async def test_nothing_follows_where_nobody_could_be_asked(town, asked, words):
    judged = await town.receive(bare_reply(asked, f"Thanks to: {words}"))

    assert judged.outcome == "recorded"
    assert "Pass on" not in receipt(town)


async def test_a_shared_mailbox_cannot_pass_on(town, asked):
    await PersonRow.filter(name="Grace Fielding").update(shared_mailbox=True)

    await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the keys"))

    assert "Pass on" not in receipt(town)


@pytest.mark.parametrize("name", ["Ruth", "the kind lady at the gate"])
async def test_a_name_that_is_nobodys_or_two_peoples_stays_as_it_was_written_and_the_receipt_says_so(
    town, asked, name
):
    await town.receive(bare_reply(asked, f"Thanks to: {name} for the keys"))

    assert await town.answers_to(asked) == {"thanks": f"{name} for the keys"}
    assert "Pass on" not in receipt(town)
    assert "I found nobody of the team for certain in your thanks" in receipt(town)


async def test_with_the_full_name_it_is_asked(town, asked):
    await town.receive(bare_reply(asked, "Thanks to: Ruth for the keys"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "Thanks to: Ruth Berry for the keys"))

    assert "1. Pass on to Ruth: May we pass your thanks on to Ruth Berry" in receipt(town)
    assert "I found nobody" not in receipt(town)
    assert await town.answers_to(asked) == {"thanks": ["Ruth Berry"]}


async def test_two_of_one_first_name_are_told_apart(town, asked):
    await town.receive(bare_reply(asked, "Thanks to: Ruth Alder and Ruth Berry for the keys"))

    assert "1. Pass on to Ruth Alder: " in receipt(town)
    assert "2. Pass on to Ruth Berry: " in receipt(town)


async def test_what_could_not_be_read_is_asked_again_beside_it_under_numbers_that_count_on(town):
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)

    judged = await town.receive(bare_reply(asked, "Thanks to: Ada Marlow for the keys\n5: 9"))
    mail = town.mails_to(GRACE)[-1]
    await town.receive(reply(mail, "1: 4\n2: yes"))

    assert judged.outcome == "clarification_asked"
    assert "1. One more: How does the pace feel" in text_of(mail)
    assert "2. Pass on to Ada: " in text_of(mail)
    assert await consents(town, asked) == {"Ada Marlow": True}
    assert (await town.answers_to(asked))["reflection-pace"] == 4


async def test_thanks_without_an_identifier_of_ours_ask_nothing(town, asked):
    judged = await town.receive(letter("Thanks to: Ada Marlow for the keys"))

    assert judged.outcome == "refused"


async def test_a_consent_that_was_taken_back_is_none(town, asked, thanked):
    await town.receive(reply(thanked, "yes"))
    (given,) = [one for one in await town.entries_of(asked) if one.effect is Effect.PASS_ON]

    await town.receive(reply(town.mails_to(GRACE)[-1], "TAKE BACK pass on"))

    assert await consents(town, asked) == {}
    assert await entries.history(given.id) == [(1, True, "yes")]
