"""An address whose mail comes back: remembered, and said once to operator and champion."""

from datetime import datetime, timedelta

from service.domain.people import Person, Role
from service.flows.desk import Desk
from service.outbound.letter import Letter
from service.playbook.instruments import Trigger
from service.store import alarms, collaborations, outbox, people
from service.store.outbox import Posting

HARD = ("5.1.1", "5.1.2", "5.1.3", "5.1.10", "5.2.1")
"""No such mailbox or domain (MM-2). Everything else may be about our mail, not about the address."""


def is_hard(status: str) -> bool:
    """Whether a status says that the address itself does not work (RFC 3463 section 3.2)."""
    return status in HARD


async def note(addr_spec: str, person_id: int | None, words: str, desk: Desk, now: datetime) -> None:
    """Remember the failure; the first time, write to who can mend it."""
    fresh = await people.note_failure(addr_spec, words, now)
    if fresh or person_id is None:  # an operator need not be among the people
        await alarms.ring(_alarm(addr_spec), f"Mail to {addr_spec} comes back: {words}", now)
    if fresh and person_id is not None:
        person = await people.get(person_id)
        notices = [_notice(reader, person, words, desk, now) for reader in await _readers(person, desk)]
        told = await outbox.existing([notice.mail.handle for notice in notices])
        await outbox.add([notice for notice in notices if notice.mail.handle not in told], now)


async def heal(person_id: int) -> None:
    """They wrote to us: their mailbox lives, and the alarm is over."""
    for addr_spec in await people.clear_failure(person_id):
        await alarms.clear(_alarm(addr_spec))


def _alarm(addr_spec: str) -> str:
    return f"address:{addr_spec}"


async def _readers(person: Person, desk: Desk) -> list[Person]:
    """Operator and champions, each address once, and not the one that fails."""
    found = {reader.addr_spec: reader for reader in (_operator(desk), *await _champions(person))}
    return [reader for reader in found.values() if reader.addr_spec != person.addr_spec]


async def _champions(person: Person) -> list[Person]:
    found: dict[int, Person] = {}
    for collaboration in await collaborations.every():
        members = await collaborations.members(collaboration.id)
        if any(member.person.id == person.id for member in members):
            champions = (m.person for m in members if Role.CHAMPION in m.roles and m.person.id != person.id)
            found |= {champion.id: champion for champion in champions}
    return list(found.values())


def _operator(desk: Desk) -> Person:
    """The operator as a reader; they are no person of the store."""
    return Person(0, "Operator", desk.operator, desk.operator_zone)


def _notice(reader: Person, about: Person, words: str, desk: Desk, now: datetime) -> Posting:
    instrument = desk.instrument_for(Trigger.ADDRESS_FAILING)
    key = f"{instrument.key}:{about.addr_spec}:{reader.id}:{now.date()}"
    letter = Letter(
        key=key,
        person=reader,
        collaboration=None,
        prompt_handle=desk.keyring.handle(key),
        questions=(),
        at=now,
        facts={"failing": about.addr_spec, "name": about.name, "words": words},
    )
    mail = desk.composer.compose(instrument, letter)
    return Posting(mail, instrument.key, now, now + timedelta(days=5), reader.id or None, optional=False)
