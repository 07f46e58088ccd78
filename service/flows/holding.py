"""Hold a reply that may not count yet, and let its person hear of it, where the rules say so."""

from datetime import datetime, timedelta

from service.domain.mail import Outcome
from service.domain.people import Participation, Person
from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt
from service.flows import held_mail
from service.flows.conversation import Conversation
from service.flows.desk import Desk
from service.flows.doubts import doubt_about, heard
from service.flows.held_mail import Held, News
from service.inbound.authenticate import Remedy
from service.message import Message
from service.playbook.instruments import Trigger
from service.store import alarms, confirmations, holds, inbox
from service.store.inbox import Kept, Verdict

MOST_A_DAY = 3
DAY = timedelta(days=1)
"""Mails about held replies that one person gets within a day, whoever writes in their name (OUT-25)."""


async def hold(
    message: Message,
    kept: Kept,
    found: Conversation,
    prompt: Prompt,
    person: Person,
    desk: Desk,
    now: datetime,
) -> Verdict:
    """Keep it apart until somebody's word settles it. It counts for nothing."""
    doubt = doubt_about(message.author, found, desk.mailbox)
    trigger = heard(doubt, found)
    if _is_anonymous(prompt, desk):
        return await _drop(kept, prompt, person, trigger, desk, now)
    await holds.put(kept.id, person.id, doubt, now)
    if trigger is not None:
        await let_hear(Held(kept, prompt, person, doubt, now), trigger, desk, now)
    return Verdict(Outcome.HELD, doubt.reason, person.id, prompt.handle)


async def let_hear(held: Held, trigger: Trigger, desk: Desk, now: datetime) -> None:
    """Write to the registered address about it, unless they know already or had enough for today."""
    if await holds.asked_by(held.prompt.handle):
        return  # it answers such a mail itself
    if trigger is not Trigger.HELD_NEWS and await _is_needless(held, now):
        return
    if await holds.told_since(held.person.id, now - DAY) >= MOST_A_DAY:
        words = f"Many replies in the name of {held.person.name} are held; not all of them were asked about."
        await alarms.ring(f"held:{held.person.id}", words, now)
    elif trigger is not Trigger.HELD_NEWS:
        await held_mail.ask(held, trigger, desk, now)
    elif await held_mail.tell(News.FAILED, _root(held.prompt), held.prompt, held.person, desk, now):
        await holds.note_told(held.message.id, None, now)


async def _is_needless(held: Held, now: datetime) -> bool:
    """One question is open at a time. A foreign address that they disowned, or that writes in the name of
    somebody who wants no mail, is not asked about."""
    person, doubt = held.person, held.doubt
    if await holds.is_asked(person.id, doubt):
        return True
    if doubt.remedy != Remedy.CLAIM:
        return False
    disowned = await confirmations.recall(person.id, doubt.addr_spec, now) is False
    return disowned or person.participation is Participation.STOPPED


async def _drop(
    kept: Kept, prompt: Prompt, person: Person, trigger: Trigger | None, desk: Desk, now: datetime
) -> Verdict:
    """Nothing of an anonymous answer is held: it would be kept beside a name (mail-rules, PRIV-9)."""
    await inbox.forget(kept.id)
    if trigger is not None:
        await held_mail.tell(News.DROPPED, _root(prompt), prompt, person, desk, now)
    return Verdict(Outcome.REFUSED, "an anonymous answer is never held")


def _root(prompt: Prompt) -> str:
    return prompt.root or prompt.handle


def _is_anonymous(prompt: Prompt, desk: Desk) -> bool:
    classes = {desk.playbook.get(prompt.instrument).privacy, *(one.privacy for one in prompt.questions)}
    return PrivacyClass.ANONYMOUS in classes
