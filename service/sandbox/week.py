"""The story is played: step by step the clock moves on, somebody acts, and everything settles."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.flows.apply_plan import apply_plan
from service.flows.send_prompts import send_prompts
from service.message import parse
from service.playbook.instruments import Trigger
from service.playbook.plan import Plan
from service.sandbox.house import House
from service.sandbox.layout import Style, lay_out
from service.sandbox.mailers import Author, Words, new_mail, received, reply
from service.sandbox.programs import PROGRAMS
from service.sandbox.story import Ask, Join, Step, Town, Write
from service.store import collaborations

ASKS = "X-Common-Thread-Asked"
"""The header of our mails that ask something (outbound.headers)."""


@dataclass(frozen=True, slots=True)
class Played:
    """One step has happened."""

    at: datetime
    words: str


def monday_before(now: datetime, zone: str) -> date:
    """The Monday of the last whole week: the story lies behind its reader."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=today.weekday() + 7)


def opening(town: Town, monday: date) -> datetime:
    """When the story begins."""
    return min(step.at.on(monday, town.plan.zone) for step in town.steps)


async def play(house: House, monday: date) -> AsyncIterator[Played]:
    """Play every step in its order; each is said once it is settled."""
    for step in house.town.steps:
        house.clock.move(step.at.on(monday, house.town.plan.zone))
        words = await _act(step, house)
        await house.settle()
        yield Played(house.clock(), words)


async def _act(step: Step, house: House) -> str:
    if isinstance(step, Join):
        return await _join(step, house)
    return await _ask(house) if isinstance(step, Ask) else await _write(step, house)


async def _join(step: Join, house: House) -> str:
    plan = _only(house.town.plan, step.people)
    welcomed = await apply_plan(plan, house.app.desk, house.clock())
    await house.ring()
    return f"The plan is applied: {len(plan.people)} people, {welcomed} are welcomed"


def _only(plan: Plan, people: frozenset[str]) -> Plan:
    if not people:
        return plan
    return replace(plan, people=tuple(person for person in plan.people if person.addr_spec in people))


async def _ask(house: House) -> str:
    collaboration = await collaborations.find(house.town.plan.key)
    if collaboration is None:
        raise ValueError("nobody joined before the first question")
    asked = 0
    for instrument in house.app.desk.playbook.for_trigger(Trigger.WEEKLY):
        async for _, new in send_prompts(instrument, collaboration, house.app.desk, house.clock()):
            asked += new
    await house.ring()
    return f"{asked} people are asked how it went"


async def _write(letter: Write, house: House) -> str:
    who, program = house.town.name(letter.who), PROGRAMS[letter.program]
    answered = None if letter.to_mailbox else _answered(letter, house)
    if answered is None and not letter.to_mailbox:
        return f"{who} has no mail to answer"
    name = f"{letter.who.partition('@')[0]}-{len(house.posted) + 1}"
    author = Author(house.town.name(letter.signs), letter.signs, house.clock(), name)
    raw = _reply(letter, answered, author, house) if answered else _new(letter, author, house)
    envelope_from = "" if program.automatic else letter.who
    await house.post(letter, raw, envelope_from, parse(raw).recipients[0])
    signed = "" if letter.signs == letter.who else f", as {author.name}"
    return f"{who} writes with {program.name}{signed}"


def _reply(letter: Write, answered: bytes, author: Author, house: House) -> bytes:
    original = received(answered, house.town.plan.zone)
    under = letter.answers if letter.style is Style.INLINE else {}
    return reply(
        PROGRAMS[letter.program], original, Words(_above(letter, house, original.text), under), author
    )


def _new(letter: Write, author: Author, house: House) -> bytes:
    return new_mail(
        PROGRAMS[letter.program], author, house.town.mailbox, "Please read", _above(letter, house, "")
    )


def _answered(letter: Write, house: House) -> bytes | None:
    """The mail in somebody's mailbox that is answered."""
    mails = house.mail.all_mail(letter.forwarded_by or letter.who)
    asking = [raw for raw in mails if letter.corrects or parse(raw).first(ASKS)]
    return asking[-1] if asking else None


def _above(letter: Write, house: House, sent: str) -> str:
    """What stands above the quote."""
    until = house.clock() + timedelta(days=letter.pause_days)
    own = letter.words.replace("{date}", f"{until:%B} {until.day}")
    answers = {} if letter.style is Style.INLINE else {**letter.answers, **letter.unclear}
    return "\n\n".join(
        part for part in (letter.hello, own, lay_out(letter.style, answers, sent), letter.bye) if part
    )
