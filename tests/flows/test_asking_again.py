"""What cannot be read is asked again: once, and only that."""

import pytest

from tests.flows.letters import bare_reply, letter, reply
from tests.flows.town import GRACE, text_of


async def _pace_asked(town):
    """The rotating question of the second week is a scale."""
    await town.send()
    town.later(days=7)
    return await town.check_in(GRACE)


async def test_only_the_question_that_could_not_be_read_is_asked_again_as_number_one(town):
    asked = await _pace_asked(town)

    judged = await town.receive(reply(asked, "1: We found a room.\n5: 9"))

    again = text_of(town.mails_to(GRACE)[-1])
    assert judged.outcome == "clarification_asked"
    assert await town.answers_to(asked) == {"moved": "We found a room."}
    assert (
        "1. One more: How does the pace feel, from 1 (far too slow or too fast) to 5 (just right)?" in again
    )
    assert "2. " not in again
    assert 'At "One more" you wrote:\n    9' in again


@pytest.mark.parametrize("words", ["four", "4", "Four, because it got better."])
async def test_a_plain_word_answers_what_is_asked_again_and_lands_under_the_first_prompt(town, words):
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))

    judged = await town.receive(reply(town.mails_to(GRACE)[-1], words))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"reflection-pace": 4}
    assert "May I ask once more?" not in text_of(town.mails_to(GRACE)[-1])


async def test_a_second_failure_is_not_asked_a_third_time(town):
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))

    judged = await town.receive(reply(town.mails_to(GRACE)[-1], "1: 17"))

    assert judged.outcome == "recorded"
    assert "May I ask once more?" not in text_of(town.mails_to(GRACE)[-1])
    assert await town.answers_to(asked) == {"note": "17"}


async def test_the_same_failure_in_a_second_reply_to_the_prompt_is_not_asked_again_either(town):
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))

    judged = await town.receive(reply(asked, "5: 12"))

    assert judged.outcome == "recorded"
    assert "May I ask once more?" not in text_of(town.mails_to(GRACE)[-1])


async def test_words_that_were_not_understood_twice_are_shown_as_not_recorded(town):
    """Nobody is left to believe that something counted."""
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "1: seventeen and a half"))

    assert "seventeen and a half" in text_of(town.mails_to(GRACE)[-1])
    assert await town.answers_to(asked) == {"note": "seventeen and a half"}


async def test_a_reply_to_the_question_asked_again_may_correct_the_other_answers_by_name(town):
    """The receipt promises it: "reply with its name and better words"."""
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "1: We found a room.\n5: 9"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "1: 4\nNext: call the school\nneed: two lamps"))

    assert await town.answers_to(asked) == {
        "moved": "We found a room.",
        "reflection-pace": 4,
        "next": "call the school",
        "need": "two lamps",
    }
    receipt = text_of(town.mails_to(GRACE)[-1])
    assert "call the school" in receipt
    assert "two lamps" in receipt


async def test_a_name_alone_corrects_without_touching_what_is_asked_again(town):
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))

    judged = await town.receive(bare_reply(town.mails_to(GRACE)[-1], "Next: call the school"))

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"next": "call the school"}


async def test_what_is_asked_again_may_be_answered_from_the_first_mail_in_its_thread(town):
    """Mail-rules 2.1: a program that names the first mail of a thread makes no conflict."""
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))
    answer = reply(town.mails_to(GRACE)[-1], "four").having("In-Reply-To", asked["Message-ID"])

    judged = await town.receive(answer)

    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"reflection-pace": 4}


async def test_what_is_asked_again_has_an_address_of_its_own_and_its_message_id_finds_it_too(town):
    asked = await _pace_asked(town)
    await town.receive(reply(asked, "5: 9"))
    again = town.mails_to(GRACE)[-1]

    judged = await town.receive(letter("four").having("In-Reply-To", again["Message-ID"]))

    assert again["Reply-To"] != asked["Reply-To"]
    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"reflection-pace": 4}
