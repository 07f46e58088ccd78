"""Mail that no person wrote: noted with its reason, never answered (MM-5 to MM-9)."""

from datetime import date, datetime, timedelta

from service.domain.mail import Outcome
from service.flows.desk import Desk
from service.inbound import classify
from service.inbound.away import back_on
from service.inbound.thread import reply_keys, returned_keys
from service.message import Message
from service.store import alarms, people, prompts
from service.store.inbox import Kept, Verdict

_ON_THE_WAY = timedelta(days=7)


async def handle_auto_reply(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """Somebody is away, or a machine confirms: it answers nothing. The day of return is kept (MM-7)."""
    person = await people.find_by_address(message.author) if message.author else None
    reason = classify(message).reason
    if person is None:
        return Verdict(Outcome.IGNORED, reason)
    back = back_on(message, _written(message, now), person.locale)
    return Verdict(Outcome.IGNORED, f"{reason}; back on {back}" if back else reason, person.id)


def _written(message: Message, now: datetime) -> date:
    """The day in the mail's own zone; today where its clock is far off."""
    trusted = message.date is not None and abs(now - message.date) <= _ON_THE_WAY
    return message.date.date() if message.date and trusted else now.date()


async def handle_complaint(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """A mail was marked as spam: the operator should know; never a mark against the person."""
    await alarms.ring("complaint", "One of our mails was reported as spam by its reader.", now)
    return Verdict(Outcome.IGNORED, "a spam complaint", await _reader(message, desk, now))


async def _reader(message: Message, desk: Desk, now: datetime) -> int | None:
    """Whose mail it was: addresses are blanked in such reports, our signed identifiers are not."""
    keyring = desk.keyring.at(now)
    address = reply_keys(message, keyring, desk.mailbox, desk.domain).address
    returned = returned_keys(message, keyring, desk.mailbox, desk.domain)
    for token in (address, *returned) if address else returned:
        prompt = await prompts.get(token.handle) or await prompts.of_mail(token.handle)
        if prompt is not None:
            return prompt.person_id
    return None
