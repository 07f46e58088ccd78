"""What people wrote earlier, for their own eyes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from service.domain.entry import Note
from service.domain.question import Effect
from service.store.models import EntryRow

TOLD = (Effect.WIN, Effect.PROGRESS, Effect.OBSTACLE, Effect.REFLECTION, Effect.PRIVATE_NOTE)
"""What helps to remember; thanks, needs and answers about mails do not."""


async def of_people(
    collaboration_id: int, person_ids: Collection[int], since: datetime, each: int
) -> dict[int, tuple[Note, ...]]:
    """The newest ``each`` notes of each of these people since ``since``, oldest first."""
    rows = (
        EntryRow.filter(
            prompt__collaboration_id=collaboration_id,
            person_id__in=list(person_ids),
            effect__in=[effect.value for effect in TOLD],
            recorded_at__gte=since,
        )
        .exclude(text="")
        .order_by("-recorded_at", "-id")
        .prefetch_related("prompt")
    )
    found: dict[int, list[Note]] = defaultdict(list)
    row: Any
    for row in await rows:
        if len(found[row.person_id]) < each:
            found[row.person_id].append(Note(row.week, _label(row), row.text))
    return {person_id: tuple(reversed(notes)) for person_id, notes in found.items()}


def _label(row: Any) -> str:
    """How the question was called when it was asked."""
    asked = [question for question in row.prompt.questions if question["key"] == row.question]
    return str(asked[0]["label"]) if asked else ""
