"""The table: which reader reads which type of question."""

from collections.abc import Callable

from service.domain.question import Question, QuestionType
from service.reading.answers import choice, dates, milestone, people, scale, text, yes_no
from service.reading.answers.meant import Meant
from service.reading.circumstances import Circumstances

Reader = Callable[[str, Question, Circumstances], Meant | None]

READERS: dict[QuestionType, Reader] = {
    QuestionType.TEXT: text.read,
    QuestionType.LIST: text.read_list,
    QuestionType.SCALE: scale.read,
    QuestionType.CHOICE: choice.read,
    QuestionType.YES_NO: yes_no.read,
    QuestionType.DATE: dates.read,
    QuestionType.PEOPLE: people.read,
    QuestionType.MILESTONE: milestone.read,
    QuestionType.NEED_OFFER: text.read,
}


def read_answer(words: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """What ``words`` mean as an answer to ``question``; None when they cannot be read as one."""
    return READERS[question.type](words, question, circumstances) if words.strip() else None
