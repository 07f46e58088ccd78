"""A weekly mail of ours as it reaches somebody, and the town that comes with the service."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from service.domain.people import Person
from service.library import read_playbook, templates_directory
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Instrument, Playbook, Trigger
from service.sandbox.record import Record
from service.sandbox.story import Town
from service.sandbox.storybook import read_town

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
"""A Wednesday. The story that is over then begins on October 5; its fifth week is the first of November."""


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return read_playbook(templates_directory())


@pytest.fixture(scope="session")
def weekly(playbook: Playbook) -> Instrument:
    return playbook.for_trigger(Trigger.WEEKLY)[0]


@pytest.fixture(scope="session")
def asking_mail(weekly: Instrument) -> bytes:
    templates = load_templates(templates_directory() / "emails")
    mail = sample_composer(templates).compose(weekly, sample_letter(weekly))
    return f"Return-Path: <{mail.envelope.mail_from}>\r\n".encode() + mail.raw


@pytest.fixture(scope="session")
def town(playbook: Playbook) -> Town:
    return read_town(templates_directory() / "sandbox", playbook, NOW)


@pytest.fixture
def empty(town: Town, playbook: Playbook) -> Record:
    """A town in which nothing happened."""
    nothing: Mapping[str, object] = {
        "posted": (),
        "arrivals": {},
        "departures": (),
        "asked": {},
        "digests": (),
        "passed_on": (),
        "tellings": (),
        "mailboxes": {one.addr_spec: () for one in town.neighbours} | {town.mailbox: ()},
        "people": {
            one.addr_spec: Person(number, one.name, one.addr_spec, one.zone)
            for number, one in enumerate(town.plan.people, start=1)
        },
        "settled": False,
        "ended_at": NOW,
    }
    return Record(town=town, playbook=playbook, **nothing)
