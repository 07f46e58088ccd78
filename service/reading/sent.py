"""What we sent, prepared for recognition: its words in order, and which question each line asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.reading import Asked
from service.reading.words import normals

GRAM = 3  # words
MOST_PLACES = 8  # a phrase that stands in more places is no landmark
_INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line of ours: its words are ``SentText.words[start:end]``.

    ``question``: key of the question whose block it is in, or "". ``ask_at``: where the words of
    that question begin, or -1 where the line does not ask.
    """

    start: int
    end: int
    question: str
    ask_at: int

    @property
    def asks(self) -> bool:
        """True for the line that asks the question."""
        return self.ask_at >= 0


@dataclass(frozen=True, slots=True)
class SentText:
    """All texts that a reply may quote, as one run of normal words.

    ``line_at``: the line that each word is in. ``grams``: where each three words in a row stand.
    ``rules``: our lines without a word ("---").
    """

    words: tuple[str, ...]
    line_at: tuple[int, ...]
    lines: tuple[SentLine, ...]
    grams: dict[tuple[str, ...], tuple[int, ...]] = field(repr=False)
    rules: frozenset[str]

    def below(self, line: SentLine) -> SentLine | None:
        """The line below, where it is the hint of a question or too short to be found; else None."""
        number = self.line_at[line.start] + 1
        follows = self.lines[number] if number < len(self.lines) else None
        if follows is None or follows.asks:
            return None
        return follows if follows.question or follows.end - follows.start < GRAM else None


def prepare(asked: Asked) -> SentText:
    """Index the texts of ``asked``. Linear in their length."""
    wordings = [(question.key, normals(question.text)) for question in asked.questions]
    labels = {tuple(normals(question.label)): question.key for question in asked.questions}
    words: list[str] = []
    line_at: list[int] = []
    lines: list[SentLine] = []
    rules: set[str] = set()
    current = ""
    for raw, first in _raw_lines(asked.texts):
        found = normals(raw)
        if not found:
            rules.add(raw.strip())
            continue
        question, length = _question_in(found, wordings)
        # a receipt reads an answer back: its label, then its words, indented
        label = labels.get(tuple(normals(raw.partition(" (")[0])), "")
        goes_on = not first and (_is_hint(raw) or raw.startswith(_INDENT))
        current = question or label or (current if goes_on else "")
        end = len(words) + len(found)
        line_at.extend([len(lines)] * len(found))
        lines.append(SentLine(len(words), end, current, end - length if question else -1))
        words.extend(found)
    return SentText(tuple(words), tuple(line_at), tuple(lines), _grams(words), frozenset(rules) - {""})


def _raw_lines(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line of each text, and whether it is a text's first."""
    for text in texts:
        for at, raw in enumerate(text.splitlines()):
            yield raw, at == 0


def _question_in(found: list[str], wordings: Sequence[tuple[str, list[str]]]) -> tuple[str, int]:
    """The question whose words end this line (number and label stand before them), and their count."""
    best, most = "", 0
    for key, own in wordings:
        if own and len(own) > most and found[-1] == own[-1] and found[-len(own) :] == own:
            best, most = key, len(own)
    return best, most


def _is_hint(raw: str) -> bool:
    """``(1 to 5)`` below a question belongs to it."""
    bare = raw.strip()
    return bare.startswith("(") and bare.endswith(")")


def _grams(words: list[str]) -> dict[tuple[str, ...], tuple[int, ...]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        known = places.setdefault(gram, [])
        if len(known) < MOST_PLACES:
            known.append(at)
    return {gram: tuple(known) for gram, known in places.items()}
