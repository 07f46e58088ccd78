"""A reply to a receipt changes what it names; a reply to the questions adds to what was said."""

import re
from datetime import datetime

import pytest

from service.domain.privacy import PrivacyClass
from service.store import entries
from service.store.models import EntryRow
from tests.flows.letters import Letter, bare_reply, letter, quoted, reply
from tests.flows.town import GRACE, text_of


def without_thread(written: Letter) -> Letter:
    """As programs send it that drop what says which mail is answered."""
    return written.without("In-Reply-To").without("References")


def receipt_of(town) -> object:
    return town.mails_to(GRACE)[-1]


def line(mail, label: str) -> str:
    """What the receipt says under a label."""
    return re.search(rf"^{re.escape(label)}\n((?: {{4}}.*\n)+)", text_of(mail), re.MULTILINE)[1]


async def said(town, asked, question="next"):
    return [entry.text for entry in await town.entries_of(asked) if entry.question == question]


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


async def test_what_a_reply_to_the_receipt_names_is_changed_and_the_earlier_words_are_history(town, asked):
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(reply(receipt_of(town), "Next: visit the school"))

    [entry] = await town.entries_of(asked)
    assert (entry.text, entry.value, entry.revision) == ("visit the school", "visit the school", 2)
    assert await entries.history(entry.id) == [(1, "call the school", "call the school")]


async def test_its_receipt_says_that_it_was_changed_and_shows_the_earlier_words(town, asked):
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(reply(receipt_of(town), "Next: visit the school"))

    said = line(receipt_of(town), "Next (changed)")
    assert said == (
        "    visit the school\n    Before: call the school\n    Read by: your team, with your name.\n"
    )


async def test_a_first_answer_is_neither_added_nor_changed(town, asked):
    await town.receive(reply(asked, "Next: call the school"))

    assert line(receipt_of(town), "Next") == "    call the school\n    Read by: your team, with your name.\n"
    assert "Before:" not in text_of(receipt_of(town))


@pytest.mark.parametrize(
    "named", ["2: visit the school", "2. Next: visit the school", "next - visit the school"]
)
async def test_a_question_is_named_by_its_number_too(town, asked, named):
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(reply(receipt_of(town), named))

    assert await said(town, asked) == ["visit the school"]


async def test_a_line_question_is_named_by_its_word(town, asked):
    await town.receive(reply(asked, "need: two lamps\nThanks to: Ada Marlow for the keys"))

    await town.receive(bare_reply(receipt_of(town), "need: three lamps\nThanks to: Linus for the keys"))

    assert await said(town, asked, "need") == ["three lamps"]
    assert await said(town, asked, "thanks") == ["Linus for the keys"]


async def test_a_program_that_drops_the_thread_still_corrects(town, asked):
    """The address of a receipt says that it is one."""
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(without_thread(bare_reply(receipt_of(town), "Next: visit the school")))

    assert receipt_of(town)["Reply-To"].addresses[0].addr_spec.startswith("thread+k-")
    assert await said(town, asked) == ["visit the school"]


async def test_a_program_that_answers_to_the_bare_address_still_corrects(town, asked):
    """In-Reply-To says as much as the address."""
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(letter("Next: visit the school").having("In-Reply-To", receipt_of(town)["Message-ID"]))

    assert await said(town, asked) == ["visit the school"]


async def test_a_receipt_that_still_has_the_address_of_its_questions_is_one_all_the_same(town, asked):
    """It went out before receipts had an address of their own."""
    await town.receive(reply(asked, "Next: call the school"))
    answer = reply(receipt_of(town), "Next: visit the school").having("To", str(asked["Reply-To"]))

    await town.receive(answer)

    assert await said(town, asked) == ["visit the school"]


async def test_a_reply_to_the_questions_in_a_thread_with_receipts_adds(town, asked):
    """References name the receipt, In-Reply-To the questions."""
    await town.receive(reply(asked, "Next: call the school"))
    thread = f"{receipt_of(town)['Message-ID']} {asked['Message-ID']}"

    await town.receive(reply(asked, "Next: visit the printer").having("References", thread))

    assert await said(town, asked) == ["call the school", "visit the printer"]


async def test_a_second_reply_to_the_questions_adds_and_its_receipt_says_so(town, asked):
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(reply(asked, "Next: visit the printer"))

    assert await said(town, asked) == ["call the school", "visit the printer"]
    assert "visit the printer" in line(receipt_of(town), "Next (added)")


async def test_a_question_without_an_answer_gets_one(town, asked):
    await town.receive(reply(asked, "We found a room."))

    await town.receive(reply(receipt_of(town), "Next: visit the school"))

    assert await said(town, asked) == ["visit the school"]
    assert line(receipt_of(town), "Next").startswith("    visit the school")


async def test_plain_words_to_a_receipt_are_added_and_replace_nothing(town, asked):
    """Never guess."""
    await town.receive(reply(asked, "We found a room."))

    await town.receive(reply(receipt_of(town), "It has a piano."))

    assert await said(town, asked, "moved") == ["We found a room.", "It has a piano."]
    assert "It has a piano." in line(receipt_of(town), "Moved forward (added)")


async def test_plain_words_beside_a_correction_are_a_note_for_the_champion(town, asked):
    """An apology is nothing that moved forward, for all to read."""
    await town.receive(reply(asked, "Moved forward: We found a room.\nNext: call the school"))

    await town.receive(reply(receipt_of(town), "Sorry, the wrong one!\n\nNext: visit the school"))

    assert await said(town, asked, "moved") == ["We found a room."]
    assert await said(town, asked) == ["visit the school"]
    (note,) = [entry for entry in await town.entries_of(asked) if entry.question == "note"]
    assert (note.text, note.privacy) == ("Sorry, the wrong one!", PrivacyClass.CHAMPION)


class TestWhichOfTwoAnswersIsMeant:
    """The one that the receipt was about; where nobody can tell which receipt it was, the newest."""

    @pytest.fixture
    async def receipts(self, town, asked):
        await town.receive(reply(asked, "Next: call the school"))
        await town.receive(reply(asked, "Next: visit the printer"))
        return town.mails_to(GRACE)[-2:]

    async def test_the_receipt_names_the_first(self, town, asked, receipts):
        await town.receive(reply(receipts[0], "Next: write to the school"))

        assert await said(town, asked) == ["write to the school", "visit the printer"]

    async def test_the_receipt_names_the_second(self, town, asked, receipts):
        await town.receive(reply(receipts[1], "Next: call the printer"))

        assert await said(town, asked) == ["call the school", "call the printer"]

    async def test_without_a_thread_the_newest_is_meant(self, town, asked, receipts):
        await town.receive(without_thread(bare_reply(receipts[0], "Next: call the printer")))

        assert await said(town, asked) == ["call the school", "call the printer"]

    async def test_what_was_corrected_last_is_the_newest(self, town, asked, receipts):
        await town.receive(reply(receipts[0], "Next: write to the school"))

        await town.receive(without_thread(bare_reply(receipt_of(town), "Next: forget the school")))

        assert await said(town, asked) == ["forget the school", "visit the printer"]

    async def test_a_correction_may_be_corrected_from_the_first_receipt_and_from_its_own(
        self, town, asked, receipts
    ):
        for at in (0, 0, -1):
            mail = receipts[0] if at == 0 else receipt_of(town)
            await town.receive(reply(mail, f"Next: attempt {town.sent_count}"))

        changed, other = await said(town, asked)
        assert (changed, other) == (f"attempt {town.sent_count - 1}", "visit the printer")

    async def test_a_receipt_of_something_else_means_the_newest_answer_of_that_name(
        self, town, asked, receipts
    ):
        await town.receive(reply(asked, "We found a room."))

        await town.receive(reply(receipt_of(town), "Next: call the printer"))

        assert await said(town, asked) == ["call the school", "call the printer"]


async def test_what_a_digest_has_carried_is_corrected_in_the_next_and_the_receipt_says_so(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    await EntryRow.all().update(shown_revision=1)

    await town.receive(reply(receipt_of(town), "Next: visit the school"))

    assert "A digest has carried the earlier words; the next one brings these." in text_of(receipt_of(town))
    [entry] = await town.entries_of(asked)
    assert (entry.revision, entry.shown_revision) == (2, 1)


@pytest.mark.parametrize(("day", "says"), [(29, False), (30, True)])
async def test_a_reply_in_a_later_week_counts_for_its_own_and_its_receipt_says_so(town, asked, day, says):
    """Grace lives in New York: her week 48 ends on Sunday, November 29."""
    town.now = datetime.fromisoformat(f"2026-11-{day}T22:00:00-05:00")
    sent = f"{town.now:%a, %d %b %Y %H:%M:%S %z}"

    await town.receive(reply(asked, "Next: call the school").having("Date", sent))

    [entry] = await town.entries_of(asked)
    assert entry.week == "2026-W48"
    assert ("It counts for week 48, in which it was asked." in text_of(receipt_of(town))) is says


async def test_a_correction_does_not_move_an_answer_to_another_week(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    town.later(days=8)

    await town.receive(reply(receipt_of(town), "Next: visit the school"))

    [entry] = await town.entries_of(asked)
    assert entry.week == "2026-W48"


async def test_a_scale_is_replaced_by_whichever_reply_and_the_receipt_says_so(town):
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "5: 2"))

    await town.receive(reply(asked, "5: 4"))

    assert "Before: 2" in line(receipt_of(town), "One more (changed)")


async def test_the_same_answer_again_changes_nothing(town, asked):
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(bare_reply(receipt_of(town), "Next: call the school"))

    [entry] = await town.entries_of(asked)
    assert entry.revision == 1
    assert line(receipt_of(town), "Next").startswith("    call the school")


async def test_an_answer_that_cannot_be_read_is_asked_again_from_a_receipt_as_well(town):
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "Next: call the school"))

    judged = await town.receive(bare_reply(receipt_of(town), "One more: 9"))
    await town.receive(reply(receipt_of(town), "four"))

    assert judged.outcome == "clarification_asked"
    assert await town.answers_to(asked) == {"next": "call the school", "reflection-pace": 4}


async def test_quoting_the_whole_receipt_repeats_nothing(town, asked):
    await town.receive(reply(asked, "1: We found a room.\nNext: call the school\nprivate: I am tired."))
    receipt = receipt_of(town)

    await town.receive(bare_reply(receipt, f"Next: visit the school\n\n{quoted(receipt)}"))

    assert await town.answers_to(asked) == {
        "moved": "We found a room.",
        "next": "visit the school",
        "private": "I am tired.",
    }
