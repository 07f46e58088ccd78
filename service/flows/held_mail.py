"""The mails about a held reply. They go to the registered address alone and quote nothing (OUT-24)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.flows.desk import Desk
from service.outbound.letter import Letter
from service.playbook.instruments import Instrument, Trigger
from service.store import collaborations, holds, outbox, people, prompts
from service.store.holds import Doubt
from service.store.inbox import Stored
from service.store.outbox import Posting

LIFE = timedelta(days=5)


class News(StrEnum):
    """What became of a held reply.

    FAILED: its sender was checked and is not who they say. DROPPED: it was anonymous, and nothing of it
    is kept. REFUSED: its person said no; REVOKED: they did so after it had counted. LATE: they said yes
    when it was refused already.
    """

    FAILED = "failed"
    DROPPED = "dropped"
    REFUSED = "refused"
    REVOKED = "revoked"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Held:
    """A held message, the prompt that it answers, whose word it would be, and how long it has waited."""

    message: Stored
    prompt: Prompt
    person: Person
    doubt: Doubt
    since: datetime


async def ask(held: Held, trigger: Trigger, desk: Desk, now: datetime) -> None:
    """Ask the registered address about it: a prompt of its own, whose address is of the kind "confirm"."""
    instrument = desk.instrument_for(trigger)
    key = f"{instrument.key}:{held.person.id}:{held.message.digest}"
    question = replace(
        held.prompt,
        handle=desk.keyring.handle(key),
        key=key,
        instrument=instrument.key,
        questions=instrument.asked(0),
        state=PromptState.OPEN,
        asked_at=now,
        root=None,
        about="",
        closes_at=None,
    )
    await prompts.add([question])
    letter = await _letter(key, question, held.person, now)
    facts = {
        "author": held.doubt.addr_spec,
        "arrived": held.message.received_at,
        "until": held.since + timedelta(days=desk.hold_days),
        "adds": await may_add(held.person, held.doubt.addr_spec),
    }
    await _post(replace(letter, questions=question.questions, facts=facts), instrument, held.prompt, desk)
    await holds.note_told(held.message.id, question.handle, now)


async def may_add(person: Person, addr_spec: str) -> bool:
    """Whether a foreign address can become theirs: who shares a mailbox cannot speak for all of it."""
    return not person.shared_mailbox and await people.find_by_address(addr_spec) is None


async def tell(news: News, about: str, prompt: Prompt, person: Person, desk: Desk, now: datetime) -> bool:
    """Say what became of a reply to ``prompt``, once for what ``about`` names. False: it was said before.

    A reply to this mail answers ``prompt``.
    """
    instrument = desk.instrument_for(Trigger.HELD_NEWS)
    key = f"{instrument.key}:{about}:{news.value}"
    if await outbox.existing([desk.keyring.handle(key)]):
        return False
    letter = await _letter(key, prompt, person, now)
    await _post(replace(letter, facts={"news": news.value}), instrument, prompt, desk)
    return True


async def _letter(key: str, found_by: Prompt, person: Person, now: datetime) -> Letter:
    """A letter whose replies are found by the prompt ``found_by``. It threads under nothing: what a
    stranger wrote is not even named."""
    collaboration = await collaborations.get(found_by.collaboration_id)
    return Letter(key, person, collaboration, found_by.handle, (), now)


async def _post(letter: Letter, instrument: Instrument, answered: Prompt, desk: Desk) -> None:
    about = {"asked": desk.playbook.get(answered.instrument).title, "asked_at": answered.asked_at}
    mail = desk.composer.compose(instrument, replace(letter, facts={**about, **letter.facts}))
    posting = Posting(
        mail,
        instrument.key,
        letter.at,
        letter.at + LIFE,
        letter.person.id,
        letter.prompt_handle,
        optional=False,
    )
    await outbox.add([posting], letter.at)
