"""What a reading made of a reply, held against what its author wrote."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from service.domain.reading import Asked, Reading, Value
from service.reading.words import words_of
from tests.replies.layouts import Layout
from tests.replies.spelling import Spelled

OUR_WORDS_IN_A_ROW = 4


@dataclass(slots=True)
class Verdict:
    """``read``, ``asked``: keys that were answered plainly, and became an answer or a question again.

    ``rightly_asked``: keys whose words nobody can read. ``wrong``: a story for each answer that was stored
    and should not have been. ``lost``: words of the author that stand nowhere. ``ours``, ``furniture``:
    words that the author did not write, of ours and of programs'.
    """

    read: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    rightly_asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)

    @property
    def perfect(self) -> bool:
        return not (self.asked or self.wrong or self.lost or self.ours or self.furniture)


def judge(layout: Layout, reading: Reading, asked: Asked) -> Verdict:
    """Compare; politeness and pointers ("see below") may be a note or nothing."""
    verdict = Verdict()
    stored = {answer.question: answer.value for answer in reading.answers}
    for key, spelled in layout.answers.items():
        _judge_answer(key, spelled, stored, verdict)
    for key in stored.keys() - layout.answers.keys():
        verdict.wrong.append(f"{key}: nothing was said, stored {stored[key]!r}")
    if (reading.command or "") != layout.command:
        verdict.wrong.append(f"command {layout.command!r}, read {reading.command!r}")
    _judge_words(layout, reading, asked, verdict)
    return verdict


def _judge_answer(key: str, spelled: Spelled, stored: Mapping[str, Value], verdict: Verdict) -> None:
    if key in stored:
        if spelled.value is None:
            verdict.wrong.append(f"{key}: {spelled.words!r} means nothing certain, stored {stored[key]!r}")
        elif same(stored[key], spelled.value):
            verdict.read.append(key)
        else:
            verdict.wrong.append(f"{key}: {spelled.words!r} is {spelled.value!r}, stored {stored[key]!r}")
    elif spelled.value is None or spelled.doubtful:
        verdict.rightly_asked.append(key)
    else:
        verdict.asked.append(f"{key}: {spelled.words!r}")


def same(stored: Value, meant: Value) -> bool:
    """The same value; programs may break lines and draw bullets in their own way, and lists have no order."""
    if isinstance(meant, list) and isinstance(stored, list):
        return sorted(map(_flat, stored)) == sorted(map(_flat, meant))
    if isinstance(meant, str) and isinstance(stored, str):
        return _flat(stored) == _flat(meant)
    return stored == meant


def _flat(words: str) -> str:
    lines = (line.strip().lstrip("-*•·+–").strip() for line in words.split("\n"))
    return "".join("".join(lines).split())


def _judge_words(layout: Layout, reading: Reading, asked: Asked, verdict: Verdict) -> None:
    kept = [answer.text for answer in reading.answers] + list(reading.unread_text.values()) + [reading.note]
    said = [spelled.words for spelled in layout.answers.values()] + [layout.note]
    missing = _counted(said) - _counted(kept)
    verdict.lost += missing.elements()
    extra = _counted(kept) - _counted([layout.above, *layout.under.values(), layout.below, layout.note])
    if extra:
        text = "\n".join(kept)
        (verdict.ours if _quotes_us(text, said, asked) else verdict.furniture).extend(extra.elements())


def _counted(texts: list[str]) -> Counter[str]:
    return Counter(word.normal for text in texts for word in words_of(text))


def _quotes_us(text: str, said: list[str], asked: Asked) -> bool:
    """Some words in a row are ours and not the author's."""
    own = set(_rows_of_words("\n".join(said)))
    sent = {row for ours in asked.texts for row in _rows_of_words(ours)}
    return any(row in sent and row not in own for row in _rows_of_words(text))


def _rows_of_words(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.normal for word in words_of(text)]
    for at in range(len(words) - OUR_WORDS_IN_A_ROW + 1):
        yield tuple(words[at : at + OUR_WORDS_IN_A_ROW])
