"""Judge one kept message, once: the only flow that calls other flows."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from service.domain.mail import Kind, Outcome
from service.flows.desk import Desk
from service.flows.handle_bounce import handle_bounce
from service.flows.handle_machine_mail import handle_auto_reply, handle_complaint
from service.flows.handle_reply import handle_reply
from service.flows.signers import find_signers
from service.inbound import classify
from service.message import Message, TooLarge, parse
from service.store import inbox
from service.store.database import is_own_trouble, transaction
from service.store.inbox import POISON_ATTEMPTS, Kept, Verdict

Handler = Callable[[Message, Kept, Desk, datetime], Awaitable[Verdict]]

HANDLERS: dict[Kind, Handler] = {
    Kind.HUMAN: handle_reply,
    Kind.BOUNCE: handle_bounce,
    Kind.AUTO_REPLY: handle_auto_reply,
    Kind.COMPLAINT: handle_complaint,
}


async def process_message(inbox_id: int, desk: Desk, now: datetime) -> Outcome | None:
    """Parse, classify and act in one transaction. None when there is nothing (more) to do.

    Expected outcomes are values. An exception is a surprise: everything is rolled back and counted,
    and the third one puts the message into quarantine (REL-14). Raises it again for the log. What a
    person's word released is processed at once.
    """
    kept = await inbox.claim(inbox_id, desk.owner, desk.lease)
    if kept is None:
        return None
    if kept.truncated or kept.attempts > POISON_ATTEMPTS:
        cause = "too large to be read" if kept.truncated else "its worker died three times"
        await inbox.quarantine(kept, cause, now)
        return Outcome.FAILED
    try:
        verdict = await _judge(kept, desk, now)
    except TooLarge as error:
        await inbox.quarantine(kept, str(error), now)
        return Outcome.FAILED
    except Exception as error:
        await _count(kept, error, now)
        raise
    for released in verdict.released:
        await process_message(released, desk, now)
    return verdict.outcome


async def _judge(kept: Kept, desk: Desk, now: datetime) -> Verdict:
    message = parse(kept.raw)
    found = classify(message)
    signed = replace(kept, signers=await find_signers(message, kept, desk))
    async with transaction():
        verdict = await HANDLERS[found.kind](message, signed, desk, now)
        await inbox.settle(kept, verdict, found.kind, now)
    return verdict


async def _count(kept: Kept, error: Exception, now: datetime) -> None:
    cause = f"{type(error).__name__}: {error}"
    if is_own_trouble(error):
        await inbox.give_back(kept, cause, counted=False)
    elif kept.attempts >= POISON_ATTEMPTS:
        await inbox.quarantine(kept, cause, now)
    else:
        await inbox.give_back(kept, cause)
