"""Short replies without number or label: what they answer by their kind, or by their order."""

from collections.abc import Sequence

from service.domain.question import Question, QuestionType
from service.reading.answers import Meant, read_answer
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR
from service.reading.tables import table
from service.reading.words import first_clause, normal

OPEN = frozenset({QuestionType.TEXT, QuestionType.LIST, QuestionType.PEOPLE, QuestionType.NEED_OFFER})
LONGEST = 60
_COURTESY = table("please thanks thank you do gladly sure absolutely of course pass them it on")
_NODS = table("right correct true exactly perfect understood noted")
"""They may only say "I have read it", and so may "ok" with other words: no yes."""


def default_question(questions: Sequence[Question]) -> Question | None:
    """The question that unlabelled words answer: the marked one, or the only one."""
    marked = next((question for question in questions if question.default), None)
    return marked or (questions[0] if len(questions) == 1 else None)


def is_answer_alone(words: str, question: Question, circumstances: Circumstances) -> bool:
    """Whether a line is the answer to a closed question and nothing else: "yes, please" is nothing but a
    yes, "no news from the school" is more than a no."""
    said, clause = normal(words).split(), normal(first_clause(words.strip())).split()
    if not _NODS.isdisjoint(said) or (len(said) > 1 and said[0] in ("ok", "okay")):
        return False
    if _COURTESY.issuperset(clause):  # "of course", "sure"
        return read_answer(" ".join(clause), question, circumstances) is not None
    while clause[-1] in _COURTESY:
        clause.pop()
    return _certain(read_answer(" ".join(clause), question, circumstances))


def by_order(lines: Sequence[str], questions: Sequence[Question], circumstances: Circumstances) -> bool:
    """Do these lines answer the numbered questions one by one? Only where all are scales."""
    numbered = [question for question in questions if not question.prefix]
    scales = len(numbered) > 1 and all(question.type is QuestionType.SCALE for question in numbered)
    if not scales or len(lines) != len(numbered):
        return False
    meant = [
        read_answer(line, question, circumstances) for line, question in zip(lines, numbered, strict=True)
    ]
    return all(one is not None and one.confidence >= CLEAR for one in meant)


def by_kind(words: str, questions: Sequence[Question], circumstances: Circumstances) -> list[Question]:
    """Questions with a closed kind of answer that ``words`` are, whole and without doubt.

    "4" is a scale's, "smaller" a choice's; a text question takes anything, so it is none of these. The
    only one that has a number may be answered with a reason as well: "3 - it is fine for me".
    """
    if len(words) > LONGEST or "\n" in words:
        return []
    closed = [question for question in questions if question.type not in OPEN]
    fitting = [question for question in closed if _certain(read_answer(words, question, circumstances))]
    alone = [question for question in questions if not question.prefix]
    if not fitting and len(alone) == 1 and alone[0] in closed:
        return [alone[0]] if _begins_with_answer(words, alone[0], circumstances) else []
    return fitting


def _begins_with_answer(words: str, question: Question, circumstances: Circumstances) -> bool:
    """Its first clause is the answer, and the rest does not contradict it."""
    first = read_answer(first_clause(words.strip()), question, circumstances)
    whole = read_answer(words, question, circumstances)
    return _certain(first) and whole is not None and first is not None and whole.value == first.value


def is_bare_number(words: str) -> bool:
    """Figures alone say nothing to an open question."""
    bare = words.strip(" .!/")
    return "".join(bare.split()).isdecimal()


def is_sure(words: str, question: Question, circumstances: Circumstances) -> bool:
    """Whether ``words`` are of the closed kind that ``question`` asks for, without doubt."""
    return question.type not in OPEN and _certain(read_answer(words, question, circumstances))


def _certain(meant: Meant | None) -> bool:
    return meant is not None and meant.confidence >= CERTAIN
