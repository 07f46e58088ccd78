"""Asking people: prompts and their mails, written together (REL-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.domain.collaboration import Collaboration, Milestone
from service.domain.people import Person, Role
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Option, Question, QuestionType
from service.flows.desk import Desk
from service.outbound.letter import Letter
from service.playbook.instruments import Instrument
from service.store import collaborations, outbox, prompts
from service.store.outbox import Posting
from service.store.people import failing_ids


@dataclass(frozen=True, slots=True)
class Round:
    """One instrument of one collaboration in one period: what is asked of several people at once."""

    instrument: Instrument
    collaboration: Collaboration
    period: str

    def key(self, person: Person) -> str:
        """The logical key of one person's prompt in this round (REL-4)."""
        return f"{self.instrument.key}:{self.collaboration.key}:{person.id}:{self.period}"


async def ask(asked: Round, people: Sequence[Person], desk: Desk, now: datetime) -> int:
    """Write a prompt and its mail for everybody who has none in this round. Returns how many.

    Runs in the caller's transaction. Who paused or stopped, and whose mail comes back, is passed over.
    """
    failing = await failing_ids()
    willing = {
        desk.keyring.handle(asked.key(person)): person
        for person in people
        if person.wants_mail(now) and person.id not in failing
    }
    there = await prompts.existing(willing)
    fresh = {handle: person for handle, person in willing.items() if handle not in there}
    turns = await prompts.turn(
        asked.collaboration.id, asked.instrument.key, [person.id for person in fresh.values()]
    )
    milestones = await collaborations.milestones(asked.collaboration.id)
    written = [
        _prompt(asked, handle, person, turns[person.id], milestones, now) for handle, person in fresh.items()
    ]
    await prompts.add(written)
    facts = await _facts(asked, milestones)
    postings = [_posting(asked, prompt, fresh[prompt.handle], facts, desk, now) for prompt in written]
    await outbox.add(postings, now)
    return len(written)


async def _facts(asked: Round, milestones: Sequence[Milestone]) -> dict[str, object]:
    """What the same mail to several people may show."""
    team = await collaborations.members(asked.collaboration.id)
    champions = [member.person.name for member in team if Role.CHAMPION in member.roles]
    facts: dict[str, object] = {"milestones": milestones, "period": asked.period}
    return facts | ({"champion": champions[0]} if champions else {})


def _prompt(
    asked: Round, handle: str, person: Person, turn: int, milestones: Sequence[Milestone], now: datetime
) -> Prompt:
    questions = tuple(_with_milestones(question, milestones) for question in asked.instrument.asked(turn))
    return Prompt(
        handle=handle,
        key=asked.key(person),
        instrument=asked.instrument.key,
        collaboration_id=asked.collaboration.id,
        person_id=person.id,
        period=asked.period,
        questions=questions,
        state=PromptState.OPEN,
        asked_at=now,
    )


def _with_milestones(question: Question, milestones: Sequence[Milestone]) -> Question:
    if question.type is not QuestionType.MILESTONE:
        return question
    return replace(question, options=tuple(Option(str(m.id), m.title, (str(m.number),)) for m in milestones))


def _posting(
    asked: Round,
    prompt: Prompt,
    person: Person,
    facts: Mapping[str, object],
    desk: Desk,
    now: datetime,
) -> Posting:
    letter = Letter(
        key=prompt.key,
        person=person,
        collaboration=asked.collaboration,
        prompt_handle=prompt.handle,
        questions=prompt.questions,
        at=now,
        facts=facts,
    )
    return Posting(
        mail=desk.composer.compose(asked.instrument, letter),
        instrument=asked.instrument.key,
        not_before=now,
        expires_at=now + timedelta(days=min(5, asked.instrument.open_days)),
        person_id=person.id,
        prompt=prompt.handle,
    )
