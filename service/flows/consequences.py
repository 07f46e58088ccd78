"""What answers bring about, beside being stored."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from service.domain.entry import Entry
from service.domain.people import Person
from service.domain.prompt import Prompt
from service.domain.question import Effect
from service.flows import milestones, recognitions
from service.flows.desk import Desk
from service.flows.said import Aftermath, Said
from service.store import alarms, prompts

Consequence = Callable[[Said, Desk, datetime], Awaitable[Aftermath | None]]


async def confirm(said: Said, desk: Desk, now: datetime) -> Aftermath | None:
    """EXPORT and ERASE are carried out by a person at the operator's, once a second reply said yes."""
    alarm = f"confirmed:{said.prompt.key}"
    if said.entry.value is True:
        word = desk.playbook.get(said.prompt.instrument).title
        words = f"{said.person.name} <{said.person.addr_spec}> confirmed: {word}"
        await alarms.ring(alarm, words, now)
    else:
        await alarms.clear(alarm)
    return None


CONSEQUENCES: Mapping[Effect, Consequence] = {
    Effect.MILESTONE: milestones.move,
    Effect.CONFIRM: confirm,
    Effect.THANKS: recognitions.follow,
    Effect.PASS_ON: recognitions.pass_on,
    Effect.APPROVAL: recognitions.decide,
    Effect.WORDING: recognitions.decide,
}
UNDONE: Mapping[Effect, Consequence] = {Effect.MILESTONE: milestones.move, Effect.CONFIRM: confirm}
"""What brings it about that an answer was taken back; recognitions hear of every such answer."""
CONSENTS = frozenset({Effect.CONFIRM, Effect.PASS_ON, Effect.APPROVAL, Effect.WORDING})
"""What somebody agreed to: it stands as their receipt told them, however it would be read today."""


async def bring_about(
    saved: Sequence[Entry], prompt: Prompt, person: Person, desk: Desk, now: datetime
) -> Aftermath:
    """Let these answers to ``prompt`` take effect, after all of them are stored."""
    said = await _said(saved, CONSEQUENCES, prompt, person)
    return _together([await CONSEQUENCES[one.entry.effect](one, desk, now) for one in said])


async def take_back(
    withdrawn: Sequence[Entry], prompt: Prompt, person: Person, desk: Desk, now: datetime
) -> Aftermath:
    """End what these answers had brought about, as far as it is still to come."""
    for entry in withdrawn:
        await recognitions.take_back(entry, desk, now)
    said = await _said(withdrawn, UNDONE, prompt, person)
    return _together([await UNDONE[one.entry.effect](one, desk, now) for one in said])


async def _said(
    entries: Sequence[Entry], table: Mapping[Effect, Consequence], prompt: Prompt, person: Person
) -> list[Said]:
    """The answers that ``table`` knows, as said to the prompt that was answered first."""
    known = [entry for entry in entries if entry.effect in table]
    root = await prompts.get(prompt.root) if prompt.root and known else prompt
    questions = {question.key: question for question in prompt.questions}
    return [Said(root or prompt, person, entry, questions[entry.question]) for entry in known]


def _together(told: Sequence[Aftermath | None]) -> Aftermath:
    """All of it, each thing once: several answers of one reply may have decided together."""
    found = [one for one in told if one is not None]
    return Aftermath(
        shown=tuple(dict.fromkeys(chain.from_iterable(one.shown for one in found))),
        ask=tuple(dict.fromkeys(chain.from_iterable(one.ask for one in found))),
        moved=tuple(dict.fromkeys(chain.from_iterable(one.moved for one in found))),
    )
