"""Many teams with a week behind them, written as rows: what plans and replies would have made of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from tortoise.models import Model

from service.domain.digest import build, to_stored
from service.domain.question import Effect
from service.store import sql
from service.store.database import transaction
from service.store.models import (
    AddressRow,
    CadenceRow,
    CollaborationRow,
    DepartmentRow,
    DigestRow,
    DueRow,
    EntryRow,
    InboxRow,
    MilestoneRow,
    PersonRow,
    PromptRow,
    RoleRow,
)

PERIOD, BEFORE = "2026-W48", "2026-W47"
DEPARTMENTS = ("City Library", "Senior Center", "Parks & Recreation", "Hillside School")
WHY = "Children and grandparents walk the river and read a story together, sign by sign."
SAID: tuple[tuple[Effect, object, str], ...] = (
    (Effect.WIN, "", "A grandfather asked whether he may read the first sign aloud at the opening."),
    (Effect.WIN, "", "Twenty-two families signed up for the first walk, not twelve."),
    (Effect.PROGRESS, "", "The test sheet hung in the rain all weekend, and you can still read every word."),
    (Effect.PROGRESS, "", "Third grade chose its three favorite stories and drew the covers."),
    (Effect.PROGRESS, "", "The permit for the mill path is signed; the crew starts on Tuesday."),
    (Effect.OBSTACLE, "", "The print shop has its large press free on Tuesdays only."),
    (Effect.NEED, "", "Two folding tables on December 2"),
    (Effect.OFFER, "", "A van with a driver, any Tuesday"),
    (Effect.OFFER, "", "A laminator, and somebody who knows its moods"),
    (Effect.DECISION, "", "Do we print the signs in two languages?"),
    (Effect.LESSON, "", "Ask the custodian first: he knows every door."),
    (Effect.THANKS, ["Member 2"], "for walking the whole route with us in the rain, and for the thermos"),
)
STEPS = (
    "Walk the route with ten children",
    "Twelve signs are printed",
    "Benches by the mill path",
    "Opening",
)


async def settle_in(teams: int, members: int, now: datetime) -> None:
    """``teams`` of ``members`` people each, for all of whom a digest is due at ``now``."""
    ids = count(1)
    for team in range(1, teams + 1):
        people = [next(ids) for _ in range(members)]
        async with transaction():
            for model, rows in _team(team, people, now):
                await sql.insert(model, rows)


def _team(team: int, people: Sequence[int], now: datetime) -> Iterator[tuple[type[Model], list[dict]]]:
    here = {"collaboration_id": team}
    yield CollaborationRow, [{"id": team, "key": f"t{team}", "name": "River Walk", "why": WHY, "zone": "UTC"}]
    yield DepartmentRow, [{"id": 10 * team + n, **here, "name": name} for n, name in enumerate(DEPARTMENTS)]
    yield PersonRow, [{"id": person, "name": f"Member {person}", "zone": "UTC"} for person in people]
    yield (
        AddressRow,
        [{"person_id": person, "addr_spec": f"member{person}@town.example"} for person in people],
    )
    yield (
        RoleRow,
        [
            {**here, "person_id": person, "department_id": 10 * team + place % 4, "role": _role(place)}
            for place, person in enumerate(people)
        ],
    )
    yield (
        MilestoneRow,
        [
            {
                **here,
                "number": n,
                "title": title,
                "due": (now + timedelta(days=6 * n)).date(),
                "owner_id": people[n],
            }
            for n, title in enumerate(STEPS, 1)
        ],
    )
    yield CadenceRow, [{"id": team, **here, "instrument": "digest", "weekday": 0, "at": "09:00"}]
    yield (
        DueRow,
        [{"cadence_id": team, "person_id": person, "at": now, "period": PERIOD} for person in people],
    )
    yield from _answers(team, people[: len(SAID)], now - timedelta(days=2))
    yield DigestRow, [_last_week(team, now - timedelta(days=7))]


def _role(place: int) -> str:
    return "member" if place else "champion"


def _answers(team: int, people: Sequence[int], at: datetime) -> Iterator[tuple[type[Model], list[dict]]]:
    """One answer of each kind, each by another person."""
    moments = {"received_at": at, "kept_at": at, "settled_at": at}
    yield (
        PromptRow,
        [
            {
                "handle": f"{person:016x}",
                "key": f"check-in:t{team}:{person}:{PERIOD}",
                "instrument": "check-in",
                "collaboration_id": team,
                "person_id": person,
                "period": PERIOD,
                "questions": [],
                "asked_at": at,
            }
            for person in people
        ],
    )
    yield (
        InboxRow,
        [
            {
                "id": person,
                "sha256": sha256(b"%d" % person).hexdigest(),
                "octets": b"",
                "uidvalidity": 1,
                "uid": person,
                "state": "settled",
                "outcome": "recorded",
                **moments,
            }
            for person in people
        ],
    )
    yield (
        EntryRow,
        [
            {
                "prompt_id": f"{person:016x}",
                "person_id": person,
                "inbox_id": person,
                "question": effect.value,
                "effect": effect.value,
                "privacy": "T",
                "value": {"is": value or text},
                "text": text,
                "confidence": 1.0,
                "week": PERIOD,
                "recorded_at": at,
            }
            for person, (effect, value, text) in zip(people, SAID, strict=True)
        ],
    )


def _last_week(team: int, at: datetime) -> dict[str, object]:
    """The digest before this one: a team's first would go to its champion alone."""
    return {
        "collaboration_id": team,
        "instrument": "digest",
        "period": BEFORE,
        "state": "built",
        "facts": to_stored(build(BEFORE, WHY, ())),
        "built_at": at,
        "goes_out_at": at,
    }
