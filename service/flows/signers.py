"""Who signed a mail, where this installation verifies signatures itself."""

from service.flows.desk import Desk
from service.message import Message
from service.store import people
from service.store.inbox import Kept


async def find_signers(message: Message, kept: Kept, desk: Desk) -> frozenset[str]:
    """The domains that signed for its author. Call it outside of transactions: the DNS may take seconds.

    Only mail of people we know is worth a question: a stranger cannot make us ask the DNS anything.
    """
    if desk.signers is None or message.author is None or await people.find_by_address(message.author) is None:
        return frozenset()
    return await desk.signers(kept.raw, message.author, kept.received_at)
