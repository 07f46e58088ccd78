"""Which relay to use, and how long to wait for it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from service.errors import Misconfigured

Security = Literal["tls", "starttls", "none"]
"""TLS from the first octet (RFC 8314, port 465), STARTTLS (RFC 3207, port 587), or plain text."""


@dataclass(frozen=True, slots=True)
class Relay:
    """One mail server that takes our mail.

    Waits are seconds (REL-6, RFC 5321 section 4.5.3.2): the final one is long because a shorter
    one makes doubles. ``hello`` is our name in EHLO; where it is empty our address literal stands
    in (RFC 5321 section 4.1.4). ``ca_file``: certificates that are trusted beside the system's.

    :raises Misconfigured: a password would cross a network in plain text.
    """

    host: str
    port: int
    security: Security = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    hello: str = ""
    ca_file: str = ""
    connect_timeout: float = 30.0
    verb_timeout: float = 300.0
    data_timeout: float = 120.0
    block_timeout: float = 180.0
    final_timeout: float = 600.0

    def __post_init__(self) -> None:
        if self.username and self.security == "none" and not is_loopback(self.host):
            raise Misconfigured(
                f"relay {self.host}:{self.port}", "would get the password without encryption.",
                'Use security "tls" (mostly port 465) or "starttls" (mostly port 587).',
            )  # fmt: skip

    @property
    def place(self) -> str:
        """Its name in messages to the operator."""
        return f"mail relay {self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Say whether ``host`` is this machine by its very name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
