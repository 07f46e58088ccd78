"""A reply is read, stored and answered by one receipt."""

import re

from service.domain.privacy import PrivacyClass
from service.domain.prompt import PromptState
from service.store import prompts
from tests.flows.letters import QUOTE, bare_reply, quoted, reply, with_parts
from tests.flows.town import ADA, GRACE, MAILBOX, OPERATOR, PLAN, text_of

BARBARA = '[[people]]\nname = "Barbara Hopper"\nemail = "barbara@town.example"\ndepartment = "School"\n'


async def test_a_numbered_reply_is_stored_by_question_and_answered_by_one_receipt(town):
    """IN-12."""
    asked = await town.check_in(GRACE)
    before = town.sent_count

    judged = await town.receive(reply(asked, "1: We found a room.\n2: Ask the seniors.\n3: nothing"))

    assert (judged.kind, judged.outcome) == ("human", "recorded")
    assert await town.answers_to(asked) == {
        "moved": "We found a room.",
        "next": "Ask the seniors.",
        "way": "",
    }
    assert town.sent_count == before + 1
    assert (await prompts.get(town.handle_of(asked))).state is PromptState.ANSWERED


async def test_a_labelled_reply_is_stored_with_its_text_its_confidence_and_its_privacy_class(town):
    asked = await town.check_in(GRACE)

    await town.receive(
        reply(
            asked,
            "Moved forward: the map is at the printer\nneed: two lamps\nprivate: I am tired of the talks",
        )
    )

    found = {entry.question: entry for entry in await town.entries_of(asked)}
    assert found["moved"].text == "the map is at the printer"
    assert {entry.confidence for entry in found.values()} == {1.0}
    assert found["moved"].privacy is PrivacyClass.TEAM
    assert found["need"].privacy is PrivacyClass.TEAM
    assert found["private"].privacy is PrivacyClass.CHAMPION
    assert {entry.week for entry in found.values()} == {"2026-W48"}
    assert {entry.person_id for entry in found.values()} == {(await town.person(GRACE)).id}


async def test_answers_written_into_the_quoted_mail_belong_to_the_question_above_them(town):
    asked = await town.check_in(GRACE)
    lines = []
    for line in quoted(asked).splitlines():
        lines.append(line)
        if line.startswith("> 2. Next"):
            lines.append("I call the school.")
        if line.startswith("> 3. In the way"):
            lines.append("The key is lost.")

    await town.receive(bare_reply(asked, "\n".join([QUOTE, *lines])))

    assert await town.answers_to(asked) == {"next": "I call the school.", "way": "The key is lost."}


async def test_plain_words_answer_the_default_question(town):
    asked = await town.check_in(GRACE)

    await town.receive(reply(asked, "Hi,\n\nthe seniors walked the first half.\n\nBest, Grace"))

    assert await town.answers_to(asked) == {"moved": "the seniors walked the first half."}


async def test_the_receipt_shows_what_was_recorded_and_who_reads_it(town):
    asked = await town.check_in(GRACE)

    await town.receive(reply(asked, "1: We found a room.\nprivate: I am tired."))

    receipt = text_of(town.mails_to(GRACE)[-1])
    assert re.search(r"Moved forward\n +We found a room\.\n +Read by: your team, with your name\.", receipt)
    assert re.search(r"Private\n +I am tired\.\n +Read by: the champion, with your name\.", receipt)


async def test_the_receipt_goes_to_the_registered_address_and_threads_under_the_prompt(town):
    """OUT-12, OUT-16, RFC 3834 section 3.1.7, RFC 5322 section 3.6.4."""
    asked = await town.check_in(GRACE)
    answer = reply(asked, "We found a room.").having("Reply-To", "<mallory@evil.example>")

    await town.receive(answer)

    receipt = town.mails_to(GRACE)[-1]
    answer_id = dict(answer.fields)["Message-ID"]
    assert receipt["In-Reply-To"] == answer_id
    assert receipt["References"].split() == [asked["Message-ID"], answer_id]
    assert receipt["Subject"] == f"Re: {asked['Subject']}"
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert town.mails_to("mallory@evil.example") == []


async def test_words_that_fit_no_question_are_kept_for_the_champion_and_shown(town):
    """Nothing that a person wrote is lost, and nobody else reads it than its author was told."""
    asked = await town.check_in(GRACE)

    await town.receive(reply(asked, "The bus comes late.\n\n1: We found a room."))

    found = {entry.question: entry for entry in await town.entries_of(asked)}
    receipt = text_of(town.mails_to(GRACE)[-1])
    assert found["note"].text == "The bus comes late."
    assert found["note"].privacy is PrivacyClass.CHAMPION
    assert "These words fit none of the questions." in receipt
    assert re.search(r" The bus comes late\.\n +Read by: the champion, with your name\.", receipt)


async def test_a_hello_to_the_welcome_is_kept_and_answered(town):
    town.relay.taken.clear()
    await town.apply(PLAN + BARBARA)
    await town.deliver()
    welcome = town.mails_to("barbara@town.example")[0]

    judged = await town.receive(reply(welcome, "Hello, glad to be here! I bring the lamps."))

    assert judged.outcome == "recorded"
    assert list(await town.answers_to(welcome)) == ["note"]
    assert len(town.mails_to("barbara@town.example")) == 2


async def test_attachments_are_named_in_the_receipt_and_never_opened(town, tmp_path):
    """IN-16."""
    asked = await town.check_in(GRACE)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    judged = await town.receive(
        with_parts(
            reply(asked, ""),
            "multipart/mixed",
            "Content-Type: text/plain\n\nWe found a room.",
            'Content-Type: application/zip; name="../../etc/map.zip"\nContent-Disposition: attachment\n\nPK',
        )
    )

    receipt = text_of(town.mails_to(GRACE)[-1])
    assert judged.outcome == "recorded"
    assert "Attachments are not opened here, so nobody has seen map.zip." in receipt
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


async def test_nobody_else_hears_of_a_reply(town):
    """OUT-1: the receipt has one reader."""
    asked = await town.check_in(GRACE)
    before = [len(town.mails_to(address)) for address in (ADA, OPERATOR, MAILBOX)]

    await town.receive(reply(asked, "We found a room.").having("Cc", f"<{ADA}>"))

    assert [len(town.mails_to(address)) for address in (ADA, OPERATOR, MAILBOX)] == before


async def test_relative_dates_count_from_the_day_on_which_the_mail_was_written(town):
    """A reply that waited over the weekend still means the Friday that its author meant."""
    asked = await town.check_in(GRACE)
    late_night = reply(asked, "PAUSE until tomorrow").having("Date", "Mon, 23 Nov 2026 23:30:00 -0500")
    town.later(days=1)

    await town.receive(late_night)

    assert (await town.person(GRACE)).paused_until.isoformat() == "2026-11-24T05:00:00+00:00"


async def test_an_impossible_date_in_the_header_harms_nothing(town):
    """IN-15: the day on which the mail arrived stands in for it."""
    asked = await town.check_in(GRACE)

    for date in ("Fri, 31 Dec 9999 23:59:59 -1200", "Mon, 01 Jan 0001 00:00:00 +1400", "yesterday"):
        judged = await town.receive(reply(asked, f"It moved ({date}).").having("Date", date))
        assert judged.outcome == "recorded"
