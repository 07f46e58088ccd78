"""What answers become."""

from datetime import date

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.privacy import PrivacyClass
from service.domain.question import NOTE, Effect, Question, QuestionType
from service.domain.reading import Answer, Reading, Value
from service.playbook.outcomes import MilestoneMove, is_confirmed, milestone_moves, new_entries

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
    assert milestone_moves(reading(), ASKED) == []


@pytest.mark.parametrize("state", MilestoneState)
def test_a_milestone_is_moved_to_what_its_owner_said(state: MilestoneState):
    step: Value = {"milestone": "3", "state": state.value, "date": "2026-12-05"}

    assert milestone_moves(reading(step=step), ASKED) == [MilestoneMove(3, state, date(2026, 12, 5))]


def test_a_milestone_of_which_no_date_was_said_keeps_its_date():
    step: Value = {"milestone": "3", "state": "done", "date": None}

    assert milestone_moves(reading(step=step), ASKED) == [MilestoneMove(3, MilestoneState.DONE, None)]


def test_words_about_something_else_move_no_milestone():
    assert milestone_moves(reading(moved="milestone 3 is done"), ASKED) == []


@pytest.mark.parametrize(("value", "confirmed"), [(True, True), (False, False), ("yes", False), (1, False)])
def test_only_a_clear_yes_confirms(value: Value, confirmed: bool):
    """mail-rules, Commands: EXPORT and ERASE need a second, confirming reply."""
    assert is_confirmed(reading(sure=value), ASKED) is confirmed


def test_a_yes_to_another_question_confirms_nothing():
    agreed = Question("moved", "Moved", "Did it move?", QuestionType.YES_NO, Effect.PROGRESS)

    assert not is_confirmed(reading(moved=True), (agreed, SURE))
