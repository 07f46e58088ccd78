"""The summary counts what is there: where nothing came about, it says so."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from service.domain.mail import Outcome
from service.playbook.instruments import Instrument, Playbook
from service.sandbox import restraint, understanding
from service.sandbox.house import Posted
from service.sandbox.mailers import Author, new_mail
from service.sandbox.programs import PROGRAMS
from service.sandbox.record import Record
from service.sandbox.story import Town
from service.sandbox.summary import summarise
from service.store.chronicle import Arrival, Departure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def record_of(town: Town, playbook: Playbook, **changes: object) -> Record:
    nothing: Mapping[str, object] = {
        "posted": (),
        "arrivals": {},
        "departures": (),
        "mailboxes": {one.addr_spec: () for one in town.neighbours},
        "people": {},
        "settled": False,
        "ended_at": NOW,
    }
    return Record(town=town, playbook=playbook, **(nothing | changes))


def departure(to: str, instrument: str, state: str = "accepted") -> Departure:
    return Departure(instrument, "2026-W47", to, f"<{to}>", state)


def test_where_nothing_happened_nothing_came_about(town: Town, playbook: Playbook) -> None:
    findings = summarise(record_of(town, playbook))

    assert [one.expected for one in findings if one.came_about] == ["Who is not asked gets no mail"]


@pytest.mark.parametrize("twice", [False, True])
def test_everybody_is_asked_once(town: Town, playbook: Playbook, weekly: Instrument, twice: bool) -> None:
    record = record_of(town, playbook)
    reached = [one for one in record.audience if town.has_mail(one)]
    sent = [departure(one, weekly.key) for one in (*reached, *reached[:twice])]

    finding = understanding.everybody_is_asked(record_of(town, playbook, departures=tuple(sent)))

    assert finding.came_about is not twice


def test_a_mail_that_was_not_accepted_is_not_counted(
    town: Town, playbook: Playbook, weekly: Instrument
) -> None:
    record = record_of(town, playbook)
    reached = [one for one in record.audience if town.has_mail(one)]
    sent = [departure(one, weekly.key, state="uncertain") for one in reached]

    finding = understanding.everybody_is_asked(record_of(town, playbook, departures=tuple(sent)))

    assert not finding.came_about
    assert finding.fact.startswith("0 check-ins")


def test_a_mail_to_a_manager_is_noticed(town: Town, playbook: Playbook, weekly: Instrument) -> None:
    sent = (departure("helen@alderfalls.example", weekly.key),)

    finding = restraint.others_are_spared(record_of(town, playbook, departures=sent))

    assert (finding.came_about, finding.fact) == (False, "1 mail to Helen Ashdown")


def test_a_stranger_who_is_believed_is_noticed(town: Town, playbook: Playbook) -> None:
    letter = next(one for one in town.letters if one.who.startswith("mallory"))
    author = Author("Tomas Birch", letter.signs, NOW, "1")
    raw = new_mail(PROGRAMS["plain"], author, town.mailbox, "Hello", "It is cancelled.")
    posted = Posted(raw, "<1@alderfalls.example>", 0, letter)
    believed = Arrival(raw, "human", Outcome.RECORDED, "", ())

    finding = restraint.strangers_are_not_believed(
        record_of(town, playbook, posted=(posted,), arrivals={posted.message_id: believed})
    )

    assert not finding.came_about
