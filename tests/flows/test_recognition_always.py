"""Whatever happens in whichever order: no note to a manager carries a sentence that is not approved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.cadence import Cadence
from service.domain.entry import Entry, NewEntry
from service.domain.people import Participation, Person, Role
from service.domain.privacy import PrivacyClass
from service.domain.prompt import Prompt, PromptState
from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Answer, Value
from service.domain.recognition import Told
from service.flows import recognitions
from service.flows.desk import Desk
from service.flows.said import Said
from service.flows.send_recognitions import send_recognitions
from service.schedule.occurrences import next_occurrence
from service.store import agenda, collaborations, entries, outbox, people, prompts
from service.store.entries import Source
from service.store.models import EntryRow, OutboxRow, PromptRow, RecognitionRow
from tests.flows.thanking import praises
from tests.flows.town import parsed, text_of
from tests.store.cast import keep

ACTIONS = (
    *("thank", "say yes", "say no", "reword", "take thanks back"),
    *("yes", "yes", "edit", "not-now", "wording", "take wording back", "take approval back"),
    *("tamper", "stop", "resume", "month"),
)
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3)), min_size=6, max_size=24)
FIRST_MONDAY = Cadence(0, time(9), nth=1)
_numbers = count()


class World:
    """Ada thanks Grace, whom Maya manages.

    ``word`` is what Grace says to each mail that asks her, as it stands; ``kept_back`` are the thanks
    that Ada does not want told; ``notes`` the sentences of each note, with those that were approved
    and those that Grace wanted told at that moment.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk, self.number = desk, next(_numbers)
        self.now = datetime(2026, 11, 23, tzinfo=UTC)
        self.thanks: list[Entry] = []
        self.word: dict[str, dict[Effect, str]] = {}
        self.kept_back: set[int] = set()
        self.notes: list[tuple[set[str], set[str], set[str]]] = []

    async def build(self) -> "World":
        self.place = await collaborations.save(f"trail-{self.number}", "Reading Trail", "Why.", "UTC")
        self.ada = await self._person("Ada", "City Library", Role.MEMBER)
        self.grace = await self._person("Grace", "Senior Center", Role.MEMBER)
        self.maya = await self._person("Maya", "Senior Center", Role.MANAGER)
        cadence = await agenda.save_cadence(self.place.id, "recognition", FIRST_MONDAY)
        self.due, period = next_occurrence(FIRST_MONDAY, "UTC", self.now)
        await agenda.plan(cadence, self.maya.id, self.due, period, self.now)
        return self

    async def _person(self, name: str, department: str, role: Role) -> Person:
        found = await people.add(f"{name}{self.number}@town.example".lower(), name, "UTC", "en-US", False)
        department_id = await collaborations.save_department(self.place.id, department)
        await collaborations.set_roles(self.place.id, found.id, department_id, [role])
        return found

    async def live(self, action: str, at: int) -> None:
        self.now += timedelta(seconds=1)
        if action == "thank":
            self.thanks.append(await self._thank(f"Grace, for room {len(self.thanks)}"))
        elif action == "month":
            await self._month()
        elif action in ("stop", "resume"):
            to = Participation.STOPPED if action == "stop" else Participation.ACTIVE
            await people.set_participation(self.grace.id, to)
        elif self.thanks and action in ("say yes", "say no", "reword", "take thanks back"):
            await self._ada(action, self.thanks[at % len(self.thanks)])
        elif rows := await RecognitionRow.filter(collaboration_id=self.place.id):
            await self._grace(action, rows[at % len(rows)], at)

    async def _thank(self, words: str) -> Entry:
        handle = self.desk.keyring.handle(f"{self.number}:{self.now}")
        prompt = Prompt(
            *(handle, handle, "check-in", self.place.id, self.ada.id, "2026-W48", ()),
            PromptState.OPEN,
            self.now,
        )
        await prompts.add([prompt])
        return await self._answer(handle, self.ada, "thanks", ["Grace"], words, Effect.THANKS)

    async def _answer(
        self, prompt: str, person: Person, question: str, value: Value, words: str, effect: Effect
    ) -> Entry:
        kind = QuestionType.CHOICE if effect is Effect.APPROVAL else QuestionType.TEXT
        source = Source(await keep(f"{next(_numbers)}"), prompt, person.id, "2026-W48", self.now)
        new = NewEntry(Answer(question, value, words, 1.0), kind, effect, PrivacyClass.TEAM)
        await entries.save([new], source)
        return max(
            (entry for entry in await entries.of_prompt(prompt) if entry.question == question),
            key=lambda entry: (entry.recorded_at, entry.id),
        )

    async def _said(self, entry: Entry) -> Said:
        prompt = await prompts.get(entry.prompt)
        question = Question(entry.question, "", "", QuestionType.TEXT, entry.effect)
        return Said(prompt, self.ada, entry, question)

    async def _ada(self, action: str, thanks: Entry) -> None:
        if action == "take thanks back":
            self.kept_back.add(thanks.id)
            await self._take_back(thanks)
        elif action == "reword":
            words = f"Grace, for room {next(_numbers)}"
            await EntryRow.filter(id=thanks.id).update(text=words, revision=thanks.revision + 1)
            thanks = replace(thanks, text=words, revision=thanks.revision + 1)
            self.thanks = [thanks if one.id == thanks.id else one for one in self.thanks]
            await recognitions.follow(await self._said(thanks), self.desk, self.now)
        else:
            self.kept_back |= {thanks.id} if action == "say no" else set()
            question = f"pass-on-{self.grace.id}"
            answer = replace(thanks, question=question, value=action == "say yes", effect=Effect.PASS_ON)
            await recognitions.pass_on(await self._said(answer), self.desk, self.now)

    async def _grace(self, action: str, row: RecognitionRow, at: int) -> None:
        asked = await PromptRow.filter(about=f"recognition:{row.id}").order_by("asked_at")
        if action == "tamper":
            await RecognitionRow.filter(id=row.id).update(sentence="Grace is a star.")
        elif asked:
            handle = asked[at % len(asked)].handle
            effect = Effect.WORDING if "wording" in action else Effect.APPROVAL
            words = f"Grace found room {next(_numbers)}." if effect is Effect.WORDING else action
            await self._answers(handle, effect, "" if action.startswith("take") else words)

    async def _answers(self, handle: str, effect: Effect, words: str) -> None:
        self.word.setdefault(handle, {})[effect] = words
        if words:
            entry = await self._answer(handle, self.grace, effect.value, words, words, effect)
            await recognitions.decide(await self._said(entry), self.desk, self.now)
        else:
            for entry in await entries.of_prompt(handle):
                if entry.effect is effect:
                    await self._take_back(entry)

    async def _take_back(self, entry: Entry) -> None:
        await EntryRow.filter(id=entry.id).update(text="", value={"is": ""})
        await recognitions.take_back(replace(entry, text="", value=""), self.desk, self.now)

    async def _month(self) -> None:
        self.now = max(self.now, self.due)
        before = len(await self._mails(self.maya))
        approved, wanted = await self._approved(), await self._wanted()
        await send_recognitions(self.desk, self.now)
        self.due, _ = next_occurrence(FIRST_MONDAY, "UTC", self.now)
        for text in (await self._mails(self.maya))[before:]:
            self.notes.append((set(praises(text)), approved, wanted))

    async def _approved(self) -> set[str]:
        """The sentences of texts whose hash is the approved one."""
        rows = await RecognitionRow.filter(collaboration_id=self.place.id, state="approved")
        return {row.sentence for row in rows if Told(row.told, row.sentence).sha256 == row.sha256}

    async def _wanted(self) -> set[str]:
        """The sentences that Grace said yes to where she was shown them, or that have her own words."""
        rows = await RecognitionRow.filter(collaboration_id=self.place.id)
        return {
            row.sentence for row in rows if row.entry_id not in self.kept_back and await self._agrees(row)
        }

    async def _agrees(self, row: RecognitionRow) -> bool:
        newest = await PromptRow.filter(about=f"recognition:{row.id}").order_by("-asked_at").first()
        word = self.word.get(newest.handle, {}) if newest else {}
        if word.get(Effect.APPROVAL) == "not-now":
            return False
        if word.get(Effect.WORDING):
            return word[Effect.WORDING] in row.sentence
        mail = await OutboxRow.get_or_none(prompt_id=newest.handle) if newest else None
        shown = text_of(parsed(mail.octets)) if mail else ""
        return word.get(Effect.APPROVAL) == "yes" and row.sentence in shown

    async def _mails(self, reader: Person) -> Sequence[str]:
        return [text_of(parsed(raw)) for to, raw in await outbox.raws(["ready"]) if to == reader.addr_spec]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_no_note_ever_carries_a_sentence_that_is_not_approved(database, desk, steps):
    world = await World(desk).build()

    for action, at in [("thank", 0), ("say yes", 0), *steps, ("month", 0)]:
        await world.live(action, at)

    for sentences, approved, wanted in world.notes:
        assert sentences
        assert sentences <= approved
        assert sentences <= wanted
    told = [sentence for sentences, *_ in world.notes for sentence in sentences]
    assert len(told) == len(set(told))
