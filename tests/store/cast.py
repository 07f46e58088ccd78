"""Ada, Grace and Linus with their mail, as the store takes them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.collaboration import Collaboration
from service.domain.entry import NewEntry
from service.domain.mail import Dispatch, Envelope, Mail, Phase, RawMail, Receipt, Settlement
from service.domain.people import Person
from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Answer, Value
from service.store import collaborations, inbox, outbox, people, prompts
from service.store.inbox import Kept, Verdict
from service.store.outbox import Posting

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LEASE = 60.0
RUN_OUT = -1.0
"""A lease that ends before it begins: its holder died long ago."""
MOVED = Question(
    "moved", "Moved forward", "What moved forward?", QuestionType.TEXT, Effect.PROGRESS, default=True
)


async def add_person(name: str = "Grace", **changes: Any) -> Person:
    words = {"zone": "America/New_York", "locale": "en-US", "shared_mailbox": False} | changes
    return await people.add(f"{name.lower()}@town.example", name, **words)


async def add_collaboration(key: str = "reading-garden") -> Collaboration:
    return await collaborations.save(key, "Reading Garden", "Children read where things grow.", "UTC")


async def add_prompt(handle: str = "a" * 16, person: Person | None = None, **changes: Any) -> Prompt:
    reader = person or await add_person()
    where = await collaborations.find("reading-garden") or await add_collaboration()
    prompt = Prompt(
        handle=handle,
        key=f"check-in:{handle}",
        instrument="check-in",
        collaboration_id=where.id,
        person_id=reader.id,
        period="2026-W48",
        questions=(MOVED,),
        state=PromptState.OPEN,
        asked_at=NOW,
    )
    prompt = replace(prompt, **changes)
    await prompts.add([prompt])
    return prompt


def posting(number: int = 1, **changes: Any) -> Posting:
    handle = f"{number:016x}"
    mail = Mail(
        key=f"check-in:{number}",
        handle=handle,
        envelope=Envelope(f"thread+b-{handle}@town.example", "grace@town.example"),
        message_id=f"<{handle}@town.example>",
        raw=b"Subject: hello\r\n\r\n\0\xffbytes\r\n",
        text="hello",
        subject="Hello",
    )
    return replace(Posting(mail, "check-in", NOW, NOW + 5 * DAY), **changes)


TEAM = b"<p>Ada planted the beds.</p>\r\n" * 50
PICTURE = b"\0\xff" * 1000


def digest(number: int = 1, team: bytes = TEAM, **changes: Any) -> Posting:
    """A mail of which most is the same for the whole team."""
    item = posting(number, **changes)
    shared = (team, PICTURE, team)
    raw = b"X-Number: %d\r\n%s" % (number, b"\r\n--\r\n".join(shared))
    return replace(item, mail=replace(item.mail, raw=raw, shared=shared))


async def post(count: int = 1, **changes: Any) -> list[str]:
    """Mails numbered from 1 lie in the outbox; their handles."""
    postings = [posting(number, **changes) for number in range(1, count + 1)]
    await outbox.add(postings, NOW)
    return [item.mail.handle for item in postings]


async def claim(limit: int = 100, owner: str = "ada00001", lease: float = LEASE) -> list[Dispatch]:
    return await outbox.claim(limit, owner, lease, NOW)


async def settle(dispatches: Sequence[Dispatch], result: Settlement, again: datetime | None = None) -> None:
    await outbox.settle([(mail, result) for mail in dispatches], [again] * len(dispatches), NOW)


ACCEPTED = Settlement(Receipt.ACCEPTED, Phase.DOT, 250, "2.0.0", "queued")
DEFERRED = Settlement(Receipt.DEFERRED, Phase.RCPT, 450, "4.2.1", "try later")
REJECTED = Settlement(Receipt.REJECTED, Phase.RCPT, 550, "5.1.1", "no such mailbox")
UNSURE = Settlement(Receipt.UNCERTAIN, Phase.DOT, text="connection lost")


def raw_mail(words: str = "We planted the beds.", uid: int = 1) -> RawMail:
    return RawMail(7, uid, f"From: grace@town.example\r\n\r\n{words}\0\r\n".encode(), NOW)


async def keep(words: str = "We planted the beds.") -> int:
    inbox_id = await inbox.keep(raw_mail(words), NOW)
    assert inbox_id is not None
    return inbox_id


async def take(inbox_id: int, lease: float = LEASE) -> Kept:
    kept = await inbox.claim(inbox_id, "ada00001", lease)
    assert kept is not None
    return kept


def verdict(outcome: Any, **changes: Any) -> Verdict:
    return replace(Verdict(outcome, ""), **changes)


def answer(
    value: Value,
    question: str = "moved",
    asked: QuestionType = QuestionType.TEXT,
    effect: Effect = Effect.PROGRESS,
) -> NewEntry:
    return NewEntry(Answer(question, value, str(value), 0.9), asked, effect, PrivacyClass.TEAM)
