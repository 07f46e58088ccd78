"""Entries: stored answers with their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.entry import Entry, NewEntry
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect, QuestionType
from service.domain.reading import Value
from service.store.models import EntryRow, RevisionRow

REPLACED = frozenset({QuestionType.SCALE, QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.DATE})
"""Answers of which the last valid one counts; everything else is added to (mail-rules, Scales)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from: one reply to one prompt."""

    inbox_id: int
    prompt: str
    person_id: int
    week: str
    now: datetime


async def save(entries: Iterable[NewEntry], source: Source) -> None:
    """Store answers; a later scale, choice or date replaces the earlier one, which is kept as history."""
    for entry in entries:
        earlier = await _earlier(entry, source)
        if earlier is None:
            await _create(entry, source)
        elif (_unpack(earlier.value), earlier.text) != (entry.answer.value, entry.answer.text):
            await _revise(earlier, entry, source)


async def _earlier(entry: NewEntry, source: Source) -> Any:
    same_question = EntryRow.filter(prompt_id=source.prompt, question=entry.answer.question)
    if entry.type in REPLACED:
        return await same_question.first()
    return await same_question.filter(inbox_id=source.inbox_id).first()


async def _create(entry: NewEntry, source: Source) -> None:
    await EntryRow.create(
        prompt_id=source.prompt,
        person_id=source.person_id,
        inbox_id=source.inbox_id,
        question=entry.answer.question,
        effect=entry.effect.value,
        privacy=entry.privacy.value,
        value=_pack(entry.answer.value),
        text=entry.answer.text,
        confidence=entry.answer.confidence,
        week=source.week,
        recorded_at=source.now,
    )


async def _revise(row: Any, entry: NewEntry, source: Source) -> None:
    await RevisionRow.create(
        entry=row,
        revision=row.revision,
        value=row.value,
        text=row.text,
        inbox_id=row.inbox_id,
        recorded_at=row.recorded_at,
        replaced_at=source.now,
    )
    await EntryRow.filter(id=row.id).update(
        value=_pack(entry.answer.value),
        text=entry.answer.text,
        confidence=entry.answer.confidence,
        inbox_id=source.inbox_id,
        revision=row.revision + 1,
        recorded_at=source.now,
    )


async def of_prompt(handle: str) -> list[Entry]:
    """What was answered to a prompt, in the order in which it came in."""
    return [_entry(row) for row in await EntryRow.filter(prompt_id=handle).order_by("id")]


async def of_inbox(inbox_id: int) -> list[Entry]:
    """What came out of one message."""
    return [_entry(row) for row in await EntryRow.filter(inbox_id=inbox_id).order_by("id")]


async def history(entry_id: int) -> list[tuple[int, Value, str]]:
    """Earlier revisions of an entry, oldest first: number, value, text."""
    rows = await RevisionRow.filter(entry_id=entry_id).order_by("revision")
    return [(row.revision, _unpack(row.value), row.text) for row in rows]


def _pack(value: Value) -> dict[str, Value]:
    """A JSON column takes a bare string for JSON text, so the value stands inside an object."""
    return {"is": value}


def _unpack(stored: Any) -> Value:
    value: Value = stored["is"]
    return value


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        prompt=row.prompt_id,
        person_id=row.person_id,
        question=row.question,
        effect=Effect(row.effect),
        privacy=PrivacyClass(row.privacy),
        value=_unpack(row.value),
        text=row.text,
        confidence=row.confidence,
        week=row.week,
        revision=row.revision,
        recorded_at=row.recorded_at,
    )
