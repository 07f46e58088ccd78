"""People and their addresses."""

from collections.abc import Collection
from datetime import datetime

from service.domain.people import Participation, Person
from service.store.database import transaction
from service.store.models import AddressRow, PersonRow


async def add(addr_spec: str, name: str, zone: str, locale: str, shared_mailbox: bool) -> Person:
    """A new person with one address. The address must not belong to anybody yet."""
    async with transaction():
        row = await PersonRow.create(name=name, zone=zone, locale=locale, shared_mailbox=shared_mailbox)
        await AddressRow.create(person=row, addr_spec=addr_spec)
    return person(row, addr_spec)


async def update(person_id: int, name: str, zone: str, locale: str, shared_mailbox: bool) -> None:
    """Write what a plan says of a person. Their participation is theirs alone and is not touched."""
    await PersonRow.filter(id=person_id).update(
        name=name, zone=zone, locale=locale, shared_mailbox=shared_mailbox
    )


async def get(person_id: int) -> Person:
    """The person with this id, with their primary address."""
    row = await PersonRow.get(id=person_id)
    address = await AddressRow.get(person_id=person_id, is_primary=True)
    return person(row, address.addr_spec)


async def get_all(person_ids: Collection[int]) -> list[Person]:
    """The people with these ids, in no certain order; each as ``get`` gives it."""
    rows = AddressRow.filter(person_id__in=list(person_ids), is_primary=True).prefetch_related("person")
    return [person(row.person, row.addr_spec) for row in await rows]


async def find_by_address(addr_spec: str) -> Person | None:
    """Whose address this is; every confirmed address of a person counts."""
    address = await AddressRow.get_or_none(addr_spec=addr_spec.lower()).prefetch_related("person")
    return await get(address.person.id) if address else None


async def add_address(person_id: int, addr_spec: str) -> bool:
    """A further address of a person, from which they may write; our mail keeps going to their first one.

    False where it belongs to somebody already.
    """
    if await AddressRow.exists(addr_spec=addr_spec):
        return False
    await AddressRow.create(person_id=person_id, addr_spec=addr_spec, is_primary=False)
    return True


async def drop_address(person_id: int, addr_spec: str) -> None:
    """A further address is theirs no longer. The one that our mail goes to stays."""
    await AddressRow.filter(person_id=person_id, addr_spec=addr_spec, is_primary=False).delete()


async def prefer(person_id: int, addr_spec: str) -> None:
    """Of a person's addresses, the one that our mail goes to."""
    theirs = AddressRow.filter(person_id=person_id)
    await theirs.update(is_primary=False)
    await theirs.filter(addr_spec=addr_spec).update(is_primary=True)


async def set_participation(person_id: int, to: Participation, until: datetime | None = None) -> None:
    """Write down a person's own word about our mail."""
    await PersonRow.filter(id=person_id).update(participation=to.value, paused_until=until)


async def note_failure(addr_spec: str, words: str, now: datetime) -> bool:
    """Remember that mail to this address comes back. True the first time."""
    fresh = await AddressRow.filter(addr_spec=addr_spec, failing_since=None).update(
        failing_since=now, failure=words[:500]
    )
    return fresh == 1


async def clear_failure(person_id: int) -> list[str]:
    """A person wrote to us: their mailbox lives. Returns the addresses that had failed."""
    marked = AddressRow.filter(person_id=person_id, failing_since__isnull=False)
    addresses = [str(addr_spec) for addr_spec in await marked.values_list("addr_spec", flat=True)]
    if addresses:
        await marked.update(failing_since=None, failure="")
    return addresses


async def failing() -> list[tuple[str, str]]:
    """Addresses whose mail comes back, each with the server's words."""
    rows = await AddressRow.filter(failing_since__isnull=False).order_by("addr_spec")
    return [(row.addr_spec, row.failure) for row in rows]


async def failing_ids() -> set[int]:
    """People whose own address fails: nothing is written there until it is mended."""
    rows = AddressRow.filter(failing_since__isnull=False, is_primary=True)
    return {int(str(person_id)) for person_id in await rows.values_list("person_id", flat=True)}


def person(row: PersonRow, addr_spec: str) -> Person:
    """The domain value of a row."""
    return Person(
        id=row.id,
        name=row.name,
        addr_spec=addr_spec,
        zone=row.zone,
        locale=row.locale,
        participation=Participation(row.participation),
        paused_until=row.paused_until,
        shared_mailbox=row.shared_mailbox,
    )
