"""A mail came back: note it on the mail that bounced, tell operator and champion, blame nobody."""

from datetime import datetime

from service.addressing import Token, TokenKind
from service.domain.mail import Outcome
from service.flows import failing, uncertain
from service.flows.desk import Desk
from service.inbound import bounce
from service.inbound.thread import reply_keys, returned_keys
from service.message import Message
from service.store import alarms, outbox
from service.store.inbox import Kept, Verdict


async def handle_bounce(message: Message, kept: Kept, desk: Desk, now: datetime) -> Verdict:
    """The mail is found by a verified identifier of ours, never by the report's text (MM-1)."""
    report = bounce.read(message)
    token = _token(message, desk, now)
    if token is None:
        return Verdict(Outcome.IGNORED, "a bounce without a valid identifier of ours")
    failed = next((part for part in report if part.action == "failed"), None)
    if failed is None:
        return Verdict(Outcome.IGNORED, "a report of a delay, or of success")
    mail = await outbox.note_bounce(token.handle, failed.status, failed.diagnostic, now)
    if mail is None:
        return Verdict(Outcome.IGNORED, "a bounce of a mail that is not kept any more")
    await uncertain.prove(token.handle, now)
    addr_spec, person_id = mail
    if failing.is_hard(failed.status):
        await failing.note(addr_spec, person_id, failed.diagnostic or failed.status, desk, now)
    else:
        words = f"Mail to {addr_spec} came back: {failed.status} {failed.diagnostic}"
        await alarms.ring(f"bounce:{failed.status}:{addr_spec}", words, now)
    return Verdict(Outcome.BOUNCE_NOTED, f"{failed.status} {failed.diagnostic}", person_id)


def _token(message: Message, desk: Desk, now: datetime) -> Token | None:
    keyring = desk.keyring.at(now)
    keys = reply_keys(message, keyring, desk.mailbox, desk.domain)
    if keys.address is not None and keys.address.kind is TokenKind.BOUNCE:
        return keys.address
    returned = returned_keys(message, keyring, desk.mailbox, desk.domain)
    outgoing = (TokenKind.BOUNCE, TokenKind.MESSAGE_ID)
    return next((token for token in returned if token.kind in outgoing), None)
