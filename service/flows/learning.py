"""Endings are learned from the replies that we record, and their authors get to know of it."""

from datetime import datetime

from service.domain.ending import Ending
from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt
from service.domain.reading import Reading
from service.flows.conversation import Conversation
from service.flows.desk import Desk
from service.flows.replies import domain_of
from service.inbound.authenticate import Verdict as Trust
from service.message import Message
from service.store import endings


async def learn_endings(
    reading: Reading, message: Message, prompt: Prompt, found: Conversation, desk: Desk, now: datetime
) -> tuple[Ending, ...]:
    """Count how this mail ends. Returns what was left out of it for the first time: the receipt says so.

    One conversation counts once, however often somebody writes in it, and so does a mail that comes
    twice.
    """
    person, domain = found.person, domain_of(message)
    if person is None or _is_secret(prompt, desk):
        return ()
    if _is_theirs(found):
        root = prompt.root or prompt.handle
        await endings.remember(person.id, domain, root, reading.closings, now)
    return await endings.tell(person.id, domain, reading.endings, now)


def _is_theirs(found: Conversation) -> bool:
    """Known to come from the person itself. Where an operator vouched it may have come from elsewhere."""
    return found.verdict is Trust.ACCEPT and found.sender


def _is_secret(prompt: Prompt, desk: Desk) -> bool:
    """A round in which nothing may tell who wrote what, now or until it closes."""
    instrument = desk.playbook.get(prompt.instrument)
    classes = {instrument.privacy, *(question.privacy for question in prompt.questions)}
    return instrument.blind or prompt.closes_at is not None or PrivacyClass.ANONYMOUS in classes
