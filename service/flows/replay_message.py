"""Read a recorded reply again from its raw bytes, with today's reader."""

from collections.abc import Sequence
from datetime import datetime

from service.domain.entry import Entry
from service.domain.mail import Kind, Outcome
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Effect
from service.domain.reading import Reading
from service.errors import Permanent
from service.flows.consequences import CONSENTS
from service.flows.conversation import Correcting, correcting
from service.flows.desk import Desk
from service.flows.milestones import shift
from service.flows.receipts import again_key
from service.flows.replies import answerable, read_reply, source_of, with_leftovers
from service.flows.said import Said
from service.inbound import classify
from service.inbound.thread import reply_keys
from service.message import Message, parse
from service.playbook.outcomes import new_entries
from service.store import entries, people, prompts
from service.store.database import transaction
from service.store.entries import Correction
from service.store.inbox import Judged

RECORDED = (Outcome.RECORDED, Outcome.CLARIFICATION_ASKED)
"""Outcomes of which answers were stored."""


async def replay_message(judged: Judged, desk: Desk, now: datetime, write: bool) -> list[Correction]:
    """What today's reading changes; stored in one transaction when ``write``, earlier values as history.

    Nobody is written to: the receipt went out at the first reading. Whose reply it is, and to which
    prompt, was settled then and stays, and so does what its author consented to. Doing it twice
    changes nothing. Raises Permanent when it reads as a command now.
    """
    async with transaction():
        found = await prompts.get(judged.prompt or "")
        if judged.outcome not in RECORDED or found is None:
            raise Permanent(f"Message {judged.id} is no recorded reply.")
        message = parse(judged.raw)
        keys = reply_keys(message, desk.keyring.at(judged.settled_at), desk.mailbox, desk.domain)
        to_receipt = await correcting(keys)
        prompt = await answerable(found, before=judged.settled_at)
        reading = await _read_again(message, judged, prompt, to_receipt, desk)
        privacy = desk.playbook.get(prompt.instrument).privacy
        source = source_of(judged, prompt, to_receipt, now)
        compared = await entries.compare(new_entries(reading, prompt.questions, privacy), source)
        corrections = [one for one in compared if not _is_consent(one)]
        if write:
            changed = await entries.correct(corrections, source)
            await _move_milestones(judged.id, changed, prompt, now)
            if reading.answers:
                await prompts.set_state(source.prompt, PromptState.ANSWERED)
        return corrections


def _is_consent(correction: Correction) -> bool:
    either = correction.after or correction.before
    return either is not None and either.effect in CONSENTS


async def _read_again(
    message: Message, judged: Judged, prompt: Prompt, to_receipt: Correcting | None, desk: Desk
) -> Reading:
    if classify(message).kind is not Kind.HUMAN:
        return Reading("")
    person = await people.get(prompt.person_id)
    reading = await read_reply(message, judged, prompt, person, to_receipt, before=judged.settled_at)
    if reading.command is not None:
        raise Permanent(
            f"Message {judged.id} reads as the command {reading.command} today. "
            "Its answers stay as they are; ask its author what they wish."
        )
    again = await prompts.get(desk.keyring.handle(again_key(prompt, judged.digest)))
    return with_leftovers(reading, [question.key for question in again.questions] if again else ())


async def _move_milestones(inbox_id: int, changed: Sequence[Entry], prompt: Prompt, now: datetime) -> None:
    """Only what changed moves a milestone, and only where no later message spoke of it."""
    spoken_of = await entries.milestones_since(inbox_id)
    person = await people.get(prompt.person_id)
    questions = {question.key: question for question in prompt.questions}
    for entry in changed:
        if entry.effect is Effect.MILESTONE:
            await shift(Said(prompt, person, entry, questions[entry.question]), now, spoken_of)
