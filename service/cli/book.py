"""The book of emails: what the playbook says of each mail, for people to leaf through."""

from collections.abc import Iterable, Iterator

from service.domain.people import Role
from service.domain.privacy import READERS
from service.domain.question import Each, Effect, Question, QuestionType
from service.playbook.instruments import Instrument, Trigger

PICTURES = "pictures/emails"
"""Where the pictures lie, seen from the book."""

_GOES_OUT = {
    Trigger.JOINED: "once, when a person comes in",
    Trigger.WEEKLY: "every week",
    Trigger.RHYTHM: "at the times that the plan gives it",
    Trigger.DIGEST: "every week, when there is news",
    Trigger.MONTHLY: "once a month",
    Trigger.MILESTONE_DONE: "when a milestone is done",
    Trigger.THANKS_PASSED_ON: "when somebody passes their thanks on",
    Trigger.BY_HAND: "when the operator sends it",
    Trigger.REPLY: "after every reply",
    Trigger.HELD_CONFIRM: "when nothing says whether a reply is really from its author",
    Trigger.HELD_CLAIM: "when a reply comes from an address that we do not know as theirs",
    Trigger.HELD_NEWS: "when such a reply does not count",
    Trigger.ADDRESS_FAILING: "when mail to somebody keeps coming back",
}
"""In the order of the book; other triggers come behind these, answers to commands last."""

_BECOMES = {
    Effect.NEXT_STEP: "the person's next step",
    Effect.OBSTACLE: "something in the way",
    Effect.THANKS: "thanks to the people named",
    Effect.MILESTONE: "a milestone's new state",
    Effect.CONFIRM: "the yes or no that a command waits for",
    Effect.DECISION: "a decision that is open",
    Effect.VOICE: "a voice on an open decision",
    Effect.RETROSPECT: "a look back",
    Effect.PASS_ON: "whether the thanks are passed on",
    Effect.APPROVAL: "what a manager may read, or not",
    Effect.WORDING: "the words that a manager reads",
    Effect.AUTHORSHIP: "whether the held reply counts",
}
"""Where an effect's own name would not say it."""

_ANSWERS = {
    QuestionType.TEXT: "in words",
    QuestionType.SCALE: "1 to 5",
    QuestionType.YES_NO: "yes or no",
    QuestionType.NEED_OFFER: "in words",
    QuestionType.PEOPLE: "names, and words",
    QuestionType.MILESTONE: "which one, and how it stands",
}

_EACH = {Each.DECISION: "open decision", Each.THANKS: "person thanked"}

_PREFACE = """# The emails

`commonthread preview --book docs/emails.md` writes this page from `templates/instruments/`, and the
pictures from `templates/emails/`; change those and run it again. The people and facts in the
pictures are invented.
"""


def book_text(instruments: Iterable[Instrument]) -> str:
    """A section for each of ``instruments``, as Markdown, in the order in which people meet them."""
    sections = ("\n".join(_section(one)) for one in sorted(instruments, key=_place))
    return "\n".join((_PREFACE, *sections))


def _place(instrument: Instrument) -> tuple[int, str]:
    return min(map(_rank, instrument.triggers)), instrument.key


def _rank(trigger: Trigger) -> int:
    known = [*_GOES_OUT]
    return known.index(trigger) if trigger in known else len(known) + trigger.is_command


def _section(instrument: Instrument) -> Iterator[str]:
    yield f"## {instrument.title}\n"
    yield f"- **Key:** `{instrument.key}`"
    yield f"- **Goes to:** {_audience(instrument)}"
    yield f"- **Goes out:** {_goes_out(instrument)}"
    yield f"- **Replies are read by:** {_readers(instrument)}"
    if instrument.questions:
        yield f"- **Takes:** {_counted(instrument.minutes, 'minute')}"
        yield f"- **Open for:** {_counted(instrument.open_days, 'day')}\n"
        yield from _questions(instrument)
    picture = f"{PICTURES}/{instrument.key}.png"
    yield f"\n![The mail “{instrument.title}” as its reader sees it]({picture})\n"


def _audience(instrument: Instrument) -> str:
    return ", ".join(_plain(role) for role in Role if role in instrument.audience)


def _goes_out(instrument: Instrument) -> str:
    return "; ".join(_when(trigger) for trigger in Trigger if trigger in instrument.triggers)


def _when(trigger: Trigger) -> str:
    if trigger.is_command:
        return f"in answer to {trigger.value.partition(':')[2].upper().replace('-', ' ')}"
    return _GOES_OUT.get(trigger, _plain(trigger))


def _readers(instrument: Instrument) -> str:
    closed = "; nobody but its author reads an answer before the round is closed" if instrument.blind else ""
    return READERS[instrument.privacy] + closed


def _questions(instrument: Instrument) -> Iterator[str]:
    yield "| | asks | answer | becomes |"
    yield "|---|---|---|---|"
    for question in instrument.questions:
        cells = (
            _label(question, instrument),
            question.text,
            _answer(question),
            _BECOMES.get(question.effect, _plain(question.effect)),
        )
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _label(question: Question, instrument: Instrument) -> str:
    name = f"`{question.prefix}:`" if question.prefix else f"**{question.label}**"
    circumstances = "; ".join(_circumstances(question, instrument))
    return f"{name} ({circumstances})" if circumstances else name


def _circumstances(question: Question, instrument: Instrument) -> Iterator[str]:
    """When it is asked, where that is not once in each mail, and who reads it, where those are others."""
    if question.key in instrument.groups:
        yield "in turn with others"
    if question.each:
        yield f"once for each {_EACH.get(question.each, _plain(question.each))}"
    if question.follows:
        followed = next(one.label for one in instrument.questions if one.key == question.follows)
        yield f"in the receipt of whoever answers “{followed}”"
    if question.privacy not in (None, instrument.privacy):
        yield f"read by {READERS[question.privacy]}"


def _answer(question: Question) -> str:
    if question.options:
        return ", ".join(option.label for option in question.options)
    return _ANSWERS.get(question.type, _plain(question.type))


def _plain(word: str) -> str:
    return word.replace("_", " ").replace(":", ", ")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
