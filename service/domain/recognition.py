"""Recognition: thanks that reach a manager only in the words that the thanked person approved."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.people import Member, Participation, Person, Role


class RecognitionState(StrEnum):
    """How thanks stand on their way upward."""

    OFFERED = "offered"
    APPROVED = "approved"
    NOT_NOW = "not_now"
    WITHDRAWN = "withdrawn"


class Approval(StrEnum):
    """What the thanked person may answer; the option keys of the question that asks them."""

    YES = "yes"
    EDIT = "edit"
    NOT_NOW = "not-now"


@dataclass(frozen=True, slots=True)
class Told:
    """What a manager would read: ``told`` in a summary, ``sentence`` ready for an evaluation."""

    told: str
    sentence: str

    @property
    def sha256(self) -> str:
        """What approval is bound to: text sent equals text approved."""
        return hashlib.sha256(f"{self.told}\0{self.sentence}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recognition:
    """Thanks from ``author_id`` to ``person_id``, with the text that was shown or approved.

    ``sha256`` is that of the approved text; '' before approval.
    """

    id: int
    entry_id: int
    collaboration_id: int
    author_id: int
    person_id: int
    state: RecognitionState
    text: Told
    sha256: str
    offered_at: datetime
    approved_at: datetime | None = None


def hears_of(manager: Member, person: Member) -> bool:
    """Whether ``manager`` is told of thanks to ``person``: of the same department, and not they themselves.

    Several people read a shared mailbox, so it gives no consent and is told nothing; and who stopped
    our mail neither tells nor is told.
    """
    same = manager.person.id == person.person.id
    manages = Role.MANAGER in manager.roles and manager.department == person.department
    return manages and not same and _speaks_for_one(manager.person) and _speaks_for_one(person.person)


def _speaks_for_one(person: Person) -> bool:
    return not person.shared_mailbox and person.participation is not Participation.STOPPED
