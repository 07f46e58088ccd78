"""What a dead sender left behind: sent again where it surely was not sent, proof sought where unsure."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from service.flows import uncertain
from service.store import outbox

Proof = Callable[[str], Awaitable[bool]]


async def recover_outbox(
    now: datetime, wait: float, proof: Proof | None = None, everything: bool = False
) -> int:
    """Free what expired leases hold, then settle uncertain mails that waited ``wait`` seconds (REL-7).

    With proof that the relay has it, a mail counts as sent; else the same bytes go out once more. A
    second time it stays uncertain and the operator is told. Returns how many are ready again.
    """
    ready, _ = await outbox.recover(now, everything)
    for handle, message_id, times in await outbox.uncertain_since(now - timedelta(seconds=wait)):
        if proof is not None and await proof(message_id):
            await outbox.resolve(handle, sent=True, now=now)
            await uncertain.calm(handle)
        elif times == 1:
            await outbox.resolve(handle, sent=False, now=now)
            ready += 1
        else:
            await uncertain.tell(handle, message_id, now)
    return ready
