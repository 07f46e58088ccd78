"""Closings: how a mail ends, from which its author's endings are learned.

A wrong ending would take an author's words away, so little qualifies: a block at the very end that
begins with the author's name or shows how to reach them; or, for several people of one domain, a long
paragraph. Nothing does that speaks to our questions.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, dropwhile, groupby, islice, takewhile
from typing import NamedTuple

from service.domain.ending import LONGEST, Closing
from service.domain.question import Question
from service.reading import evidence
from service.reading.asides import is_afterthought, is_sentence
from service.reading.authorship import Own
from service.reading.circumstances import Circumstances
from service.reading.endings import hangs, is_marked, tokens_in, tokens_of
from service.reading.markers import Markers
from service.reading.order import by_kind
from service.reading.signature import LONGEST_DISCLAIMER, LONGEST_SIGNATURE, is_closing
from service.reading.words import normal, words_of

MOST = 5
"""Closings of one region, the shortest first."""
FEWEST_LINES = 2
DISCLAIMER_WORDS = 20
CARD_WIDTH = 80
PHONE_DIGITS = 7
SHORT_WORD = 3  # "of", "the", "der": written small in a title
_SENTENCE = (".", "!", "?")
_BEHIND_A_NAME = ",|•·-–—(/"


class _Block(NamedTuple):
    """Lines at the end of a region; ``at``: where they begin. ``apart``: they begin a paragraph."""

    at: int
    lines: list[str]
    apart: bool


def closings(
    forms: Sequence[Sequence[Own]], questions: tuple[Question, ...], circumstances: Circumstances, name: str
) -> tuple[Closing, ...]:
    """The ways in which a mail ends, all of it and what is left without its known endings (``forms``).

    ``name``: the author's, as their mail says it. None where nobody knows who wrote it.
    """
    if not circumstances.author:
        return ()
    found = (one for own in forms for one in _closings(own, questions, circumstances, name))
    return tuple({one.words: one for one in found}.values())


def _closings(
    own: Sequence[Own], questions: tuple[Question, ...], circumstances: Circumstances, name: str
) -> Iterator[Closing]:
    """Those of the last region, and of the first, where somebody signs who answers further down."""
    regions = [list(group) for _, group in groupby(own, key=lambda one: one.region)]
    names = [normal(one).split() for one in (circumstances.author, name) if normal(one)]
    markers = Markers(questions)
    for number in sorted({0, len(regions) - 1}) if regions else []:
        others = [one.text for at, region in enumerate(regions) if at != number for one in region]
        lines = [one.text for one in regions[number]]
        whole = bool(others) and not regions[number][0].under  # under a question it is an answer
        blocks = (block for block in _blocks(lines, whole, names) if _may_end(block, lines, names))
        silent = takewhile(lambda block: not _speaks(block, markers, questions, circumstances), blocks)
        for block in islice(silent, MOST):
            closing = _closing(block, [*others, *lines[: block.at]], names)
            if closing.above:
                yield closing


def _blocks(lines: Sequence[str], whole: bool, names: Sequence[list[str]]) -> Iterator[_Block]:
    """Blocks that end the lines, the shortest first: each begins a paragraph, or with a name or a "Best,"."""
    last = next((at + 1 for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), 0)
    length = 0
    for at in range(last - 1, max(-1, last - LONGEST_DISCLAIMER - 1), -1):
        line, length = lines[at], length + len(lines[at]) + 1
        if length > LONGEST:
            return
        if tokens_in(line) and (at or whole):
            apart = at == 0 or not tokens_in(lines[at - 1])
            if apart or is_closing(line) or _is_name(line, names):
                yield _Block(at, list(lines[at:last]), apart)


def _may_end(block: _Block, lines: Sequence[str], names: Sequence[list[str]]) -> bool:
    told = block.apart and len(tokens_of(block.lines)) >= DISCLAIMER_WORDS
    return (told or _is_signed(block.lines, names)) and not hangs(lines, block.at)


def _closing(block: _Block, above: Sequence[str], names: Sequence[list[str]]) -> Closing:
    said, words = " ".join(tokens_of(_nearest(above))), " ".join(tokens_of(block.lines))
    return Closing("\n".join(block.lines), words, said, _is_signed(block.lines, names))


def _nearest(above: Sequence[str]) -> list[str]:
    """The last of these lines: enough to tell one mail from another."""
    reach = accumulate(len(line) for line in reversed(above))
    some = sum(1 for _ in takewhile(lambda length: length < LONGEST, reach)) + 1
    return [line[-LONGEST:] for line in above[-some:]]


def _speaks(
    block: _Block, markers: Markers, questions: Sequence[Question], circumstances: Circumstances
) -> bool:
    """It has a line with a label or a number of ours, a "P.S.", or an answer all by itself: "4", "yes"."""
    return any(
        is_marked(line, markers) or is_afterthought(line) or by_kind(line, questions, circumstances)
        for line in block.lines
        if line.strip()
    )


def _is_signed(lines: Sequence[str], names: Sequence[list[str]]) -> bool:
    """Below a "Best,": the author's name and more, or a card that says how to reach them.

    Either has several lines: a name alone may be an answer. Words above a name are no card's, and
    sentences below it may be an answer too.
    """
    card = list(dropwhile(_says_nothing, lines))
    filled = [line for line in card if tokens_in(line)]
    if not FEWEST_LINES <= len(filled) <= LONGEST_SIGNATURE:
        return False
    first, *others = _paragraphs(card)
    if _is_name(filled[0], names):
        ends = [line.rstrip().endswith(_SENTENCE) for line in first[1:]]
        return not (ends and all(ends)) and not any(map(_is_said, others))
    return not any(_is_name(line, names) for line in filled) and _is_card(first)


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    return [list(group) for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled]


def _is_said(paragraph: Sequence[str]) -> bool:
    """A sentence of its own below a name: "Ada", "All good here."."""
    return paragraph[-1].rstrip().endswith(_SENTENCE) and len(tokens_of(paragraph)) < DISCLAIMER_WORDS


def _says_nothing(line: str) -> bool:
    return is_closing(line) or not tokens_in(line) or _is_caption(line)


def _is_caption(line: str) -> bool:
    """What a program writes for a picture: "[Logo of the City Library]"."""
    bare = line.strip()
    return bare[0] == "[" and bare[-1] == "]"


def _is_name(line: str, names: Sequence[list[str]]) -> bool:
    """The author's name, or one of its words, alone on a line; the whole of it may have a title behind."""
    if len(line) > CARD_WIDTH:
        return False
    words = words_of(line)
    said = [word.normal for word in words]
    for own in names:
        if sorted(said) == sorted(own) or (len(said) == 1 and said[0] in own):
            return True
        if own and len(own) > 1 and said[: len(own)] == own:
            behind = line[words[len(own) - 1].end :].strip()
            return behind[:1] in _BEHIND_A_NAME and _is_title(behind)
    return False


def _is_card(lines: Sequence[str]) -> bool:
    """A paragraph with titles, and below them a telephone number or an address.

    A page's address is no sign: it may be a link that they send each week.
    """
    reach = next((at for at, line in enumerate(lines) if _reaches(line)), 0)
    titles = all(_is_title(line) for line in lines[:reach])
    return reach > 0 and titles and not any(is_sentence(line) for line in lines)


def _is_title(line: str) -> bool:
    """Words with capitals, as "Director of the City Library", and no sentence."""
    bare = line.strip()
    words = [word for word in bare.split() if word[0].isalpha()]
    large = [word for word in words if word[0].isupper()]
    small = all(len(word) <= SHORT_WORD for word in words if word not in large)
    return bool(large) and small and len(bare) <= CARD_WIDTH and bare[-1] not in ".!?:;"


def _reaches(line: str) -> bool:
    digits = sum(character.isdigit() for character in line)
    return evidence.has_address(line) or (digits >= PHONE_DIGITS and not evidence.has_date(line))
