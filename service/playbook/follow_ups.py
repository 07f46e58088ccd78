"""Questions that follow an answer: the receipt asks them. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from service.domain.people import Person
from service.domain.question import Each, Question
from service.domain.reading import Answer
from service.playbook.instruments import Instrument


def follow_ups(
    instrument: Instrument,
    answers: Sequence[Answer],
    author: Person,
    team: Sequence[Person],
    asked: Collection[str],
) -> tuple[Question, ...]:
    """What ``answers`` lead to, without what was ``asked`` before (by key).

    A question for each thanked person is asked of the people of the team whom the answer names; not
    where a name is that of two of them, and not where a mailbox has several readers, who could not
    consent (product).
    """
    said = {answer.question: answer for answer in answers if answer.value}
    following = instrument.following(said)
    found = (one for question in following for one in _put(question, said[question.follows], author, team))
    return tuple(question for question in found if question.key not in asked)


def _put(question: Question, answer: Answer, author: Person, team: Sequence[Person]) -> Iterator[Question]:
    if question.each is not Each.THANKS:
        yield question
        return
    people = _thanked(answer, author, team)
    first_names = Counter(person.first_name for person in people)
    for person in people:
        name = person.first_name if first_names[person.first_name] == 1 else person.name
        yield replace(
            question,
            key=f"{question.key}-{person.id}",
            label=f"{question.label} to {name}",
            text=question.text.replace("{name}", person.name),
            each=None,
        )


def _thanked(answer: Answer, author: Person, team: Sequence[Person]) -> list[Person]:
    names = answer.value if isinstance(answer.value, list) and not author.shared_mailbox else []
    known = Counter(person.name for person in team)
    by_name = {person.name: person for person in team if known[person.name] == 1}
    found = [by_name[name] for name in names if name in by_name]
    return [person for person in found if person.id != author.id and not person.shared_mailbox]
