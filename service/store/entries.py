"""Entries: stored answers with their history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.entry import Entry, NewEntry
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect, QuestionType
from service.domain.reading import Aim, Value
from service.store.models import EntryRow, RevisionRow

REPLACED = frozenset({QuestionType.SCALE, QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.DATE})
"""Answers of which the last valid one counts; everything else is added to (mail-rules, Scales)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from: one reply to one prompt.

    ``corrects``: it is a reply to a receipt, and what it names is changed. ``answered`` is the message
    which that receipt was about, where that is known.
    """

    inbox_id: int
    prompt: str
    person_id: int
    week: str
    now: datetime
    corrects: bool = False
    answered: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What another reading changes in one answer. ``before`` None: nothing was stored; ``after`` None:
    nothing is read there any more."""

    question: str
    before: Entry | None
    after: NewEntry | None


async def save(entries: Iterable[NewEntry], source: Source) -> list[Entry]:
    """Store answers. Returns those that were created or changed.

    A later scale, choice or date replaces the earlier one, words are added to; in a reply to a receipt
    they replace what they name. What was replaced is kept as history.
    """
    sheet = await _sheet(source.prompt)
    saved = []
    for entry in entries:
        row = sheet.place(entry, source)
        if row is None:
            saved.append(await _create(entry, source))
        elif _differs(row, entry):
            saved.append(await _change(row, entry, source))
    return saved


def _differs(row: Any, entry: NewEntry) -> bool:
    return (_unpack(row.value), row.text) != (entry.answer.value, entry.answer.text)


class _Sheet:
    """All answers to one prompt, those that spoke last at the end. ``voices``: by entry, the messages
    that spoke in it before it was changed."""

    def __init__(self, rows: Sequence[Any], voices: Mapping[int, set[int]]) -> None:
        self._rows, self._voices = rows, voices

    def place(self, entry: NewEntry, source: Source) -> Any:
        """The row that an answer belongs into; None where it needs one of its own."""
        same = [row for row in self._rows if row.question == entry.answer.question]
        if entry.type in REPLACED:
            return same[0] if same else None
        found = [row for row in same if source.inbox_id in self._spoke(row)]
        if not found and source.corrects and entry.answer.aim is Aim.NAMED:
            found = self._meant(same, source)
        return found[-1] if found else None

    def _meant(self, same: Sequence[Any], source: Source) -> list[Any]:
        """The answers that a correction can mean: those of the receipt that it replies to, else any."""
        earlier = [row for row in same if row.text and min(self._spoke(row)) <= source.inbox_id]
        return [row for row in earlier if source.answered in self._spoke(row)] or earlier

    def _spoke(self, row: Any) -> set[int]:
        return self._voices[row.id] | {row.inbox_id}


async def _sheet(prompt: str) -> _Sheet:
    rows = await EntryRow.filter(prompt_id=prompt).order_by("inbox_id", "id")
    voices: dict[int, set[int]] = defaultdict(set)
    revisions: Any = RevisionRow.filter(entry__prompt_id=prompt)
    for entry_id, inbox_id in await revisions.values_list("entry_id", "inbox_id"):
        voices[entry_id].add(inbox_id)
    return _Sheet(rows, voices)


async def _create(entry: NewEntry, source: Source) -> Entry:
    row = await EntryRow.create(
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
    return entry_of(row)


async def _change(row: Any, entry: NewEntry, source: Source) -> Entry:
    answer = entry.answer
    said = {"value": _pack(answer.value), "text": answer.text, "confidence": answer.confidence}
    return await _revise(row, said | {"inbox_id": source.inbox_id}, source.now)


async def _revise(row: Any, said: Mapping[str, Any], now: datetime) -> Entry:
    """Write other words; what stood there is kept as history."""
    await RevisionRow.create(
        entry_id=row.id,
        revision=row.revision,
        value=row.value,
        text=row.text,
        inbox_id=row.inbox_id,
        recorded_at=row.recorded_at,
        replaced_at=now,
    )
    await EntryRow.filter(id=row.id).update(revision=row.revision + 1, recorded_at=now, **said)
    return entry_of(await EntryRow.get(id=row.id))


async def withdraw(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Their author takes these back: they stay without words, and what they said is history."""
    rows = [await EntryRow.get(id=entry.id) for entry in entries]
    return [await _revise(row, {"value": _pack(None), "text": ""}, now) for row in rows]


async def compare(entries: Iterable[NewEntry], source: Source) -> list[Correction]:
    """What storing another reading of the same message would change.

    What a later message replaced, or its author took back, stays as it is.
    """
    stored = {entry.question: entry for entry in await of_inbox(source.inbox_id)}
    found = {entry.answer.question: entry for entry in entries}
    corrections = [Correction(question, stored.get(question), None) for question in stored.keys() - found]
    sheet = await _sheet(source.prompt)
    for question, entry in found.items():
        row = sheet.place(entry, source)
        if row is None or (_differs(row, entry) and not _is_settled(row, source)):
            before = entry_of(row) if row is not None and row.text else None
            corrections.append(Correction(question, before, entry))
    return sorted(corrections, key=lambda correction: correction.question)


def _is_settled(row: Any, source: Source) -> bool:
    return bool(row.inbox_id > source.inbox_id or row.value == _pack(None))


async def correct(corrections: Iterable[Correction], source: Source) -> list[Entry]:
    """Store what another reading of the same message changes; what stood there is kept as history."""
    changed: list[Entry] = []
    for correction in corrections:
        if correction.after is not None:
            changed += await save([correction.after], source)
        elif correction.before is not None:
            changed.append(await _take_back(correction.before, source))
    return changed


async def _take_back(entry: Entry, source: Source) -> Entry:
    """An earlier reply counts again; where there is none, the entry stays without words."""
    earlier = RevisionRow.filter(entry_id=entry.id).exclude(inbox_id=source.inbox_id).order_by("-revision")
    last = await earlier.first().values("value", "text", "inbox_id")
    said = last or {"value": _pack(""), "text": ""}
    return await _revise(await EntryRow.get(id=entry.id), said, source.now)


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


def _pack(value: Value | None) -> dict[str, Value | None]:
    """A JSON column takes a bare string for JSON text, so the value stands inside an object. None: its
    author took it back."""
    return {"is": value}


def _unpack(stored: Any) -> Value:
    value: Value | None = stored["is"]
    return "" if value is None else value


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
