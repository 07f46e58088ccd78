"""What a reply, or none, means for a mail and for the rest of the queue (REL-5, REL-8).

A fault of the relay never rejects a mail: before the dot it is DEFERRED, whatever the code, so
that an expired password does not fail five thousand members.
"""

from service.domain.mail import Fault, Phase, Receipt, Settlement
from service.outbound.smtp.reply import Reply

_RELAY_CODES = frozenset({421, 454, 530, 534, 535, 538})
"""Closing, and everything about encryption and login (RFC 5321, RFC 3207, RFC 4954)."""
_ABOUT_THIS_MAIL = frozenset({501, 504, 552, 555})
"""At MAIL, whose address is our own: parameters and size. Anything else there is about us."""


def accepted(reply: Reply) -> Settlement:
    """Settle a mail that the relay answers for from now on (RFC 5321 section 6.1)."""
    return _settled(Receipt.ACCEPTED, Phase.DOT, reply, Fault.NONE)


def refused(phase: Phase, reply: Reply) -> Settlement:
    """Settle by a reply that did not let the transaction go on."""
    if reply.kind not in (4, 5):
        return unsettled(phase, f"unexpected answer {reply.code} {reply.text}")
    if _blames_relay(phase, reply):
        return _settled(Receipt.DEFERRED, phase, reply, Fault.RELAY)
    receipt = Receipt.DEFERRED if reply.kind == 4 else Receipt.REJECTED
    return _settled(receipt, phase, reply, Fault.RECIPIENT)


def unsettled(phase: Phase, text: str) -> Settlement:
    """Settle a connection that was lost: after the dot nobody knows, before it all is clear."""
    receipt = Receipt.UNCERTAIN if phase is Phase.DOT else Receipt.DEFERRED
    return Settlement(receipt, phase, text=text, fault=Fault.RELAY)


def unconnected(problem: str, reply: Reply | None) -> Settlement:
    """Settle a mail whose relay could not be reached, or did not let us in."""
    if reply is None:
        return unsettled(Phase.CONNECT, problem)
    return _settled(Receipt.DEFERRED, Phase.CONNECT, reply, Fault.RELAY)


def _blames_relay(phase: Phase, reply: Reply) -> bool:
    if reply.code in _RELAY_CODES:
        return True
    policy = reply.status[1:4] == ".7."
    if phase is Phase.MAIL:
        return policy or reply.kind == 4 or reply.code not in _ABOUT_THIS_MAIL
    # "Relay access denied", "Unable to relay": we are not logged in; no recipient can help that.
    return phase is Phase.RCPT and policy and "relay" in reply.text.lower()


def _settled(receipt: Receipt, phase: Phase, reply: Reply, fault: Fault) -> Settlement:
    return Settlement(receipt, phase, reply.code, reply.status, reply.text, fault)
