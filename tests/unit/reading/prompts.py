"""Prompts as they are sent (the contract between outbound and reading), and short ways to read a reply."""

from datetime import date

from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.reading import Asked, Reading
from service.reading import Circumstances
from service.reading.reader import read_parts

CODE = "f-" + "abcdefgh234567abcdefgh234567abc"
TODAY = date(2026, 11, 23)  # a Monday
CIRCUMSTANCES = Circumstances(TODAY, "en-US", ("Ada Byron", "Grace Murray", "Linus Field", "Maria Santos"))

MOVED = Question(
    "moved",
    "Moved forward",
    "What moved forward since we last wrote?",
    QuestionType.TEXT,
    Effect.PROGRESS,
    default=True,
)
NEXT = Question("next", "Next", "What is your next step?", QuestionType.TEXT, Effect.NEXT_STEP)
WAY = Question("way", "In the way", "Is anything in the way?", QuestionType.TEXT, Effect.OBSTACLE)
THANKS = Question(
    "thanks", "Thanks to", "Who made it easier for you? For what?", QuestionType.PEOPLE, Effect.THANKS
)
PACE = Question(
    "pace",
    "One more",
    "How does the pace feel, from 1 (far too slow or too fast) to 5 (just right)?",
    QuestionType.SCALE,
    Effect.REFLECTION,
)
VISIT = Question(
    "visit",
    "Visit",
    "Have you been at a partner's place in the last two weeks?",
    QuestionType.YES_NO,
    Effect.REFLECTION,
)
SIZE = Question(
    "size",
    "The loss",
    "Is the loss you told us about smaller, the same or bigger?",
    QuestionType.CHOICE,
    Effect.REFLECTION,
    options=(
        Option("smaller", "smaller"),
        Option("same", "the same", ("same", "unchanged")),
        Option("bigger", "bigger"),
    ),
)
WHEN = Question("when", "When", "On which day can the library open the room?", QuestionType.DATE, Effect.NOTE)
NEED = Question(
    "need",
    "Need",
    "something that somebody else may have",
    QuestionType.NEED_OFFER,
    Effect.NEED,
    prefix="need",
)
OFFER = Question(
    "offer",
    "Offer",
    "something that you could lend, share or do",
    QuestionType.NEED_OFFER,
    Effect.OFFER,
    prefix="offer",
)
PRIVATE = Question(
    "private", "Private", "for the champion alone", QuestionType.TEXT, Effect.PRIVATE_NOTE, prefix="private"
)

CHECK_IN = (MOVED, NEXT, WAY, THANKS, PACE, NEED, OFFER, PRIVATE)
HINTS = {QuestionType.SCALE: "(1 to 5)", QuestionType.YES_NO: "(yes / no)"}


def hint(question: Question) -> str:
    if question.type is QuestionType.CHOICE:
        return "(" + " / ".join(option.label for option in question.options) + ")"
    return HINTS.get(question.type, "")


def question_lines(number: int, question: Question) -> list[str]:
    lines = [f"{number}. {question.label}: {question.text}"]
    return [*lines, f"   {hint(question)}"] if hint(question) else lines


def sent_text(questions: tuple[Question, ...], greeting: str = "Hello Grace,") -> str:
    """The plain text of a prompt, as outbound writes it."""
    blocks = [greeting, "Two minutes for the after-school room? One word is enough, in any order."]
    numbered = [question for question in questions if not question.prefix]
    blocks += [
        "\n".join(question_lines(number, question)) for number, question in enumerate(numbered, start=1)
    ]
    lines = [f"{question.prefix}: {question.text}" for question in questions if question.prefix]
    if lines:
        blocks.append("If you like, a line of these:\n" + "\n".join(lines))
    blocks.append(
        "---\nWho reads your answer: your team, with your name. It may also be a public record.\n"
        f"HELP, PAUSE, STOP or SKIP as the first line of a reply do what they say.\nRef {CODE}"
    )
    return "\n\n".join(blocks) + "\n"


def asked(*questions: Question) -> Asked:
    chosen = questions or CHECK_IN
    return Asked((sent_text(chosen),), chosen)


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join((mark + line).rstrip() for line in text.splitlines())


def reading_of(text: str, *questions: Question, html: str = "", name: str = "Grace Murray") -> Reading:
    """The reading of a reply that has this text."""
    return read_parts(text, html, name, asked(*questions), CIRCUMSTANCES)


def values(reading: Reading) -> dict[str, object]:
    return {answer.question: answer.value for answer in reading.answers}
