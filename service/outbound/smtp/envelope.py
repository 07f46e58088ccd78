"""How a mail is announced: MAIL, RCPT and DATA, and what keeps it from being offered at all."""

from service.domain.mail import Dispatch, Fault, Phase, Receipt, Settlement
from service.outbound.smtp.connection import Capabilities
from service.outbound.smtp.octets import has_bare_line_ends, is_path


def commands(dispatch: Dispatch, offered: Capabilities) -> tuple[bytes, bytes, bytes]:
    """Write the three commands that open a transaction, each with its line end."""
    rcpt = f"RCPT TO:<{dispatch.envelope.rcpt_to}>\r\n"
    return _mail(dispatch, offered).encode(), rcpt.encode(), b"DATA\r\n"


def obstacle(dispatch: Dispatch, offered: Capabilities) -> Settlement | None:
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


def _mail(dispatch: Dispatch, offered: Capabilities) -> str:
    line = f"MAIL FROM:<{dispatch.envelope.mail_from}>"
    if offered.offers("SIZE"):
        line += f" SIZE={len(dispatch.raw)}"  # RFC 1870
    if offered.offers("8BITMIME") and not dispatch.raw.isascii():
        line += " BODY=8BITMIME"  # RFC 6152
    if _needs_utf8(dispatch):
        line += " SMTPUTF8"  # RFC 6531
    return line + "\r\n"


def _needs_utf8(dispatch: Dispatch) -> bool:
    return not (dispatch.envelope.mail_from.isascii() and dispatch.envelope.rcpt_to.isascii())
