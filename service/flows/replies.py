"""A reply to a prompt: what it may answer, how it is read, and where its answers belong."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.question import Question
from service.domain.reading import Asked, Reading
from service.message import Message, parse
from service.reading import Circumstances, read, sent_texts
from service.store import collaborations, prompts
from service.store.entries import Source
from service.store.inbox import Stored

CLOCK_TRUST = timedelta(days=30)
"""A Date that is further away from the arrival comes from a broken clock."""


async def answerable(prompt: Prompt) -> Prompt:
    """The prompt with all that a reply to it may answer. Where it asks again, the numbers are its own,
    and the other questions can still be answered by their names, as every receipt offers."""
    root = await prompts.get(prompt.root) if prompt.root else None
    again = {question.key for question in prompt.questions}
    others = [question for question in root.questions if question.key not in again] if root else []
    by_name = (replace(q, default=False, prefix=q.prefix or q.label.lower()) for q in others)
    questions: tuple[Question, ...] = (*prompt.questions, *by_name)
    return replace(prompt, questions=questions)


async def read_reply(
    message: Message, stored: Stored, prompt: Prompt, person: Person, before: datetime | None = None
) -> Reading:
    """Read what ``person`` answered, against all that they can have quoted: our mails, up to ``before``."""
    team = await collaborations.members(prompt.collaboration_id)
    sent = await prompts.sent(prompt, before)
    texts = tuple(text for mail in sent for text in sent_texts(parse(mail.raw)))
    names = tuple(member.person.name for member in team)
    circumstances = Circumstances(day_of(message, stored, person), person.locale, names)
    return read(message, Asked(texts, prompt.questions), circumstances)


def day_of(message: Message, stored: Stored, person: Person) -> date:
    """The day on which it was written, where its author lives."""
    arrived = stored.received_at
    trusted = message.date is not None and abs(message.date - arrived) <= CLOCK_TRUST
    written = message.date if message.date is not None and trusted else arrived
    return written.astimezone(ZoneInfo(person.zone)).date()


def with_leftovers(reading: Reading, again: Collection[str]) -> Reading:
    """What was not understood and is not asked again is a note: nothing that a person wrote is lost."""
    left = [words for key, words in reading.unread_text.items() if key not in again]
    return replace(reading, note="\n".join(filter(None, (reading.note, *left))))


def source_of(stored: Stored, prompt: Prompt, now: datetime) -> Source:
    """Where its answers belong: what asks again is answered on behalf of the question it asks."""
    return Source(stored.id, prompt.root or prompt.handle, prompt.person_id, prompt.period, now)
