"""What every flow works with: the playbook, the composer and the rules of this installation."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from service.addressing import Keyring
from service.outbound.compose import Composer
from service.playbook.instruments import Instrument, Playbook, Trigger

FindSigners = Callable[[bytes, str, datetime], Awaitable[frozenset[str]]]
"""The domains that signed a mail, given its octets, its author's address and when it arrived."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Opened once by ``app``. ``mailbox`` is the address we send from and read; ``authentication``
    names the profile of ``inbound.authenticate``; ``lease`` is in seconds; ``owner`` is this process,
    in front of all its claims; ``signers`` verifies signatures where no server in front of us does;
    after ``hold_days`` a held reply is refused."""

    playbook: Playbook
    composer: Composer
    keyring: Keyring
    mailbox: str
    operator: str
    operator_zone: str
    authentication: str
    lease: float
    owner: str
    signers: FindSigners | None = None
    hold_days: int = 14

    @property
    def domain(self) -> str:
        """The domain of our Message-IDs."""
        return self.mailbox.rpartition("@")[2]

    def instrument_for(self, trigger: Trigger) -> Instrument:
        """The instrument that ``trigger`` sets off. The playbook has one, or ``app`` had refused it."""
        return self.playbook.for_trigger(trigger)[0]
