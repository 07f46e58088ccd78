"""Instruments: the emails as data. A file and templates make a new one, no code (product.md).

``parse_instrument`` checks everything that can be known from the file; each complaint is a
``Misconfigured`` that names file, line, key and mend.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from service.domain.people import Role
from service.domain.privacy import PrivacyClass
from service.domain.question import Question
from service.domain.reading import Command
from service.errors import Misconfigured
from service.playbook.document import SLUG, Table, parse_document
from service.playbook.near import did_you_mean
from service.playbook.questions import Placed, check_together, parse_question

_KEYS = (
    *("title", "audience", "trigger", "privacy", "header"),
    *("minutes", "open_days", "rotate", "blind", "notes", "pictures", "questions", "sample"),
)


class Trigger(StrEnum):
    """The closed list of what makes a mail go out."""

    WEEKLY = "weekly"
    RHYTHM = "rhythm"
    DIGEST = "digest"
    MONTHLY = "monthly"
    JOINED = "joined"
    REPLY = "reply"
    BY_HAND = "by_hand"
    MILESTONE_DONE = "milestone_done"
    THANKS_PASSED_ON = "thanks_passed_on"
    ADDRESS_FAILING = "address_failing"
    HELD_CONFIRM = "held:confirm"
    HELD_CLAIM = "held:claim"
    HELD_NEWS = "held:news"
    COMMAND_HELP = "command:help"
    COMMAND_PAUSE = "command:pause"
    COMMAND_RESUME = "command:resume"
    COMMAND_STOP = "command:stop"
    COMMAND_SKIP = "command:skip"
    COMMAND_STATUS = "command:status"
    COMMAND_EXPORT = "command:export"
    COMMAND_ERASE = "command:erase"
    COMMAND_TAKE_BACK = "command:take-back"
    COMMAND_FORGET = "command:forget"

    @classmethod
    def of_command(cls, command: Command) -> Self:
        """The trigger of the mail that answers ``command``."""
        return cls(f"command:{command.value.lower().replace(' ', '-')}")

    @property
    def is_command(self) -> bool:
        """Does a command set it off? Then exactly one instrument may answer."""
        return self.value.startswith("command:")


RECURRING = frozenset({Trigger.WEEKLY, Trigger.RHYTHM, Trigger.DIGEST, Trigger.MONTHLY})
"""Triggers whose instruments come round at a time that the plan's [cadence] gives."""
ASKING = frozenset({Trigger.WEEKLY, Trigger.RHYTHM})
"""Those of them that ask each person by itself."""
HELD = (Trigger.HELD_CONFIRM, Trigger.HELD_CLAIM, Trigger.HELD_NEWS)
"""What people hear of a held reply: did you write it, was this you, and what became of it."""


class HeaderProfile(StrEnum):
    """Which set of header fields a mail gets (mail-rules, OUT)."""

    PROMPT = "prompt"
    NUDGE = "nudge"
    RECEIPT = "receipt"
    DIGEST = "digest"
    RECOGNITION = "recognition"
    NOTICE = "notice"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Instrument:
    """One kind of mail.

    ``minutes`` is what answering costs a person; ``open_days`` how long somebody may be reminded.
    ``groups`` gives the group of each rotating question by its key; ``rotate`` names the group.
    ``blind``: until it closes, after ``open_days``, nobody but its author reads an answer.
    ``notes``: it shows its readers their own earlier notes. ``pictures`` names its charts.
    ``sample`` holds invented facts for ``commonthread preview``.
    """

    key: str
    title: str
    audience: frozenset[Role]
    triggers: frozenset[Trigger]
    privacy: PrivacyClass
    header: HeaderProfile
    minutes: int = 2
    open_days: int = 14
    rotate: str = ""
    blind: bool = False
    notes: bool = False
    pictures: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    sample: Mapping[str, object] = field(default_factory=dict)

    def asked(self, turn: int) -> tuple[Question, ...]:
        """The questions of the ``turn``-th mail, in file order: the fixed ones, one rotating one."""
        rotating = [question for question in self.questions if question.key in self.groups]
        chosen = rotating[turn % len(rotating)] if rotating else None
        in_mail = (question for question in self.questions if not question.follows)
        return tuple(q for q in in_mail if q.key not in self.groups or q is chosen)

    def following(self, answered: Collection[str]) -> tuple[Question, ...]:
        """The questions that follow these answers: the receipt asks them."""
        return tuple(question for question in self.questions if question.follows in answered)


@dataclass(frozen=True, slots=True)
class Playbook:
    """All instruments of an installation, by key."""

    instruments: Mapping[str, Instrument]

    def get(self, key: str) -> Instrument:
        """The instrument called ``key``. Raises Misconfigured, naming the near or known ones."""
        if key not in self.instruments:
            mend = did_you_mean(key, self.instruments)
            raise Misconfigured(f'instrument "{key}"', "there is no such instrument.", mend)
        return self.instruments[key]

    def for_trigger(self, trigger: Trigger) -> tuple[Instrument, ...]:
        """The instruments that ``trigger`` sets off, by key."""
        return self.for_any({trigger})

    def for_any(self, triggers: Collection[Trigger]) -> tuple[Instrument, ...]:
        """The instruments that one of ``triggers`` sets off, by key."""
        found = (self.instruments[key] for key in sorted(self.instruments))
        return tuple(instrument for instrument in found if instrument.triggers & frozenset(triggers))


def parse_playbook(files: Mapping[str, str]) -> Playbook:
    """Every instrument of ``{filename: text}``. Raises Misconfigured for the first fault."""
    instruments: dict[str, Instrument] = {}
    commands: dict[Trigger, str] = {}
    for filename in sorted(files):
        instrument = parse_instrument(filename, files[filename])
        for trigger in instrument.triggers:
            if trigger in commands:
                mend = f"Only one mail may answer a command: {commands[trigger]} does already."
                document = parse_document(filename, files[filename])
                raise document.wrong("trigger", f'"{trigger}" is taken.', mend)
            if trigger.is_command:
                commands[trigger] = filename
        instruments[instrument.key] = instrument
    return Playbook(MappingProxyType(instruments))


def parse_instrument(filename: str, toml_text: str) -> Instrument:
    """The instrument in one file; its key is the file's name without ``.toml``."""
    top = parse_document(filename, toml_text)
    top.allow(*_KEYS)
    placed = [parse_question(table) for table in top.tables("questions", "question")]
    check_together(placed)
    usual = HeaderProfile.PROMPT if placed else HeaderProfile.NOTICE
    return Instrument(
        key=_key(filename),
        title=top.text("title"),
        audience=top.some_of("audience", Role),
        triggers=_triggers(top),
        privacy=top.one_of("privacy", PrivacyClass),
        header=top.one_of("header", HeaderProfile, usual),
        minutes=top.whole("minutes", 2),
        open_days=top.whole("open_days", 14),
        rotate=top.text("rotate", ""),
        blind=top.flag("blind"),
        notes=top.flag("notes"),
        pictures=tuple(_names(top, "pictures")),
        questions=tuple(one.question for one in placed),
        groups=MappingProxyType(_groups(top, placed)),
        sample=MappingProxyType(dict(top.table("sample").values)),
    )


def _triggers(top: Table) -> frozenset[Trigger]:
    """One word, or a list of them."""
    if isinstance(top.values.get("trigger"), list):
        return top.some_of("trigger", Trigger)
    return frozenset({top.one_of("trigger", Trigger)})


def _names(top: Table, key: str) -> list[str]:
    names = top.items(key)
    for name in names:
        if not (isinstance(name, str) and SLUG.fullmatch(name)):
            raise top.wrong(key, f"{name!r} is no name.", 'Write names such as "timeline".')
    return names


def _key(filename: str) -> str:
    key = filename.rpartition("/")[2].removesuffix(".toml")
    if not SLUG.fullmatch(key):
        mend = "Use lower-case letters, digits and hyphens, as in check-in.toml."
        raise Misconfigured(filename, "the file's name is the instrument's key, and this is none.", mend)
    return key


def _groups(top: Table, placed: Sequence[Placed]) -> dict[str, str]:
    """The group of each rotating question. One group takes turns; no other may be named."""
    rotate = top.text("rotate", "")
    rotating = [one for one in placed if one.group]
    for one in rotating:
        if one.group != rotate:
            mend = f'Write rotate = "{one.group}" at the top.'
            raise one.table.wrong("group", f'nothing rotates "{one.group}".', mend)
    if rotate and not rotating:
        mend = f'Give the questions that take turns group = "{rotate}".'
        raise top.wrong("rotate", f'no question is in the group "{rotate}".', mend)
    return {one.question.key: one.group for one in rotating}
