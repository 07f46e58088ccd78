"""A person wrote: find the prompt, ask who it is, read the answers, store them, send one receipt."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Question
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


CLOCK_TRUST = timedelta(days=30)
"""A Date that is further away from the arrival comes from a broken clock."""


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
    prompt = replace(found.prompt, questions=await _questions(found.prompt))
    return await _accept(message, kept, prompt, found.person, found.unsubscribe, desk, now)


async def _questions(prompt: Prompt) -> tuple[Question, ...]:
    """What a reply to this prompt may answer. Where it asks again, the numbers are its own, and the
    other questions can still be answered by their names, as every receipt offers."""
    root = await prompts.get(prompt.root) if prompt.root else None
    again = {question.key for question in prompt.questions}
    others = [question for question in root.questions if question.key not in again] if root else []
    by_name = (replace(q, default=False, prefix=q.prefix or q.label.lower()) for q in others)
    return (*prompt.questions, *by_name)


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
    reply = Reply(message, kept, prompt, person, await _read(message, kept, prompt, person))
    command = Command.STOP if unsubscribe else reply.reading.command
    if command is not None:
        wish = commands.Wish(command, reply.reading.command_argument, person, prompt, message, kept)
        await commands.obey(wish, desk, now)
        return Verdict(Outcome.COMMAND_DONE, command.value, person.id, prompt.handle, fingerprint)
    asked_again = await _record(reply, desk, now)
    outcome = Outcome.CLARIFICATION_ASKED if asked_again else Outcome.RECORDED
    return Verdict(outcome, "", person.id, prompt.handle, fingerprint)


async def _read(message: Message, kept: Kept, prompt: Prompt, person: Person) -> Reading:
    team = await collaborations.members(prompt.collaboration_id)
    texts = tuple(mail.text for mail in await prompts.sent(prompt))
    names = tuple(member.person.name for member in team)
    circumstances = Circumstances(_day_of(message, kept, person), person.locale, names)
    return read(message, Asked(texts, prompt.questions), circumstances)


def _day_of(message: Message, kept: Kept, person: Person) -> date:
    """The day on which it was written, where its author lives."""
    arrived = kept.received_at
    trusted = message.date is not None and abs(message.date - arrived) <= CLOCK_TRUST
    written = message.date if message.date is not None and trusted else arrived
    return written.astimezone(ZoneInfo(person.zone)).date()


async def _record(reply: Reply, desk: Desk, now: datetime) -> bool:
    """Store what was understood and write the receipt. True when something is asked again."""
    prompt = reply.prompt
    instrument = desk.playbook.get(prompt.instrument)
    root = prompt.root or prompt.handle
    again = await _to_ask_again(reply.reading, prompt)
    reading = _with_leftovers(reply.reading, again)
    source = Source(reply.kept.id, root, reply.person.id, prompt.period, now)
    await entries.save(new_entries(reading, prompt.questions, instrument.privacy), source)
    for move in milestone_moves(reading, prompt.questions):
        await collaborations.move_milestone(move.milestone_id, move.state, move.due)
    if reading.answers:
        await prompts.set_state(root, PromptState.ANSWERED)
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


def _with_leftovers(reading: Reading, again: Sequence[str]) -> Reading:
    """What was not understood and is not asked again is a note: nothing that a person wrote is lost."""
    left = [words for key, words in reading.unread_text.items() if key not in again]
    return replace(reading, note="\n".join(filter(None, (reading.note, *left))))


async def _note_life(person: Person, prompt: Prompt, now: datetime) -> None:
    """Who answers has a living mailbox, and had got our mail (REL-7)."""
    await people.clear_failure(person.id)
    await outbox.prove(prompt.handle, now)


async def _without_prompt(
    message: Message, kept: Kept, found: Conversation, desk: Desk, now: datetime
) -> Verdict:
    """No valid identifier: a known person may still pause or stop; everything else waits, silently."""
    if found.person is not None and found.authentication is Authentication.PASS:
        circumstances = Circumstances(_day_of(message, kept, found.person), found.person.locale)
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
