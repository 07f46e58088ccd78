"""The relay: mail goes out here, verb by verb, and every attempt ends in one exact settlement.

aiosmtplib connects, greets, encrypts and logs in; from then on the transaction is ours, because
its own commands cannot tell "surely not sent" from "maybe sent" (REL-5).
"""

from service.outbound.smtp.connection import Capabilities
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.sender import Smtp

__all__ = ["Capabilities", "Relay", "Smtp"]
