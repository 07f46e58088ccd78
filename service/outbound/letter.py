"""What a mail is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.domain.collaboration import Collaboration
from service.domain.people import Person
from service.domain.question import Question


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the From of every mail, and whom people may turn to.

    ``mailbox`` is the base of all signed addresses; its domain is also that of our Message-IDs.
    ``organisation`` and ``operator`` are printed as they stand.
    """

    name: str
    address: str
    mailbox: str
    organisation: str
    operator: str

    @property
    def domain(self) -> str:
        """The host that our identifiers belong to."""
        return self.mailbox.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, before it is written.

    ``key`` is its logical key (REL-4): the same letter gives the same bytes. ``prompt_handle`` is
    what a reply is found by. ``questions`` are asked in it; where they belong to another
    instrument (a receipt asks one of them again), ``questions_of`` is that one's key.
    ``thread_subject`` is the subject of the mail that this one answers; without it the template's
    own is taken. ``facts`` are further names for the templates.
    """

    key: str
    person: Person
    collaboration: Collaboration | None
    prompt_handle: str
    questions: tuple[Question, ...]
    at: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    questions_of: str = ""
    thread_subject: str = ""
