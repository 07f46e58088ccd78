"""The relay: mail goes out here, and every attempt ends in one exact settlement.

aiosmtplib connects, greets, encrypts and logs in; from then on the transaction is ours, because
its own commands cannot tell "surely not sent" from "maybe sent" (REL-5), and wait for each reply where
the relay offers PIPELINING (RFC 2920).
"""

from service.outbound.smtp.connection import Capabilities
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.sender import Smtp

__all__ = ["Capabilities", "Relay", "Smtp"]
