"""Read a recorded reply again from its raw bytes, with today's reader."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from service.domain.mail import Kind, Outcome
from service.domain.prompt import Prompt, PromptState
from service.domain.reading import Reading
from service.errors import Permanent
from service.flows.desk import Desk
from service.flows.receipts import again_key
from service.flows.replies import answerable, read_reply, source_of, with_leftovers
from service.inbound import classify
from service.message import parse
from service.playbook.outcomes import milestone_moves, new_entries
from service.store import collaborations, entries, people, prompts
from service.store.database import transaction
from service.store.entries import Correction
from service.store.inbox import Judged

RECORDED = (Outcome.RECORDED, Outcome.CLARIFICATION_ASKED)
"""Outcomes of which answers were stored."""


async def replay_message(judged: Judged, desk: Desk, now: datetime, write: bool) -> list[Correction]:
    """What today's reading changes; stored in one transaction when ``write``, earlier values as history.

    Nobody is written to: the receipt went out at the first reading. Whose reply it is, and to which
    prompt, was settled then and stays. Doing it twice changes nothing. Raises Permanent when it reads
    as a command now.
    """
    async with transaction():
        found = await prompts.get(judged.prompt or "")
        if judged.outcome not in RECORDED or found is None:
            raise Permanent(f"Message {judged.id} is no recorded reply.")
        prompt = await answerable(found)
        reading = await _read_again(judged, prompt, desk)
        privacy = desk.playbook.get(prompt.instrument).privacy
        source = source_of(judged, prompt, now)
        corrections = await entries.compare(new_entries(reading, prompt.questions, privacy), source)
        if write:
            await entries.correct(corrections, source)
            await _move_milestones(judged.id, reading, prompt, corrections)
            if reading.answers:
                await prompts.set_state(source.prompt, PromptState.ANSWERED)
        return corrections


async def _read_again(judged: Judged, prompt: Prompt, desk: Desk) -> Reading:
    message = parse(judged.raw)
    if classify(message).kind is not Kind.HUMAN:
        return Reading("")
    person = await people.get(prompt.person_id)
    reading = await read_reply(message, judged, prompt, person, before=judged.settled_at)
    if reading.command is not None:
        raise Permanent(
            f"Message {judged.id} reads as the command {reading.command} today. "
            "Its answers stay as they are; ask its author what they wish."
        )
    again = await prompts.get(desk.keyring.handle(again_key(prompt, judged.digest)))
    return with_leftovers(reading, [question.key for question in again.questions] if again else ())


async def _move_milestones(
    inbox_id: int, reading: Reading, prompt: Prompt, corrections: Sequence[Correction]
) -> None:
    """Only what changed moves a milestone, and only where no later message spoke of it."""
    changed = {correction.question for correction in corrections}
    answers = tuple(answer for answer in reading.answers if answer.question in changed)
    spoken_of = await entries.milestones_since(inbox_id)
    for move in milestone_moves(replace(reading, answers=answers), prompt.questions):
        if move.milestone_id not in spoken_of:
            await collaborations.move_milestone(move.milestone_id, move.state, move.due)
