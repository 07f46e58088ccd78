"""TAKE BACK: an author's words are withdrawn from all that is still to come."""

import pytest

from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.flows.replay_message import replay_message
from service.store import alarms, collaborations, digests, entries, inbox
from service.store.models import EntryRow
from tests.flows.letters import bare_reply, letter, reply
from tests.flows.town import ADA, GRACE, Town, text_of

ANSWERS = "Moved forward: We found a room.\nNext: call the school\nneed: two lamps"


@pytest.fixture
async def asked(town: Town):
    return await town.check_in(GRACE)


async def rows() -> list[tuple[str, str, int]]:
    return [(row.question, row.text, row.revision) for row in await EntryRow.all().order_by("id")]


async def test_everything_that_was_answered_to_a_mail_is_withdrawn_and_kept_as_history(town, asked):
    await town.receive(reply(asked, ANSWERS))
    given = await town.entries_of(asked)

    judged = await town.receive(reply(asked, "TAKE BACK"))

    assert (judged.outcome, judged.reason) == ("command_done", "TAKE BACK")
    assert await town.answers_to(asked) == {}
    assert await rows() == [("moved", "", 2), ("next", "", 2), ("need", "", 2)]
    assert [await entries.history(one.id) for one in given] == [[(1, one.value, one.text)] for one in given]


async def test_the_answer_shows_its_author_what_is_gone_and_threads_under_their_mail(town, asked):
    await town.receive(reply(asked, ANSWERS))

    await town.receive(reply(asked, "take back"))

    answer = town.mails_to(GRACE)[-1]
    assert "It is taken back." in text_of(answer)
    assert all(words in text_of(answer) for words in ("We found a room.", "call the school", "two lamps"))
    assert "digest that is out" not in text_of(answer)
    assert answer["Auto-Submitted"] == "auto-replied"


async def test_nothing_of_it_is_new_for_a_digest(town, asked):
    await town.receive(reply(asked, ANSWERS))
    collaboration = await collaborations.find("trail")
    before = await digests.news(collaboration.id, tuple(Effect), town.now)

    await town.receive(reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert len(before) == 3
    assert await digests.news(collaboration.id, tuple(Effect), town.now) == []


@pytest.mark.parametrize("name", ["Next", "next.", "2", "NEXT", "my next"])
async def test_one_answer_is_taken_back_by_its_name(town, asked, name):
    await town.receive(reply(asked, ANSWERS))

    await town.receive(reply(town.mails_to(GRACE)[-1], f"TAKE BACK {name}"))

    assert await town.answers_to(asked) == {"moved": "We found a room.", "need": "two lamps"}
    assert "Still there: Moved forward, Need." in text_of(town.mails_to(GRACE)[-1])


@pytest.mark.parametrize(("name", "question"), [("need", "need"), ("thanks", "thanks"), ("note", "note")])
async def test_a_line_a_part_of_a_label_and_a_note_are_names_too(town, asked, name, question):
    await town.receive(reply(asked, f"The bus is late.\n\n{ANSWERS}\nThanks to: Ada Marlow"))
    assert question in await town.answers_to(asked)

    await town.receive(reply(asked, f"TAKE BACK {name}"))

    assert question not in await town.answers_to(asked)
    assert len(await town.answers_to(asked)) == 4


async def test_a_name_that_nobody_knows_takes_nothing_back(town, asked):
    await town.receive(reply(asked, ANSWERS))
    before = await town.answers_to(asked)

    await town.receive(reply(asked, "TAKE BACK the budget talk"))

    assert await town.answers_to(asked) == before
    assert 'I know no question by the name "the budget talk"' in text_of(town.mails_to(GRACE)[-1])


async def test_where_there_is_nothing_the_answer_says_so(town, asked):
    await town.receive(reply(asked, "TAKE BACK"))

    assert "There was nothing of yours to take back here." in text_of(town.mails_to(GRACE)[-1])


async def test_what_a_digest_has_carried_is_withdrawn_and_its_author_hears_that_the_digest_is_out(
    town, asked
):
    await town.receive(reply(asked, "Moved forward: We found a room."))
    await EntryRow.all().update(shown_revision=1)
    await town.receive(reply(asked, "Next: call the school"))

    await town.receive(reply(asked, "TAKE BACK"))

    said = text_of(town.mails_to(GRACE)[-1])
    assert said.count("This was in a digest that is out already.") == 1
    assert await town.answers_to(asked) == {}


async def test_both_answers_to_one_question_are_taken_back(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    await town.receive(reply(asked, "Next: visit the printer"))

    await town.receive(reply(asked, "TAKE BACK next"))

    assert await rows() == [("next", "", 2), ("next", "", 2)]


async def test_a_corrected_answer_is_taken_back_with_all_its_words(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    await town.receive(reply(town.mails_to(GRACE)[-1], "Next: visit the school"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert await rows() == [("next", "", 3)]


async def test_better_words_are_an_answer_like_the_first(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    await town.receive(reply(asked, "TAKE BACK"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "Next: visit the school"))

    assert await town.answers_to(asked) == {"next": "visit the school"}
    assert "Next\n    visit the school" in text_of(town.mails_to(GRACE)[-1])


async def test_a_scale_that_was_taken_back_may_be_answered_again(town):
    await town.send()
    town.later(days=7)
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "5: 2"))
    await town.receive(reply(asked, "TAKE BACK"))

    await town.receive(reply(asked, "5: 4"))

    assert await town.answers_to(asked) == {"reflection-pace": 4}
    assert "Before:" not in text_of(town.mails_to(GRACE)[-1])


async def test_answers_to_another_mail_stay(town):
    first = await town.check_in(GRACE)
    await town.receive(reply(first, "Next: call the school"))
    town.later(days=7)
    second = await town.check_in(GRACE)
    await town.receive(reply(second, "Next: visit the printer"))

    await town.receive(reply(second, "TAKE BACK"))

    assert await town.answers_to(first) == {"next": "call the school"}
    assert await town.answers_to(second) == {}


async def test_nobody_takes_back_somebody_elses_words(town, asked):
    await town.receive(reply(asked, ANSWERS))

    judged = await town.receive(reply(asked, "TAKE BACK", author=ADA))

    assert judged.outcome == "held"
    assert len(await town.answers_to(asked)) == 3


async def test_it_needs_an_identifier_of_ours(town, asked):
    await town.receive(reply(asked, ANSWERS))

    judged = await town.receive(letter("TAKE BACK"))

    assert judged.outcome == "refused"
    assert len(await town.answers_to(asked)) == 3


@pytest.mark.parametrize("words", ["Take back the books to the library.", "We take back the chairs."])
async def test_a_sentence_is_no_command(town, asked, words):
    await town.receive(reply(asked, words))

    assert await town.answers_to(asked) == {"moved": words}


@pytest.mark.parametrize("word", ["EXPORT", "ERASE"])
async def test_a_yes_that_is_taken_back_is_off_the_operators_desk(town, asked, word):
    await town.receive(reply(asked, word))
    await town.receive(reply(town.mails_to(GRACE)[-1], "yes"))
    assert len(await alarms.every()) == 1

    await town.receive(reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert await alarms.every() == []


async def test_replaying_brings_nothing_back(town, asked):
    row = await town.receive(reply(asked, ANSWERS))
    await town.receive(reply(asked, "TAKE BACK"))

    assert await replay_message(await inbox.judged(row.id), town.desk, town.now, True) == []
    assert await town.answers_to(asked) == {}


async def test_the_receipt_says_how_where_the_team_would_read_it(town, asked):
    await town.receive(reply(asked, "Next: call the school"))
    told = text_of(town.mails_to(GRACE)[-1])
    await town.receive(reply(asked, "private: I am tired."))

    assert "Until the next digest goes out you can also answer TAKE BACK" in told
    assert "TAKE BACK Next" in told
    assert "TAKE BACK" not in text_of(town.mails_to(GRACE)[-1]).partition("---")[0]
    assert {one.privacy for one in await town.entries_of(asked)} == {PrivacyClass.TEAM, PrivacyClass.CHAMPION}


async def test_what_a_receipt_asked_along_can_be_taken_back_by_its_name(town, asked):
    await town.receive(reply(asked, "Thanks to: Ada Marlow for the keys"))
    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "yes"))

    await town.receive(reply(town.mails_to(GRACE)[-1], "TAKE BACK Pass on to Ada"))

    assert await town.answers_to(asked) == {"thanks": ["Ada Marlow"]}
