"""The receipt: one answer to every human reply, saying what was understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.domain.people import Person
from service.domain.privacy import READERS
from service.domain.prompt import Prompt, PromptState
from service.domain.question import NOTE, Question
from service.domain.reading import Reading
from service.domain.receipt import Recorded, Understood
from service.flows.desk import Desk
from service.message import Message
from service.outbound.letter import Letter
from service.playbook.instruments import Trigger
from service.playbook.outcomes import NOTE_PRIVACY, new_entries
from service.store import collaborations, outbox, prompts
from service.store.inbox import Kept
from service.store.outbox import Posting
from service.store.prompts import SentMail

RECEIPT_LIFE = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The reply that a receipt answers."""

    message: Message
    kept: Kept
    prompt: Prompt
    person: Person


async def send(occasion: Occasion, reading: Reading, again: Sequence[str], desk: Desk, now: datetime) -> None:
    """Write the receipt; what is asked again becomes a prompt of its own."""
    prompt = await _ask_again(occasion, again, desk, now) if again else occasion.prompt
    instrument = desk.instrument_for(Trigger.REPLY)
    sent = await prompts.sent(occasion.prompt)
    letter = Letter(
        key=f"{instrument.key}:{occasion.prompt.key}:{occasion.kept.digest}",
        person=occasion.person,
        collaboration=await collaborations.get(occasion.prompt.collaboration_id),
        prompt_handle=prompt.handle,
        questions=prompt.questions if again else (),
        questions_of=occasion.prompt.instrument,
        at=now,
        in_reply_to=occasion.message.message_id,
        references=references(sent, occasion.message),
        thread_subject=sent[0].subject if sent else "",
        facts={"understood": _understood(occasion, reading, prompt if again else None, desk, now)},
    )
    mail = desk.composer.compose(instrument, letter)
    await outbox.add(
        [
            Posting(
                mail,
                instrument.key,
                now,
                now + RECEIPT_LIFE,
                occasion.person.id,
                prompt.handle,
                optional=False,
            )
        ],
        now,
    )


async def _ask_again(occasion: Occasion, again: Sequence[str], desk: Desk, now: datetime) -> Prompt:
    key = again_key(occasion.prompt, occasion.kept.digest)
    prompt = replace(
        occasion.prompt,
        handle=desk.keyring.handle(key),
        key=key,
        root=occasion.prompt.handle,
        questions=_single(occasion.prompt, again),
        state=PromptState.OPEN,
        asked_at=now,
    )
    await prompts.add([prompt])
    return prompt


def again_key(prompt: Prompt, digest: str) -> str:
    """The logical key of the prompt that asks again what one reply left open."""
    return f"{prompt.key}:again:{digest}"


def _single(prompt: Prompt, keys: Sequence[str]) -> tuple[Question, ...]:
    """The questions to ask again; a lone one is the default, so that plain words answer it."""
    questions = tuple(question for question in prompt.questions if question.key in keys)
    return tuple(replace(question, default=len(questions) == 1) for question in questions)


def _understood(
    occasion: Occasion, reading: Reading, again: Prompt | None, desk: Desk, now: datetime
) -> Understood:
    instrument = desk.playbook.get(occasion.prompt.instrument)
    labels = {question.key: question.label for question in occasion.prompt.questions}
    recorded = tuple(
        Recorded(labels[entry.answer.question], entry.answer.text, READERS[entry.privacy])
        for entry in new_entries(reading, occasion.prompt.questions, instrument.privacy)
        if entry.answer.question != NOTE
    )
    return Understood(
        recorded=recorded,
        note=reading.note,
        note_readers=READERS[NOTE_PRIVACY],
        again=again.questions if again else (),
        ignored_files=occasion.message.attachments,
        again_text=reading.unread_text,
        late=now - occasion.prompt.asked_at > timedelta(days=instrument.open_days),
    )


def references(sent: Sequence[SentMail], message: Message) -> tuple[str, ...]:
    """The thread so far, first mail first (RFC 5322 section 3.6.4)."""
    first = (sent[0].message_id,) if sent else ()
    return (*first, message.message_id) if message.message_id else first
