"""What every flow works with: the playbook, the composer and the rules of this installation."""

from dataclasses import dataclass

from service.addressing import Keyring
from service.outbound.compose import Composer
from service.playbook.instruments import Instrument, Playbook, Trigger


@dataclass(frozen=True, slots=True)
class Desk:
    """Opened once by ``app``. ``mailbox`` is the address we send from and read; ``authentication``
    names the profile of ``inbound.authenticate``; ``lease`` is in seconds; ``owner`` is this process,
    in front of all its claims."""

    playbook: Playbook
    composer: Composer
    keyring: Keyring
    mailbox: str
    operator: str
    operator_zone: str
    authentication: str
    lease: float
    owner: str

    @property
    def domain(self) -> str:
        """The domain of our Message-IDs."""
        return self.mailbox.rpartition("@")[2]

    def instrument_for(self, trigger: Trigger) -> Instrument:
        """The instrument that ``trigger`` sets off. The playbook has one, or ``app`` had refused it."""
        return self.playbook.for_trigger(trigger)[0]
