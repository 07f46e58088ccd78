"""Held replies: the registered address is asked once, and its one word settles it (mail-rules 2.2)."""

import pytest

from service.flows.process_message import process_message
from service.store import alarms, inbox, people, quarantine
from service.store.models import HoldRow, InboxRow, PromptRow
from tests.flows.letters import bare_reply, letter, reply
from tests.flows.site_visit import templates_with_it
from tests.flows.town import ADA, GRACE, LINUS, MAILBOX, MALLORY, Town, open_desk, parsed, text_of

HOME = "grace.at.home@mail.example"
CONFIRM, CLAIM = "confirm-reply", "confirm-address"


@pytest.fixture
async def asked(town):
    """Grace's check-in; her mails from now on begin at ``town.relay.taken[0]``."""
    found = await town.check_in(GRACE)
    town.relay.taken.clear()
    return found


async def held(town, asked, words: str = "A room.", author: str = GRACE, verdict: str = ""):
    judged = await town.receive(reply(asked, words, author, verdict))
    assert judged.outcome == "held"
    return judged


async def outcome_of(row) -> str:
    return (await InboxRow.get(id=row.id)).outcome


def subjects(town, address: str = GRACE) -> list[str]:
    return [mail["Subject"].removeprefix("[Reading Trail] ") for mail in town.mails_to(address)]


async def waiting() -> list[int]:
    return [one.id for one in await quarantine.every()]


# Did you write this?


async def test_who_wrote_without_a_trace_of_authentication_is_asked_once(town, asked):
    await held(town, asked)

    (question,) = town.mails_to(GRACE)
    assert question["Subject"] == "[Reading Trail] Did you write this?"
    assert "+c-" in question["Reply-To"].addresses[0].addr_spec
    assert 'our mail "Weekly check-in" of Monday, November 23' in text_of(question)
    assert await town.answers_to(asked) == {}
    assert town.sent_count == 1


async def test_the_question_quotes_nothing_of_the_mail_and_threads_under_nothing(town, asked):
    """Decisions, "Receipts"; OUT-24. Every field of the mail is the stranger's."""
    marked = reply(asked, "canary-body", verdict="").having("Subject", "canary-subject")
    named = marked.having("From", f"canary-name <{GRACE}>").having("Message-ID", "<canary-id@evil.example>")

    await town.receive(named.having("Date", "Mon, 23 Nov 2026 03:04:05 +0000"))

    (dispatch,) = town.relay.taken
    (question,) = town.mails_to(GRACE)
    assert b"canary" not in dispatch.raw
    assert "03:04" not in text_of(question)
    assert (question["In-Reply-To"], question["References"]) == (None, None)


async def test_one_word_settles_it(town, asked):
    waits = await held(town, asked)

    judged = await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert (judged.outcome, judged.reason) == ("command_done", "YES")
    assert await town.answers_to(asked) == {"moved": "A room."}
    assert await outcome_of(waits) == "recorded"
    assert text_of(town.mails_to(GRACE)[-1]).count("A room.") == 1  # the receipt, as of any reply
    assert (town.sent_count, await quarantine.every()) == (2, [])


async def test_what_was_said_of_a_mail_is_said_of_the_next_ones_for_ninety_days(town, asked):
    await held(town, asked)
    await town.receive(reply(town.asked(GRACE, CONFIRM), "yes", verdict=""))
    town.later(days=89)
    town.relay.taken.clear()

    judged = await town.receive(reply(asked, "And chairs.", verdict=""))

    assert (judged.outcome, judged.reason) == ("recorded", "its person said that such mail is theirs")
    town.later(days=2)
    await held(town, asked, "And a table.")


@pytest.mark.parametrize(
    ("author", "verdict"), [(GRACE, "fail"), (HOME, "pass"), (HOME, ""), (ADA, "pass"), (MALLORY, "")]
)
async def test_the_word_speaks_for_mail_of_that_kind_and_for_no_other(town, asked, author, verdict):
    """A failed check is never settled this way."""
    await held(town, asked)
    await town.receive(reply(town.asked(GRACE, CONFIRM), "YES"))

    await held(town, asked, "Something else.", author, verdict)


async def test_all_that_waits_for_the_same_word_is_settled_by_it(town, asked):
    for words in ("A room.", "need: chairs", "offer: a ladder"):
        await held(town, asked, words)
    assert town.sent_count == 1

    await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert await town.answers_to(asked) == {"moved": "A room.", "need": "chairs", "offer": "a ladder"}
    assert await quarantine.every() == []


async def test_a_no_refuses_it_and_the_operator_gets_to_know(town, asked):
    waits = await held(town, asked)

    judged = await town.receive(reply(town.asked(GRACE, CONFIRM), "No.", verdict=""))

    assert (judged.outcome, judged.reason) == ("command_done", "NO")
    assert await town.answers_to(asked) == {}
    assert await outcome_of(waits) == "refused"
    assert subjects(town) == ["Did you write this?", "Thank you for saying so"]
    (alarm,) = await alarms.every()
    assert "in the name of Grace Fielding" in alarm.text
    assert await quarantine.every() == []


async def test_after_a_no_the_other_mail_in_the_same_name_is_asked_about_by_itself(town, asked):
    """Else Grace's own reply, which came while the question about Mallory's was open, would be lost."""
    forged = await held(town, asked, "Cancel everything.")
    town.later(hours=1)
    own = await held(town, asked)

    await town.receive(reply(town.asked(GRACE, CONFIRM), "NO", verdict=""))
    assert subjects(town) == ["Did you write this?", "Thank you for saying so", "Did you write this?"]
    await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert await town.answers_to(asked) == {"moved": "A room."}
    assert (await outcome_of(forged), await outcome_of(own)) == ("refused", "recorded")


async def test_a_no_after_a_yes_ends_what_was_remembered(town, asked):
    await held(town, asked)
    question = town.asked(GRACE, CONFIRM)
    await town.receive(reply(question, "YES", verdict=""))

    await town.receive(reply(question, "No, not mine", verdict=""))

    news = town.mails_to(GRACE)[-1]
    assert "answer this mail with TAKE BACK" in text_of(news)
    await held(town, asked, "Another one.")
    assert (await town.receive(reply(news, "TAKE BACK"))).outcome == "command_done"
    assert await town.answers_to(asked) == {}


async def test_the_same_word_twice_changes_nothing(town, asked):
    await held(town, asked)
    answer = reply(town.asked(GRACE, CONFIRM), "YES", verdict="")
    await town.receive(answer)
    sent = town.sent_count

    again = [await town.receive(one) for one in (answer.having("X-Route", "two"), reply_like(answer))]

    assert [one.outcome for one in again] == ["ignored", "command_done"]
    assert await town.answers_to(asked) == {"moved": "A room."}
    assert len(await town.entries_of(asked)) == 1
    assert town.sent_count == sent


def reply_like(answer):
    """The same words in a mail of its own."""
    return answer.having("Message-ID", "<again@town.example>")


async def test_words_that_are_neither_yes_nor_no_change_nothing_and_are_not_answered(town, asked):
    """MM-10: a machine that answers everything gets one mail."""
    waits = await held(town, asked)

    judged = await town.receive(reply(town.asked(GRACE, CONFIRM), "Which reply do you mean?", verdict=""))

    assert (judged.outcome, judged.reason) == ("ignored", "neither yes nor no")
    assert await waiting() == [waits.id]
    assert town.sent_count == 1


async def test_a_yes_after_its_time_is_answered_kindly_and_counts_for_nothing(town, asked):
    waits = await held(town, asked)
    question = town.asked(GRACE, CONFIRM)
    town.later(days=15)
    await town.tick()

    await town.receive(reply(question, "YES", verdict=""))

    news = town.mails_to(GRACE)[-1]
    assert news["Subject"] == "[Reading Trail] That reply is gone already"
    assert await outcome_of(waits) == "refused"
    assert await town.answers_to(asked) == {}
    judged = await town.receive(reply(news, "A room."))
    assert judged.outcome == "recorded"
    assert await town.answers_to(asked) == {"moved": "A room."}


# Who may answer the question


async def test_the_word_counts_from_the_registered_address_alone(town, asked):
    waits = await held(town, asked)
    question = town.asked(GRACE, CONFIRM)

    for author, verdict in ((MALLORY, "pass"), (HOME, ""), (GRACE, "fail"), (ADA, "pass")):
        judged = await town.receive(reply(question, "YES", author, verdict))
        assert judged.outcome == "held"

    assert await outcome_of(waits) == "held"
    assert town.sent_count == 1


async def test_the_address_of_a_prompt_is_no_address_to_confirm_at(town, asked):
    """IN-4: the kinds have different keys. The check-in may have been passed on to anybody."""
    await held(town, asked)
    address = asked["Reply-To"].addresses[0].addr_spec.replace("+r-", "+c-")

    judged = await town.receive(letter("YES", GRACE, address, verdict=""))

    assert judged.outcome == "refused"
    assert await town.answers_to(asked) == {}


async def test_a_message_id_alone_is_not_the_question_s_address(town, asked):
    """Message-IDs travel further than addresses: in every reply to everybody."""
    waits = await held(town, asked)
    question = town.asked(GRACE, CONFIRM)

    judged = await town.receive(bare_reply(question, "YES", verdict="").having("To", f"<{MAILBOX}>"))

    assert judged.outcome == "held"
    assert await outcome_of(waits) == "held"
    assert town.sent_count == 1


async def test_where_the_sender_is_authenticated_the_question_is_found_in_every_way(town, asked):
    await held(town, asked)
    question = town.asked(GRACE, CONFIRM)

    judged = await town.receive(bare_reply(question, "YES").having("To", f"<{MAILBOX}>"))

    assert judged.reason == "YES"
    assert await town.answers_to(asked) == {"moved": "A room."}


# Was this you?


@pytest.mark.parametrize("verdict", ["pass", ""])
async def test_who_answers_from_elsewhere_is_asked_at_the_registered_address(town, asked, verdict):
    await held(town, asked, author=HOME, verdict=verdict)

    (question,) = town.mails_to(GRACE)
    assert town.mails_to(HOME) == []
    assert question["Subject"] == "[Reading Trail] Was this you?"
    assert "grace [dot] at [dot] home [at] mail [dot] example" in text_of(question)
    assert HOME not in question.as_string()
    assert "from now on you can write to us from there" in text_of(question)


async def test_a_yes_adds_the_address_to_the_person(town, asked):
    await held(town, asked, author=HOME, verdict="pass")

    await town.receive(reply(town.asked(GRACE, CLAIM), "YES"))

    assert await town.answers_to(asked) == {"moved": "A room."}
    found = await people.find_by_address(HOME)
    assert (found.id, found.addr_spec) == ((await town.person(GRACE)).id, GRACE)
    assert (await town.receive(reply(asked, "need: chairs", HOME))).outcome == "recorded"
    assert town.mails_to(HOME) == []


async def test_an_address_that_was_claimed_without_evidence_is_remembered_as_such(town, asked):
    await held(town, asked, author=HOME)
    await town.receive(reply(town.asked(GRACE, CLAIM), "YES", verdict=""))

    assert (await town.receive(reply(asked, "need: chairs", HOME, ""))).outcome == "recorded"


async def test_an_address_that_was_claimed_with_evidence_needs_it_every_time(town, asked):
    await held(town, asked, author=HOME, verdict="pass")
    await town.receive(reply(town.asked(GRACE, CLAIM), "YES"))

    await held(town, asked, "need: chairs", HOME)


async def test_a_no_disowns_the_address_and_nobody_is_asked_about_it_again(town, asked):
    first = await held(town, asked, author=MALLORY, verdict="pass")
    second = await held(town, asked, "More.", MALLORY, "pass")

    await town.receive(reply(town.asked(GRACE, CLAIM), "No, I do not know them."))
    third = await held(town, asked, "Even more.", MALLORY, "pass")

    assert subjects(town) == ["Was this you?", "Thank you for saying so"]
    assert await people.find_by_address(MALLORY) is None
    assert [await outcome_of(one) for one in (first, second, third)] == ["refused", "refused", "held"]
    assert MALLORY in (await alarms.every())[0].text


async def test_a_later_no_takes_the_address_away_again(town, asked):
    await held(town, asked, author=HOME, verdict="pass")
    question = town.asked(GRACE, CLAIM)
    await town.receive(reply(question, "YES"))

    await town.receive(reply(question, "NO"))

    assert await people.find_by_address(HOME) is None
    await held(town, asked, "need: chairs", HOME, "pass")


async def test_somebody_elses_address_stays_theirs(town, asked):
    """A check-in that was passed on to Ada: Grace may let her words count, one mail at a time."""
    await held(town, asked, author=ADA, verdict="pass")
    await held(town, asked, "offer: a ladder", ADA, "pass")
    (question,) = town.mails_to(GRACE)
    assert "The address stays as it is" in text_of(question)

    await town.receive(reply(question, "YES"))

    assert await town.answers_to(asked) == {"moved": "A room."}
    assert (await town.person(ADA)).addr_spec == ADA
    await town.receive(reply(town.asked(GRACE, CLAIM), "NO"))
    assert await town.answers_to(asked) == {"moved": "A room."}
    await held(town, asked, "need: chairs", ADA, "pass")
    assert subjects(town).count("Was this you?") == 2


async def test_who_shares_a_mailbox_adds_no_address_to_it(town, asked):
    grace = await town.person(GRACE)
    await people.update(grace.id, grace.name, grace.zone, grace.locale, shared_mailbox=True)
    await held(town, asked, author=HOME, verdict="pass")

    await town.receive(reply(town.asked(GRACE, CLAIM), "YES"))

    assert await town.answers_to(asked) == {"moved": "A room."}
    assert await people.find_by_address(HOME) is None


async def test_an_address_that_somebody_got_meanwhile_stays_theirs(town, asked):
    await held(town, asked, author=HOME, verdict="pass")
    await people.add_address((await town.person(LINUS)).id, HOME)

    await town.receive(reply(town.asked(GRACE, CLAIM), "YES"))

    assert (await people.find_by_address(HOME)).addr_spec == LINUS
    assert await town.answers_to(asked) == {"moved": "A room."}


@pytest.mark.parametrize(
    "author",
    [
        f"{'x' * 41}@mail.example",
        f"x@{'y' * 61}.example",
        "www/evil@mail.example",
        "call=now@mail.example",
        MAILBOX,
        MAILBOX.replace("@", "+anything@"),
    ],
)
async def test_an_address_with_room_for_a_message_or_of_our_own_is_shown_to_nobody(town, asked, author):
    """OUT-24, MM-10."""
    await held(town, asked, author=author, verdict="pass")

    assert town.sent_count == 0


async def test_what_only_knows_an_address_is_not_asked_about(town, asked):
    """IN-8: a service at which somebody registered Grace's reply address sends its code there."""
    address = asked["Reply-To"].addresses[0].addr_spec

    judged = await town.receive(letter("Your code is 123456", "no-reply@chat.example", address))

    assert judged.outcome == "held"
    assert town.sent_count == 0


async def test_who_wants_no_mail_is_not_asked_about_others(town, asked):
    await town.receive(reply(asked, "STOP"))
    town.relay.taken.clear()

    await held(town, asked, author=HOME, verdict="pass")

    assert town.sent_count == 0


# What is told and what is silent


async def test_a_failed_check_is_told_once_and_never_asked_about(town, asked):
    for words in ("One.", "Two.", "Three."):
        await held(town, asked, words, verdict="fail")

    (news,) = town.mails_to(GRACE)
    assert news["Subject"] == "[Reading Trail] A reply that does not count"
    assert news["X-Common-Thread-Asked"] is None
    assert "One." not in text_of(news)
    assert "failed" not in text_of(news)


async def test_a_conflict_of_identifiers_is_the_operator_s_to_look_at(town, asked):
    other = parsed(next(mail.raw for mail in town.relay.offered if mail.envelope.rcpt_to == ADA))

    judged = await town.receive(
        reply(asked, "A room.", verdict="").having("In-Reply-To", other["Message-ID"])
    )

    assert (judged.outcome, judged.reason) == ("held", "its identifiers name two different prompts")
    assert town.sent_count == 0


async def test_a_person_gets_three_such_mails_a_day_whoever_writes(town, asked):
    """OUT-25."""
    for number in range(6):
        await held(town, asked, f"{number}.", f"stranger{number}@mail.example", "pass")

    assert subjects(town) == ["Was this you?"] * 3
    assert [alarm.key.partition(":")[0] for alarm in await alarms.every()] == ["held"]
    assert len(await waiting()) == 6
    town.later(days=1, minutes=1)
    await held(town, asked, "Tomorrow.", "stranger9@mail.example", "pass")
    assert subjects(town) == ["Was this you?"] * 4


# Commands


@pytest.mark.parametrize(("word", "state"), [("STOP", "stopped"), ("PAUSE", "paused")])
async def test_stop_and_pause_need_the_registered_address_only(town, asked, word, state):
    judged = await town.receive(reply(asked, word, verdict=""))

    assert judged.outcome == "command_done"
    assert await town.participation(GRACE) == state
    assert len(town.mails_to(GRACE)) == 1
    assert await quarantine.every() == []


async def test_the_address_in_list_unsubscribe_stops_without_authentication(town, asked):
    address = asked["List-Unsubscribe"].partition("mailto:")[2].partition("?")[0]

    await town.receive(letter("please", GRACE, address, verdict=""))

    assert await town.participation(GRACE) == "stopped"


@pytest.mark.parametrize(("author", "verdict"), [(GRACE, "fail"), (MALLORY, "pass"), (MALLORY, "")])
async def test_a_stop_of_somebody_else_s_waits(town, asked, author, verdict):
    await held(town, asked, "STOP", author, verdict)

    assert await town.participation(GRACE) == "active"


async def test_who_forges_them_without_end_brings_about_few_mails(town, asked):
    """OUT-25: each confirmation is a mail."""
    for number in range(12):
        word = ("PAUSE", "PAUSE UNTIL DEC 5", "STOP", "PAUSE UNTIL DEC 6")[number % 4]
        await town.receive(reply(asked, f"{word}\n\n{number}", verdict=""))

    assert await town.participation(GRACE) == "stopped"
    assert len(town.mails_to(GRACE)) == 3
    assert subjects(town).count("Did you write this?") == 1


@pytest.mark.parametrize("word", ["SKIP", "EXPORT", "ERASE", "STATUS", "HELP"])
async def test_other_commands_are_obeyed_once_their_author_says_yes(town, asked, word):
    await held(town, asked, word)
    assert subjects(town) == ["Did you write this?"]

    await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert len(town.mails_to(GRACE)) == 2
    assert await quarantine.every() == []


async def test_who_stopped_can_come_back_without_authentication(town, asked):
    await town.receive(reply(asked, "STOP", verdict=""))
    await held(town, town.mails_to(GRACE)[-1], "RESUME")

    await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert await town.participation(GRACE) == "active"


async def test_a_command_works_as_an_answer_to_the_question(town, asked):
    await held(town, asked)

    judged = await town.receive(reply(town.asked(GRACE, CONFIRM), "PAUSE", verdict=""))

    assert judged.outcome == "command_done"
    assert await town.participation(GRACE) == "paused"


# Time


async def test_a_hold_expires_and_has_never_counted(town, asked):
    waits = await held(town, asked)
    sent = town.sent_count
    town.later(days=14, minutes=-1)
    await town.tick()
    assert await waiting() == [waits.id]

    town.later(minutes=1)
    await town.tick()

    assert await waiting() == []
    assert await outcome_of(waits) == "refused"
    assert (await HoldRow.get()).ended == "expired"
    assert (await PromptRow.get(handle=town.handle_of(asked))).state == "open"
    assert [mail for mail in subjects(town)[sent:] if "write this" in mail] == []


async def test_what_the_operator_released_needs_no_answer_any_more(town, asked):
    waits = await held(town, asked)
    await town.released(waits.id)
    sent = town.sent_count

    judged = await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert judged.outcome == "command_done"
    assert len(await town.entries_of(asked)) == 1
    assert town.sent_count == sent


async def test_a_yes_stands_though_what_it_released_fails_at_first(town, asked, monkeypatch):
    """REL-14: the mail is tried again by itself."""
    waits = await held(town, asked)

    async def fails(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("service.flows.handle_reply.record", fails)
        with pytest.raises(ZeroDivisionError):
            await town.receive(reply(town.asked(GRACE, CONFIRM), "YES", verdict=""))

    assert await inbox.waiting() == [waits.id]
    await process_message(waits.id, town.desk, town.now)
    assert await town.answers_to(asked) == {"moved": "A room."}


# Loops


@pytest.mark.parametrize("verdict", ["pass", "", "fail"])
async def test_a_responder_that_answers_everything_gets_one_mail_beside_its_check_in(town, asked, verdict):
    """MM-10: it strips what machines write, and answers each mail from another address."""
    answered, mails = 0, [asked]
    while answered < len(mails) < 20:
        author = f"grace+{answered}@town.example"
        await town.receive(reply(mails[answered], f"Thank you for mail {answered}.", author, verdict))
        answered += 1
        mails = [asked, *town.mails_to(GRACE)]

    assert len(mails) == 2


# Rounds without names


@pytest.fixture
async def nameless(database, tmp_path_factory):
    """A mail whose answers are kept without names lies in Grace's mailbox."""
    templates = templates_with_it(tmp_path_factory.mktemp("nameless"))
    instrument = templates / "instruments" / "site-visit.toml"
    instrument.write_text(instrument.read_text().replace('privacy = "T"', 'privacy = "A"'))
    town = Town(open_desk(templates))
    await town.settle_in()
    await town.send("site-visit")
    return town


@pytest.mark.parametrize(("author", "verdict"), [(GRACE, ""), (GRACE, "fail"), (HOME, "pass")])
async def test_nothing_of_an_answer_without_a_name_is_held(nameless, author, verdict):
    """Decisions, "Anonymous rounds"; PRIV-9: it would lie beside the name of who is asked about it."""
    (visit,) = nameless.mails_to(GRACE)

    judged = await nameless.receive(reply(visit, "canary words", author, verdict))
    await nameless.receive(reply(visit, "more canary words", author, verdict))

    assert (judged.outcome, judged.octets, judged.person_id, judged.prompt_id) == ("refused", b"", None, None)
    assert await quarantine.every() == []
    (_, news) = nameless.mails_to(GRACE)
    assert "nothing of it was kept" in text_of(news)
    assert "canary" not in text_of(news)
    assert (await nameless.receive(reply(news, "once more"))).outcome == "recorded"
