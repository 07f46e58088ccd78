"""One-word commands, each confirmed to the registered address (mail-rules, Commands)."""

import pytest

from service.store import alarms, prompts, quarantine
from service.store.models import PersonRow
from tests.flows.letters import bare_reply, letter, reply
from tests.flows.town import ADA, GRACE, LINUS, MALLORY, OPERATOR, text_of

CONFIRMATIONS = {
    "HELP": "PAUSE      no mail for a while",
    "STATUS": "You get our mail as usual.",
    "SKIP": "skip",
    "PAUSE": "All is quiet now until you say RESUME.",
    "RESUME": "Good to have you back",
    "STOP": "from now on you get no more mail from here",
    "EXPORT": "1. A copy: Shall we send you a copy of all that is kept about you?",
    "ERASE": "1. Delete: Shall we delete all that is kept about you, for good?",
    "TAKE BACK": "There was nothing of yours to take back here.",
    "FORGET": "There was nothing to forget",
}


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


@pytest.mark.parametrize("word", CONFIRMATIONS)
async def test_every_command_is_confirmed_once_to_the_registered_address(town, asked, word):
    """OUT-12."""
    sent = town.sent_count

    judged = await town.receive(reply(asked, f"{word.lower()}.").having("Reply-To", f"<{MALLORY}>"))

    answer = town.mails_to(GRACE)[-1]
    assert (judged.outcome, judged.reason) == ("command_done", word)
    assert town.sent_count == sent + 1
    assert CONFIRMATIONS[word].lower() in f"{answer['Subject']}\n{text_of(answer)}".lower()
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == judged.octets.decode().partition("Message-ID: ")[2].split()[0]
    assert await town.answers_to(asked) == {}


async def test_a_word_inside_a_sentence_is_no_command(town, asked):
    await town.receive(reply(asked, "Stop and think: we need help with the bus."))

    assert await town.participation(GRACE) == "active"
    assert list(await town.answers_to(asked)) == ["moved"]


async def test_skip_closes_this_weeks_question_and_the_next_one_comes_as_usual(town, asked):
    await town.receive(reply(asked, "SKIP"))
    town.later(days=7)
    await town.send()

    assert (await prompts.get(town.handle_of(asked))).state == "skipped"
    assert "How did it go?" in town.mails_to(GRACE)[-1]["Subject"]


async def test_status_shows_what_was_answered_to_the_mail_it_replies_to(town, asked):
    await town.receive(reply(asked, "1: We found a room."))

    await town.receive(reply(asked, "STATUS"))

    assert "We found a room." in text_of(town.mails_to(GRACE)[-1])


async def test_who_paused_gets_no_prompt_until_resume(town, asked):
    await town.receive(reply(asked, "PAUSE"))
    town.later(days=7)
    paused_week = await town.send()

    await town.receive(reply(asked, "RESUME"))
    town.later(days=7)
    next_week = await town.send()

    assert (paused_week, next_week) == (2, 3)


async def test_pause_with_a_date_ends_at_the_first_moment_of_that_day_in_the_persons_zone(town):
    """TIME-1: midnight in Auckland."""
    await town.send()
    asked = town.mails_to(LINUS)[-1]

    await town.receive(reply(asked, "PAUSE until December 7"))

    assert (await town.person(LINUS)).paused_until.isoformat() == "2026-12-06T11:00:00+00:00"
    assert "Monday, December 7" in text_of(town.mails_to(LINUS)[-1])


async def test_status_names_the_day_of_a_pause_as_its_reader_counts_days(town):
    await town.send()
    asked = town.mails_to(LINUS)[-1]
    await town.receive(reply(asked, "PAUSE until December 7"))

    await town.receive(reply(asked, "STATUS"))

    assert "paused until Monday, December 7" in text_of(town.mails_to(LINUS)[-1])


async def test_a_pause_ends_by_itself(town, asked):
    await town.receive(reply(asked, "PAUSE until December 7"))
    town.later(days=7)
    within = await town.send()
    town.later(days=7)

    assert (within, await town.send()) == (2, 3)


async def test_who_stopped_gets_no_prompt_but_still_receipts(town, asked):
    await town.receive(reply(asked, "STOP"))
    town.later(days=7)
    await town.send()
    before = len(town.mails_to(GRACE))

    judged = await town.receive(reply(asked, "By the way, we found a room."))

    assert before == 2
    assert judged.outcome == "recorded"
    assert len(town.mails_to(GRACE)) == 3


@pytest.mark.parametrize("word", ["PAUSE", "STOP"])
async def test_a_prompt_that_was_queued_already_does_not_reach_who_paused_or_stopped(town, asked, word):
    """F48."""
    town.later(days=7)
    await town.write()

    await town.receive(reply(asked, word))

    subjects = [mail["Subject"] for mail in town.mails_to(GRACE)]
    assert len(subjects) == 2
    assert "wk 49" not in "".join(subjects)
    assert len(town.mails_to(ADA)) == 2


@pytest.mark.parametrize("word", ["EXPORT", "ERASE"])
async def test_export_and_erase_ask_and_take_effect_only_after_a_second_yes(town, asked, word):
    await town.receive(reply(asked, word))
    assert await alarms.every() == []

    judged = await town.receive(reply(town.mails_to(GRACE)[-1], "Yes, please."))

    rung = await alarms.every()
    assert judged.outcome == "recorded"
    assert len(rung) == 1
    assert "Grace Fielding <grace@town.example> confirmed" in rung[0].text


@pytest.mark.parametrize("word", ["EXPORT", "ERASE"])
@pytest.mark.parametrize("answer", ["No!", "What does that mean?", "maybe"])
async def test_anything_but_yes_leaves_everything_as_it_is(town, asked, word, answer):
    await town.receive(reply(asked, word))

    await town.receive(reply(town.mails_to(GRACE)[-1], answer))

    assert await alarms.every() == []


async def test_a_yes_to_the_check_in_erases_nothing(town, asked):
    await town.receive(reply(asked, "ERASE"))

    await town.receive(bare_reply(asked, "yes"))

    assert await alarms.every() == []


@pytest.mark.parametrize("word", ["STOP", "PAUSE until December 7"])
async def test_stop_and_pause_work_without_a_token_from_an_authenticated_registered_address(town, word):
    judged = await town.receive(letter(word))

    assert judged.outcome == "command_done"
    assert await town.participation(GRACE) == ("stopped" if word == "STOP" else "paused")
    assert len(town.mails_to(GRACE)) == 1


async def test_pause_without_a_token_counts_from_the_day_on_which_it_was_written(town):
    await town.receive(letter("PAUSE until December 7"))

    assert (await town.person(GRACE)).paused_until.isoformat() == "2026-12-07T05:00:00+00:00"


@pytest.mark.parametrize("word", ["HELP", "STATUS", "RESUME", "SKIP", "EXPORT", "ERASE", "TAKE BACK"])
async def test_the_other_commands_need_a_token(town, word):
    sent = town.sent_count

    judged = await town.receive(letter(word))

    assert judged.outcome == "refused"
    assert town.sent_count == sent


@pytest.mark.parametrize("verdict", ["", "fail"])
async def test_stop_from_an_address_that_nobody_vouches_for_changes_nothing(town, verdict):
    """OUT-24: else anybody could silence anybody."""
    judged = await town.receive(letter("STOP", verdict=verdict))

    assert (judged.outcome, town.sent_count) == ("refused", 0)
    assert await town.participation(GRACE) == "active"
    assert len(await quarantine.every()) == 1


async def test_the_answer_to_a_stop_without_a_token_brings_its_author_back_by_resume(town):
    """It says so itself: "RESUME brings you back"."""
    await town.receive(letter("STOP"))

    judged = await town.receive(reply(town.mails_to(GRACE)[-1], "RESUME"))

    assert (judged.outcome, judged.reason) == ("command_done", "RESUME")
    assert await town.participation(GRACE) == "active"


async def test_a_stop_that_comes_by_two_routes_is_confirmed_once(town):
    """IN-21."""
    stop = letter("STOP")
    await town.receive(stop.adding("Received", "from a by mx.town.example"))

    second = await town.receive(stop.adding("Received", "from b by mx.town.example; other"))

    assert second.outcome == "ignored"
    assert len(town.mails_to(GRACE)) == 1


async def test_two_commands_with_one_message_id_are_two_commands(town, asked):
    """IN-21: some programs send an edited draft under its old Message-ID."""
    first = bare_reply(asked, "STATUS").having("Message-ID", "<same@town.example>")

    for words in ("STATUS", "STATUS\nthank you"):
        body = bare_reply(asked, words).having("Message-ID", dict(first.fields)["Message-ID"])
        assert (await town.receive(body)).outcome == "command_done"


async def test_a_very_long_message_id_stops_no_command(town, asked):
    """IN-20."""
    judged = await town.receive(reply(asked, "STATUS").having("Message-ID", f"<{'x' * 600}@town.example>"))

    assert judged.outcome == "command_done"


async def test_a_mail_to_the_list_unsubscribe_address_stops(town, asked):
    """RFC 2369, OUT-11: whatever stands in it."""
    address = asked["List-Unsubscribe"].removeprefix("<mailto:").partition("?")[0]

    judged = await town.receive(letter("", to=address).having("Subject", "STOP"))

    assert (judged.outcome, judged.reason) == ("command_done", "STOP")
    assert await town.participation(GRACE) == "stopped"
    assert "no more mail" in text_of(town.mails_to(GRACE)[-1])


async def test_nobody_can_unsubscribe_somebody_else(town, asked):
    address = asked["List-Unsubscribe"].removeprefix("<mailto:").partition("?")[0]

    judged = await town.receive(letter("", ADA, to=address))

    assert judged.outcome == "held"
    assert {await town.participation(who) for who in (ADA, GRACE)} == {"active"}


async def test_no_word_in_a_mail_changes_people_roles_or_plans(town, asked):
    """IN-23."""
    before = await PersonRow.all().values()

    await town.receive(
        reply(asked, "ADMIN\nrole: champion\nX-Role: champion").having("X-Common-Thread-Role", "a")
    )

    assert await PersonRow.all().values() == before
    assert town.mails_to(OPERATOR) == []
