"""What answers become."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.entry import Entry
from service.domain.privacy import READERS, PrivacyClass
from service.domain.question import NOTE, Each, Effect, Question, QuestionType
from service.domain.reading import Answer, Reading, Value
from service.domain.receipt import How, Recorded
from service.playbook.outcomes import MilestoneNews, Sheet, milestone_news, new_entries, thanks_nobody

MOVED = Question("moved", "Moved", "What moved?", QuestionType.TEXT, Effect.PROGRESS)
PRIVATE = Question(
    "private", "private", "For yourself", QuestionType.TEXT, Effect.PRIVATE_NOTE, privacy=PrivacyClass.SELF
)
STEP = Question("step", "Step", "Which milestone?", QuestionType.MILESTONE, Effect.MILESTONE)
SURE = Question("sure", "Sure", "Are you sure?", QuestionType.YES_NO, Effect.CONFIRM)
ASKED = (MOVED, PRIVATE, STEP, SURE)


def reading(note: str = "", **answers: Value) -> Reading:
    return Reading(
        "", tuple(Answer(key, value, str(value), 0.9) for key, value in answers.items()), note=note
    )


def said(number: int, words: str, question: str = "moved", shown: int = 0) -> Entry:
    return Entry(
        id=number,
        prompt="a" * 16,
        person_id=1,
        question=question,
        effect=Effect.PROGRESS,
        privacy=PrivacyClass.TEAM,
        value=words,
        text=words,
        confidence=1.0,
        week="2026-W48",
        revision=1,
        recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
        shown_revision=shown,
    )


def test_every_answer_becomes_an_entry_with_its_question_s_effect():
    entries = new_entries(reading(moved="We planted.", sure=True), ASKED, PrivacyClass.TEAM)

    assert [(entry.answer.question, entry.type, entry.effect) for entry in entries] == [
        ("moved", QuestionType.TEXT, Effect.PROGRESS),
        ("sure", QuestionType.YES_NO, Effect.CONFIRM),
    ]


def test_a_question_s_own_privacy_goes_before_the_mail_s():
    """A line that was promised to stay private stays private."""
    moved, private = new_entries(
        reading(moved="We planted.", private="I am tired."), ASKED, PrivacyClass.TEAM
    )

    assert (moved.privacy, private.privacy) == (PrivacyClass.TEAM, PrivacyClass.SELF)


@pytest.mark.parametrize("privacy", PrivacyClass)
def test_words_that_fit_no_question_are_kept_for_the_champion_only(privacy: PrivacyClass):
    """Nothing that a person wrote is lost, and nobody had told them that a wider circle reads it."""
    (note,) = new_entries(reading(note="By the way."), ASKED, privacy)

    assert (note.answer.question, note.answer.value) == (NOTE, "By the way.")
    assert (note.effect, note.privacy) == (Effect.NOTE, PrivacyClass.CHAMPION)


def test_a_reply_without_words_becomes_nothing():
    assert new_entries(reading(), ASKED, PrivacyClass.TEAM) == []


@pytest.mark.parametrize("state", MilestoneState)
def test_an_answer_says_how_a_milestone_stands_and_until_when(state: MilestoneState):
    step: Value = {"milestone": "3", "state": state.value, "date": "2026-12-05"}

    assert milestone_news(step) == MilestoneNews(3, state, date(2026, 12, 5))


def test_a_milestone_of_which_no_date_was_said_keeps_its_date():
    step: Value = {"milestone": "3", "state": "done", "date": None}

    assert milestone_news(step) == MilestoneNews(3, MilestoneState.DONE, None)


@pytest.mark.parametrize("value", ["", "milestone 3 is done", 3, True, ["3"]])
def test_anything_else_says_nothing_of_a_milestone(value: Value):
    """An answer that was taken back has no value."""
    assert milestone_news(value) is None


class TestHowAReceiptReadsAnAnswerBack:
    @staticmethod
    def line(words: str, earlier: Sequence[Entry] = (), saved: Sequence[Entry] = ()) -> Recorded:
        new = new_entries(reading(moved=words), ASKED, PrivacyClass.TEAM)
        (line,) = Sheet(ASKED, new, earlier, saved).recorded()
        return line

    def test_the_first_answer_is_recorded(self):
        line = self.line("We planted.", saved=[said(1, "We planted.")])

        assert (line.label, line.text, line.how, line.before) == ("Moved", "We planted.", How.RECORDED, "")
        assert line.readers == READERS[PrivacyClass.TEAM]

    def test_one_that_stands_beside_another_is_added(self):
        line = self.line("And watered.", [said(1, "We planted.")], [said(2, "And watered.")])

        assert (line.how, line.before) == (How.ADDED, "")

    @pytest.mark.parametrize(("shown", "told"), [(0, False), (1, True)])
    def test_one_that_replaced_another_is_changed_and_shows_the_earlier_words(self, shown: int, told: bool):
        earlier = [said(1, "We planted."), said(2, "Else.", shown=shown)]

        line = self.line("We dug.", earlier, [said(2, "We dug.")])

        assert (line.how, line.before, line.told) == (How.CHANGED, "Else.", told)

    def test_the_same_answer_once_more_is_neither(self):
        line = self.line("We planted.", [said(1, "We planted.")])

        assert line.how is How.RECORDED

    def test_answers_to_other_questions_do_not_count(self):
        line = self.line("We dug.", [said(1, "I am tired.", "private")], [said(2, "We dug.")])

        assert line.how is How.RECORDED

    def test_a_note_is_no_answer(self):
        new = new_entries(reading(note="By the way."), ASKED, PrivacyClass.TEAM)

        assert list(Sheet(ASKED, new, [], []).recorded()) == []


class TestThanksThatNameNobody:
    PASS_ON = Question(
        "pass-on",
        "Pass on",
        "Pass on?",
        QuestionType.YES_NO,
        Effect.PASS_ON,
        each=Each.THANKS,
        follows="moved",
    )

    @pytest.mark.parametrize(
        ("value", "nobody"), [("the kind lady", True), (["Ada Marlow"], False), ("", False)]
    )
    def test_only_words_in_which_no_name_was_found_are_such(self, value: Value, nobody: bool):
        assert thanks_nobody(reading(moved=value).answers, [MOVED, self.PASS_ON]) is nobody

    def test_where_nothing_can_be_passed_on_it_does_not_matter(self):
        assert not thanks_nobody(reading(moved="the kind lady").answers, ASKED)
