"""What they write in their week, from Tuesday to Sunday, each in their own mail program and manner."""

from collections.abc import Iterator, Mapping

from service.domain.cadence import parse_cadence
from service.domain.mail import Outcome
from service.sandbox.layout import Style
from service.sandbox.story import Moment, Write
from tests.services.crowd.people import CROWD, NAMES, TEAM

WRITERS = TEAM[:120]
"""Who answers the check-in."""
PROGRAMS = ("gmail", "outlook", "apple", "iphone", "thunderbird", "yahoo", "samsung", "plain")
INLINE, LABELLED = ("apple", "thunderbird"), ("yahoo", "plain")
STYLES = (
    dict.fromkeys(INLINE, Style.INLINE) | dict.fromkeys(LABELLED, Style.LABELLED) | {"iphone": Style.BARE}
)
"""How people with such a program lay out their answers; all others go by numbers."""

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (
    Moment(1, parse_cadence(when))
    for when in ("tue 10:00", "wed 10:00", "thu 16:00", "fri 16:25", "sat 11:00")
)
EARLY = 80
"""So many answer on Tuesday, the others on Wednesday."""

DEEDS = (
    "Sign {} stands by the river.",
    "The families of house {} walked to the mill and back.",
    "Bench {} is painted, and it is dry.",
    "We measured the path up to stake {}.",
    "Class {} drew what it saw on the way.",
    "A grandfather told us the story of tree {}.",
    "The map has {} streets now.",
    "Tent {} is mended.",
    "We asked at {} doors, and most of them opened.",
    "Group {} sang under the bridge.",
)
NEXT = "Ask the print shop about sheet {}."
OBSTACLES = {
    32: "The gate by the mill is locked on Sundays.",
    33: "Nobody answers at the bus company.",
    36: "The mud behind the school comes back after every rain.",
    39: "Two of our tables wobble.",
}
NEEDS = {40: "a long ladder", 45: "somebody who can sew", 47: "chalk for forty children"}
OFFERS = {48: "a van on Thursdays", 53: "six umbrellas", 55: "an hour of accordion"}
PRIVATE = {56: "The budget talk worries me.", 57: "Two of us do not speak with each other."}
OPENS_THE_BRIDGE = 96
"""They own the first milestone."""
WITH_MANAGER = {8: 130, 9: 131, 10: 134, 13: 135, 16: 138, 17: 139, 18: 142, 21: 143}
WITHOUT_MANAGER = {24: 132, 25: 133, 26: 136, 29: 137}
THANKS = WITH_MANAGER | WITHOUT_MANAGER
"""Who thanks whom, by their places among the writers and in the crowd."""
REASON = "for carrying load {} of gravel with us"
PASSED_ON = {author: "yes" for author in THANKS if author != 29} | {21: "no"}
"""What the authors say to passing it on; one says nothing."""
YES = {"Your word": "yes"}
EDIT = {"Your word": "edit", "Edit": "Pavel Gorsewood kept the wheelbarrows rolling for nine days."}
NOT_NOW = {"Your word": "not now"}
APPROVALS: Mapping[int, Mapping[str, str]] = {130: YES, 131: YES, 134: YES, 135: EDIT, 138: YES, 139: NOT_NOW}
"""What the thanked say to their manager's hearing of it; one of those who are asked says nothing."""

ADDITIONS = {number: f"And lamp {number} burns all night." for number in range(60, 70)}
CORRECTIONS: Mapping[int, Mapping[str, str]] = {
    **{number: {"Moved forward": f"It was kettle {number} that we filled."} for number in range(70, 80)},
    40: {"Need": "two short ladders"},
}
LESSONS = {
    112: "Ask the custodian before the office.",
    117: "Bring twice as much tea.",
    119: "Start at the far end.",
}
"""Of the debrief, which is not closed when the digest goes out."""
TAKES_BACK = 32
AWAY = CROWD[180:183]


def letters() -> Iterator[Write]:
    """All of them, in the order in which they are written."""
    for who in AWAY:
        yield _away(who)
    for number, who in enumerate(WRITERS):
        at = TUESDAY if number < EARLY else WEDNESDAY
        yield _letter(at, who, "check-in", _answers(number), program=_program(number))
    yield from _second_thoughts()
    for number, lesson in LESSONS.items():
        yield _letter(THURSDAY, WRITERS[number], "debrief", {"For others": lesson}, style=Style.LABELLED)
    yield _regret(WRITERS[TAKES_BACK])
    for number, answers in APPROVALS.items():
        style = Style.LABELLED if len(answers) > 1 else Style.BARE
        yield _letter(SATURDAY, CROWD[number], "thanks-up", answers, style=style)


def _second_thoughts() -> Iterator[Write]:
    for number, words in ADDITIONS.items():
        answers = {"Moved forward": words}
        yield _letter(WEDNESDAY, WRITERS[number], "check-in", answers, program=_program(number), adds=True)
    for number, answers in CORRECTIONS.items():
        yield _letter(
            WEDNESDAY, WRITERS[number], "receipt", answers, program=_program(number), style=Style.LABELLED,
            replaces=tuple(answers),
        )  # fmt: skip
    for number, word in PASSED_ON.items():
        answers = {f"Pass on to {NAMES[THANKS[number]].split()[0]}": word}
        yield _letter(
            WEDNESDAY, WRITERS[number], "receipt", answers, program=_program(number), style=Style.BARE
        )


def _answers(number: int) -> dict[str, str]:
    """One line from those who only have a phone; from the others what they have to say."""
    answers = {"Moved forward": DEEDS[number % len(DEEDS)].format(number + 1)}
    if STYLES.get(_program(number)) is Style.BARE:
        return answers
    if number % 3 == 0:
        answers["Next"] = NEXT.format(number + 1)
    if number in THANKS:
        answers["Thanks to"] = f"{NAMES[THANKS[number]]}, {REASON.format(number + 1)}"
    if number == OPENS_THE_BRIDGE:
        answers["Milestone"] = "1 done, and the band played"
    said = {"In the way": OBSTACLES, "Need": NEEDS, "Offer": OFFERS, "Private": PRIVATE}
    return answers | {label: words[number] for label, words in said.items() if number in words}


def _program(number: int) -> str:
    return PROGRAMS[number % len(PROGRAMS)]


def _letter(
    at: Moment, who: str, to: str, answers: Mapping[str, str], program: str = "gmail",
    style: Style | None = None, replaces: tuple[str, ...] = (), adds: bool = False,
) -> Write:  # fmt: skip
    return Write(
        at=at, who=who, signs=who, to=to, program=program, answers=answers, replaces=replaces, adds=adds,
        style=style or STYLES.get(program, Style.NUMBERED), outcome=Outcome.RECORDED,
    )  # fmt: skip


def _away(who: str) -> Write:
    return Write(
        at=TUESDAY, who=who, signs=who, to="check-in", program="exchange_away", style=Style.BARE,
        words="I am away until Monday.", outcome=Outcome.IGNORED,
    )  # fmt: skip


def _regret(who: str) -> Write:
    """Takes back what was in the way, once the champion has read it."""
    return Write(
        at=FRIDAY, who=who, signs=who, to="receipt", program="gmail", style=Style.BARE,
        words="TAKE BACK: In the way", replaces=("In the way",), outcome=Outcome.COMMAND_DONE,
    )  # fmt: skip
