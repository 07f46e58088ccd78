"""The mails that everybody reads, each with what its author wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.domain.question import QuestionType
from service.domain.reading import Asked
from service.message import parse
from service.reading import Circumstances
from service.reading.words import normal
from tests.replies import corpus
from tests.replies.compare.words import Gold, optional_lines
from tests.replies.generated import Case, generate
from tests.replies.languages import LANGUAGES

UNPROMPTED = Path(__file__).parents[1] / "unprompted"
ANY_MONDAY = Circumstances(date(2026, 12, 7), "en-US", ())
_OPTIONAL = "%% optional"
_IN_WORDS = frozenset([QuestionType.TEXT, QuestionType.LIST, QuestionType.NEED_OFFER])
_FURNITURE = frozenset(["path: disclaimer", "path: banner"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A raw mail; for a reader that can make use of it also what we ``asked``, and where and when."""

    raw: bytes
    asked: Asked | None = None
    circumstances: Circumstances = ANY_MONDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Mail):
    """A mail of which every new word is known.

    ``place``: where its author wrote. ``bare``: it has no signature, banner or disclaimer.
    """

    gold: Gold
    place: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieced(Mail):
    """A mail of which pieces are known: some that its author wrote, some that must not be taken for theirs."""

    own: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def sent(self) -> tuple[str, ...]:
        """What we had sent: nobody's new words."""
        return self.asked.texts if self.asked else ()


def generated(case: Case) -> Whole:
    """A generated reply; greeting, sign-off and questions that its author copied may stand or be left out."""
    layout, spare = case.layout, ""
    place = "inside the quote" if layout.under else "below the quote" if layout.below else "above the quote"
    typed = [layout.above, *layout.under.values(), layout.below]
    known = {line for words in typed for line in words.split("\n")}
    afterthought = [line for line in layout.note.split("\n") if line not in known]
    wanted = "\n".join([*typed, *afterthought])
    if case.position == "questions copied":
        wanted, spare = _without_questions(wanted, case.asked)
    gold = Gold(wanted, _politeness(case), spare)
    bare = "signature: none" in case.labels and _FURNITURE.isdisjoint(case.labels)
    return Whole(
        raw=case.raw, gold=gold, place=place, bare=bare, asked=case.asked, circumstances=case.circumstances
    )


def _without_questions(words: str, asked: Asked) -> tuple[str, str]:
    """``words`` without the questions in them, and these."""
    copied = [question for question in asked.questions if question.text in words]
    for question in copied:
        words = words.replace(f"{question.label}: {question.text}", "").replace(question.text, "")
    return words, "\n".join(f"{question.label}: {question.text}" for question in copied)


def sample(count: int, seed: int) -> Iterator[Case]:
    """So many generated replies, from this number on."""
    return map(generate, range(seed, seed + count))


def _politeness(case: Case) -> frozenset[str]:
    labels = dict(label.split(": ", 1) for label in case.labels)
    language, name = LANGUAGES[labels["language"]], parse(case.raw).author_name
    return optional_lines([*language.hello, *language.closing, name, name.split()[0]])


def unprompted() -> Iterator[Whole]:
    """Mails written by hand that answer nothing of ours: ``NAME.eml``, its new words in ``NAME.txt``."""
    for path in sorted(UNPROMPTED.glob("*.eml")):
        wanted, _, optional = path.with_suffix(".txt").read_text("utf-8").partition(_OPTIONAL)
        yield Whole(raw=path.read_bytes(), gold=Gold(wanted, optional_lines(optional.splitlines())))


def by_hand() -> Iterator[Pieced]:
    """Replies written by hand. What they say in words is known, and every line of ours that they may quote."""
    for name in corpus.names():
        fixture = corpus.load(name)
        foreign = fixture.expected.get("absent", ())
        yield Pieced(
            raw=(corpus.FOLDER / f"{name}.eml").read_bytes(),
            own=tuple(_lines(fixture)),
            foreign=tuple(foreign) if isinstance(foreign, list) else (),
            asked=fixture.asked,
            circumstances=fixture.circumstances,
        )


def _lines(fixture: corpus.Fixture) -> Iterator[str]:
    """Lines with a word in them, of answers in words and of the note."""
    types = {question.key: question.type for question in fixture.asked.questions}
    answers = fixture.expected.get("answers", {})
    known = answers.items() if isinstance(answers, dict) else ()
    said = [value for key, value in known if types.get(key) in _IN_WORDS]
    for piece in (*said, fixture.expected.get("note", [])):
        for words in piece if isinstance(piece, list) else [piece]:
            yield from filter(normal, str(words).split("\n"))
