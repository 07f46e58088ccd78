"""Questions that depend on how things stand: which milestones, which decisions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain.collaboration import Milestone
from service.domain.people import Role
from service.domain.question import Each, Option, Question, QuestionType

LEADING = frozenset({Role.CHAMPION, Role.DEPUTY})
"""They may move every milestone, its owner only that one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for a decision. ``id`` is its entry's."""

    id: int
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand in a collaboration when somebody is asked."""

    milestones: tuple[Milestone, ...] = ()
    decisions: tuple[Decision, ...] = ()


def may_move(milestone: Milestone, person_id: int, roles: frozenset[Role]) -> bool:
    """Whether this person's word moves this milestone."""
    return milestone.owner_id == person_id or bool(roles & LEADING)


def expand(
    questions: Sequence[Question], standing: Standing, person_id: int, roles: frozenset[Role]
) -> tuple[Question, ...]:
    """The questions as they are put to one person.

    A milestone question offers the open milestones that they may move, and is left out where there
    is none; a question for each decision is asked once for each that waits.
    """
    return tuple(one for question in questions for one in _put(question, standing, person_id, roles))


def _put(
    question: Question, standing: Standing, person_id: int, roles: frozenset[Role]
) -> Iterator[Question]:
    if question.type is QuestionType.MILESTONE:
        theirs = [m for m in standing.milestones if m.is_open and may_move(m, person_id, roles)]
        options = tuple(Option(str(m.id), m.title, (str(m.number),)) for m in theirs)
        if options:
            yield replace(question, options=options)
    elif question.each is Each.DECISION:
        for number, decision in enumerate(standing.decisions, 1):
            words = f"{decision.words} (asked by {decision.who})"
            yield replace(
                question,
                key=f"{question.key}-{decision.id}",
                label=f"{question.label} {number}",
                text=words,
                each=None,
            )
    else:
        yield question
