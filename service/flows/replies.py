"""A reply to a prompt: how it is read, and where its answers belong."""

from datetime import datetime
from zoneinfo import ZoneInfo

from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.reading import Asked, Reading
from service.message import Message
from service.reading import Circumstances, read
from service.store import collaborations, prompts
from service.store.entries import Source


async def read_reply(
    message: Message, received_at: datetime, prompt: Prompt, person: Person, before: datetime | None = None
) -> Reading:
    """Read what ``person`` answered, against all that they can have quoted: our mails, up to ``before``."""
    team = await collaborations.members(prompt.collaboration_id)
    texts = tuple(mail.text for mail in await prompts.sent(prompt, before))
    written = (message.date or received_at).astimezone(ZoneInfo(person.zone)).date()
    names = tuple(member.person.name for member in team)
    return read(message, Asked(texts, prompt.questions), Circumstances(written, person.locale, names))


def source_of(inbox_id: int, prompt: Prompt, now: datetime) -> Source:
    """What asks again is answered on behalf of the question it asks."""
    return Source(inbox_id, prompt.root or prompt.handle, prompt.person_id, prompt.period, now)
