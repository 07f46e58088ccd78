"""``commonthread lessons``: the register."""

import json

from service.store.models import EntryRow, InboxRow, PromptRow
from tests.flows.town import MONDAY


async def learn(town) -> None:
    """A lesson as a debrief leaves it."""
    await town.write("debrief")
    prompt = await PromptRow.filter(instrument="debrief").first()
    kept = await InboxRow.create(
        sha256="0" * 64, octets=b"", uidvalidity=1, uid=1, received_at=MONDAY, kept_at=MONDAY
    )
    words = "Ask the custodian first."
    await EntryRow.create(
        prompt_id=prompt.handle, person_id=prompt.person_id, inbox_id=kept.id, question="lesson",
        effect="lesson", privacy="T", value={"is": words}, text=words, confidence=1.0,
        week="2026-W48", recorded_at=MONDAY,
    )  # fmt: skip


def test_a_lesson_stands_in_the_register_once_its_round_has_closed(commonthread, settled, tell, monkeypatch):
    tell(learn)

    monkeypatch.setattr("service.cli.lessons.utc_now", lambda: MONDAY)
    _, open_round, _ = commonthread("lessons")
    monkeypatch.setattr("service.cli.lessons.utc_now", lambda: MONDAY.replace(month=12, day=10))
    _, closed, _ = commonthread("lessons")
    code, as_json, _ = commonthread("lessons", "--json")

    assert code == 0
    assert "No lesson yet" in open_round
    assert "Ask the custodian first." in closed
    assert json.loads(as_json)["lesson"] == "Ask the custodian first."
