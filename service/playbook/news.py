"""What a team's answers are in its digest. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from service.domain.collaboration import PLEAS, Milestone, MilestoneMove, MilestoneState
from service.domain.digest import Item, Section
from service.domain.entry import Entry
from service.domain.question import Effect
from service.playbook.expansion import Decision

AHEAD_DAYS = 28
DECISIONS_AT_ONCE = 5
LEARNED_AT_ONCE = 2

SECTIONS: Mapping[Effect, Section] = {
    Effect.WIN: Section.WINS,
    Effect.PROGRESS: Section.PROGRESS,
    Effect.OBSTACLE: Section.MOVED,
    Effect.NEED: Section.NEEDS,
    Effect.OFFER: Section.OFFERS,
    Effect.LESSON: Section.LEARNED,
    Effect.CHANGE: Section.LEARNED,
    Effect.THANKS: Section.THANKS,
    Effect.COMMENT: Section.HEARD,
    Effect.REFLECTION: Section.HEARD,
    Effect.ACKNOWLEDGEMENT: Section.HEARD,
}
"""Where an answer stands that is told as it is. Decisions and milestones have a life of their own."""
STEPS = (Effect.PROGRESS, Effect.WIN)
"""What counts as a step forward in the picture of the team's momentum."""

_ISO_WEEK = re.compile(r"\d{4}-W\d{2}")
_NUMBER = re.compile(r"(?:milestone ?)?#?\d{1,3}\b[:.)]?", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;.!\n] ?|: | [-–—] ")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something, as a digest names them. ``leads``: their word settles a decision."""

    name: str
    department: str
    leads: bool = False


STRANGER = Speaker("", "")

Speakers = Mapping[int, Speaker]
"""By person id."""


@dataclass(frozen=True, slots=True)
class Debate:
    """A decision with the words that it got. ``settled`` is the one that settles it."""

    asked: Entry
    voices: tuple[Entry, ...]
    settled: Entry | None


def telling(entries: Sequence[Entry], speakers: Speakers, period: str) -> Iterator[Item]:
    """The answers that are told as they are."""
    for entry in entries:
        if entry.effect in SECTIONS and _says_something(entry):
            yield _item(entry, SECTIONS[entry.effect], speakers, period)


def _says_something(entry: Entry) -> bool:
    """An answer such as "nothing" has no value; a number or a yes is no sentence for a digest."""
    return isinstance(entry.value, str | list | dict) and bool(entry.value)


def _item(entry: Entry, section: Section, speakers: Speakers, period: str) -> Item:
    speaker = speakers.get(entry.person_id, STRANGER)
    thanked = entry.value if entry.effect is Effect.THANKS and isinstance(entry.value, list) else []
    earlier = _ISO_WEEK.fullmatch(entry.week) and entry.week < period
    return Item(
        id=f"e{entry.id}",
        section=section,
        words=entry.text,
        who=speaker.name,
        department=speaker.department,
        news=entry.shown_revision < entry.revision,
        corrected=0 < entry.shown_revision < entry.revision,
        week=entry.week if earlier else "",
        subject=", ".join(thanked),
        state=entry.effect.value,
    )


def next_lessons(entries: Sequence[Entry]) -> list[Entry]:
    """The two that have waited longest: the others come in the next digests, so that each is read."""
    learned = [entry for entry in entries if SECTIONS.get(entry.effect) is Section.LEARNED]
    return sorted(learned, key=lambda entry: (entry.recorded_at, entry.id))[:LEARNED_AT_ONCE]


def debates(entries: Sequence[Entry], speakers: Speakers) -> list[Debate]:
    """The decisions among ``entries``, oldest first, each with its voices.

    Who raised it settles it, and so does who leads the team.
    """
    voices: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.effect is Effect.VOICE:
            voices[entry.question.rpartition("-")[2]].append(entry)
    found = []
    for asked in entries:
        if asked.effect is Effect.DECISION and _says_something(asked):
            mine = voices[str(asked.id)]
            by_right = [v for v in mine if _settles(v, asked, speakers)]
            found.append(Debate(asked, tuple(mine), by_right[-1] if by_right else None))
    return found


def _settles(voice: Entry, asked: Entry, speakers: Speakers) -> bool:
    return voice.person_id == asked.person_id or speakers.get(voice.person_id, STRANGER).leads


def waiting(found: Sequence[Debate], speakers: Speakers) -> tuple[Decision, ...]:
    """The decisions that are put to the team, at most five at once, the oldest first."""
    return tuple(
        Decision(debate.asked.id, debate.asked.text, speakers.get(debate.asked.person_id, STRANGER).name)
        for debate in [one for one in found if one.settled is None][:DECISIONS_AT_ONCE]
    )


def decisions(found: Sequence[Debate], speakers: Speakers, period: str) -> Iterator[Item]:
    """Decisions that wait, with what was said so far; and those that were settled since the last digest."""
    open_ones = [debate for debate in found if debate.settled is None][:DECISIONS_AT_ONCE]
    for number, debate in enumerate(open_ones, 1):
        item = _item(debate.asked, Section.DECISIONS, speakers, period)
        said = "; ".join(f"{speakers.get(v.person_id, STRANGER).name}: {v.text}" for v in debate.voices)
        fresh = item.news or any(_is_new(voice) for voice in debate.voices)
        yield replace(item, number=number, subject=said, news=fresh)
    for debate in found:
        if debate.settled is not None and _is_new(debate.settled):
            item = _item(debate.settled, Section.HEARD, speakers, period)
            yield replace(item, subject=debate.asked.text, state="decided")
            for voice in debate.voices:
                if voice is not debate.settled and _is_new(voice):
                    yield replace(_item(voice, Section.HEARD, speakers, period), subject=debate.asked.text)


def _is_new(entry: Entry) -> bool:
    return entry.shown_revision < entry.revision


def moves(found: Sequence[MilestoneMove], speakers: Speakers) -> Iterator[Item]:
    """What became of milestones: reached ones are wins, the others say which help is wanted.

    Several moves of one milestone are told as one, from where it stood to where it stands.
    """
    last: dict[int, MilestoneMove] = {}
    first: dict[int, MilestoneMove] = {}
    for move in sorted(found, key=lambda move: move.id):
        last[move.milestone.id] = move
        first.setdefault(move.milestone.id, move)
    for move in last.values():
        owner = speakers.get(move.milestone.owner_id, STRANGER)
        done = move.state is MilestoneState.DONE
        yield Item(
            id=f"v{move.id}",
            section=Section.WINS if done else Section.MOVED,
            words=_what_else(move),
            who=move.who,
            department=owner.department,
            subject=move.milestone.title,
            number=move.milestone.number,
            day=move.due,
            day_before=first[move.milestone.id].due_before,
            state=move.state.value,
        )


def _what_else(move: MilestoneMove) -> str:
    """What the words of a move say beside the number, the title and the state, which are told anyway.

    "3 done, with the doors wide open" is "with the doors wide open"; whose hand is wanted stays.
    """
    words = _NUMBER.sub("", move.words.strip(), count=1)
    if move.words.lower().startswith(move.milestone.title.lower()):
        words = move.words[len(move.milestone.title) :]
    words = words.lstrip(" :,.-")
    if move.state in PLEAS:
        return words
    clause = _CLAUSE_END.search(words)
    return words[clause.end() :].strip() if clause else ""


def ahead(milestones: Sequence[Milestone], speakers: Speakers, today: date) -> Iterator[Item]:
    """The open milestones up to four weeks ahead, nearest first; one whose day has passed is among them."""
    near = [m for m in milestones if m.is_open and m.due <= today + timedelta(days=AHEAD_DAYS)]
    for milestone in sorted(near, key=lambda m: (m.due, m.number)):
        yield Item(
            id=f"m{milestone.id}",
            section=Section.AHEAD,
            words="",
            who=milestone.owner,
            department=speakers.get(milestone.owner_id, STRANGER).department,
            news=False,
            subject=milestone.title,
            number=milestone.number,
            day=milestone.due,
            state=milestone.state.value,
        )
