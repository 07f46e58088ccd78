"""People, and the part they have in a collaboration."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody does in one collaboration (one person may have several roles)."""

    CHAMPION = "champion"
    DEPUTY = "deputy"
    MEMBER = "member"
    PARTNER_LEAD = "partner_lead"
    MANAGER = "manager"
    OBSERVER = "observer"


class Participation(StrEnum):
    """Whether a person wants our mail. Their own word sets it, nothing else does."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom we write to.

    ``zone`` is an IANA name, ``locale`` a BCP 47 tag. ``shared_mailbox``: several people read
    it, so it can give neither consent nor an anonymous answer.
    """

    id: int
    name: str
    addr_spec: str
    zone: str
    locale: str = "en-US"
    participation: Participation = Participation.ACTIVE
    paused_until: datetime | None = None
    shared_mailbox: bool = False

    @property
    def first_name(self) -> str:
        """What a mail calls them."""
        return self.name.split()[0] if self.name.split() else self.name

    def wants_mail(self, now: datetime) -> bool:
        """May optional mail go to them at ``now``? Receipts and answers to commands always may."""
        if self.participation is Participation.PAUSED:
            return self.paused_until is not None and self.paused_until <= now
        return self.participation is Participation.ACTIVE


@dataclass(frozen=True, slots=True)
class Member:
    """One person's part in one collaboration."""

    person: Person
    department: str
    roles: frozenset[Role]
