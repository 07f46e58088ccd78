"""Prompts: which question mails wait for whose reply."""

import functools
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count

from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Each, Effect, Option, Question, QuestionType
from service.store import shared, sql
from service.store.models import OutboxRow, PromptRow


async def add(prompts: Sequence[Prompt]) -> None:
    """Create prompts. A key that exists already is an error: look with ``existing`` first."""
    await sql.insert(PromptRow, [_row(prompt) for prompt in prompts])


async def existing(handles: Collection[str]) -> set[str]:
    """Which of these prompts exist."""
    found = await PromptRow.filter(handle__in=list(handles)).values_list("handle", flat=True)
    return {str(handle) for handle in found}


async def get(handle: str) -> Prompt | None:
    """The prompt with this handle."""
    row = await PromptRow.get_or_none(handle=handle)
    return _prompt(row) if row else None


async def of_mail(handle: str) -> Prompt | None:
    """The prompt that an outgoing mail belongs to, by that mail's own handle."""
    row = await OutboxRow.get_or_none(handle=handle).only("handle", "prompt_id")
    prompt_handle = row.prompt_id if row else None  # type: ignore[attr-defined]  # tortoise makes prompt_id
    return await get(prompt_handle) if prompt_handle else None


@dataclass(frozen=True, slots=True)
class SentMail:
    """What a reply may quote, in its final bytes, and what its receipt threads under."""

    raw: bytes
    message_id: str
    subject: str


async def sent(prompt: Prompt, before: datetime | None = None) -> tuple[SentMail, ...]:
    """Every mail of this prompt's conversation, oldest first: questions, reminders, receipts.

    With ``before``, only what had been written until then.
    """
    root = prompt.root or prompt.handle
    rows = OutboxRow.filter(Q(prompt_id=root) | Q(prompt__root_id=root)).order_by("created_at", "handle")
    if before is not None:
        rows = rows.filter(created_at__lt=before)
    found: Any = await rows.values_list("octets", "cuts", "message_id", "subject")
    raws = await shared.whole([(octets, cuts) for octets, cuts, *_ in found])
    return tuple(SentMail(raw, *words) for raw, (_, _, *words) in zip(raws, found, strict=True))


async def asked_again(root: str) -> set[str]:
    """Keys of this prompt's questions that were asked a second time already: once is enough."""
    children = await PromptRow.filter(root_id=root)
    return {str(question["key"]) for child in children for question in child.questions}


async def set_state(handle: str, state: PromptState) -> None:
    """Write how a prompt stands."""
    await PromptRow.filter(handle=handle).update(state=state.value)


async def latest_of(person_id: int) -> Prompt | None:
    """The newest prompt of a person; what asks again is part of an older one."""
    row = await PromptRow.filter(person_id=person_id, root=None).order_by("-asked_at", "handle").first()
    return _prompt(row) if row else None


async def turn(collaboration_id: int, instrument: str, person_ids: Collection[int]) -> dict[int, int]:
    """How often each of these people was asked this instrument here: it turns rotating questions."""
    rows = PromptRow.filter(
        collaboration_id=collaboration_id, instrument=instrument, person_id__in=list(person_ids), root=None
    )
    counted: Any = rows.annotate(times=Count("handle")).group_by("person_id")
    return dict.fromkeys(person_ids, 0) | dict(await counted.values_list("person_id", "times"))


@functools.lru_cache(maxsize=64)
def _stored(questions: tuple[Question, ...]) -> list[dict[str, object]]:
    """Remembered, because a round asks many people the same."""
    return [asdict(question) for question in questions]


def _row(prompt: Prompt) -> dict[str, object]:
    return {
        "handle": prompt.handle,
        "key": prompt.key,
        "instrument": prompt.instrument,
        "collaboration_id": prompt.collaboration_id,
        "person_id": prompt.person_id,
        "root_id": prompt.root,
        "about": prompt.about,
        "closes_at": prompt.closes_at,
        "period": prompt.period,
        "questions": _stored(prompt.questions),
        "state": prompt.state.value,
        "asked_at": prompt.asked_at,
    }


def _prompt(row: Any) -> Prompt:
    return Prompt(
        handle=row.handle,
        key=row.key,
        instrument=row.instrument,
        collaboration_id=row.collaboration_id,
        person_id=row.person_id,
        root=row.root_id,
        about=row.about,
        closes_at=row.closes_at,
        period=row.period,
        questions=tuple(_question(stored) for stored in row.questions),
        state=PromptState(row.state),
        asked_at=row.asked_at,
    )


def _question(stored: dict[str, Any]) -> Question:
    privacy = stored["privacy"]
    return Question(
        **stored
        | {
            "type": QuestionType(stored["type"]),
            "effect": Effect(stored["effect"]),
            "each": Each(stored["each"]) if stored.get("each") else None,
            "options": tuple(Option(o["key"], o["label"], tuple(o["words"])) for o in stored["options"]),
            "privacy": PrivacyClass(privacy) if privacy else None,
        }
    )
