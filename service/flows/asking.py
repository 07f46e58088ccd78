"""Asking people: prompts and their mails, written together (REL-1)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from service.addressing import message_id
from service.domain.collaboration import Collaboration
from service.domain.entry import Note
from service.domain.people import Member, Person, Role
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Question
from service.flows.desk import Desk
from service.outbound.compose import Shared
from service.outbound.letter import Letter
from service.playbook.expansion import Standing, expand, may_move
from service.playbook.instruments import Instrument
from service.store import collaborations, notes, outbox, prompts
from service.store.outbox import Posting
from service.store.people import failing_ids

USELESS_AFTER = timedelta(days=5)
"""What a relay did not take for so long is not sent any more (REL-8)."""

LOOK_BACK = timedelta(weeks=6)
NOTES_SHOWN = 5
"""How far back, and how many, a reader's own earlier notes are shown."""


@dataclass(frozen=True, slots=True)
class Round:
    """One instrument of one collaboration in one period: what is asked of several people at once.

    ``about`` names what it is about, as ``milestone:3``; ``previous`` is the period of the round
    that this one follows in the same thread. ``team`` is everybody who takes part, where it is known.
    """

    instrument: Instrument
    collaboration: Collaboration
    period: str
    about: str = ""
    previous: str = ""
    team: tuple[Member, ...] = ()

    def key(self, person: Person, period: str = "") -> str:
        """The logical key of one person's prompt in this round, or in that of ``period`` (REL-4)."""
        return f"{self.instrument.key}:{self.collaboration.key}:{person.id}:{period or self.period}"


@dataclass(frozen=True, slots=True)
class Contents:
    """What the mails of a round show. ``facts`` are the same for all, ``personal`` one reader's own.

    ``shared`` is the part that was rendered once; ``not_before`` says when each reader gets theirs,
    where that is not at once; ``standing`` is what questions may be about.
    """

    facts: Mapping[str, object] = field(default_factory=dict)
    personal: Callable[[Person], Mapping[str, object]] | None = None
    shared: Shared | None = None
    not_before: Callable[[Person], datetime] | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One prompt on its way to its reader."""

    prompt: Prompt
    person: Person


NOTHING_SPECIAL = Contents()


async def ask(
    asked: Round, people: Sequence[Person], desk: Desk, now: datetime, contents: Contents = NOTHING_SPECIAL
) -> int:
    """Write a prompt and its mail for everybody who has none in this round. Returns how many.

    Runs in the caller's transaction. Who paused or stopped, and whose mail comes back, is passed over.
    """
    failing = await failing_ids()
    willing = {
        desk.keyring.handle(asked.key(person)): person
        for person in people
        if person.wants_mail(now) and person.id not in failing
    }
    there = await prompts.existing(willing)
    fresh = {handle: person for handle, person in willing.items() if handle not in there}
    if not fresh:
        return 0
    team = asked.team or await collaborations.members(asked.collaboration.id)
    milestones = tuple(await collaborations.milestones(asked.collaboration.id))
    standing = contents.standing or Standing(milestones)
    turns = await prompts.turn(
        asked.collaboration.id, asked.instrument.key, [person.id for person in fresh.values()]
    )
    earlier = await _earlier_notes(asked, fresh, now)
    sheets = list(_sheets(asked, fresh, turns, _Circle(team, standing), contents.not_before, now))
    await prompts.add([sheet.prompt for sheet in sheets])
    facts = {"milestones": milestones, "milestone": None, "period": asked.period, **_champion(team)}
    facts |= contents.facts
    await outbox.add(
        [
            _posting(asked, sheet, contents, {**facts, "earlier": earlier.get(sheet.person.id, ())}, desk)
            for sheet in sheets
        ],
        now,
    )
    return len(sheets)


async def _earlier_notes(
    asked: Round, fresh: Mapping[str, Person], now: datetime
) -> Mapping[int, tuple[Note, ...]]:
    """Each reader's own, where the instrument shows them back."""
    if not asked.instrument.notes:
        return {}
    ids = [person.id for person in fresh.values()]
    return await notes.of_people(asked.collaboration.id, ids, now - LOOK_BACK, NOTES_SHOWN)


class _Circle:
    """Who takes part, and how things stand: what decides whom we ask what."""

    def __init__(self, team: Sequence[Member], standing: Standing) -> None:
        self._roles = {member.person.id: member.roles for member in team}
        self._standing = standing
        self._put: dict[tuple[object, ...], tuple[Question, ...]] = {}

    def put(self, questions: tuple[Question, ...], person: Person) -> tuple[Question, ...]:
        """The questions as this person gets them; who only observes is asked none (product).

        Who is asked the same gets the very same object, by which a composer knows them.
        """
        roles = self._roles.get(person.id, frozenset())
        if roles == {Role.OBSERVER}:
            return ()
        movable = tuple(m.id for m in self._standing.milestones if may_move(m, person.id, roles))
        key = (*(question.key for question in questions), movable)
        if key not in self._put:
            self._put[key] = expand(questions, self._standing, person.id, roles)
        return self._put[key]


def _champion(team: Sequence[Member]) -> dict[str, object]:
    champions = [member.person.name for member in team if Role.CHAMPION in member.roles]
    return {"champion": champions[0]} if champions else {}


def _sheets(
    asked: Round,
    fresh: Mapping[str, Person],
    turns: Mapping[int, int],
    circle: _Circle,
    not_before: Callable[[Person], datetime] | None,
    now: datetime,
) -> Iterator[_Sheet]:
    instrument = asked.instrument
    for handle, person in fresh.items():
        at = not_before(person) if not_before else now
        prompt = Prompt(
            handle=handle,
            key=asked.key(person),
            instrument=instrument.key,
            collaboration_id=asked.collaboration.id,
            person_id=person.id,
            period=asked.period,
            questions=circle.put(instrument.asked(turns[person.id]), person),
            state=PromptState.OPEN,
            asked_at=at,
            about=asked.about,
            closes_at=at + timedelta(days=instrument.open_days) if instrument.blind else None,
        )
        yield _Sheet(prompt, person)


def _posting(
    asked: Round, sheet: _Sheet, contents: Contents, facts: Mapping[str, object], desk: Desk
) -> Posting:
    prompt, person = sheet.prompt, sheet.person
    own = contents.personal(person) if contents.personal else {}
    parent = _parent(asked, person, desk)
    letter = Letter(
        key=prompt.key,
        person=person,
        collaboration=asked.collaboration,
        prompt_handle=prompt.handle,
        questions=prompt.questions,
        at=prompt.asked_at,
        in_reply_to=parent,
        facts={**facts, "closes": prompt.closes_at, **own},
    )
    return Posting(
        mail=desk.composer.compose(asked.instrument, letter, contents.shared),
        instrument=asked.instrument.key,
        not_before=prompt.asked_at,
        expires_at=prompt.asked_at + min(USELESS_AFTER, timedelta(days=asked.instrument.open_days)),
        person_id=person.id,
        prompt=prompt.handle,
    )


def _parent(asked: Round, person: Person, desk: Desk) -> str:
    """The Message-ID of the reader's mail of the previous round: so that both stand in one thread."""
    if not asked.previous:
        return ""
    return message_id(desk.keyring, desk.keyring.handle(asked.key(person, asked.previous)), desk.domain)
