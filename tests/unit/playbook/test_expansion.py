"""Who is asked about which milestone, and about which decision."""

from datetime import date

import pytest

from service.domain.collaboration import Milestone, MilestoneState
from service.domain.people import Role
from service.domain.question import Each, Effect, Question, QuestionType
from service.playbook.expansion import Decision, Standing, expand

ADA, GRACE, LINUS = 1, 2, 3
MEMBER, CHAMPION, DEPUTY = frozenset({Role.MEMBER}), frozenset({Role.CHAMPION}), frozenset({Role.DEPUTY})
STEP = Question("moved", "Moved", "What moved?", QuestionType.TEXT, Effect.PROGRESS)
MILESTONE = Question(
    "milestone", "Milestone", "its number", QuestionType.MILESTONE, Effect.MILESTONE, prefix="milestone"
)
DECISION = Question("decision", "Decision", "-", QuestionType.TEXT, Effect.VOICE, each=Each.DECISION)


def milestone(number: int, owner: int, state: MilestoneState = MilestoneState.AHEAD) -> Milestone:
    return Milestone(number + 100, number, f"Step {number}", date(2026, 12, 4), "Somebody", state, owner)


STANDING = Standing((milestone(1, GRACE), milestone(2, LINUS), milestone(3, GRACE, MilestoneState.DONE)))


def offered(person: int, roles: frozenset[Role]) -> list[str]:
    questions = expand([STEP, MILESTONE], STANDING, person, roles)
    return [option.label for question in questions for option in question.options]


@pytest.mark.parametrize(
    ("person", "roles", "titles"),
    [
        (GRACE, MEMBER, ["Step 1"]),
        (LINUS, MEMBER, ["Step 2"]),
        (ADA, CHAMPION, ["Step 1", "Step 2"]),
        (ADA, DEPUTY, ["Step 1", "Step 2"]),
    ],
)
def test_people_are_asked_of_the_open_milestones_that_they_may_move(person, roles, titles):
    assert offered(person, roles) == titles


def test_who_may_move_none_is_not_asked_of_milestones_at_all():
    assert expand([STEP, MILESTONE], STANDING, ADA, MEMBER) == (STEP,)


def test_a_decision_is_put_by_its_number_and_by_who_asks():
    standing = Standing(decisions=(Decision(7, "Tuesdays or Thursdays?", "Grace Fielding"),))

    (question,) = expand([DECISION], standing, LINUS, MEMBER)

    assert (question.key, question.label) == ("decision-7", "Decision 1")
    assert question.text == "Tuesdays or Thursdays? (asked by Grace Fielding)"


def test_without_a_decision_nobody_is_asked_for_one():
    assert expand([DECISION], Standing(), LINUS, MEMBER) == ()
