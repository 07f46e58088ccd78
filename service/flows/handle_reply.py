"""A person wrote: find the prompt, ask who it is, read the answers, store them, send one receipt."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.domain.reading import Command, Reading
from service.flows import commands, failing, receipts, uncertain
from service.flows.conversation import Conversation, find_conversation
from service.flows.desk import Desk
from service.flows.replies import answerable, day_of, read_reply, source_of, with_leftovers
from service.inbound.authenticate import Authentication
from service.inbound.authenticate import Verdict as Trust
from service.message import Message
from service.playbook.outcomes import is_confirmed, milestone_moves, new_entries
from service.reading import Circumstances, read
from service.store import collaborations, entries, inbox, prompts
from service.store.inbox import Kept, Verdict


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose sender may speak."""

    message: Message
    kept: Kept
    prompt: Prompt
    person: Person
    reading: Reading


async def handle_reply(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """Record, hold or refuse one human mail. Strangers hear nothing (OUT-24)."""
    found = await find_conversation(message, desk)
    if found.prompt is None or found.person is None:
        return await _without_prompt(message, kept, found, desk, now)
    if (found.conflict or found.verdict is not Trust.ACCEPT) and not kept.vouched:
        return await _hold(kept, found, _why_held(message, found), now)
    prompt = await answerable(found.prompt)
    return await _accept(message, kept, prompt, found.person, found.unsubscribe, desk, now)


async def _accept(
    message: Message,
    kept: Kept,
    prompt: Prompt,
    person: Person,
    unsubscribe: bool,
    desk: Desk,
    now: datetime,
) -> Verdict:
    fingerprint = _fingerprint(message, prompt.root or prompt.handle)
    if await inbox.seen_before(fingerprint):
        return Verdict(Outcome.IGNORED, "the same reply came by another route", person.id, prompt.handle)
    await _note_life(person, prompt, now)
    reply = Reply(message, kept, prompt, person, await read_reply(message, kept, prompt, person))
    command = Command.STOP if unsubscribe else reply.reading.command
    if command is not None:
        wish = commands.Wish(command, reply.reading.command_argument, person, prompt, message, kept)
        await commands.obey(wish, desk, now)
        return Verdict(Outcome.COMMAND_DONE, command.value, person.id, prompt.handle, fingerprint)
    asked_again = await _record(reply, desk, now)
    outcome = Outcome.CLARIFICATION_ASKED if asked_again else Outcome.RECORDED
    return Verdict(outcome, "", person.id, prompt.handle, fingerprint)


async def _record(reply: Reply, desk: Desk, now: datetime) -> bool:
    """Store what was understood and write the receipt. True when something is asked again."""
    prompt = reply.prompt
    instrument = desk.playbook.get(prompt.instrument)
    again = await _to_ask_again(reply.reading, prompt)
    reading = with_leftovers(reply.reading, again)
    source = source_of(reply.kept, prompt, now)
    await entries.save(new_entries(reading, prompt.questions, instrument.privacy), source)
    for move in milestone_moves(reading, prompt.questions):
        await collaborations.move_milestone(move.milestone_id, move.state, move.due)
    if reading.answers:
        await prompts.set_state(source.prompt, PromptState.ANSWERED)
    if is_confirmed(reading, prompt.questions):
        await commands.confirm(prompt, reply.person, desk, now)
    occasion = receipts.Occasion(reply.message, reply.kept, prompt, reply.person)
    await receipts.send(occasion, reading, again, desk, now)
    return bool(again)


async def _to_ask_again(reading: Reading, prompt: Prompt) -> tuple[str, ...]:
    """Only what was aimed at and not understood, and only once."""
    if prompt.root or not reading.unread:
        return ()
    asked_before = await prompts.asked_again(prompt.handle)
    return tuple(key for key in reading.unread if key not in asked_before)


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
