"""Answers by type as people spell them, and what each one means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from service.domain.question import Question, QuestionType
from service.domain.reading import Value
from tests.replies import bank
from tests.replies.languages import ENGLISH
from tests.replies.town import ROSTER, STRANGERS


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words, and what they mean. ``value`` None: nobody can tell, so they are asked again.

    ``doubtful``: as an answer without any mark they may mean another question, so asking is right as well.
    """

    words: str
    value: Value | None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The day of the reply, its author's locale and name."""

    today: date
    locale: str
    author: str


def spell(question: Question, setting: Setting, rng: Random) -> Spelled:
    """Some answer to ``question``."""
    return _BY_TYPE[question.type](question, setting, rng)


def _text(question: Question, setting: Setting, rng: Random) -> Spelled:
    roll = rng.random()
    if roll < 0.06:
        return Spelled(rng.choice(bank.NOTHING), "")
    if roll < 0.22:
        words = rng.choice(bank.LOOKS_ODD)
    elif roll < 0.28:
        words = rng.choice(bank.FOREIGN)
    elif roll < 0.36 and not question.prefix:
        words = _paragraphs(rng)
    elif roll < 0.42:
        words = _bullets(rng)
    elif roll < 0.55:
        words = " ".join(rng.sample(_bank_of(question), 2))
    else:
        words = rng.choice(_bank_of(question))
    return Spelled(words, words)


def _bank_of(question: Question) -> tuple[str, ...]:
    banks = {"progress": bank.PROGRESS, "next_step": bank.NEXT, "obstacle": bank.OBSTACLES}
    return bank.PRIVATE if question.prefix else banks.get(question.effect.value, bank.THOUGHTS)


def _paragraphs(rng: Random) -> str:
    pieces = rng.sample(bank.PROGRESS + bank.THOUGHTS, rng.randint(2, 3))
    return rng.choice(("\n\n", "\n")).join(pieces)


def _bullets(rng: Random) -> str:
    mark = rng.choice(("- ", "* ", "• ", "-- "[1:], "+ "))
    items = rng.sample(bank.PROGRESS + bank.NEXT, rng.randint(2, 4))
    lead = rng.choice(("", "", "Three things:\n", "This week\n"))
    return lead + "\n".join(mark + item for item in items)


def _line(question: Question, setting: Setting, rng: Random) -> Spelled:
    words = rng.choice(bank.OFFERS if question.prefix == "offer" else bank.NEEDS)
    return Spelled(words, words)


def _list(question: Question, setting: Setting, rng: Random) -> Spelled:
    items = rng.sample(bank.ITEMS, rng.randint(1, 4))
    form = rng.choice(("comma", "semicolon", "lines", "bullets"))
    words = {
        "comma": ", ".join(items),
        "semicolon": "; ".join(items),
        "lines": "\n".join(items),
        "bullets": "\n".join(f"- {item}" for item in items),
    }[form]
    return Spelled(words, items)


_SCALE_WORDS = ("", "one", "two", "three", "four", "five")
_VAGUE_SCALES = (
    "3 or 4",
    "between 2 and 3",
    "3.5",
    "7",
    "0",
    "good",
    "10/10",
    "somewhere in the middle",
    "4-5",
    "?",
)


def _scale(question: Question, setting: Setting, rng: Random) -> Spelled:
    if rng.random() < 0.12:
        return Spelled(rng.choice(_VAGUE_SCALES), None)
    number = rng.randint(1, 5)
    words = rng.choice(
        (
            *(
                f"{number}",
                f"{number}",
                f"{number}",
                f"{number}.",
                f"{number}/5",
                f"{number} / 5",
                f"{number} of 5",
            ),
            *(f"{number} out of 5", _SCALE_WORDS[number], _SCALE_WORDS[number].title(), f"a {number}"),
            *("★" * number + "☆" * (5 - number), "⭐" * number, f"{number}\ufe0f\u20e3", f"I'd say {number}"),
            *(
                f"{number} - we wait a lot",
                f"{number}, because the days are short",
                f"about {number}",
                f"{number}!",
            ),
            f"{_SCALE_WORDS[number]}, more or less",
        )
    )
    return Spelled(words, number)


def _choice(question: Question, setting: Setting, rng: Random) -> Spelled:
    options = question.options
    if rng.random() < 0.12:
        two = rng.sample([option.label for option in options], 2)
        return Spelled(
            rng.choice((f"{two[0]} or {two[1]}", "hm, hard to say", "purple", f"{two[0]}, or {two[1]}?")),
            None,
        )
    option = rng.choice(options)
    name = rng.choice((option.label, option.label, *option.words))
    form = rng.choice(("{}", "{}", "{}", "{}.", "{}!", "{}, I think"))
    words = form.format(rng.choice((name, name.capitalize(), name.upper())))
    return Spelled(words, option.key)


_YES = (
    "yes",
    "Yes",
    "yes!",
    "Yep",
    "y",
    "Yes, twice",
    "yes - last Friday",
    "sure",
    "Yes, we have.",
    "ja",
    "oui",
    "sí",
    "👍",
)
_NO = ("no", "No", "Nope.", "not yet", "n", "No, next week", "not really", "nein", "non", "No, sorry.", "👎")
_NEITHER = ("yes and no", "maybe", "not sure", "hard to say", "Only Ruth", "in a way")


def _yes_no(question: Question, setting: Setting, rng: Random) -> Spelled:
    roll = rng.random()
    if roll < 0.12:
        return Spelled(rng.choice(_NEITHER), None)
    return Spelled(rng.choice(_YES), True) if roll < 0.6 else Spelled(rng.choice(_NO), False)


_VAGUE_DATES = (
    "soon",
    "next year some time",
    "5 or 6 December",
    "when the snow melts",
    "not before the school says yes",
    "?",
)
_MONTHS = ENGLISH.months.split()


def _date(question: Question, setting: Setting, rng: Random) -> Spelled:
    if rng.random() < 0.15:
        return Spelled(rng.choice(_VAGUE_DATES), None)
    day = setting.today + timedelta(days=rng.randint(8, 80))
    if rng.random() < 0.25:
        return _relative(setting.today, rng)
    month = _MONTHS[day.month - 1]
    american = setting.locale == "en-US"
    figures = f"{day.month}/{day.day}/{day.year}" if american else f"{day.day}/{day.month}/{day.year}"
    forms = [
        *(
            day.isoformat(),
            f"{day.day} {month}",
            f"{month} {day.day}",
            f"{month[:3]} {day.day}",
            f"{day.day} {month[:3].lower()}",
        ),
        *(
            f"{month} {day.day}, {day.year}",
            f"on {month} {_th(day.day)}",
            f"the {_th(day.day)} of {month}",
            figures,
        ),
        *(f"{day:%A}, {month} {day.day}", f"not before {day.day} {month}"),
    ]
    if not american:
        forms.append(f"{day.day}.{day.month}.{day.year}")
    return Spelled(rng.choice(forms), day.isoformat())


def _relative(today: date, rng: Random) -> Spelled:
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    forms = {
        "tomorrow": today + timedelta(days=1),
        "in two weeks": today + timedelta(days=14),
        "in 10 days": today + timedelta(days=10),
        "a week from today": today + timedelta(days=7),
        "next Tuesday": today + timedelta(days=8 - today.weekday()),
    }
    if today.weekday() < 4:
        forms |= {"this Friday": friday, "eod Friday": friday, "Friday": friday}
    words = rng.choice(sorted(forms))
    return Spelled(words, forms[words].isoformat())


def _th(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


_FIRST_NAMES = {name.split()[0]: name for name in ROSTER if name.split()[0] not in ("Will", "May")}


def _people(question: Question, setting: Setting, rng: Random) -> Spelled:
    roll = rng.random()
    if roll < 0.06:
        return Spelled(rng.choice(bank.NOTHING), "")
    if roll < 0.2:
        words = f"{rng.choice(STRANGERS)}, {rng.choice(bank.REASONS)}"
        return Spelled(words, words)
    names = rng.sample([name for name in ROSTER if name != setting.author], rng.randint(1, 3))
    said = [name if rng.random() < 0.5 else _short(name) for name in names]
    joined = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    words = rng.choice(
        ("{}", "{}", "thanks to {}", "Thank you {}", "{}, of course", "{} {reason}", "{}, {reason}")
    )
    return Spelled(words.format(joined, reason=rng.choice(bank.REASONS)), names)


def _short(name: str) -> str:
    first = name.split()[0]
    return first if _FIRST_NAMES.get(first) == name else name


def _milestone(question: Question, setting: Setting, rng: Random) -> Spelled:
    option = rng.choice(question.options)
    number = option.words[0] if option.words else option.key
    day = setting.today + timedelta(days=rng.randint(8, 80))
    month = _MONTHS[day.month - 1]
    states: tuple[tuple[str, str | None, str | None], ...] = (
        *(
            ("done", "done", None),
            ("done!", "done", None),
            ("finished", "done", None),
            ("is at risk", "at_risk", None),
        ),
        *(
            (f"moved to {month} {day.day}", "moved", day.isoformat()),
            (f"now {day.day} {month}", "moved", day.isoformat()),
        ),
        *(
            ("we need help from the school", "hand_wanted", None),
            ("a hand from somebody, please", "hand_wanted", None),
        ),
        *(("hm, we will see", None, None), ("not done", None, None), ("moved", None, None)),
    )
    words, state, when = rng.choice(states)
    named = rng.choice(("{} {}", "{}: {}", "{} - {}", "#{} {}"))
    value: Value | None = None if state is None else {"milestone": option.key, "state": state, "date": when}
    return Spelled(named.format(number, words), value)


_BY_TYPE: Mapping[QuestionType, Callable[[Question, Setting, Random], Spelled]] = {
    QuestionType.TEXT: _text,
    QuestionType.LIST: _list,
    QuestionType.SCALE: _scale,
    QuestionType.CHOICE: _choice,
    QuestionType.YES_NO: _yes_no,
    QuestionType.DATE: _date,
    QuestionType.PEOPLE: _people,
    QuestionType.MILESTONE: _milestone,
    QuestionType.NEED_OFFER: _line,
}
