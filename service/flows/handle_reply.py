"""A person wrote: find the prompt, ask who it is, read the answers, store them, send one receipt."""

from dataclasses import replace
from datetime import datetime

from service.domain.mail import Outcome
from service.domain.people import Participation, Person
from service.domain.prompt import Prompt
from service.domain.reading import Command, Reading
from service.flows import commands, confirming, failing, uncertain
from service.flows.conversation import Conversation, find_conversation
from service.flows.desk import Desk
from service.flows.holding import hold
from service.flows.learning import learn_endings
from service.flows.recording import Reply, record
from service.flows.replies import answerable, day_of, fingerprint, read_reply
from service.inbound.authenticate import Authentication
from service.message import Message
from service.reading import Circumstances, read
from service.store import holds, inbox, prompts
from service.store.inbox import Kept, Verdict

LEAVING = {
    Command.STOP: (Participation.ACTIVE, Participation.PAUSED),
    Command.PAUSE: (Participation.ACTIVE,),
}
"""The commands that need the registered address only, and from where they lead to less mail: whoever
forges them without end brings about two mails."""


async def handle_reply(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """Record, hold or refuse one human mail. Strangers hear nothing (OUT-24)."""
    found = await find_conversation(message, kept, desk, now)
    if found.prompt is None or found.person is None:
        return await _without_prompt(message, kept, found, desk, now)
    if found.trusted or kept.vouched:
        return await _accept(message, kept, found, found.prompt, found.person, desk, now)
    if found.sender and found.authentication is not Authentication.FAIL:
        reading = await _read(message, kept, found, found.prompt, found.person)
        if reading.command and found.person.participation in LEAVING.get(reading.command, ()):
            return await _leave(reading, message, kept, found.prompt, found.person, desk, now)
    return await hold(message, kept, found, found.prompt, found.person, desk, now)


async def _accept(
    message: Message,
    kept: Kept,
    found: Conversation,
    asked: Prompt,
    person: Person,
    desk: Desk,
    now: datetime,
) -> Verdict:
    mark = fingerprint(message, asked.root or asked.handle)
    if await inbox.seen_before(mark):
        return Verdict(Outcome.IGNORED, "the same reply came by another route", person.id, asked.handle)
    await _note_life(person, asked, now)
    prompt = await answerable(asked)
    reading = await _read(message, kept, found, prompt, person)
    if reading.command is not None:
        wish = commands.Wish(reading.command, reading.command_argument, person, prompt, message, kept)
        await commands.obey(wish, desk, now)
        return Verdict(Outcome.COMMAND_DONE, reading.command.value, person.id, prompt.handle, mark)
    held = await holds.asked_by(asked.handle)
    if held is not None:
        return replace(await confirming.settle(held, reading, asked, person, desk, now), fingerprint=mark)
    left_out = await learn_endings(reading, message, prompt, found, desk, now)
    reply = Reply(message, kept, prompt, person, reading, found.correcting, left_out)
    asked_again = await record(reply, desk, now)
    outcome = Outcome.CLARIFICATION_ASKED if asked_again else Outcome.RECORDED
    return Verdict(outcome, _evidence(kept, found), person.id, prompt.handle, mark)


async def _read(message: Message, kept: Kept, found: Conversation, prompt: Prompt, person: Person) -> Reading:
    """What they wrote. A mail to the address in List-Unsubscribe says STOP, whatever its words."""
    reading = await read_reply(message, kept, prompt, person, found.correcting)
    return replace(reading, command=Command.STOP) if found.unsubscribe else reading


def _evidence(kept: Kept, found: Conversation) -> str:
    """What let a reply count that is not authenticated (I5)."""
    if kept.vouched:
        return "it was held, and somebody vouched for it"
    return "its person said that such mail is theirs" if found.recalled else ""


async def _note_life(person: Person, prompt: Prompt, now: datetime) -> None:
    """Who answers has a living mailbox, and had got our mail (REL-7)."""
    await failing.heal(person.id)
    await uncertain.prove(prompt.handle, now)


async def _without_prompt(
    message: Message, kept: Kept, found: Conversation, desk: Desk, now: datetime
) -> Verdict:
    """No valid identifier: a known person may still pause or stop; everything else waits, silently."""
    if found.person is not None and found.authentication is Authentication.PASS:
        circumstances = Circumstances(day_of(message, kept, found.person), found.person.locale)
        reading = read(message, None, circumstances)
        if reading.command in LEAVING:
            return await _leave(reading, message, kept, None, found.person, desk, now)
    who = "a known address" if found.person else "a stranger"
    reason = f"{who} wrote without a valid identifier of ours"
    await inbox.put_aside(kept.id, reason, now)
    return Verdict(Outcome.REFUSED, reason, found.person.id if found.person else None)


async def _leave(
    reading: Reading,
    message: Message,
    kept: Kept,
    asked: Prompt | None,
    person: Person,
    desk: Desk,
    now: datetime,
) -> Verdict:
    """STOP and PAUSE need the registered address only: they can be undone, and are confirmed to it.

    Without an identifier the answer hangs on the newest prompt, so that RESUME, which needs one, works
    as a reply to it.
    """
    command = Command(str(reading.command))
    mark = fingerprint(message, f"person:{person.id}")
    if await inbox.seen_before(mark):
        return Verdict(Outcome.IGNORED, "the same command came by another route", person.id)
    prompt = asked or await prompts.latest_of(person.id)
    wish = commands.Wish(command, reading.command_argument, person, prompt, message, kept)
    await commands.obey(wish, desk, now)
    return Verdict(Outcome.COMMAND_DONE, command.value, person.id, asked.handle if asked else None, mark)
