"""Which prompt a mail answers, and what speaks for its sender (mail-rules 2.1 and 2.2)."""

from dataclasses import dataclass
from datetime import datetime

from service.addressing import TokenKind
from service.domain.people import Person
from service.domain.prompt import Prompt
from service.flows.desk import Desk
from service.inbound.authenticate import Authentication, Verdict, authenticate, judge
from service.inbound.thread import ReplyKeys, reply_keys
from service.message import Message
from service.store import confirmations, people, prompts, receipts
from service.store.inbox import Kept

PROMPT_KINDS = frozenset(
    {
        TokenKind.REPLY,
        TokenKind.UNSUBSCRIBE,
        TokenKind.DIGEST,
        TokenKind.RECOGNITION,
        TokenKind.CORRECTION,
        TokenKind.CONFIRM,
    }
)
"""Addresses that name a prompt."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """A reply to a receipt. ``answered`` is the message that the receipt was about, where it is known."""

    answered: int | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """``person`` is whose word this may be: the prompt's reader, else the owner of the address.

    ``sender``: From is that person's. ``unsubscribe``: it came to the address in List-Unsubscribe.
    ``conflict``: its identifiers name different prompts. ``correcting``: it replies to a receipt.
    ``corroborated``: more than one identifier of ours came back. ``recalled``: nothing but its author's
    word, of now or of the last weeks, speaks for it.
    """

    prompt: Prompt | None
    person: Person | None
    verdict: Verdict
    authentication: Authentication
    sender: bool
    unsubscribe: bool = False
    conflict: bool = False
    correcting: Correcting | None = None
    corroborated: bool = False
    recalled: bool = False

    @property
    def trusted(self) -> bool:
        """Whether it is its person's word."""
        return not self.conflict and (self.verdict is Verdict.ACCEPT or self.recalled)


async def find_conversation(message: Message, kept: Kept, desk: Desk, now: datetime) -> Conversation:
    """Look up the verified identifiers in their order of trust: address, Message-ID, footer code."""
    keys = reply_keys(message, desk.keyring.at(now), desk.mailbox, desk.domain)
    authentication = authenticate(message, desk.authentication, kept.signers)
    author = await people.find_by_address(message.author) if message.author else None
    by_address = await _by_address(keys)
    by_message_id = await _by_message_id(keys)
    prompt = by_address or by_message_id
    if prompt is None and author is not None and authentication is Authentication.PASS:
        prompt = await prompts.get(keys.footer.handle) if keys.footer else None
    person = await people.get(prompt.person_id) if prompt else author
    sender = author is not None and person is not None and author.id == person.id
    unsure = prompt is not None and sender and authentication is Authentication.NONE
    return Conversation(
        prompt=prompt,
        person=person,
        verdict=judge(prompt is not None, sender, authentication),
        authentication=authentication,
        sender=sender,
        unsubscribe=keys.address is not None and keys.address.kind is TokenKind.UNSUBSCRIBE,
        conflict=_differ(by_address, by_message_id),
        correcting=await correcting(keys),
        corroborated=_is_corroborated(keys),
        recalled=unsure and (_is_at_hand(keys, by_address) or await _is_remembered(message, person, now)),
    )


def _is_corroborated(keys: ReplyKeys) -> bool:
    return sum((keys.address is not None, bool(keys.message_ids), keys.footer is not None)) > 1


def _is_at_hand(keys: ReplyKeys, asked: Prompt | None) -> bool:
    """It answers a question that went to nobody but the registered address: its author reads there."""
    return asked is not None and keys.address is not None and keys.address.kind is TokenKind.CONFIRM


async def _is_remembered(message: Message, person: Person | None, now: datetime) -> bool:
    """They told us that a mail like this one was theirs."""
    if person is None or message.author is None:
        return False
    return await confirmations.recall(person.id, message.author, now) is True


async def correcting(keys: ReplyKeys) -> Correcting | None:
    """What makes a mail a reply to a receipt: its address, for programs that drop In-Reply-To, or the
    first Message-ID of ours. None for a reply to the questions themselves."""
    answered = await receipts.answered(keys.message_ids[0].handle) if keys.message_ids else None
    to_receipt = keys.address is not None and keys.address.kind is TokenKind.CORRECTION
    return Correcting(answered) if to_receipt or answered is not None else None


async def _by_address(keys: ReplyKeys) -> Prompt | None:
    named = keys.address is not None and keys.address.kind in PROMPT_KINDS
    return await prompts.get(keys.address.handle) if keys.address and named else None


async def _by_message_id(keys: ReplyKeys) -> Prompt | None:
    for token in keys.message_ids:
        prompt = await prompts.of_mail(token.handle)
        if prompt is not None:
            return prompt
    return None


def _differ(one: Prompt | None, other: Prompt | None) -> bool:
    if one is None or other is None:
        return False
    return (one.root or one.handle) != (other.root or other.handle)
