"""The register of lessons: those of rounds that have closed."""

from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from service.domain.lesson import Lesson
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.store.entries import entry_of
from service.store.models import EntryRow, MilestoneRow


async def register(collaboration_id: int, now: datetime) -> list[Lesson]:
    """Every lesson that the team may read, newest first."""
    closed = Q(prompt__closes_at=None) | Q(prompt__closes_at__lte=now)
    rows = (
        EntryRow.filter(
            closed,
            prompt__collaboration_id=collaboration_id,
            effect=Effect.LESSON.value,
            privacy=PrivacyClass.TEAM.value,
        )
        .exclude(text="")
        .order_by("-recorded_at", "-id")
        .prefetch_related("prompt", "person")
    )
    steps = await MilestoneRow.filter(collaboration_id=collaboration_id)
    titles = {f"milestone:{step.id}": step.title for step in steps}
    return [_lesson(row, titles) for row in await rows if entry_of(row).value]


def _lesson(row: Any, titles: dict[str, str]) -> Lesson:
    return Lesson(
        words=row.text,
        who=row.person.name,
        about=titles.get(row.prompt.about, ""),
        learned_at=row.recorded_at,
        told=row.shown_revision > 0,
    )
