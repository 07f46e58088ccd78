"""From sections to questions: every line that somebody aimed at a question, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Aim
from service.reading.asides import leads_in, points_elsewhere
from service.reading.authorship import Own
from service.reading.circumstances import Circumstances
from service.reading.commands import is_wish_for_command
from service.reading.discretion import is_confided
from service.reading.numbering import is_unsigned_list, runs_on
from service.reading.order import (
    OPEN,
    by_kind,
    by_order,
    default_question,
    is_answer_alone,
    is_bare_number,
    is_sure,
)
from service.reading.sections import How, Part, Sections


@dataclass(slots=True)
class Aims:
    """What was aimed at which question.

    ``at``: parts by question key. ``unsure``: keys that may have been meant: ask, never store.
    ``how``: by key, how they were aimed; plainly where it says nothing. ``note``: parts for no question.
    """

    at: dict[str, list[Part]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    how: dict[str, Aim] = field(default_factory=dict)
    note: list[Part] = field(default_factory=list)


def take_aim(
    sections: Sections,
    own: Sequence[Own],
    questions: Sequence[Question],
    circumstances: Circumstances,
    told: bool,
) -> Aims:
    """Give unlabelled words on top to the question they answer.

    ``told``: the reply is a command, so they answer none.
    """
    aims = _aimed(sections, own, questions, circumstances, told)
    _keep_confided(aims, own, questions)
    return aims


def _aimed(
    sections: Sections,
    own: Sequence[Own],
    questions: Sequence[Question],
    circumstances: Circumstances,
    told: bool,
) -> Aims:
    aims = Aims(note=list(sections.rest))
    for section in sections.aimed:
        aims.at.setdefault(section.key, []).extend(section.parts)
        if section.how is How.SEVERAL:
            aims.unsure.add(section.key)
        named = section.how is How.MARKED or aims.how.get(section.key) is Aim.NAMED
        aims.how[section.key] = Aim.NAMED if named else Aim.UNDER
    _doubt_words_below(aims, sections, own, questions, circumstances)
    _doubt_lines_that_run_on(aims, own, questions)
    beside = {part for part in sections.top if _is_beside(words_at(own, part), aims)}
    aims.note += beside
    top = [part for part in sections.top if words_at(own, part).strip() and part not in beside]
    if not top:
        return aims
    if told or (len(top) == 1 and _wishes(words_at(own, top[0]), questions, circumstances)):
        aims.note[:0] = sections.top
        return aims
    default = default_question(questions)
    answered = bool(aims.at) and default is not None
    if answered or not _short_answer(aims, top, own, questions, circumstances):
        if default is not None and default.follows:
            _give_follow_up(aims, top, own, default, circumstances)
        else:
            _give_default(aims, [part for part in sections.top if part not in beside], top, own, default)
    return aims


def _wishes(words: str, questions: Sequence[Question], circumstances: Circumstances) -> bool:
    """For a command and not, as "want to help" may be, for what one of our questions offers."""
    return is_wish_for_command(words) and not by_kind(words, questions, circumstances)


def _keep_confided(aims: Aims, own: Sequence[Own], questions: Sequence[Question]) -> None:
    """Where there is a private line, what somebody asks not to tell is a note: it is for few to read."""
    if not any(question.effect is Effect.PRIVATE_NOTE for question in questions):
        return
    for question in questions:
        parts = aims.at.get(question.key, [])
        told = question.effect is not Effect.PRIVATE_NOTE
        if told and is_confided("\n".join(words_at(own, part) for part in parts)):
            aims.note += aims.at.pop(question.key)


def _doubt_words_below(
    aims: Aims,
    sections: Sections,
    own: Sequence[Own],
    questions: Sequence[Question],
    circumstances: Circumstances,
) -> None:
    """Words only below the last of several questions may answer all of the mail; a sure "4" does not."""
    if any(section.how is How.UNDER for section in sections.aimed):
        return
    asked = {question.key: question for question in questions}
    for section in sections.aimed:
        if section.how is How.BELOW and section.key in asked:
            words = "\n".join(words_at(own, part) for part in section.parts).strip()
            if not is_sure(words, asked[section.key], circumstances):
                aims.unsure.add(section.key)


def _doubt_lines_that_run_on(aims: Aims, own: Sequence[Own], questions: Sequence[Question]) -> None:
    numbered = [question.key for question in questions if not question.prefix]
    for number, key in enumerate(numbered[:-1], start=1):
        parts = aims.at.get(key, [])
        if parts and runs_on(words_at(own, parts[0]), number):
            aims.unsure.add(key)


def _is_beside(words: str, aims: Aims) -> bool:
    """Words that are no answer: they lead in, or point to answers that there are."""
    return leads_in(words) or (bool(aims.at) and points_elsewhere(words))


def words_at(own: Sequence[Own], part: Part) -> str:
    """The words of one part."""
    return own[part.line].text[part.start :]


def _short_answer(
    aims: Aims,
    top: list[Part],
    own: Sequence[Own],
    questions: Sequence[Question],
    circumstances: Circumstances,
) -> bool:
    """All of the reply is a few words: their kind or their order says whom they answer."""
    lines = [words_at(own, part) for part in top]
    if not aims.at and by_order(lines, questions, circumstances):
        numbered = [question for question in questions if not question.prefix]
        aims.at.update({question.key: [part] for question, part in zip(numbered, top, strict=True)})
        return True
    default = default_question(questions)
    fitting = by_kind(lines[0], questions, circumstances) if len(lines) == 1 else []
    if (
        not fitting
        or fitting[0].key in aims.at
        or (default in fitting)
        or (default is not None and default.type not in OPEN)
    ):
        return False
    if len(fitting) > 1:
        aims.note[:0] = top
        return True
    aims.at[fitting[0].key] = top
    if fitting[0].type is QuestionType.YES_NO and default is not None:
        aims.unsure.add(fitting[0].key)  # "no" may mean "nothing moved" as well: too little to store
    return True


def _give_default(
    aims: Aims, parts: Sequence[Part], top: Sequence[Part], own: Sequence[Own], default: Question | None
) -> None:
    if default is None or default.key in aims.at:
        aims.note[:0] = parts
        return
    aims.at[default.key] = list(parts)
    words = "\n".join(words_at(own, part) for part in top)
    if default.type in OPEN and (is_bare_number(words) or is_unsigned_list(words)):
        aims.unsure.add(default.key)


def _give_follow_up(
    aims: Aims, top: list[Part], own: Sequence[Own], question: Question, circumstances: Circumstances
) -> None:
    """What followed an answer was not what the reply is for: only a line that is its answer and nothing
    else counts, and takes the words around it along ("Better not, he would blush. No")."""
    told = [part for part in top if is_answer_alone(words_at(own, part), question, circumstances)]
    if told and question.key not in aims.at:
        aims.at[question.key] = told + [part for part in top if part not in told]
    else:
        aims.note[:0] = top
