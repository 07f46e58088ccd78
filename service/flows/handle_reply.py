"""A person wrote: find the prompt, ask who it is, read the answers, store them, send one receipt."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.domain.reading import Asked, Command, Reading
from service.flows import commands, receipts
from service.flows.conversation import Conversation, find_conversation
from service.flows.desk import Desk
from service.inbound.authenticate import Authentication
from service.inbound.authenticate import Verdict as Trust
from service.message import Message
from service.playbook.outcomes import is_confirmed, milestone_moves, new_entries
from service.reading import Circumstances, read
from service.store import collaborations, entries, inbox, outbox, people, prompts
from service.store.entries import Source
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
    if found.conflict:
        return await _hold(kept, found, "its identifiers name two different prompts", now)
    if found.verdict is not Trust.ACCEPT and not kept.vouched:
        return await _hold(kept, found, _why_held(message, found), now)
    return await _accept(message, kept, found.prompt, found.person, found.unsubscribe, desk, now)


async def _accept(
    message: Message,
    kept: Kept,
    prompt: Prompt,
    person: Person,
    unsubscribe: bool,
    desk: Desk,
    now: datetime,
) -> Verdict:
    fingerprint = _fingerprint(message, prompt)
    if await inbox.seen_before(fingerprint):
        return Verdict(Outcome.IGNORED, "the same reply came by another route", person.id, prompt.handle)
    await _note_life(person, prompt, now)
    reply = Reply(message, kept, prompt, person, await _read(message, kept, prompt, person))
    command = Command.STOP if unsubscribe else reply.reading.command
    if command is not None:
        wish = commands.Wish(command, reply.reading.command_argument, person, prompt, message.message_id)
        await commands.obey(wish, desk, now)
        return Verdict(Outcome.COMMAND_DONE, command.value, person.id, prompt.handle, fingerprint)
    asked_again = await _record(reply, desk, now)
    outcome = Outcome.CLARIFICATION_ASKED if asked_again else Outcome.RECORDED
    return Verdict(outcome, "", person.id, prompt.handle, fingerprint)


async def _read(message: Message, kept: Kept, prompt: Prompt, person: Person) -> Reading:
    team = await collaborations.members(prompt.collaboration_id)
    texts = tuple(mail.text for mail in await prompts.sent(prompt))
    written = (message.date or kept.received_at).astimezone(ZoneInfo(person.zone)).date()
    names = tuple(member.person.name for member in team)
    return read(message, Asked(texts, prompt.questions), Circumstances(written, person.locale, names))


async def _record(reply: Reply, desk: Desk, now: datetime) -> bool:
    """Store what was understood and write the receipt. True when something is asked again."""
    instrument = desk.playbook.get(reply.prompt.instrument)
    root = reply.prompt.root or reply.prompt.handle
    source = Source(reply.kept.id, root, reply.person.id, reply.prompt.period, now)
    understood = new_entries(reply.reading, reply.prompt.questions, instrument.privacy)
    await entries.save(understood, source)
    for move in milestone_moves(reply.reading, reply.prompt.questions):
        await collaborations.move_milestone(move.milestone_id, move.state, move.due)
    if reply.reading.answers:
        await prompts.set_state(root, PromptState.ANSWERED)
    if is_confirmed(reply.reading, reply.prompt.questions):
        await commands.confirm(reply.prompt, reply.person, desk, now)
    again = () if reply.prompt.root else await _to_ask_again(reply.reading, reply.prompt)
    await receipts.send(
        receipts.Occasion(reply.message, reply.kept, reply.prompt, reply.person),
        reply.reading,
        again,
        desk,
        now,
    )
    return bool(again)


async def _to_ask_again(reading: Reading, prompt: Prompt) -> tuple[str, ...]:
    """Only what was aimed at and not understood, and only once."""
    asked_before = await prompts.asked_again(prompt.handle) if reading.unread else set()
    return tuple(key for key in reading.unread if key not in asked_before)


async def _note_life(person: Person, prompt: Prompt, now: datetime) -> None:
    """Who answers has a living mailbox, and had got our mail (REL-7)."""
    await people.clear_failure(person.id)
    await outbox.prove(prompt.handle, now)


async def _without_prompt(
    message: Message, kept: Kept, found: Conversation, desk: Desk, now: datetime
) -> Verdict:
    """No valid identifier: a known person may still pause or stop; everything else waits, silently."""
    if found.person is not None and found.authentication is Authentication.PASS:
        reading = read(message, None, Circumstances(date.min, found.person.locale, ()))
        if reading.command in (Command.STOP, Command.PAUSE):
            wish = commands.Wish(
                reading.command, reading.command_argument, found.person, None, message.message_id
            )
            await commands.obey(wish, desk, now)
            return Verdict(Outcome.COMMAND_DONE, reading.command.value, found.person.id)
    who = "a known address" if found.person else "a stranger"
    reason = f"{who} wrote without a valid identifier of ours"
    await inbox.put_aside(kept.id, reason, now)
    return Verdict(Outcome.REFUSED, reason, found.person.id if found.person else None)


async def _hold(kept: Kept, found: Conversation, reason: str, now: datetime) -> Verdict:
    person_id = found.person.id if found.person else None
    await inbox.hold(kept.id, person_id, reason, now)
    return Verdict(Outcome.HELD, reason, person_id, found.prompt.handle if found.prompt else None)


def _why_held(message: Message, found: Conversation) -> str:
    if message.author is None:
        return "its From does not name exactly one sender"
    if found.person is not None and found.authentication is not Authentication.PASS:
        return f"authentication of its sender: {found.authentication.value}"
    return "it came from an address that is not this person's"


def _fingerprint(message: Message, prompt: Prompt) -> str:
    """What makes two copies of a reply the same, by whichever route they came (IN-21)."""
    body = " ".join((message.text or message.html).split())
    parts = (prompt.root or prompt.handle, message.message_id, body)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
