"""Thanks on their way to a manager, and what each manager was told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from service.domain.entry import Entry
from service.domain.recognition import Recognition, RecognitionState, Told
from service.store.entries import entry_of
from service.store.models import RecognitionRow, TellingRow


async def offer(
    thanks: Entry, collaboration_id: int, person_id: int, text: Told, now: datetime
) -> Recognition:
    """Thanks that a person is asked about. Once for each entry and person; a second one is an error."""
    row = await RecognitionRow.create(
        entry_id=thanks.id,
        collaboration_id=collaboration_id,
        author_id=thanks.person_id,
        person_id=person_id,
        state=RecognitionState.OFFERED.value,
        told=text.told,
        sentence=text.sentence,
        offered_at=now,
    )
    return _recognition(row)


async def offer_again(recognition_id: int, text: Told, now: datetime) -> None:
    """The author put it differently: the person is asked anew, and what they approved is void."""
    await RecognitionRow.filter(id=recognition_id).update(
        state=RecognitionState.OFFERED.value,
        told=text.told,
        sentence=text.sentence,
        sha256="",
        offered_at=now,
        approved_at=None,
    )


async def get(recognition_id: int) -> Recognition | None:
    """The recognition with this id."""
    row = await RecognitionRow.get_or_none(id=recognition_id)
    return _recognition(row) if row else None


async def of_entry(entry_id: int) -> list[Recognition]:
    """What became of the thanks in one entry, for each person whom they were passed on to."""
    return [_recognition(row) for row in await RecognitionRow.filter(entry_id=entry_id).order_by("id")]


async def thanks_of(recognition: Recognition) -> Entry:
    """The entry that it stands in, as it is now; without text when its author took it back."""
    row: Any = await RecognitionRow.get(id=recognition.id).prefetch_related("entry")
    return entry_of(row.entry)


async def approve(recognition_id: int, text: Told, now: datetime) -> None:
    """The person said yes to exactly this text. What was withdrawn stays so."""
    await _unless_withdrawn(recognition_id).update(
        state=RecognitionState.APPROVED.value,
        told=text.told,
        sentence=text.sentence,
        sha256=text.sha256,
        approved_at=now,
    )


async def reopen(recognition_id: int) -> None:
    """The person has not said yes, or not any more."""
    await _unless_withdrawn(recognition_id).update(state=RecognitionState.OFFERED.value)


async def put_off(recognition_id: int) -> None:
    """The person said: not now."""
    await _unless_withdrawn(recognition_id).update(state=RecognitionState.NOT_NOW.value)


async def withdraw(entry_id: int, person_id: int | None = None) -> None:
    """Nobody hears of these thanks any more who has not been told; with ``person_id``, of those to them."""
    rows = RecognitionRow.filter(entry_id=entry_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    await rows.update(state=RecognitionState.WITHDRAWN.value)


async def approved_untold(
    manager_id: int, collaboration_id: int, person_ids: Collection[int]
) -> list[Recognition]:
    """What these people approved and this manager has not been told, in the order of the thanks."""
    told = TellingRow.filter(manager_id=manager_id, recognition__collaboration_id=collaboration_id)
    rows = RecognitionRow.filter(
        collaboration_id=collaboration_id,
        person_id__in=list(person_ids),
        state=RecognitionState.APPROVED.value,
    ).exclude(id__in=await told.values_list("recognition_id", flat=True))
    return [_recognition(row) for row in await rows.order_by("entry_id", "id")]


async def tell(recognitions: Sequence[Recognition], manager_id: int, period: str, now: datetime) -> None:
    """These stand in the manager's summary of ``period``: never told to them again."""
    await TellingRow.bulk_create(
        [
            TellingRow(
                recognition_id=recognition.id,
                manager_id=manager_id,
                period=period,
                sha256=recognition.text.sha256,
                told_at=now,
            )
            for recognition in recognitions
        ]
    )


async def was_told(recognition_id: int) -> bool:
    """Whether some manager has been told."""
    return await TellingRow.exists(recognition_id=recognition_id)


async def summaries(manager_id: int, collaboration_id: int) -> list[str]:
    """The periods in which this manager got a summary of this collaboration, oldest first."""
    rows = TellingRow.filter(manager_id=manager_id, recognition__collaboration_id=collaboration_id)
    return sorted({str(period) for period in await rows.values_list("period", flat=True)})


def _unless_withdrawn(recognition_id: int) -> Any:
    return RecognitionRow.filter(id=recognition_id).exclude(state=RecognitionState.WITHDRAWN.value)


def _recognition(row: Any) -> Recognition:
    return Recognition(
        id=row.id,
        entry_id=row.entry_id,
        collaboration_id=row.collaboration_id,
        author_id=row.author_id,
        person_id=row.person_id,
        state=RecognitionState(row.state),
        text=Told(row.told, row.sentence),
        sha256=row.sha256,
        offered_at=row.offered_at,
        approved_at=row.approved_at,
    )
