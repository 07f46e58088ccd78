"""One word settles a held reply, or several of a kind: YES lets them count, NO refuses them.

Who answers proves that they read the mailbox to which the question went. The word about an address is
remembered; doing it twice changes nothing.
"""

from datetime import datetime

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.domain.reading import Reading
from service.flows import held_mail
from service.flows.desk import Desk
from service.flows.doubts import QUESTIONS
from service.flows.held_mail import Held, News
from service.flows.holding import let_hear
from service.inbound.authenticate import Authentication, Remedy
from service.store import alarms, confirmations, holds, inbox, people, prompts, quarantine
from service.store.holds import CONFIRMED, REFUSED, RELEASED, Hold
from service.store.inbox import Verdict

DISOWNED = "its person says that it is not theirs"


async def settle(
    held: Hold, reading: Reading, question: Prompt, person: Person, desk: Desk, now: datetime
) -> Verdict:
    """Carry out what ``person`` answered to the ``question`` about ``held``.

    Words that are neither yes nor no change nothing, and are not answered: nothing may come of a machine
    that answers everything.
    """
    said = next((answer.value for answer in reading.answers), None)
    if not isinstance(said, bool):
        return Verdict(Outcome.IGNORED, "neither yes nor no", person.id, question.handle)
    await prompts.set_state(question.handle, PromptState.ANSWERED)
    released = await (_accept if said else _refuse)(held, question, person, desk, now)
    return Verdict(
        Outcome.COMMAND_DONE, "YES" if said else "NO", person.id, question.handle, released=tuple(released)
    )


async def _accept(held: Hold, question: Prompt, person: Person, desk: Desk, now: datetime) -> list[int]:
    """Let it count, and with it all that waits for the same word, where the address is theirs. Returns
    what may be processed now."""
    if held.ended:
        if held.ended not in (CONFIRMED, RELEASED):
            await _tell(News.LATE, held, question, person, desk, now)
        return []
    if not await _is_theirs(held.doubt.addr_spec, person):
        released = await _release([held.inbox_id], now)
        await _ask_about_the_next(held, person, desk, now)
        return released
    if held.doubt.authentication == Authentication.NONE:
        await confirmations.remember(person.id, held.doubt.addr_spec, True, now)
    return await _release(await holds.alike(person.id, held.doubt), now)


async def _release(waiting: list[int], now: datetime) -> list[int]:
    return [inbox_id for inbox_id in waiting if await quarantine.release(inbox_id, now, CONFIRMED)]


async def _is_theirs(addr_spec: str, person: Person) -> bool:
    """Whether the address is the person's already, or is from now on."""
    if await held_mail.may_add(person, addr_spec):
        return await people.add_address(person.id, addr_spec)
    owner = await people.find_by_address(addr_spec)
    return owner is not None and owner.id == person.id


async def _refuse(held: Hold, question: Prompt, person: Person, desk: Desk, now: datetime) -> list[int]:
    """Refuse it, forget what was confirmed of its address, and let the operator know."""
    await confirmations.remember(person.id, held.doubt.addr_spec, False, now)
    claimed = held.doubt.remedy == Remedy.CLAIM
    if claimed:
        await people.drop_address(person.id, held.doubt.addr_spec)
    disowned = await holds.alike(person.id, held.doubt) if claimed else [held.inbox_id]
    for inbox_id in disowned:
        await holds.refuse(inbox_id, REFUSED, DISOWNED, now)
    await _ring(held, person, now)
    counted = held.ended in (CONFIRMED, RELEASED)
    await _tell(News.REVOKED if counted else News.REFUSED, held, question, person, desk, now)
    await _ask_about_the_next(held, person, desk, now)
    return []


async def _ring(held: Hold, person: Person, now: datetime) -> None:
    words = (
        f"Somebody writes in the name of {person.name}, who says so: message {held.inbox_id}, "
        f"from {held.doubt.addr_spec}."
    )
    await alarms.ring(f"forged:{person.id}", words, now)


async def _tell(news: News, held: Hold, question: Prompt, person: Person, desk: Desk, now: datetime) -> None:
    answered = await prompts.get(held.prompt)
    if answered is not None:
        await held_mail.tell(news, question.handle, answered, person, desk, now)


async def _ask_about_the_next(held: Hold, person: Person, desk: Desk, now: datetime) -> None:
    """Another mail in the same name may be theirs, or not: while the first question was open nobody asked."""
    for inbox_id in (await holds.alike(person.id, held.doubt))[:1]:
        following, message = await holds.get(inbox_id), await inbox.judged(inbox_id)
        prompt = await prompts.get(following.prompt) if following else None
        if following and message and prompt:
            other = Held(message, prompt, person, following.doubt, following.since)
            await let_hear(other, QUESTIONS[Remedy(held.doubt.remedy)], desk, now)
