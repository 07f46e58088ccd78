"""Records of a town as the summary and the mailroom take them, made by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from service.domain.entry import Entry
from service.domain.mail import Outcome
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.playbook.instruments import Playbook, Trigger
from service.sandbox.house import Posted
from service.sandbox.record import Record
from service.sandbox.story import Write
from service.store.chronicle import Arrival, Departure

NOW = datetime(2026, 10, 15, 18, tzinfo=UTC)
"""A Thursday of the story's second week."""
WEEK = "2026-W42"
ADA, RUTH, HELEN = "ada@alderfalls.example", "ruth@alderfalls.example", "helen@alderfalls.example"


def key_of(playbook: Playbook, trigger: Trigger) -> str:
    return playbook.for_trigger(trigger)[0].key


def add(
    record: Record,
    to: str,
    instrument: str,
    words: str = "Hello",
    html: str = "",
    *,
    at: datetime = NOW,
    subject: str = "Hello",
    answers: str = "",
    period: str = WEEK,
) -> Record:
    """The record with one more mail of ours in somebody's mailbox."""
    name = f"<{len(record.departures)}@ours.example>"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Common Thread <thread@alderfalls.example>"
    mail["Subject"], mail["Date"], mail["Message-ID"] = subject, format_datetime(at), name
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(words)
    if html:
        mail.add_alternative(html, subtype="html")
    return replace(
        record,
        departures=(*record.departures, Departure(instrument, period, to, name, "accepted")),
        mailboxes={**record.mailboxes, to: (*record.mailboxes[to], mail.as_bytes())},
    )


def stored(record: Record, posted: Posted | None, text: str, **changes: object) -> Record:
    """The record with one more answer, that came out of a mail."""
    entry = Entry(
        *(len(record.arrivals) + 1, "a" * 16, record.people[RUTH].id, "moved", Effect.PROGRESS),
        *(PrivacyClass.TEAM, text, text, 1.0, WEEK, 1, NOW),
    )
    name = posted.message_id if posted else f"<{len(record.arrivals)}@people.example>"
    before = record.arrivals[name].entries if name in record.arrivals else ()
    arrival = Arrival(b"", "human", Outcome.RECORDED, "", (*before, replace(entry, **changes)))
    return replace(record, arrivals={**record.arrivals, name: arrival})


def post(record: Record, letter: Write) -> tuple[Record, Posted]:
    name = f"<{len(record.posted)}@people.example>"
    posted = Posted(b"", name, "<root@ours.example>", 0, letter)
    return replace(record, posted=(*record.posted, posted)), posted
