"""A reply to a prompt: what it may answer, how it is read, and where its answers belong."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.reading import Aim, Asked, Reading
from service.flows.conversation import Correcting
from service.message import Message, parse
from service.reading import Circumstances, is_nod, read, sent_texts
from service.store import collaborations, endings, prompts, receipts
from service.store.entries import REPLACED, Source
from service.store.inbox import Stored

CLOCK_TRUST = timedelta(days=30)
"""A Date that is further away from the arrival comes from a broken clock."""


async def answerable(prompt: Prompt, before: datetime | None = None) -> Prompt:
    """The prompt with all that a reply to it may answer: what it asks has the numbers, and whatever
    else was asked in its conversation (up to ``before``) goes by its names, as every receipt offers."""
    root = await prompts.get(prompt.root) if prompt.root else None
    along = await receipts.asked_along(prompt.root or prompt.handle, before)
    known = {question.key: question for one in (*along, root or prompt) for question in one.questions}
    asked = {question.key for question in prompt.questions}
    others = (question for key, question in known.items() if key not in asked)
    by_name = (replace(q, default=False, prefix=q.prefix or q.label.lower()) for q in others)
    return replace(prompt, questions=(*prompt.questions, *by_name))


async def read_reply(
    message: Message,
    stored: Stored,
    prompt: Prompt,
    person: Person,
    correcting: Correcting | None,
    before: datetime | None = None,
) -> Reading:
    """Read what ``person`` answered, against all that they can have quoted: our mails, up to ``before``."""
    team = await collaborations.members(prompt.collaboration_id)
    sent = await prompts.sent(prompt, before)
    texts = tuple(text for mail in sent for text in sent_texts(parse(mail.raw)))
    names = tuple(member.person.name for member in team)
    circumstances = Circumstances(
        day_of(message, stored, person),
        person.locale,
        names,
        person.name,
        await endings.known_for(person.id, domain_of(message)),
    )
    reading = read(message, Asked(texts, prompt.questions), circumstances)
    return _apart(reading, prompt) if correcting else reading


def domain_of(message: Message) -> str:
    """The domain of its author's address, within which they have their signature."""
    return (message.author or "").rpartition("@")[2]


def _apart(reading: Reading, prompt: Prompt) -> Reading:
    """Plain words that only speak of a receipt are no answer that a team reads: "looks good" is none at
    all; beside a named correction ("sorry, the wrong one") they are a note, which the champion reads.
    What the receipt itself asked is answered by plain words."""
    apart = {
        one.key for one in prompt.questions if one.type not in REPLACED and (one.prefix or not prompt.root)
    }
    plain = [one for one in reading.answers if one.aim is Aim.PLAIN and one.question in apart]
    kept = [one for one in reading.answers if one not in plain]
    spoken = [one for one in plain if not is_nod(one.text)]
    notes = [reading.note] if reading.note and not is_nod(reading.note) else []
    if kept:
        notes, spoken = [*(one.text for one in spoken), *notes], []
    return replace(reading, answers=(*kept, *spoken), note="\n".join(notes))


def day_of(message: Message, stored: Stored, person: Person) -> date:
    """The day on which it was written, where its author lives."""
    arrived = stored.received_at
    trusted = message.date is not None and abs(message.date - arrived) <= CLOCK_TRUST
    written = message.date if message.date is not None and trusted else arrived
    return written.astimezone(ZoneInfo(person.zone)).date()


def fingerprint(message: Message, about: str) -> str:
    """What makes two copies of a reply the same, by whichever route they came (IN-21)."""
    body = " ".join((message.text or message.html).split())
    parts = (about, message.message_id, body)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def with_leftovers(reading: Reading, again: Collection[str]) -> Reading:
    """What was not understood and is not asked again is a note: nothing that a person wrote is lost,
    but a thumb for a receipt."""
    unread = reading.unread_text.items()
    left = [words for key, words in unread if key not in again and not is_nod(words)]
    return replace(reading, note="\n".join(filter(None, (reading.note, *left))))


def source_of(stored: Stored, prompt: Prompt, correcting: Correcting | None, now: datetime) -> Source:
    """Where its answers belong: what asks again is answered on behalf of the question it asks."""
    return Source(
        stored.id,
        prompt.root or prompt.handle,
        prompt.person_id,
        prompt.period,
        now,
        corrects=correcting is not None,
        answered=correcting.answered if correcting else None,
    )
