"""Entries: stored answers with their history."""

from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Correction:
    """What another reading changes in one answer. ``before`` None: nothing was stored; ``after`` None:
    nothing is read there any more."""

    question: str
    before: Entry | None
    after: NewEntry | None


async def save(entries: Iterable[NewEntry], source: Source) -> None:
    """Store answers; a later scale, choice or date replaces the earlier one, which is kept as history."""
    for entry in entries:
        earlier = await _earlier(entry, source)
        if earlier is None:
            await _create(entry, source)
        elif _differs(earlier, entry):
            answer = entry.answer
            said = {"value": _pack(answer.value), "text": answer.text, "confidence": answer.confidence}
            await _revise(earlier, said | {"inbox_id": source.inbox_id}, source.now)


def _differs(row: Any, entry: NewEntry) -> bool:
    return (_unpack(row.value), row.text) != (entry.answer.value, entry.answer.text)


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


async def _revise(row: Any, said: Mapping[str, Any], now: datetime) -> None:
    await RevisionRow.create(
        entry=row,
        revision=row.revision,
        value=row.value,
        text=row.text,
        inbox_id=row.inbox_id,
        recorded_at=row.recorded_at,
        replaced_at=now,
    )
    await EntryRow.filter(id=row.id).update(revision=row.revision + 1, recorded_at=now, **said)


async def compare(entries: Iterable[NewEntry], source: Source) -> list[Correction]:
    """What storing another reading of the same message would change."""
    stored = {entry.question: entry for entry in await of_inbox(source.inbox_id)}
    found = {entry.answer.question: entry for entry in entries}
    corrections = [Correction(question, stored.get(question), None) for question in stored.keys() - found]
    for question, entry in found.items():
        row = await _earlier(entry, source)
        replaced_since = row is not None and row.inbox_id > source.inbox_id
        if not replaced_since and (row is None or _differs(row, entry)):
            before = entry_of(row) if row is not None and row.text else None
            corrections.append(Correction(question, before, entry))
    return sorted(corrections, key=lambda correction: correction.question)


async def correct(corrections: Iterable[Correction], source: Source) -> None:
    """Store what another reading of the same message changes; what stood there is kept as history."""
    for correction in corrections:
        if correction.after is not None:
            await save([correction.after], source)
        elif correction.before is not None:
            await _take_back(correction.before, source)


async def _take_back(entry: Entry, source: Source) -> None:
    """An earlier reply counts again; where there is none, the entry stays without words."""
    earlier = RevisionRow.filter(entry_id=entry.id).exclude(inbox_id=source.inbox_id).order_by("-revision")
    last = await earlier.first().values("value", "text", "inbox_id")
    said = last or {"value": _pack(""), "text": ""}
    await _revise(await EntryRow.get(id=entry.id), said, source.now)


async def of_prompt(handle: str) -> list[Entry]:
    """What was answered to a prompt, in the order in which it came in."""
    rows = EntryRow.filter(prompt_id=handle).exclude(text="").order_by("id")
    return [entry_of(row) for row in await rows]


async def of_inbox(inbox_id: int) -> list[Entry]:
    """What came out of one message."""
    rows = EntryRow.filter(inbox_id=inbox_id).exclude(text="").order_by("id")
    return [entry_of(row) for row in await rows]


async def milestones_since(inbox_id: int) -> set[int]:
    """The milestones that a later message spoke of."""
    rows = EntryRow.filter(inbox_id__gt=inbox_id, effect=Effect.MILESTONE.value).exclude(text="")
    spoken = [_unpack(value) for value in await rows.values_list("value", flat=True)]
    return {int(str(value["milestone"])) for value in spoken if isinstance(value, dict)}


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


def entry_of(row: Any) -> Entry:
    """The domain value of a row."""
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
        shown_revision=row.shown_revision,
    )
