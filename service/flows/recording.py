"""A reply takes effect: its answers are stored, act, and are read back to their author."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.domain.ending import Ending
from service.domain.people import Person
from service.domain.privacy import READERS, PrivacyClass
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Question
from service.domain.reading import Reading
from service.domain.receipt import Understood
from service.domain.week import week_gone_by
from service.flows import consequences, receipts
from service.flows.conversation import Correcting
from service.flows.desk import Desk
from service.flows.replies import day_of, source_of, with_leftovers
from service.flows.said import Aftermath
from service.message import Message
from service.playbook.follow_ups import follow_ups
from service.playbook.instruments import Instrument
from service.playbook.outcomes import NOTE_PRIVACY, Sheet, new_entries, thanks_nobody
from service.store import collaborations, entries, prompts
from service.store.inbox import Kept


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose sender may speak. ``prompt`` asks all that it may answer. ``left_out``: endings of
    which its author does not know yet that they are left out."""

    message: Message
    kept: Kept
    prompt: Prompt
    person: Person
    reading: Reading
    correcting: Correcting | None
    left_out: tuple[Ending, ...] = ()

    @property
    def root(self) -> str:
        """The handle of the prompt that was answered first."""
        return self.prompt.root or self.prompt.handle

    def late(self, instrument: Instrument, now: datetime) -> bool:
        """Whether its round was closed: welcome all the same."""
        return now - self.prompt.asked_at > timedelta(days=instrument.open_days)

    def closes(self, now: datetime) -> date | None:
        """The day on which a blind round closes, where its author lives; None once it has."""
        at = self.prompt.closes_at
        return at.astimezone(ZoneInfo(self.person.zone)).date() if at and at > now else None


async def record(reply: Reply, desk: Desk, now: datetime) -> bool:
    """Store what was understood, let it act, and write the receipt. True when something is asked again."""
    instrument = desk.playbook.get(reply.prompt.instrument)
    asked = await prompts.asked_again(reply.root)
    # only what was aimed at and not understood, and only once
    again = tuple(key for key in reply.reading.unread if key not in asked)
    reading = with_leftovers(reply.reading, again)
    sheet = await _store(reply, reading, instrument, now)
    aftermath = await consequences.bring_about(sheet.saved, reply.prompt, reply.person, desk, now)
    follow_up = await _follow_up(reply, reading, aftermath, {*asked, *again}, instrument)
    understood = Understood(
        recorded=tuple(sheet.recorded()),
        note=reading.note,
        note_readers=READERS[NOTE_PRIVACY],
        again=_of(reply.prompt, again),
        again_text=reading.unread_text,
        ignored_files=reply.message.attachments,
        late=reply.late(instrument, now),
        week=week_gone_by(reply.prompt.period, day_of(reply.message, reply.kept, reply.person)),
        shown=aftermath.shown,
        moved=aftermath.moved,
        follow_up=follow_up,
        thanks_nobody=thanks_nobody(reading.answers, instrument.questions),
        to_team=any(entry.privacy is PrivacyClass.TEAM for entry in sheet.new),
        closes=reply.closes(now),
        left_out=tuple(ending.text for ending in reply.left_out),
    )
    occasion = receipts.Occasion(reply.message, reply.kept, reply.prompt, reply.person)
    await receipts.send(occasion, understood, desk, now)
    return bool(again)


async def _store(reply: Reply, reading: Reading, instrument: Instrument, now: datetime) -> Sheet:
    source = source_of(reply.kept, reply.prompt, reply.correcting, now)
    new = new_entries(reading, reply.prompt.questions, instrument.privacy)
    earlier = await entries.of_prompt(reply.root)
    saved = await entries.save(new, source)
    if reading.answers:
        await prompts.set_state(reply.root, PromptState.ANSWERED)
    return Sheet(reply.prompt.questions, new, earlier, saved)


async def _follow_up(
    reply: Reply, reading: Reading, aftermath: Aftermath, asked: Collection[str], instrument: Instrument
) -> tuple[Question, ...]:
    """What the answers lead to, and what their consequences still need to know; each asked once."""
    wanted = _of(reply.prompt, [key for key in aftermath.ask if key not in asked])
    if not instrument.following([answer.question for answer in reading.answers]):
        return wanted
    team = [member.person for member in await collaborations.members(reply.prompt.collaboration_id)]
    return (*wanted, *follow_ups(instrument, reading.answers, reply.person, team, asked))


def _of(prompt: Prompt, keys: Collection[str]) -> tuple[Question, ...]:
    return tuple(question for question in prompt.questions if question.key in keys)
