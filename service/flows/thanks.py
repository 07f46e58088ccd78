"""Thanks from one person of a team to another, and the mail that passes them on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.collaboration import Collaboration
from service.domain.entry import Entry
from service.domain.people import Member
from service.domain.recognition import Told, hears_of
from service.flows.asking import Contents, Round, ask
from service.flows.desk import Desk
from service.playbook.drafts import Occasion, draft
from service.playbook.instruments import Instrument, Trigger
from service.reading.thanks import reason_for
from service.store import collaborations


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks of one entry, from ``author`` to ``person``, who both take part."""

    entry: Entry
    collaboration: Collaboration
    author: Member
    person: Member
    team: Sequence[Member]

    @property
    def managers(self) -> list[Member]:
        """Who may be told; nobody, where several people read the author's mailbox."""
        if self.author.person.shared_mailbox:
            return []
        return [member for member in self.team if hears_of(member, self.person)]

    @property
    def occasion(self) -> Occasion:
        """Their names, for drafting."""
        author, person = self.author.person, self.person.person
        return Occasion(self.collaboration.name, author.name, self.author.department, person.name)

    @property
    def text(self) -> Told:
        """What a manager would be told, in the author's words."""
        roster = tuple(member.person.name for member in self.team)
        author, person = self.author.person.name, self.person.person.name
        return draft(self.occasion, reason_for(self.entry.text, person, roster, (author,)))


async def find(entry: Entry, collaboration_id: int, person_id: int) -> Thanks | None:
    """The thanks of ``entry`` to one person; None where it names them no more, or one of both has left."""
    team = await collaborations.members(collaboration_id)
    by_id = {member.person.id: member for member in team}
    author, person = by_id.get(entry.person_id), by_id.get(person_id)
    if author is None or person is None or author is person:
        return None
    if not (isinstance(entry.value, list) and person.person.name in entry.value):
        return None
    return Thanks(entry, await collaborations.get(collaboration_id), author, person, team)


async def write(thanks: Thanks, about: str, desk: Desk, now: datetime) -> int:
    """Pass the thanks on, once in each wording; where the mail is ``about`` nothing, it asks nothing.

    Runs in the caller's transaction. Returns 0 where the person wants no mail, or gets none.
    """
    person, written = thanks.person, 0
    for instrument in desk.playbook.for_trigger(Trigger.THANKS_PASSED_ON):
        if person.roles & instrument.audience:
            contents = Contents(facts=_facts(thanks))
            written += await ask(_round(instrument, thanks, about), [person.person], desk, now, contents)
    return written


def _round(instrument: Instrument, thanks: Thanks, about: str) -> Round:
    shown = instrument if about else replace(instrument, questions=())
    period = f"e{thanks.entry.id}.{thanks.entry.revision}"
    return Round(shown, thanks.collaboration, period, about)


def _facts(thanks: Thanks) -> dict[str, object]:
    return {
        "author": thanks.author.person.name,
        "department": thanks.author.department,
        "thanks": thanks.entry.text,
        "text": thanks.text,
        "managers": [member.person.name for member in thanks.managers],
    }
