"""One-word commands: what they change, and the mail that says so to the registered address."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.domain.people import Participation, Person
from service.domain.prompt import Prompt, PromptState
from service.domain.reading import Command
from service.domain.receipt import TakenBack
from service.flows.desk import Desk
from service.flows.taking_back import take_back
from service.message import Message
from service.outbound.letter import Letter
from service.playbook.instruments import Instrument, Trigger
from service.store import collaborations, endings, entries, outbox, people, prompts
from service.store.inbox import Kept
from service.store.outbox import Posting

REPLY_LIFE = timedelta(days=5)

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wish:
    """A command, with its argument (an ISO date after PAUSE, the name of a question after TAKE BACK),
    and who gave it to which prompt."""

    command: Command
    argument: str
    person: Person
    prompt: Prompt | None
    message: Message
    kept: Kept


async def obey(wish: Wish, desk: Desk, now: datetime) -> None:
    """Carry the command out and say so. A command whose mail asks something only takes effect when
    that is answered with yes (EXPORT, ERASE)."""
    told = await EFFECTS[wish.command](wish, desk, now)
    instrument = desk.instrument_for(Trigger.of_command(wish.command))
    key = f"{instrument.key}:{wish.person.id}:{wish.kept.digest}"
    prompt = await _to_confirm(wish, instrument, key, desk, now) or wish.prompt
    handle = prompt.handle if prompt else desk.keyring.handle(f"command:{wish.person.id}")
    letter = Letter(
        key=key,
        person=await people.get(wish.person.id),
        collaboration=await collaborations.get(prompt.collaboration_id) if prompt else None,
        prompt_handle=handle,
        questions=prompt.questions if prompt and prompt is not wish.prompt else (),
        at=now,
        in_reply_to=wish.message.message_id,
        references=(wish.message.message_id,) if wish.message.message_id else (),
        facts={**await _facts(wish), **told},
    )
    posting = Posting(
        desk.composer.compose(instrument, letter),
        instrument.key,
        now,
        now + REPLY_LIFE,
        wish.person.id,
        prompt.handle if prompt else None,
        optional=False,
    )
    await outbox.add([posting], now)


async def _to_confirm(
    wish: Wish, instrument: Instrument, key: str, desk: Desk, now: datetime
) -> Prompt | None:
    """The prompt that waits for the yes; None for commands that need none."""
    if not instrument.questions or wish.prompt is None:
        return None
    prompt = replace(
        wish.prompt,
        handle=desk.keyring.handle(key),
        key=key,
        instrument=instrument.key,
        questions=instrument.asked(0),
        state=PromptState.OPEN,
        asked_at=now,
        root=None,
    )
    await prompts.add([prompt])
    return prompt


async def _nothing(wish: Wish, desk: Desk, now: datetime) -> Facts:
    """HELP only tells, EXPORT and ERASE only ask."""
    return {}


async def _status(wish: Wish, desk: Desk, now: datetime) -> Facts:
    return {"endings": await endings.of(wish.person.id)}


async def _forget(wish: Wish, desk: Desk, now: datetime) -> Facts:
    return {"endings": await endings.forget(wish.person.id, now)}


async def _pause(wish: Wish, desk: Desk, now: datetime) -> Facts:
    await people.set_participation(wish.person.id, Participation.PAUSED, paused_until(wish))
    return {}


async def _resume(wish: Wish, desk: Desk, now: datetime) -> Facts:
    await people.set_participation(wish.person.id, Participation.ACTIVE)
    return {}


async def _stop(wish: Wish, desk: Desk, now: datetime) -> Facts:
    await people.set_participation(wish.person.id, Participation.STOPPED)
    return {}


async def _skip(wish: Wish, desk: Desk, now: datetime) -> Facts:
    if wish.prompt is not None:
        await prompts.set_state(wish.prompt.root or wish.prompt.handle, PromptState.SKIPPED)
    return {}


async def _take_back(wish: Wish, desk: Desk, now: datetime) -> Facts:
    if wish.prompt is None:
        return {"taken": TakenBack()}
    return {"taken": await take_back(wish.argument, wish.prompt, wish.person, desk, now)}


EFFECTS: dict[Command, Callable[[Wish, Desk, datetime], Awaitable[Facts]]] = {
    Command.HELP: _nothing,
    Command.PAUSE: _pause,
    Command.RESUME: _resume,
    Command.STOP: _stop,
    Command.SKIP: _skip,
    Command.STATUS: _status,
    Command.EXPORT: _nothing,
    Command.ERASE: _nothing,
    Command.TAKE_BACK: _take_back,
    Command.FORGET: _forget,
}
"""What each command does; returns what its answer tells of it."""


def paused_until(wish: Wish) -> datetime | None:
    """The first moment of the named day where the person lives; None: until they say RESUME."""
    if wish.command is not Command.PAUSE or not wish.argument:
        return None
    return datetime.combine(date.fromisoformat(wish.argument), time(), ZoneInfo(wish.person.zone))


async def _facts(wish: Wish) -> Facts:
    """What every confirmation may show."""
    answered = await entries.of_prompt(wish.prompt.root or wish.prompt.handle) if wish.prompt else []
    person = await people.get(wish.person.id)
    return {
        "until": _day(paused_until(wish), person),
        "participation": person.participation.value,
        "paused_until": _day(person.paused_until, person),
        "answered": [entry.text for entry in answered],
        "asked_at": _day(wish.prompt.asked_at if wish.prompt else None, person),
    }


def _day(moment: datetime | None, person: Person) -> date | None:
    """The day of ``moment`` where the person lives."""
    return moment.astimezone(ZoneInfo(person.zone)).date() if moment else None
