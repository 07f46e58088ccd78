"""Once a month each manager gets the thanks that their people passed on, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from service.domain.people import Member
from service.domain.recognition import Recognition, hears_of
from service.flows.asking import Contents, Round, ask
from service.flows.coming import due_groups, take
from service.flows.desk import Desk
from service.playbook.instruments import Trigger
from service.store import alarms, collaborations, periods, recognitions
from service.store.agenda import Due
from service.store.database import transaction

MOST = 6
"""Recognitions in one mail: a screenful. The rest waits for the next month and is counted nowhere."""
LONGEST = 4000
"""Characters of all of them."""


@dataclass(frozen=True, slots=True)
class Praise:
    """One recognition as a manager reads it: whom it is about, and the words that they approved."""

    name: str
    told: str
    sentence: str


async def send_recognitions(desk: Desk, now: datetime) -> int:
    """Write to every manager whose month has come and for whom something was approved.

    Returns how many mails were written. Each is one transaction with what it tells and with the
    planning of the next, so that two workers tell it once.
    """
    written = 0
    groups = await due_groups(desk.playbook.for_trigger(Trigger.MONTHLY), now)
    for item in [item for items in groups.values() for item in items]:
        async with transaction():
            for mine in await take([item], now):
                written += await _tell(mine, desk, now)
    return written


async def _tell(item: Due, desk: Desk, now: datetime) -> int:
    team = await collaborations.members(item.collaboration_id)
    manager = next((member for member in team if member.person.id == item.person_id), None)
    if manager is None:
        return 0
    before = await recognitions.summaries(item.person_id, item.collaboration_id)
    asked = Round(
        desk.playbook.get(item.instrument),
        await collaborations.get(item.collaboration_id),
        item.period,
        previous=before[-1] if before else "",
    )
    if not await periods.claim(asked.key(manager.person), now):
        return 0
    chosen = await _chosen(manager, team, item.collaboration_id, now)
    if not chosen:
        return 0
    contents = Contents(facts=_facts(chosen, manager, team, len(before)))
    written = await ask(asked, [manager.person], desk, now, contents)
    if written:
        await recognitions.tell(chosen, item.person_id, item.period, now)
    return written


async def _chosen(
    manager: Member, team: Sequence[Member], collaboration_id: int, now: datetime
) -> list[Recognition]:
    """What people of the manager's department approved, in the order of the thanks, as far as it fits."""
    theirs = [member.person.id for member in team if hears_of(manager, member)]
    approved = await recognitions.approved_untold(manager.person.id, collaboration_id, theirs)
    return _screenful([one for one in approved if await _is_what_was_approved(one, now)])


async def _is_what_was_approved(recognition: Recognition, now: datetime) -> bool:
    """Text that somebody changed behind the person's back is not told."""
    if recognition.text.sha256 == recognition.sha256:
        return True
    words = f"The text of recognition {recognition.id} is not the one that was approved; it is not told."
    await alarms.ring(f"recognition:{recognition.id}", words, now)
    return False


def _screenful(approved: Sequence[Recognition]) -> list[Recognition]:
    """The first of them that fit; the longest one that a person can approve does."""
    lengths = accumulate(len(one.text.told) + len(one.text.sentence) for one in approved)
    return [one for one, length in zip(approved, lengths, strict=True) if length <= LONGEST][:MOST]


def _facts(
    chosen: Sequence[Recognition], manager: Member, team: Sequence[Member], turn: int
) -> dict[str, object]:
    names = {member.person.id: member.person.name for member in team}
    praises = [Praise(names[one.person_id], one.text.told, one.text.sentence) for one in chosen]
    return {"praises": praises, "department": manager.department, "turn": turn, "first": turn == 0}
