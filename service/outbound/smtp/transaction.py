"""One mail transaction (RFC 5321 section 3.3): MAIL, RCPT, DATA, the message, the dot."""

from collections.abc import Awaitable, Callable

from service.domain.mail import Dispatch, Fault, Phase, Receipt, Settlement
from service.outbound.smtp.connection import Capabilities, Connection
from service.outbound.smtp.octets import has_bare_line_ends, is_path, stuffed
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.reply import Lost, Reply
from service.outbound.smtp.verdict import accepted, refused, unsettled

BeforeDot = Callable[[Dispatch], Awaitable[bool]]


class _Refused(Exception):  # noqa: N818 - a turn in a conversation, not an error
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class Transaction:
    """One attempt to hand over ``dispatch``. ``phase`` says how far it came."""

    def __init__(self, connection: Connection, relay: Relay, dispatch: Dispatch) -> None:
        self.phase = Phase.MAIL
        self._connection, self._relay, self._dispatch = connection, relay, dispatch

    async def run(self, before_dot: BeforeDot) -> Settlement | None:
        """Go through all phases; None where ``before_dot`` says that the claim is stale."""
        dispatch, offered = self._dispatch, self._connection.capabilities
        obstacle = _obstacle(dispatch, offered)
        if obstacle is not None:
            return obstacle
        try:
            await self._verb(Phase.MAIL, _mail(dispatch, offered), wanted=2)
            await self._verb(Phase.RCPT, f"RCPT TO:<{dispatch.envelope.rcpt_to}>", wanted=2)
            if not await before_dot(dispatch):
                return None
            await self._verb(Phase.DATA, "DATA", wanted=3)
            return accepted(await self._message())
        except _Refused as refusal:
            return refused(self.phase, refusal.reply)
        except Lost as lost:
            return unsettled(self.phase, str(lost))

    async def _verb(self, phase: Phase, line: str, *, wanted: int) -> None:
        self.phase = phase
        wait = self._relay.data_timeout if phase is Phase.DATA else self._relay.verb_timeout
        reply = await self._connection.command(line, wait)
        if reply.kind != wanted:
            raise _Refused(reply)

    async def _message(self) -> Reply:
        early = await self._connection.body(stuffed(self._dispatch.raw))
        if early is not None:
            raise _Refused(early)
        self.phase = Phase.DOT
        reply = await self._connection.finish()
        if reply.kind != 2:
            raise _Refused(reply)
        return reply


def _mail(dispatch: Dispatch, offered: Capabilities) -> str:
    parameters = [f"MAIL FROM:<{dispatch.envelope.mail_from}>"]
    if offered.offers("SIZE"):
        parameters.append(f"SIZE={len(dispatch.raw)}")  # RFC 1870
    if offered.offers("8BITMIME") and not dispatch.raw.isascii():
        parameters.append("BODY=8BITMIME")  # RFC 6152
    if _needs_utf8(dispatch):
        parameters.append("SMTPUTF8")  # RFC 6531
    return " ".join(parameters)


def _needs_utf8(dispatch: Dispatch) -> bool:
    return not (dispatch.envelope.mail_from + dispatch.envelope.rcpt_to).isascii()


def _obstacle(dispatch: Dispatch, offered: Capabilities) -> Settlement | None:
    """Name what keeps a mail from being offered at all; such a mail never sees the wire."""
    if has_bare_line_ends(dispatch.raw):
        text = "the message has a CR or LF that stands alone (RFC 5321 section 2.3.8)"
        return Settlement(Receipt.REJECTED, Phase.MAIL, status="5.6.0", text=text)
    if not (is_path(dispatch.envelope.mail_from) and is_path(dispatch.envelope.rcpt_to)):
        text = "an address cannot be written in a command"
        return Settlement(Receipt.REJECTED, Phase.MAIL, status="5.1.3", text=text, fault=Fault.RECIPIENT)
    if _needs_utf8(dispatch) and not offered.offers("SMTPUTF8"):
        text = "the relay takes no address outside ASCII now"
        return Settlement(Receipt.DEFERRED, Phase.MAIL, status="4.6.7", text=text, fault=Fault.RECIPIENT)
    return None
