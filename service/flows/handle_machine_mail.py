"""Mail that no person wrote: noted with its reason, never answered (MM-5 to MM-9)."""

from datetime import datetime

from service.domain.mail import Outcome
from service.flows.desk import Desk
from service.inbound import classify
from service.inbound.thread import reply_keys, returned_keys
from service.message import Message
from service.store import alarms, people, prompts
from service.store.inbox import Kept, Verdict


async def handle_auto_reply(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """Somebody is away, or a machine confirms: it answers nothing."""
    person = await people.find_by_address(message.author) if message.author else None
    return Verdict(Outcome.IGNORED, classify(message).reason, person.id if person else None)


async def handle_complaint(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """A mail was marked as spam: the operator should know; never a mark against the person."""
    await alarms.ring("complaint", "One of our mails was reported as spam by its reader.", now)
    return Verdict(Outcome.IGNORED, "a spam complaint", await _reader(message, desk))


async def _reader(message: Message, desk: Desk) -> int | None:
    """Whose mail it was: addresses are blanked in such reports, our signed identifiers are not."""
    address = reply_keys(message, desk.keyring, desk.mailbox, desk.domain).address
    returned = returned_keys(message, desk.keyring, desk.mailbox, desk.domain)
    for token in (address, *returned) if address else returned:
        prompt = await prompts.get(token.handle) or await prompts.of_mail(token.handle)
        if prompt is not None:
            return prompt.person_id
    return None
