"""A person wrote: find the prompt, ask who it is, read the answers, store them, send one receipt."""

import hashlib
from datetime import datetime

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.reading import Command, Reading
from service.flows import commands, failing, uncertain
from service.flows.conversation import Conversation, find_conversation
from service.flows.desk import Desk
from service.flows.learning import learn_endings
from service.flows.recording import Reply, record
from service.flows.replies import answerable, day_of, read_reply
from service.inbound.authenticate import Authentication
from service.inbound.authenticate import Verdict as Trust
from service.message import Message
from service.reading import Circumstances, read
from service.store import inbox, prompts
from service.store.inbox import Kept, Verdict


async def handle_reply(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """Record, hold or refuse one human mail. Strangers hear nothing (OUT-24)."""
    found = await find_conversation(message, desk)
    if found.prompt is None or found.person is None:
        return await _without_prompt(message, kept, found, desk, now)
    if (found.conflict or found.verdict is not Trust.ACCEPT) and not kept.vouched:
        return await _hold(kept, found, _why_held(message, found), now)
    return await _accept(message, kept, found, found.prompt, found.person, desk, now)


async def _accept(
    message: Message,
    kept: Kept,
    found: Conversation,
    asked: Prompt,
    person: Person,
    desk: Desk,
    now: datetime,
) -> Verdict:
    fingerprint = _fingerprint(message, asked.root or asked.handle)
    if await inbox.seen_before(fingerprint):
        return Verdict(Outcome.IGNORED, "the same reply came by another route", person.id, asked.handle)
    await _note_life(person, asked, now)
    prompt = await answerable(asked)
    reading = await read_reply(message, kept, prompt, person, found.correcting)
    command = Command.STOP if found.unsubscribe else reading.command
    if command is not None:
        wish = commands.Wish(command, reading.command_argument, person, prompt, message, kept)
        await commands.obey(wish, desk, now)
        return Verdict(Outcome.COMMAND_DONE, command.value, person.id, prompt.handle, fingerprint)
    left_out = await learn_endings(reading, message, prompt, found, desk, now)
    reply = Reply(message, kept, prompt, person, reading, found.correcting, left_out)
    asked_again = await record(reply, desk, now)
    outcome = Outcome.CLARIFICATION_ASKED if asked_again else Outcome.RECORDED
    return Verdict(outcome, "", person.id, prompt.handle, fingerprint)


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
        if reading.command in (Command.STOP, Command.PAUSE):
            return await _leave(reading, message, kept, found.person, desk, now)
    who = "a known address" if found.person else "a stranger"
    reason = f"{who} wrote without a valid identifier of ours"
    await inbox.put_aside(kept.id, reason, now)
    return Verdict(Outcome.REFUSED, reason, found.person.id if found.person else None)


async def _leave(
    reading: Reading, message: Message, kept: Kept, person: Person, desk: Desk, now: datetime
) -> Verdict:
    """STOP or PAUSE without an identifier. The answer hangs on the newest prompt, so that RESUME,
    which needs an identifier, works as a reply to it."""
    command = Command(str(reading.command))
    fingerprint = _fingerprint(message, f"person:{person.id}")
    if await inbox.seen_before(fingerprint):
        return Verdict(Outcome.IGNORED, "the same command came by another route", person.id)
    prompt = await prompts.latest_of(person.id)
    wish = commands.Wish(command, reading.command_argument, person, prompt, message, kept)
    await commands.obey(wish, desk, now)
    return Verdict(Outcome.COMMAND_DONE, command.value, person.id, None, fingerprint)


async def _hold(kept: Kept, found: Conversation, reason: str, now: datetime) -> Verdict:
    person_id = found.person.id if found.person else None
    await inbox.hold(kept.id, person_id, reason, now)
    return Verdict(Outcome.HELD, reason, person_id, found.prompt.handle if found.prompt else None)


def _why_held(message: Message, found: Conversation) -> str:
    if message.author is None:
        return "its From does not name exactly one sender"
    if not found.sender:
        return "it came from an address that is not this person's"
    if found.conflict:
        return "its identifiers name two different prompts"
    return f"authentication of its sender: {found.authentication.value}"


def _fingerprint(message: Message, about: str) -> str:
    """What makes two copies of a reply the same, by whichever route they came (IN-21)."""
    body = " ".join((message.text or message.html).split())
    parts = (about, message.message_id, body)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
