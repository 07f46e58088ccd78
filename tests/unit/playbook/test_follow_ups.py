"""What follows an answer is asked of nobody who could not answer, and never twice."""

from dataclasses import replace

import pytest

from service.domain.people import Person, Role
from service.domain.privacy import PrivacyClass
from service.domain.question import Each, Effect, Question, QuestionType
from service.domain.reading import Answer, Value
from service.playbook.follow_ups import follow_ups
from service.playbook.instruments import HeaderProfile, Instrument, Trigger

THANKS = Question("thanks", "Thanks to", "Who?", QuestionType.PEOPLE, Effect.THANKS)
PASS_ON = Question(
    "pass-on",
    "Pass on",
    "May we tell {name}?",
    QuestionType.YES_NO,
    Effect.PASS_ON,
    privacy=PrivacyClass.SELF,
    each=Each.THANKS,
    follows="thanks",
)
WHY = Question("why", "Why", "Why is that?", QuestionType.TEXT, Effect.REFLECTION, follows="thanks")
GRACE = Person(1, "Grace Fielding", "grace@town.example", "UTC")
ADA = Person(2, "Ada Marlow", "ada@town.example", "UTC")
LINUS = Person(3, "Linus Berg", "linus@school.example", "UTC")
TEAM = [GRACE, ADA, LINUS]


def instrument(*questions: Question) -> Instrument:
    return Instrument(
        key="check-in",
        title="Check-in",
        audience=frozenset({Role.MEMBER}),
        triggers=frozenset({Trigger.WEEKLY}),
        privacy=PrivacyClass.TEAM,
        header=HeaderProfile.PROMPT,
        questions=questions,
    )


def following(value: Value, *asked: str, team: list[Person] = TEAM, author: Person = GRACE) -> list[str]:
    answers = [Answer("thanks", value, str(value), 1.0)]
    found = follow_ups(instrument(THANKS, PASS_ON), answers, author, team, asked)
    return [question.key for question in found]


def test_each_thanked_person_is_a_question_of_its_own_with_their_name():
    answers = [Answer("thanks", ["Ada Marlow"], "Ada", 1.0)]

    (question,) = follow_ups(instrument(THANKS, PASS_ON), answers, GRACE, TEAM, ())

    assert (question.key, question.label, question.text) == (
        "pass-on-2",
        "Pass on to Ada",
        "May we tell Ada Marlow?",
    )
    assert (question.each, question.follows, question.privacy) == (None, "thanks", PrivacyClass.SELF)


def test_what_was_asked_before_is_not_asked_again():
    assert following(["Ada Marlow", "Linus Berg"], "pass-on-2") == ["pass-on-3"]


@pytest.mark.parametrize("value", ["", "the kind lady", [], ["Mallory Pike"], ["Grace Fielding"], True])
def test_nothing_follows_where_nobody_of_the_team_is_thanked(value: Value):
    assert following(value) == []


def test_two_people_of_one_name_are_not_asked_about():
    assert following(["Ada Marlow"], team=[*TEAM, replace(ADA, id=4)]) == []


def test_a_shared_mailbox_neither_consents_nor_is_asked():
    assert following(["Ada Marlow"], author=replace(GRACE, shared_mailbox=True)) == []
    assert following(["Ada Marlow"], team=[GRACE, replace(ADA, shared_mailbox=True)]) == []


def test_one_first_name_of_two_thanked_people_is_written_out():
    other = Person(5, "Ada Pond", "pond@town.example", "UTC")
    answers = [Answer("thanks", ["Ada Marlow", "Ada Pond"], "both", 1.0)]

    found = follow_ups(instrument(THANKS, PASS_ON), answers, GRACE, [*TEAM, other], ())

    assert [question.label for question in found] == ["Pass on to Ada Marlow", "Pass on to Ada Pond"]


@pytest.mark.parametrize(("value", "keys"), [("the kind lady", ["why"]), ("", [])])
def test_a_plain_follow_up_is_asked_once_there_is_an_answer(value: Value, keys: list[str]):
    answers = [Answer("thanks", value, str(value), 1.0)]

    found = follow_ups(instrument(THANKS, WHY), answers, GRACE, TEAM, ())

    assert [question.key for question in found] == keys


def test_other_answers_lead_to_nothing():
    answers = [Answer("moved", "We planted.", "We planted.", 1.0)]

    assert follow_ups(instrument(THANKS, PASS_ON, WHY), answers, GRACE, TEAM, ()) == ()
