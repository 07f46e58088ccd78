"""What came about, taken from the database and the mailboxes: all that the summary and the page show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.question import Question
from service.message import Message, parse
from service.playbook.instruments import Instrument, Playbook, Trigger
from service.sandbox.house import House, Posted
from service.sandbox.story import Town
from service.store import chronicle, people
from service.store.chronicle import Arrival, Departure

ANSWERED = (Outcome.RECORDED, Outcome.CLARIFICATION_ASKED, Outcome.COMMAND_DONE)
"""What a person wrote and gets one answer to."""


@dataclass(frozen=True)
class Record:
    """``arrivals`` are by Message-ID, ``mailboxes`` (mails in order of arrival) and ``people`` by address.

    ``settled``: nothing was under way any more when this was taken.
    """

    town: Town
    playbook: Playbook
    posted: tuple[Posted, ...]
    arrivals: Mapping[str, Arrival]
    departures: tuple[Departure, ...]
    mailboxes: Mapping[str, tuple[bytes, ...]]
    people: Mapping[str, Person]
    settled: bool
    ended_at: datetime

    @cached_property
    def weekly(self) -> tuple[Instrument, ...]:
        """What is asked every week."""
        return self.playbook.for_trigger(Trigger.WEEKLY)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question that was asked, by its key."""
        return {question.key: question for one in self.weekly for question in one.questions}

    @cached_property
    def audience(self) -> frozenset[str]:
        """Addresses of those who are asked every week."""
        roles = frozenset(role for one in self.weekly for role in one.audience)
        return frozenset(one.addr_spec for one in self.town.plan.people if one.roles & roles)

    @cached_property
    def messages(self) -> Mapping[str, tuple[Message, ...]]:
        """The mailboxes, parsed."""
        return {address: tuple(parse(raw) for raw in raws) for address, raws in self.mailboxes.items()}

    @cached_property
    def answered(self) -> tuple[Posted, ...]:
        """What people wrote that deserves an answer, as the story has it."""
        return tuple(one for one in self.posted if one.letter.outcome in ANSWERED)

    def outcome(self, posted: Posted) -> Outcome | None:
        """What became of a mail; None when it was never read."""
        arrival = self.arrivals.get(posted.message_id)
        return arrival.outcome if arrival else None

    def answers(self, posted: Posted) -> dict[str, str]:
        """What was stored from a mail: words by the label of their question, on one line each."""
        arrival = self.arrivals.get(posted.message_id)
        found = arrival.entries if arrival else ()
        return {
            self.questions[entry.question].label: one_line(entry.text)
            for entry in found
            if entry.question in self.questions
        }

    def receipts(self, posted: Posted) -> list[Message]:
        """Mails of ours, in any mailbox, that answer a mail."""
        return [
            message
            for mails in self.messages.values()
            for message in mails
            if posted.message_id in message.in_reply_to
        ]


def one_line(text: str) -> str:
    """``text`` without the line breaks that mail programs put in."""
    return " ".join(text.split())


async def take_record(house: House) -> Record:
    """Look at everything once."""
    town = house.town
    persons = [await people.find_by_address(one.addr_spec) for one in town.neighbours]
    return Record(
        town=town,
        playbook=house.app.desk.playbook,
        posted=tuple(house.posted),
        arrivals={parse(one.raw).message_id: one for one in await chronicle.arrivals()},
        departures=tuple(await chronicle.departures()),
        mailboxes={address: tuple(house.mail.all_mail(address)) for address in house.mail.accounts},
        people={person.addr_spec: person for person in persons if person},
        settled=await house.is_settled(),
        ended_at=house.clock(),
    )
