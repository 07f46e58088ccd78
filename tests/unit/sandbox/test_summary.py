"""The summary counts what is there: where nothing came about, it says so, and where something went wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.digest import Item, Section, build
from service.domain.mail import Outcome
from service.domain.privacy import PrivacyClass
from service.domain.question import NOTE, Effect, Option, Question, QuestionType
from service.domain.recognition import Recognition, RecognitionState, Told
from service.flows.expire_holds import REASON as EXPIRED
from service.playbook.instruments import Instrument, Playbook, Trigger
from service.sandbox import corrections, digests, restraint, thanks, tone, understanding
from service.sandbox.house import Posted
from service.sandbox.mailers import Author, new_mail
from service.sandbox.programs import PROGRAMS
from service.sandbox.record import Record
from service.sandbox.summary import summarise
from service.store.chronicle import Arrival, Telling
from service.store.digests import DigestState, KeptDigest
from tests.unit.sandbox.records import ADA, HELEN, NOW, RUTH, WEEK, add, key_of, post, stored

STEP = Question(
    *("step", "Milestone", "Which?", QuestionType.MILESTONE, Effect.MILESTONE),
    options=(Option("7", "First pairs read together"),),
)
WIN = Item("v1", Section.WINS, "1 done", subject="First pairs read together", state=MilestoneState.DONE)


def telling(record: Record, told: str = "Ruth moved a card club.") -> Telling:
    text = Told(told, f"Write: {told}")
    recognition = Recognition(
        *(1, 1, 1, 1, record.people[RUTH].id, RecognitionState.APPROVED, text, text.sha256, NOW)
    )
    return Telling(recognition, record.people[HELEN].id, text.sha256)


def test_where_nothing_happened_nothing_came_about(empty: Record) -> None:
    assert [one.expected for one in summarise(empty) if one.came_about] == []


class TestAsking:
    @pytest.fixture
    def asked(self, empty: Record, weekly: Instrument) -> Record:
        """Everybody was asked in every week, whoever joined later or paused from then on."""
        for week in range(1, 7):
            at = NOW + timedelta(weeks=week - 2)
            for one in understanding.answering(empty, week):
                empty = add(empty, one, weekly.key, at=at)
        return empty

    def test_everybody_is_asked_once_a_week(self, asked: Record, weekly: Instrument) -> None:
        assert understanding.everybody_is_asked(asked).came_about
        twice = add(asked, RUTH, weekly.key)
        assert not understanding.everybody_is_asked(twice).came_about

    def test_who_was_forgotten_once_is_noticed(self, asked: Record) -> None:
        forgotten = replace(asked, mailboxes={**asked.mailboxes, RUTH: asked.mailboxes[RUTH][1:]})

        assert not understanding.everybody_is_asked(forgotten).came_about

    def test_a_mail_that_was_not_accepted_is_noticed(self, asked: Record) -> None:
        unsent = tuple(replace(one, state="uncertain") for one in asked.departures)

        assert not understanding.everybody_is_asked(replace(asked, departures=unsent)).came_about

    def test_a_question_to_a_manager_is_noticed(self, empty: Record, weekly: Instrument) -> None:
        finding = restraint.others_are_spared(add(empty, HELEN, weekly.key))

        assert not finding.came_about
        assert finding.fact.endswith("1 of them meant for the team")


class TestDigests:
    @pytest.fixture
    def told(self, empty: Record, playbook: Playbook) -> Record:
        """One digest with a win, in two mailboxes."""
        kept = KeptDigest(build(WEEK, "why", [WIN]), DigestState.BUILT, NOW)
        record = replace(empty, digests=(kept,))
        for reader in (ADA, RUTH):
            words = "First pairs read together: reached!"
            record = add(record, reader, key_of(playbook, Trigger.DIGEST), words, '<li id="v1">reached</li>')
        return record

    def test_a_variant_with_other_facts_is_noticed(self, told: Record, playbook: Playbook) -> None:
        assert digests.facts_are_the_same(told).came_about
        more = add(told, HELEN, key_of(playbook, Trigger.DIGEST), html='<li id="v1">x</li><li id="e9">y</li>')
        assert not digests.facts_are_the_same(more).came_about

    def test_a_digest_without_news_is_noticed(self, told: Record) -> None:
        quiet = KeptDigest(build("2026-W44", "why", []), DigestState.EMPTY, NOW)
        assert digests.only_news_is_told(replace(told, digests=(*told.digests, quiet))).came_about

        stale = KeptDigest(build(WEEK, "why", [replace(WIN, news=False)]), DigestState.BUILT, NOW)
        assert not digests.only_news_is_told(replace(told, digests=(stale, quiet))).came_about

    def test_a_champion_who_sees_it_with_the_others_is_noticed(self, told: Record) -> None:
        assert not digests.the_champion_sees_it_first(told).came_about

    def test_a_reached_milestone_that_nobody_hears_of_is_noticed(self, told: Record) -> None:
        done = {"milestone": "7", "state": "done", "date": None}
        before = NOW - timedelta(days=1)
        reached = stored(
            told, None, "1 done", value=done, effect=Effect.MILESTONE, question="step", recorded_at=before
        )
        reached = replace(reached, asked={"a" * 16: {"step": STEP}})
        assert digests.milestones_are_celebrated(reached).came_about

        silent = KeptDigest(build(WEEK, "why", []), DigestState.BUILT, NOW)
        assert not digests.milestones_are_celebrated(replace(reached, digests=(silent,))).came_about

    def test_an_answer_to_a_digest_that_the_next_one_leaves_out_is_noticed(
        self, told: Record, playbook: Playbook
    ) -> None:
        letter = next(
            one for one in told.town.letters if one.to == key_of(playbook, Trigger.DIGEST) and one.answers
        )
        record, posted = post(told, letter)
        record = stored(record, posted, "A submarine?", recorded_at=NOW + timedelta(hours=1))
        assert not digests.answers_to_a_digest_are_heard(record).came_about

        later = NOW + timedelta(days=7)
        kept = KeptDigest(build("2026-W43", "why", [WIN]), DigestState.BUILT, later)
        record = replace(record, digests=(*record.digests, kept))
        record = add(record, RUTH, letter.to, "HEARD\nA submarine?", at=later, period="2026-W43")
        assert digests.answers_to_a_digest_are_heard(record).came_about

    def test_words_that_were_taken_back_and_told_are_noticed(self, told: Record) -> None:
        letters = [one for one in told.town.letters if one.at.week == 1]
        back = next(one for one in letters if one.takes_back)
        first = next(one for one in letters if one.who == back.who)
        record, _ = post(told, first)
        record, _ = post(record, back)
        assert digests.what_is_taken_back_is_gone(record).came_about

        words = first.answers[back.replaces[0]]
        leaked = add(record, RUTH, record.departures[0].instrument, f"In the way: {words}")
        assert not digests.what_is_taken_back_is_gone(leaked).came_about


class TestCorrections:
    def test_a_correction_is_told_in_the_place_of_the_first_words(
        self, empty: Record, playbook: Playbook
    ) -> None:
        correction = next(one for one in empty.town.letters if one.corrects)
        said = [one for one in empty.town.letters if one.who == correction.who]
        record, _ = post(empty, said[said.index(correction) - 1])
        record, posted = post(record, correction)
        label = correction.replaces[0]
        for key, words in {**correction.answers, NOTE: correction.words}.items():
            record = stored(record, posted, words, question=key)
        record = replace(record, asked={"a" * 16: {key: question(key) for key in correction.answers}})
        later = empty.town.moment(correction) + timedelta(days=1)
        digest = key_of(playbook, Trigger.DIGEST)

        record = add(record, RUTH, digest, correction.answers[label], at=later)
        assert corrections.corrections_count(record).came_about

        (before,) = record.corrected(posted)
        stale = add(record, RUTH, digest, before, at=later)
        assert not corrections.corrections_count(stale).came_about


def question(label: str) -> Question:
    return Question(label, label, "?", QuestionType.TEXT, Effect.PROGRESS)


class TestManagers:
    def test_text_that_was_approved_is_told(self, empty: Record, playbook: Playbook) -> None:
        one = telling(empty)
        kept_back = replace(
            one.recognition, id=2, state=RecognitionState.NOT_NOW, text=Told("Oskar drove.", "")
        )
        record = replace(empty, tellings=(one,), passed_on=(one.recognition, kept_back))
        record = add(record, HELEN, key_of(playbook, Trigger.MONTHLY), one.recognition.text.told)
        assert thanks.only_approved_words_go_up(record).came_about

        leaked = add(record, HELEN, key_of(playbook, Trigger.MONTHLY), "Oskar drove.")
        assert not thanks.only_approved_words_go_up(leaked).came_about
        changed = replace(record, tellings=(replace(one, sha256="other"),))
        assert not thanks.only_approved_words_go_up(changed).came_about

    def test_words_of_a_check_in_in_a_managers_mail_are_noticed(
        self, empty: Record, playbook: Playbook
    ) -> None:
        one = telling(empty)
        told = f"{one.recognition.text.told}\n\n{one.recognition.text.sentence}"
        record = stored(replace(empty, tellings=(one,)), None, one.recognition.text.told)
        record = stored(record, None, "Nothing works here at all.")
        record = add(record, HELEN, key_of(playbook, Trigger.MONTHLY), told)
        assert thanks.managers_read_nothing_else(record).came_about

        leaked = add(record, HELEN, key_of(playbook, Trigger.MONTHLY), "Nothing works\nhere at all.")
        assert not thanks.managers_read_nothing_else(leaked).came_about


class TestTone:
    def test_a_fifth_mail_on_one_day_is_noticed(self, empty: Record, weekly: Instrument) -> None:
        for _ in range(4):
            empty = add(empty, ADA, weekly.key)
        assert tone.mails_are_few(empty).came_about

        assert not tone.mails_are_few(add(empty, ADA, weekly.key)).came_about

    @pytest.mark.parametrize("words", ["Your answer is overdue.", "You MUST reply", "It is late"])
    def test_a_word_of_blame_is_noticed(self, words: str, empty: Record, weekly: Instrument) -> None:
        assert tone.nobody_is_blamed(add(empty, ADA, weekly.key, "A template of mustard")).came_about
        assert not tone.nobody_is_blamed(add(empty, ADA, weekly.key, words)).came_about
        assert not tone.nobody_is_blamed(add(empty, ADA, weekly.key, html=f"<b>{words}</b>")).came_about


def test_a_private_line_that_others_read_is_noticed(empty: Record, weekly: Instrument) -> None:
    private = {"effect": Effect.PRIVATE_NOTE, "privacy": PrivacyClass.CHAMPION}
    record = stored(empty, None, "Could you talk with them?", **private)
    assert understanding.private_lines_stay_private(record).came_about

    leaked = add(record, ADA, weekly.key, "Could you talk with them?")
    assert not understanding.private_lines_stay_private(leaked).came_about


@pytest.mark.parametrize(
    ("outcome", "reason", "kept_out"),
    [(Outcome.RECORDED, "", False), (Outcome.HELD, "", True), (Outcome.REFUSED, EXPIRED, True)],
)
def test_a_stranger_who_is_believed_is_noticed(
    empty: Record, outcome: Outcome, reason: str, kept_out: bool
) -> None:
    """What was held is refused in the end."""
    letters = [one for one in empty.town.letters if one.who.startswith("mallory")]
    letter = next(one for one in letters if one.outcome is Outcome.HELD)
    author = Author("Tomas Birch", letter.signs, NOW, "1")
    raw = new_mail(PROGRAMS["plain"], author, empty.town.mailbox, "Hello", "It is cancelled.")
    posted = Posted(raw, "<1@alderfalls.example>", "<1@alderfalls.example>", 0, letter)
    arrival = Arrival(raw, "human", outcome, reason, ())

    finding = restraint.strangers_are_not_believed(
        replace(empty, posted=(posted,), arrivals={posted.message_id: arrival})
    )

    assert finding.came_about is kept_out
