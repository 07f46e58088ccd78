"""Questions of each type, and what is stored for some words; for tests of meaning."""

from datetime import date

from service.domain.question import Effect, Option, Question, QuestionType
from service.reading import Circumstances
from service.reading.answers import read_answer
from service.reading.confidence import is_enough
from service.reading.tables import phrases

TUESDAY = date(2026, 11, 24)
PEOPLE = ("Ada Marlow", "Ruth Calloway", "Mei Tanaka", "Will Sutter", "Linus Bergmann", "Grace Fielding")
HERE = Circumstances(TUESDAY, "en-US", PEOPLE, "Grace Fielding")

PACE = Question("pace", "One more", "How does the pace feel?", QuestionType.SCALE, Effect.REFLECTION)
VISIT = Question("visit", "Visit", "Have you been there?", QuestionType.YES_NO, Effect.REFLECTION)
SEND = Question("confirm", "A copy", "Shall we send it?", QuestionType.YES_NO, Effect.CONFIRM)
DAY = Question("day", "Opening", "On which day?", QuestionType.DATE, Effect.NOTE)
THANKS = Question("thanks", "Thanks to", "Who?", QuestionType.PEOPLE, Effect.THANKS)
BRING = Question("bring", "Bring", "What?", QuestionType.LIST, Effect.NOTE)
LOSS = Question(
    *("loss", "The loss", "Smaller, the same or bigger?", QuestionType.CHOICE, Effect.NOTE),
    options=(Option("smaller", "smaller", ("less",)), Option("same", "the same"), Option("bigger", "bigger")),
)
APPROVE = Question(
    *("approve", "Your word", "May this be told?", QuestionType.CHOICE, Effect.APPROVAL),
    options=(
        Option("yes", "yes", ("fine", "go ahead")),
        Option("edit", "edit", ("but", "without")),
        Option("not-now", "not now", ("no", "later")),
    ),
)
STEP = Question(
    *("milestone", "Milestone", "its number and how it stands", QuestionType.MILESTONE, Effect.MILESTONE),
    options=(
        Option("7", "Trail map", ("2",)),
        Option("9", "Twelve story signs are printed", ("4",)),
        Option("12", "Benches by the mill path", ("6",)),
    ),
)


def pairs(text: str) -> list[tuple[str, str]]:
    """What is said, and what it means: "a bit smaller => smaller", with bars between."""
    said = (entry.partition(" => ") for entry in phrases(text))
    return [(words, meant) for words, _, meant in said]


def value(words: str, question: Question, circumstances: Circumstances = HERE) -> object:
    """What is stored for these words; None when they are asked again."""
    meant = read_answer(words, question, circumstances)
    return meant.value if meant is not None and is_enough(meant.confidence) else None
