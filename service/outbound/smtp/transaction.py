"""One mail transaction (RFC 5321 section 3.3): MAIL, RCPT, DATA, the message, the dot.

Where the relay offers PIPELINING (RFC 2920) the three commands go out in one write, behind the dot of
the mail before where there is one; else one after the other.
"""

from collections.abc import Awaitable, Callable

from service.domain.mail import Dispatch, Phase, Settlement
from service.outbound.smtp.connection import BLOCK, Connection
from service.outbound.smtp.envelope import commands
from service.outbound.smtp.octets import FINAL_DOT, stuffed
from service.outbound.smtp.reply import Lost, Reply, Unsent
from service.outbound.smtp.verdict import accepted, refused, unsettled

BeforeDot = Callable[[Dispatch], Awaitable[bool]]

_STEPS = (Phase.MAIL, Phase.RCPT, Phase.DATA)


class _Refused(Exception):  # noqa: N818 - a turn in a conversation, not an error
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class Transaction:
    """One attempt to hand over ``dispatch``. ``phase`` says how far it came; ``begun``: its commands
    were written ahead."""

    def __init__(self, connection: Connection, dispatch: Dispatch) -> None:
        self.phase = Phase.MAIL
        self.begun = False
        self._in_message = False
        self._connection, self._dispatch = connection, dispatch
        self._commands = commands(dispatch, connection.capabilities)

    def begin(self) -> bytes:
        """All three commands for one write; whoever takes them sends them."""
        self.begun = True
        return b"".join(self._commands)

    async def run(self, before_dot: BeforeDot, behind: "Transaction | None" = None) -> Settlement | None:
        """Go through all phases; None where ``before_dot`` says that the claim is stale.

        The commands of ``behind`` leave with the final dot, if it comes to that.
        """
        announce = self._at_once if self._connection.pipelines else self._one_by_one
        try:
            if not await announce(before_dot):
                return None
            return accepted(await self._message(behind))
        except _Refused as refusal:
            return refused(self.phase, refusal.reply)
        except Lost as lost:
            return unsettled(self.phase, str(lost))

    async def clear(self) -> bool:
        """Make room for the next mail when this one was not taken. False: only closing helps."""
        if self.phase is Phase.DOT:
            return True  # with the reply to its dot a transaction is over
        if self._in_message:
            return False  # within a message there are no commands
        try:
            return await self._hear_out() and await self._reset()
        except Lost:
            return False

    async def _one_by_one(self, before_dot: BeforeDot) -> bool:
        for phase, command in zip(_STEPS, self._commands, strict=True):
            self.phase = phase
            if phase is Phase.DATA and not await before_dot(self._dispatch):
                return False
            self._connection.write(command)
            await self._answer()
        return True

    async def _at_once(self, before_dot: BeforeDot) -> bool:
        if not self.begun:
            self._connection.write(self.begin())
        for phase in _STEPS:
            self.phase = phase
            await self._answer()
        return await before_dot(self._dispatch)

    async def _answer(self) -> None:
        reply = await self._connection.reply(self._wait(self.phase))
        self._in_message = self.phase is Phase.DATA and reply.kind == 3
        if reply.kind != (3 if self.phase is Phase.DATA else 2):
            raise _Refused(reply)

    def _wait(self, phase: Phase) -> float:
        relay = self._connection.relay
        return relay.data_timeout if phase is Phase.DATA else relay.verb_timeout

    async def _message(self, behind: "Transaction | None") -> Reply:
        octets = stuffed(self._dispatch.raw)
        if len(octets) > BLOCK:
            await self._connection.body(octets)
            octets = b""
        if self._connection.spoke:  # before its turn
            raise _Refused(await self._connection.reply(0))
        return await self._finish(octets + FINAL_DOT + (behind.begin() if behind else b""))

    async def _finish(self, octets: bytes) -> Reply:
        self.phase = Phase.DOT
        try:
            reply = await self._connection.finish(octets)
        except Unsent:
            self.phase = Phase.DATA
            raise
        if reply.kind != 2:
            raise _Refused(reply)
        return reply

    async def _hear_out(self) -> bool:
        """Hear the answers to what was written ahead of a refusal (RFC 2920 section 3.1)."""
        due = _STEPS[_STEPS.index(self.phase) + 1 :] if self.begun else ()
        replies = [await self._connection.reply(self._wait(phase)) for phase in due]
        if not replies or replies[-1].kind != 3:
            return True
        if self.phase is Phase.MAIL:
            return False  # a recipient may have been taken: who would get an empty mail
        await self._connection.finish(FINAL_DOT)  # DATA was let through without a recipient
        return True

    async def _reset(self) -> bool:
        self._connection.write(b"RSET\r\n")
        return (await self._connection.reply(self._connection.relay.verb_timeout)).kind == 2
