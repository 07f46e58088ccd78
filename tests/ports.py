"""In-memory fakes of our own two ports: the mailbox that we read and the relay that we send through."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from itertools import count

from service.domain.mail import Cursor, Dispatch, Fault, Phase, RawMail, Receipt, Settlement
from service.inbound.mailbox.account import Batch

TAKEN = Settlement(Receipt.ACCEPTED, Phase.DOT, 250, "2.0.0", "queued")
BUSY = Settlement(Receipt.DEFERRED, Phase.RCPT, 451, "4.7.1", "greylisted, come back", Fault.RECIPIENT)
NOBODY = Settlement(Receipt.REJECTED, Phase.RCPT, 550, "5.1.1", "no such mailbox", Fault.RECIPIENT)
SPAM = Settlement(Receipt.REJECTED, Phase.DOT, 554, "5.7.1", "looks like spam", Fault.RECIPIENT)
SILENCE = Settlement(Receipt.UNCERTAIN, Phase.DOT, 0, "", "the connection was lost", Fault.RELAY)
SENDER_REFUSED = Settlement(Receipt.REJECTED, Phase.MAIL, 550, "5.7.1", "you may not send", Fault.RELAY)
LOCKED_OUT = Settlement(Receipt.DEFERRED, Phase.CONNECT, 535, "5.7.8", "wrong password", Fault.RELAY)


class RelayInMemory:
    """Takes every mail unless told how mails to an address end, one ending for each attempt."""

    def __init__(self) -> None:
        self.taken: list[Dispatch] = []
        self.offered: list[Dispatch] = []
        self.endings: dict[str, list[Settlement]] = {}

    def ends(self, address: str, *endings: Settlement) -> None:
        self.endings[address] = list(endings)

    async def send(
        self, dispatches: Sequence[Dispatch], before_dot: Callable[[Dispatch], Awaitable[bool]]
    ) -> AsyncIterator[tuple[Dispatch, Settlement]]:
        for dispatch in dispatches:
            self.offered.append(dispatch)
            coming = self.endings.get(dispatch.envelope.rcpt_to)
            ending = coming.pop(0) if coming else TAKEN
            if ending.phase is Phase.DOT and not await before_dot(dispatch):
                continue
            if ending.receipt is Receipt.ACCEPTED:
                self.taken.append(dispatch)
            yield dispatch, ending
            if ending.fault is Fault.RELAY:
                return


_folders = count(1)


class MailboxInMemory:
    """One folder by UID, with a UIDVALIDITY of its own; what is archived leaves it."""

    def __init__(self) -> None:
        self.uidvalidity = next(_folders)
        self.last_uid = 0
        self.folder: dict[int, RawMail] = {}

    def put(self, raw: bytes, received_at: datetime, truncated: bool = False) -> None:
        self.last_uid += 1
        self.folder[self.last_uid] = RawMail(self.uidvalidity, self.last_uid, raw, received_at, truncated)

    async def unseen(self, cursor: Cursor) -> Batch:
        after = cursor.last_uid if cursor.uidvalidity == self.uidvalidity else 0
        return Batch(self.uidvalidity, [mail for uid, mail in sorted(self.folder.items()) if uid > after])

    async def archive(self, uids: Sequence[int], uidvalidity: int) -> None:
        for uid in uids if uidvalidity == self.uidvalidity else ():
            del self.folder[uid]
