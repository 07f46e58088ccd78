"""The monthly note: what a manager reads of their people, and what they can answer (product.md email 12)."""

import asyncio
import shutil

import pytest

from service.flows.send_recognitions import send_recognitions
from service.store import alarms
from service.store.models import RecognitionRow, TellingRow
from tests.databases import open_database, sqlite_url
from tests.flows.letters import bare_reply
from tests.flows.thanking import (
    DECEMBER,
    HELEN,
    JANUARY,
    MANAGED,
    SENTENCE,
    TITLE,
    TOLD,
    ThankfulTown,
    person,
    praises,
)
from tests.flows.town import ADA, LINUS, PLAN, text_of


@pytest.fixture
async def town(database, desk) -> ThankfulTown:
    town = ThankfulTown(desk)
    await town.settle_in(MANAGED)
    return town


async def test_the_first_note_says_what_it_is_and_how_to_decline_and_later_ones_do_not(town):
    await town.decided("yes")
    first = text_of(await town.month())
    await town.decided("yes")
    second = text_of(await town.month(JANUARY))

    assert "You are invited, not enrolled. Reply with STOP" in first
    assert "The Town runs the service." in first
    assert "the words that they approved, and nothing else" in first
    assert "invited" not in second
    assert first.partition("ONE THING")[2].splitlines()[1] != second.partition("ONE THING")[2].splitlines()[1]


async def test_the_notes_to_one_manager_stand_in_one_thread(town):
    """OUT-16, RFC 5322 section 3.6.4."""
    await town.decided("yes")
    first = await town.month()
    await town.decided("yes")
    second = await town.month(JANUARY)

    assert second["Subject"] == first["Subject"]
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Reply-To"].addresses[0].addr_spec.startswith("thread+n-")


async def test_a_month_without_approvals_brings_no_mail(town):
    assert await town.month() is None
    assert await TellingRow.all().count() == 0


async def test_the_next_month_does_not_repeat(town):
    await town.decided("yes")
    await town.month()

    assert await town.month(JANUARY) is None


async def test_two_workers_tell_once(town):
    """I9."""
    await town.decided("yes")

    written = await asyncio.gather(*(send_recognitions(town.desk, DECEMBER) for _ in range(3)))

    assert sum(written) == 1
    assert await TellingRow.all().count() == 1


async def test_both_managers_of_a_department_are_named_and_told(town):
    sam = "sam@town.example"
    await town.plan_is(MANAGED + person("Sam Ito", sam, "Senior Center"))

    thanks = await town.passed_on()
    await town.decided("yes", thanks)
    summary = await town.month()

    assert "May your managers hear of it as well?" in text_of(thanks)
    assert "Maya Lindqvist and Sam Ito" in text_of(thanks)
    assert praises(town.mails_to(sam)[-1]) == praises(summary) == [SENTENCE]
    assert TITLE not in str([mail["Subject"] for mail in town.mails_to(HELEN)])


async def test_a_manager_who_declined_gets_nothing_and_nobody_is_asked_for_them(town):
    await town.decided("yes")
    await town.receive(bare_reply(await town.month(), "STOP"))

    thanks = await town.passed_on("Grace, for the tea")

    assert "1. Your word" not in text_of(thanks)
    assert await town.month(JANUARY) is None


async def test_a_manager_who_paused_is_told_after_the_pause(town):
    await town.decided("yes")
    await town.receive(bare_reply(await town.month(), "PAUSE until January 20"))
    await town.decided("yes", await town.passed_on("Grace, for the tea"))

    assert await town.month(JANUARY) is None
    assert len(praises(await town.month(JANUARY.replace(month=2, day=1)))) == 1


async def test_a_screenful_is_told_and_the_rest_waits_unnumbered(town):
    authors = [f"pupil{number}@school.example" for number in range(8)]
    pupils = [person(f"Pupil {n}", author, "School", '"member"') for n, author in enumerate(authors)]
    await town.plan_is(MANAGED + "".join(pupils))
    for number, author in enumerate(authors):
        await town.decided("yes", await town.passed_on(f"Grace, for room {number}", author))

    first, second = await town.month(), await town.month(JANUARY)

    assert [line[-3] for line in praises(first)] == list("012345")
    assert [line[-3] for line in praises(second)] == list("67")
    assert set("678") & set(text_of(first).partition("WHAT THIS IS")[0]) == set()


async def test_long_words_of_their_own_fill_the_note_sooner(town):
    for number, author in enumerate((ADA, LINUS, HELEN)):
        await town.plan_is(MANAGED.replace('"City Library"\nroles = ["manager"]', '"City Library"'))
        thanks = await town.passed_on("Grace, for the room", author)
        await town.decided(f"edit: {number} " + "and then " * 100 + "we left.", thanks)

    first, second = await town.month(), await town.month(JANUARY)

    assert [len(praises(note)) for note in (first, second)] == [2, 1]


async def test_a_month_is_settled_once_even_if_its_day_moves(town):
    """TIME-4."""
    thanks = await town.passed_on()
    nothing = await town.month()
    await town.decided("yes", thanks)

    await town.plan_is(MANAGED.replace("first mon", "second mon"))

    assert nothing is None
    assert await town.month(DECEMBER.replace(day=14)) is None
    assert await town.month(JANUARY.replace(day=11)) is not None


async def test_text_that_is_not_what_was_approved_is_left_out_and_said_to_the_operator(town):
    """Text sent equals text approved, by hash; the rest goes."""
    await town.decided("yes")
    await town.decided("yes", await town.passed_on("Grace, for the tea", author=LINUS))
    first = await RecognitionRow.all().order_by("id").first()
    await RecognitionRow.filter(id=first.id).update(sentence="Grace is wonderful.")

    summary = await town.month()

    assert len(praises(summary)) == 1
    assert "wonderful" not in text_of(summary)
    (alarm,) = [alarm for alarm in await alarms.every() if alarm.key.startswith("recognition:")]
    assert "is not the one that was approved" in alarm.text
    assert "Grace" not in alarm.text


async def test_a_yes_approves_what_the_mail_showed_and_not_what_the_database_says_meanwhile(town):
    thanks = await town.passed_on()
    await RecognitionRow.all().update(told="Grace is wonderful.")

    await town.decided("yes", thanks)

    assert TOLD in text_of(await town.month())


async def test_a_yes_holds_when_the_plan_has_spelled_a_name_anew(town):
    thanks = await town.passed_on()
    await town.plan_is(MANAGED.replace("Ada Marlow", "Ada Marlow-Reed"))

    await town.decided("yes", thanks)

    assert TOLD in text_of(await town.month())


LIFE = {
    "nothing": [],
    "an offer that waits": ["pass on"],
    "a no": ["pass on", "not now"],
    "a pause": ["PAUSE"],
    "a stop": ["STOP"],
    "no answer at all": ["silent"],
}


async def test_a_managers_note_says_nothing_of_whoever_is_not_named_in_it(desk, migrated_sqlite, tmp_path):
    """PRIV-7: whichever way the state of another member differs, the text is the same."""
    texts = {}
    for name, happenings in LIFE.items():
        texts[name] = await _note_while(happenings, desk, migrated_sqlite, tmp_path / name.replace(" ", "-"))

    assert set(texts.values()) == {texts["nothing"]}
    assert SENTENCE in texts["nothing"]
    assert "Otis" not in texts["nothing"]


async def _note_while(happenings, desk, template, folder) -> str:
    """Grace approves; meanwhile these things happen to Otis, of the same department."""
    folder.mkdir()
    shutil.copy(template, folder / "commonthread.db")
    otis = "otis@town.example"
    async with open_database(sqlite_url(folder)):
        town = ThankfulTown(desk)
        await town.settle_in(MANAGED + person("Otis Quill", otis, "Senior Center", '"member"'))
        await town.decided("yes")
        for happening in happenings:
            if happening == "pass on":
                await town.passed_on("Otis, for the tea", author=LINUS, to=otis)
            elif happening != "silent":
                await town.receive(bare_reply(town.mails_to(otis)[-1], happening))
        return text_of(await town.month())


async def test_a_plan_without_managers_asks_and_tells_nobody(database, desk):
    town = ThankfulTown(desk)
    await town.settle_in(PLAN)

    thanks = await town.passed_on()

    assert "1. Your word" not in text_of(thanks)
    assert await town.states() == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("said thanks", "said-thanks"),
        ("Will mention.", "will-mention"),
        ("1: want to help", "want-to-help"),
        ("1: I want to help, with the van", "want-to-help"),
    ],
)
async def test_a_manager_may_answer_by_a_word_which_the_team_reads(town, words, value):
    await town.decided("yes")

    summary = await town.month()
    await town.receive(bare_reply(summary, words))

    (entry,) = await town.entries_of(summary)
    assert (entry.value, entry.effect, entry.privacy) == (value, "acknowledgement", "T")


async def test_the_team_hears_in_its_next_digest_what_the_manager_answered(town):
    await town.plan_is(MANAGED.replace("[cadence]", '[cadence]\ndigest = "fri 15:00"'))
    await town.decided("yes")
    note = await town.month()

    await town.receive(bare_reply(note, "want to help\n\noffer: the van, on Fridays"))
    town.now = DECEMBER.replace(day=11, hour=20)
    await town.tick()
    town.later(days=3)
    await town.tick()

    digest = text_of(next(mail for mail in town.mails_to(ADA) if "the van, on Fridays" in text_of(mail)))
    assert "Maya Lindqvist" in digest
    assert "want to help" in digest


async def test_any_other_words_of_a_manager_are_a_comment_and_not_asked_again(town):
    await town.decided("yes")

    summary = await town.month()
    judged = await town.receive(bare_reply(summary, "I had no idea. Give her my best, and the keys."))

    (entry,) = await town.entries_of(summary)
    assert (judged.outcome, entry.effect, entry.privacy) == ("recorded", "comment", "T")
