"""The receipt: one answer to every human reply, saying what was understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.domain.people import Person
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Question
from service.domain.receipt import Understood
from service.flows.desk import Desk
from service.message import Message
from service.outbound.letter import Letter
from service.playbook.instruments import Trigger
from service.store import collaborations, outbox, prompts
from service.store.inbox import Kept
from service.store.outbox import Posting
from service.store.prompts import SentMail

RECEIPT_LIFE = timedelta(days=5)
AGAIN = ":again:"


@dataclass(frozen=True, slots=True)
class Occasion:
    """The reply that a receipt answers."""

    message: Message
    kept: Kept
    prompt: Prompt
    person: Person


async def send(occasion: Occasion, understood: Understood, desk: Desk, now: datetime) -> None:
    """Write the receipt; what it asks becomes a prompt of its own."""
    asked = (*understood.again, *understood.follow_up)
    prompt = await _ask_along(occasion, asked, desk, now) if asked else occasion.prompt
    instrument = desk.instrument_for(Trigger.REPLY)
    sent = await prompts.sent(occasion.prompt)
    letter = Letter(
        key=f"{instrument.key}:{occasion.prompt.key}:{occasion.kept.digest}",
        person=occasion.person,
        collaboration=await collaborations.get(occasion.prompt.collaboration_id),
        prompt_handle=prompt.handle,
        questions=prompt.questions if asked else (),
        questions_of=occasion.prompt.instrument,
        at=now,
        in_reply_to=occasion.message.message_id,
        references=references(sent, occasion.message),
        thread_subject=sent[0].subject if sent else "",
        facts={"understood": understood},
    )
    posting = Posting(
        desk.composer.compose(instrument, letter),
        instrument.key,
        now,
        now + RECEIPT_LIFE,
        occasion.person.id,
        prompt.handle,
        optional=False,
    )
    await outbox.add([posting], now)


async def _ask_along(occasion: Occasion, asked: Sequence[Question], desk: Desk, now: datetime) -> Prompt:
    key = again_key(occasion.prompt, occasion.kept.digest)
    prompt = replace(
        occasion.prompt,
        handle=desk.keyring.handle(key),
        key=key,
        root=occasion.prompt.root or occasion.prompt.handle,
        questions=tuple(replace(one, default=len(asked) == 1, prefix="") for one in asked),
        state=PromptState.OPEN,
        asked_at=now,
    )
    await prompts.add([prompt])
    return prompt


def again_key(prompt: Prompt, digest: str) -> str:
    """The logical key of the prompt that asks what one reply in its conversation left open. A lone
    question is the default there, so that plain words answer it; none needs its prefix."""
    return f"{prompt.key.partition(AGAIN)[0]}{AGAIN}{digest}"


def references(sent: Sequence[SentMail], message: Message) -> tuple[str, ...]:
    """The thread so far, first mail first (RFC 5322 section 3.6.4)."""
    first = (sent[0].message_id,) if sent else ()
    return (*first, message.message_id) if message.message_id else first
