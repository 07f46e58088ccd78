"""What a mail says itself, in clauses. Reading answers is ``reading``'s work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile

from service.inbound.languages import Language, is_unspaced
from service.inbound.lines import QUOTES, text_of
from service.inbound.wording import CLOSINGS
from service.message import Message

LONGEST_CLOSING = 6
SHORTEST_WRAPPED = 45
_ENDS = frozenset(',;:.!?)"”»…')
_EDGES = " \t,;:.!?()\"'’*<>[]“”„«»…=_#&+|"
_SENTENCE_ENDS = frozenset(".:!?")
_DASHES = frozenset({"-", "–", "—", "~", "・", "•", "/", "|", "*"})
_MARKS = {ord(wide): f"{narrow} " for wide, narrow in zip("、。，！？：；）", ",.,!?:;)", strict=True)}
_MARKS |= {ord("’"): "'", ord("("): " (", ord("（"): " (", ord(","): ", ", ord("!"): "! ", ord(";"): "; "}
_WEEKDAY = re.compile(r"[(（][月火水木金土日一二三四五六월화수목금토일][)）]")
_LIKE_ATTRIBUTION = re.compile(r"\d|@")
_DELIMITERS = ("--", "__", "***")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The author's words, with the breaks of lines that are theirs.

    ``names``: words, lower-case, that are names by their capital.
    """

    text: str
    names: frozenset[str]

    def clauses(self, language: Language) -> Iterator[str]:
        """The lower-case words between two marks or joining words, without the marks at their edges."""
        text = self.text.lower().replace("\n", " / ")
        for affix in language.affixes:
            text = text.replace(affix, ", ")
        words: list[str] = []
        tokens = text.split()
        for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
            word = token.strip(_EDGES)
            joins = token in _DASHES or word in language.joins
            if words and (joins or token[0] == "("):
                yield " ".join(words)
                words.clear()
            if word and not joins:
                words.append(word)
            ordinal = word.isdecimal() and language.months.number(following.strip(_EDGES)) is not None
            if words and token[-1] in _ENDS and not ordinal:
                yield " ".join(words)
                words.clear()
        if words:
            yield " ".join(words)


def paragraphs(message: Message) -> Iterator[Paragraph]:
    """What the author wrote: without quote, sign-off and signature, but with what stands below them.

    A quote without marks is kept, as an author may have written into it.
    """
    above, below = _around_quote([line.strip() for line in text_of(message).splitlines()])
    paragraph: list[str] = []
    for line in [*_unsigned(above, message.author_name), "", *below, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            text = _WEEKDAY.sub("", _joined(paragraph)).translate(_MARKS)
            yield Paragraph(text, _names_in(text))
            paragraph.clear()


def _joined(lines: list[str]) -> str:
    """The lines as one, but where the author broke one and no program: it is short, and what follows may
    be a sentence. Scripts without blanks, of which some have no full stop, keep all their breaks.
    """
    pieces = [lines[0]]
    for above, line in pairwise(lines):
        short = len(above) < SHORTEST_WRAPPED or is_unspaced(above[-1])
        broken = short and not line[0].islower()
        pieces.append(f"\n{line}" if broken else f" {line}")
    return "".join(pieces)


def _names_in(text: str) -> frozenset[str]:
    """Words with a capital within a sentence, or with another such word behind them."""
    tokens = text.split()
    starts = [True, *(token[-1] in _SENTENCE_ENDS for token in tokens)]
    capital = [token.strip(_EDGES)[:1].isupper() for token in tokens] + [False]
    return frozenset(
        token.strip(_EDGES).lower()
        for at, token in enumerate(tokens)
        if capital[at] and (not starts[at] or (capital[at + 1] and not starts[at + 1]))
    )


def _around_quote(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the first quote, without what introduces it ("On 30 Nov … wrote:"); those behind."""
    above = list(takewhile(lambda line: not line.startswith(QUOTES), lines))
    below = [line for line in lines[len(above) :] if not line.startswith(QUOTES)]
    if len(above) < len(lines):
        while above and not above[-1]:
            above.pop()
        if above and above[-1].endswith(":") and _LIKE_ATTRIBUTION.search(above[-1]):
            above.pop()
            while above and above[-1] and not above[-1].endswith(tuple(_SENTENCE_ENDS)):
                above.pop()
    return above, below


def _unsigned(lines: list[str], name: str) -> list[str]:
    """The lines without the signature: all below a delimiter, or a sign-off with the block it is in.

    A sign-off alone in its block takes the next one along ("Best,", a blank line, "Ada"). What ends like
    a sentence is no part of a signature.
    """
    own = list(takewhile(lambda line: line not in _DELIMITERS and not _is_end(line, name), lines))
    rest = lines[len(own) :]
    if not rest or rest[0] in _DELIMITERS:
        return own
    blocks = 2 if rest[1:2] == [""] else 1
    below = rest
    for _ in range(blocks):
        below = list(dropwhile(bool, dropwhile(lambda line: not line, below)))
    sentences = [line for line in rest[: len(rest) - len(below)] if line.endswith((".", "!", "?", "。"))]
    return [*own, "", *sentences, *below]


def _is_end(line: str, name: str) -> bool:
    """A sign-off, alone or with names behind it; or the author's name."""
    words = line.replace(",", " ").strip(_EDGES).split()
    if not words or len(words) > LONGEST_CLOSING:
        return False
    said = " ".join(words).lower()
    if name and set(said.split()) <= set(name.lower().split()):
        return True
    closings = (closing for closing in CLOSINGS if f"{said} ".startswith(f"{closing} "))
    return any(all(word[0].isupper() for word in words[len(closing.split()) :]) for closing in closings)
