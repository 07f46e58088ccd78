"""What came about, taken from the database and the mailboxes: all that the summary and the page show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from service.domain.entry import Entry
from service.domain.mail import Outcome
from service.domain.people import Person
from service.domain.question import NOTE, Question
from service.domain.recognition import Recognition
from service.message import Message, parse
from service.playbook.instruments import Playbook, Trigger
from service.sandbox.house import House, Posted
from service.sandbox.story import Town
from service.store import chronicle, people
from service.store.chronicle import Arrival, Departure, Telling
from service.store.digests import KeptDigest

ANSWERED = (Outcome.RECORDED, Outcome.CLARIFICATION_ASKED, Outcome.COMMAND_DONE)
"""What a person wrote and gets one answer to."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail of ours as it lies in somebody's mailbox, with what the outbox knows of it."""

    departure: Departure
    reader: str
    message: Message
    at: datetime


@dataclass(frozen=True)
class Record:
    """``arrivals`` are by Message-ID, ``mailboxes`` (mails in order of arrival) and ``people`` by address,
    ``asked`` by prompt and question.

    ``settled``: nothing was under way any more when this was taken.
    """

    town: Town
    playbook: Playbook
    posted: tuple[Posted, ...]
    arrivals: Mapping[str, Arrival]
    departures: tuple[Departure, ...]
    asked: Mapping[str, Mapping[str, Question]]
    digests: tuple[KeptDigest, ...]
    passed_on: tuple[Recognition, ...]
    tellings: tuple[Telling, ...]
    mailboxes: Mapping[str, tuple[bytes, ...]]
    people: Mapping[str, Person]
    settled: bool
    ended_at: datetime

    @cached_property
    def messages(self) -> Mapping[str, tuple[Message, ...]]:
        """The mailboxes, parsed."""
        return {address: tuple(parse(raw) for raw in raws) for address, raws in self.mailboxes.items()}

    @cached_property
    def sent(self) -> tuple[Sent, ...]:
        """Every mail of ours that reached a person, by person and in order of arrival."""
        left = {one.message_id: one for one in self.departures}
        return tuple(
            Sent(left[mail.message_id], address, mail, mail.date)
            for address, mails in self.messages.items()
            for mail in mails
            if address != self.town.mailbox and mail.message_id in left and mail.date
        )

    @cached_property
    def answered(self) -> tuple[Posted, ...]:
        """What people wrote that deserves an answer, as the story has it."""
        return tuple(one for one in self.posted if one.letter.outcome in ANSWERED)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is stored."""
        return tuple(entry for arrival in self.arrivals.values() for entry in arrival.entries)

    def keys(self, *triggers: Trigger) -> frozenset[str]:
        """The instruments that one of ``triggers`` sets off."""
        return frozenset(one.key for one in self.playbook.for_any(triggers))

    def of(self, *triggers: Trigger) -> tuple[Sent, ...]:
        """The mails of these instruments that reached somebody."""
        keys = self.keys(*triggers)
        return tuple(one for one in self.sent if one.departure.instrument in keys)

    def audience(self, *triggers: Trigger) -> frozenset[str]:
        """Addresses of those for whom the instruments of ``triggers`` are made."""
        roles = frozenset(role for one in self.playbook.for_any(triggers) for role in one.audience)
        return frozenset(one.addr_spec for one in self.town.plan.people if one.roles & roles)

    def question(self, entry: Entry) -> Question | None:
        """What an entry answers; None for words that fit no question."""
        return self.asked.get(entry.prompt, {}).get(entry.question)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of every question that was asked, by its key."""
        return {key: one.label for questions in self.asked.values() for key, one in questions.items()}

    def earlier(self, posted: Posted) -> list[Posted]:
        """What its author had written before in the same conversation."""
        before = self.posted[: self.posted.index(posted)]
        return [one for one in before if one.letter.who == posted.letter.who and one.root == posted.root]

    def corrected(self, posted: Posted) -> list[str]:
        """The words that a mail puts other words, or none, in the place of."""
        said = [one.letter.answers for one in self.earlier(posted)]
        return [answers[label] for answers in said for label in posted.letter.replaces if label in answers]

    def standing(self, posted: Posted) -> dict[str, str]:
        """What a mail said and no later mail of the same conversation replaced, as ``answers`` gives it."""
        later = self.posted[self.posted.index(posted) + 1 :]
        gone = {label for one in later if posted in self.earlier(one) for label in one.letter.replaces}
        letter = posted.letter
        note = {NOTE: letter.words} if letter.words and letter.answers else {}
        return {label: words for label, words in {**letter.answers, **note}.items() if label not in gone}

    def outcome(self, posted: Posted) -> Outcome | None:
        """What became of a mail; None when it was never read."""
        arrival = self.arrivals.get(posted.message_id)
        return arrival.outcome if arrival else None

    def entries_of(self, posted: Posted) -> Sequence[Entry]:
        """What is stored from a mail."""
        arrival = self.arrivals.get(posted.message_id)
        return arrival.entries if arrival else ()

    def answers(self, posted: Posted) -> dict[str, str]:
        """What is stored from a mail, on one line each, by the label of its question, or NOTE."""
        asked = ((self.question(entry), entry) for entry in self.entries_of(posted))
        return {question.label if question else NOTE: one_line(entry.text) for question, entry in asked}

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
        asked=await chronicle.asked(),
        digests=tuple(await chronicle.settled_digests()),
        passed_on=tuple(await chronicle.passed_on()),
        tellings=tuple(await chronicle.tellings()),
        mailboxes={address: tuple(house.mail.all_mail(address)) for address in house.mail.accounts},
        people={person.addr_spec: person for person in persons if person},
        settled=await house.is_settled(),
        ended_at=house.clock(),
    )
