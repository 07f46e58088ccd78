"""Thanks reach a manager only in words that the thanked person approved (product.md email 12)."""

import pytest

from service.store import alarms
from service.store.models import PromptRow, RecognitionRow, TellingRow
from tests.flows.letters import bare_reply, reply
from tests.flows.thanking import (
    DECEMBER,
    HELEN,
    JANUARY,
    MANAGED,
    MAYA,
    SENTENCE,
    TITLE,
    TOLD,
    ThankfulTown,
    person,
    praises,
)
from tests.flows.town import ADA, GRACE, LINUS, PLAN, text_of


@pytest.fixture
async def town(database, desk) -> ThankfulTown:
    town = ThankfulTown(desk)
    await town.settle_in(MANAGED)
    return town


async def test_thanks_travel_from_a_check_in_to_the_managers_answer(town):
    """The whole way, mail by mail."""
    asked = await town.thank("Grace, for the room")
    assert "Grace" in text_of(asked)

    await town.receive(reply(asked, "yes"))
    thanks = town.mails_to(GRACE)[-1]
    assert thanks["Subject"] == "[Reading Trail] Ada Marlow thanks you"
    assert "    Grace, for the room" in text_of(thanks)
    assert TOLD in text_of(thanks)
    assert SENTENCE in text_of(thanks)
    assert "May your manager hear of it as well? If you say yes, Maya Lindqvist will read this" in text_of(
        thanks
    )

    await town.receive(reply(thanks, "Yes, gladly!"))
    receipt = text_of(town.mails_to(GRACE)[-1])
    assert TOLD in receipt
    assert SENTENCE in receipt

    summary = await town.month()
    assert TOLD in text_of(summary)
    assert praises(summary) == [SENTENCE]
    assert (summary["To"].addresses[0].addr_spec, summary["Subject"]) == (MAYA, f"[Reading Trail] {TITLE}")

    sent = town.sent_count
    judged = await town.receive(reply(summary, "Will mention!\n\noffer: the van, on Fridays"))
    found = {entry.question: (entry.value, entry.privacy) for entry in await town.entries_of(summary)}
    assert judged.outcome == "recorded"
    assert town.sent_count == sent + 1
    assert found["offer"] == ("the van, on Fridays", "T")
    assert "the team" in text_of(summary).partition("---")[2]


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


async def test_any_other_words_of_a_manager_are_a_comment_and_not_asked_again(town):
    await town.decided("yes")

    summary = await town.month()
    judged = await town.receive(bare_reply(summary, "I had no idea. Give her my best, and the keys."))

    (entry,) = await town.entries_of(summary)
    assert (judged.outcome, entry.effect, entry.privacy) == ("recorded", "comment", "T")


# What the thanked person says


async def test_edited_words_are_told_exactly_and_shown_back_in_full(town):
    own = "Grace Fielding opened the room every Tuesday, " + "also when it snowed, " * 20 + "and stayed."
    sentence = (
        "In Reading Trail, a colleague from City Library recognized Grace Fielding, who puts it in these "
        f'words: "{own}"'
    )

    receipt = await town.decided(f"edit: {own}")
    summary = await town.month()

    assert own in text_of(receipt)
    assert sentence in text_of(receipt)
    assert own in text_of(summary)
    assert praises(summary) == [sentence]
    assert "for the room" not in text_of(summary)


async def test_yes_and_an_edit_in_one_reply_are_the_edited_words(town):
    await town.decided("1: yes\nedit: Grace found us a room.")

    summary = await town.month()

    assert "Grace found us a room." in text_of(summary)
    assert TOLD not in text_of(summary)


async def test_edit_without_words_approves_nothing_and_asks_for_them_once(town):
    again = await town.decided("edit")
    asked = await PromptRow.get(root_id__isnull=False, person_id=(await town.person(GRACE)).id)

    silent = await town.states()
    await town.decided("Grace found us a room.", again)
    summary = await town.month()

    assert silent == ["offered"]
    assert [question["key"] for question in asked.questions] == ["wording"]
    assert "your own words instead" in text_of(again)
    assert "Grace found us a room." in text_of(summary)


async def test_words_without_end_are_asked_for_once_more_and_not_cut(town):
    """What is told is exactly what was approved, so nothing is ever shortened."""
    receipt = await town.decided("edit: " + "and then " * 150 + "we left.")

    assert await town.states() == ["offered"]
    assert "your own words instead" in text_of(receipt)


@pytest.mark.parametrize("words", ["not now", "Not now, thanks.", "no", "rather not", "1: later"])
async def test_not_now_tells_nobody_and_is_never_asked_again(town, words):
    await town.decided(words)
    sent = len(town.mails_to(GRACE))

    assert await town.month() is None
    assert await town.month(JANUARY) is None
    assert await town.states() == ["not_now"]
    assert [m for m in town.mails_to(GRACE)[sent:] if "thanks you" in m["Subject"]] == []


async def test_no_answer_is_no_yes(town):
    await town.passed_on()

    assert await town.month() is None


@pytest.mark.parametrize(
    "words", ["yes, but shorter please", "ok but say it was the whole team", "yes, not now", "hm, I wonder"]
)
async def test_what_is_unclear_is_asked_once_more_and_never_guessed(town, words):
    thanks = await town.passed_on()

    judged = await town.receive(bare_reply(thanks, words))

    assert judged.outcome == "clarification_asked"
    assert await town.states() == ["offered"]
    assert "1. Your word: May this be told as it stands?" in text_of(town.mails_to(GRACE)[-1])
    assert await town.month() is None


async def test_the_last_word_before_the_note_goes_out_counts(town):
    thanks = await town.passed_on()
    for words in ("yes", "not now", "edit: Grace found us a room."):
        await town.decided(words, thanks)
    first = await town.states()
    await town.decided("not now", thanks)

    assert first == ["not_now"]
    assert await town.month() is None


async def test_a_yes_after_not_now_counts(town):
    thanks = await town.passed_on()
    await town.decided("not now", thanks)
    await town.decided("yes", thanks)

    assert praises(await town.month()) == [SENTENCE]


async def test_a_yes_that_is_taken_back_is_none(town):
    thanks = await town.passed_on()
    receipt = await town.decided("yes", thanks)

    await town.receive(bare_reply(receipt, "TAKE BACK"))

    assert await town.states() == ["offered"]
    assert await town.month() is None


async def test_own_words_that_are_taken_back_leave_what_was_shown(town):
    thanks = await town.passed_on()
    receipt = await town.decided("1: yes\nedit: Grace found us a room.", thanks)

    await town.receive(bare_reply(receipt, "TAKE BACK edit"))

    assert praises(await town.month()) == [SENTENCE]


async def test_who_stopped_our_mail_before_the_note_goes_out_is_not_told_of(town):
    thanks = await town.passed_on()
    await town.decided("yes", thanks)

    await town.receive(bare_reply(thanks, "STOP"))

    assert await town.month() is None


async def test_what_was_told_is_told_and_a_later_word_changes_nothing_more(town):
    thanks = await town.passed_on()
    await town.decided("yes", thanks)
    await town.month()

    await town.decided("edit: Grace found us a room.", thanks)

    assert await town.month(JANUARY) is None


# What the author says


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


# The note to the manager


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


async def test_two_ticks_tell_once(town):
    await town.decided("yes")
    await town.month()

    assert await town.month() is None


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
    import shutil

    from tests.databases import open_database, sqlite_url

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
