"""Thanks on their way upward: passed on by their author, decided by the thanked person and nobody else."""

from collections.abc import Sequence
from datetime import datetime

from service.addressing import message_id
from service.domain.entry import Entry
from service.domain.privacy import READERS, PrivacyClass
from service.domain.prompt import Prompt
from service.domain.question import Effect
from service.domain.reading import Value
from service.domain.receipt import Recorded
from service.domain.recognition import Approval, Recognition, RecognitionState, Told, hears_of
from service.flows import thanks
from service.flows.desk import Desk
from service.flows.said import Aftermath, Said
from service.flows.thanks import Thanks
from service.message import parse
from service.playbook.drafts import in_their_words, is_telling
from service.store import collaborations, entries, prompts, recognitions

ABOUT = "recognition:"
"""In front of a recognition's id: what a prompt is about."""


async def pass_on(said: Said, desk: Desk, now: datetime) -> Aftermath | None:
    """The author answered whether their thanks may be passed on to one person.

    Yes: that person gets them, and is asked once what a manager may be told. No: nothing, and what is
    not told yet never is.
    """
    if said.entry.value is not True:
        await _keep_to_themselves(said.entry)
        return None
    person_id = _person_in(said.entry)
    for entry in await _thanks_beside(said.entry):
        found = await thanks.find(entry, said.prompt.collaboration_id, person_id)
        if found is not None and not await _is_offered(found):
            await _offer(found, desk, now)
    return None


async def follow(said: Said, desk: Desk, now: datetime) -> Aftermath | None:
    """Thanks were put differently: whom they were passed on to is asked about the new words."""
    for recognition in await recognitions.of_entry(said.entry.id):
        found = await thanks.find(said.entry, said.prompt.collaboration_id, recognition.person_id)
        if found is None:
            await recognitions.withdraw(said.entry.id, recognition.person_id)
        elif found.text != recognition.text and await _is_undecided(recognition):
            await recognitions.offer_again(recognition.id, found.text, now)
            await _ask_about(recognition, found, desk, now)
    return None


async def decide(said: Said, desk: Desk, now: datetime) -> Aftermath | None:
    """The thanked person answered: their answers, as they stand now, approve a text, or none."""
    return await _settle(said.prompt, desk, now)


async def take_back(entry: Entry, desk: Desk, now: datetime) -> None:
    """An answer was taken back: nobody is told without the word of author and person."""
    if entry.effect is Effect.THANKS:
        await recognitions.withdraw(entry.id)
    elif entry.effect is Effect.PASS_ON:
        await _keep_to_themselves(entry)
    elif entry.effect in (Effect.APPROVAL, Effect.WORDING):
        prompt = await prompts.get(entry.prompt)
        if prompt is not None:
            await _settle(prompt, desk, now)


async def _keep_to_themselves(entry: Entry) -> None:
    for given in await _thanks_beside(entry):
        await recognitions.withdraw(given.id, _person_in(entry))


def _person_in(entry: Entry) -> int:
    """The question is ``pass-on-7``."""
    return int(entry.question.rpartition("-")[2])


async def _thanks_beside(entry: Entry) -> list[Entry]:
    return [other for other in await entries.of_prompt(entry.prompt) if other.effect is Effect.THANKS]


async def _is_offered(found: Thanks) -> bool:
    offered = await recognitions.of_entry(found.entry.id)
    return found.person.person.id in {recognition.person_id for recognition in offered}


async def _is_undecided(recognition: Recognition) -> bool:
    """Who said "not now" is not asked again, and what was told is told."""
    waits = recognition.state in (RecognitionState.OFFERED, RecognitionState.APPROVED)
    return waits and not await recognitions.was_told(recognition.id)


async def _offer(found: Thanks, desk: Desk, now: datetime) -> None:
    if found.managers:
        collaboration_id, person_id = found.collaboration.id, found.person.person.id
        offered = await recognitions.offer(found.entry, collaboration_id, person_id, found.text, now)
        await _ask_about(offered, found, desk, now)
    else:
        await thanks.write(found, "", desk, now)


async def _ask_about(recognition: Recognition, found: Thanks, desk: Desk, now: datetime) -> None:
    """Of who cannot be asked, because they paused or their mail comes back, nothing is told either."""
    if not await thanks.write(found, f"{ABOUT}{recognition.id}", desk, now):
        await recognitions.withdraw(recognition.entry_id, recognition.person_id)


async def _settle(prompt: Prompt, desk: Desk, now: datetime) -> Aftermath | None:
    """Write what the answers to ``prompt`` mean for its recognition, and what the receipt says of it."""
    recognition = await _asked_about(prompt)
    if recognition is None or recognition.state is RecognitionState.WITHDRAWN:
        return None
    approval, wording = _answered(await entries.of_prompt(prompt.handle))
    if approval == Approval.NOT_NOW:
        await recognitions.put_off(recognition.id)
        return None
    if prompt.asked_at < recognition.offered_at:
        return None  # its author has put it differently since, and a newer mail asks about that
    shown = await _shown_in(prompt, desk)
    text = await _approved(recognition, approval, wording, shown)
    if text is None:
        await recognitions.reopen(recognition.id)
        return Aftermath(ask=_wording_keys(prompt)) if approval == Approval.EDIT or wording else None
    await recognitions.approve(recognition.id, text, now)
    return Aftermath(shown=await _read_back(recognition, text))


async def _asked_about(prompt: Prompt) -> Recognition | None:
    _, ours, number = prompt.about.partition(ABOUT)
    return await recognitions.get(int(number)) if ours else None


def _answered(given: Sequence[Entry]) -> tuple[Value, str]:
    """What the newest answers are: the choice, and words of their own; "" where there is none."""
    newest = sorted(given, key=lambda entry: (entry.recorded_at, entry.id))
    choices = [entry.value for entry in newest if entry.effect is Effect.APPROVAL]
    wordings = [str(entry.value) for entry in newest if entry.effect is Effect.WORDING]
    return choices[-1] if choices else "", wordings[-1] if wordings else ""


async def _approved(recognition: Recognition, approval: Value, wording: str, shown: str) -> Told | None:
    """The text that these answers approve: their own words, else what stands word for word in ``shown``.

    A row may have changed behind everybody's back, and a name in the plan.
    """
    entry = await recognitions.thanks_of(recognition)
    found = await thanks.find(entry, recognition.collaboration_id, recognition.person_id)
    if wording:
        return in_their_words(found.occasion, wording) if found and is_telling(wording) else None
    if approval != Approval.YES:
        return None
    drafts = [recognition.text, *([found.text] if found else [])]
    return next((text for text in drafts if text.told in shown and text.sentence in shown), None)


async def _shown_in(prompt: Prompt, desk: Desk) -> str:
    """The mail that asked them, without what was written to them afterwards."""
    asked = message_id(desk.keyring, prompt.handle, desk.domain)
    sent = [mail for mail in await prompts.sent(prompt) if mail.message_id == asked]
    return parse(sent[0].raw).text if sent else ""


def _wording_keys(prompt: Prompt) -> tuple[str, ...]:
    return tuple(question.key for question in prompt.questions if question.effect is Effect.WORDING)


async def _read_back(recognition: Recognition, text: Told) -> tuple[Recorded, ...]:
    """What was approved, in full, and who reads it."""
    team = await collaborations.members(recognition.collaboration_id)
    persons = [member for member in team if member.person.id == recognition.person_id]
    managers = [member.person.name for member in team if any(hears_of(member, one) for one in persons)]
    readers = " and ".join(managers) or READERS[PrivacyClass.MANAGER]
    return (
        Recorded("In the monthly note", text.told, readers),
        Recorded("Ready for an evaluation", text.sentence, readers),
    )
