"""Scales from 1 to 5: figures, words, "4/5", keycaps, stars. Two numbers are no answer, nor is an amount."""

import re

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.answers.reservations import DENIALS, asks, denies
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR
from service.reading.tables import table
from service.reading.words import normal

HIGHEST = 5
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "one eins un une uno una um uma één een en ett jeden один bir",
            "two zwei deux dos dois duas due twee två to dwa два iki",
            "three drei trois tres três tre drie trzy три üç",
            "four vier quatre cuatro quatro quattro fyra fire cztery четыре dört",
            "five fünf cinq cinco cinque vijf fem pięć пять beş",
        ),
        start=1,
    )
    for word in words.split()
}
FILLERS = table(
    """
    a an about around say saying i d id would give it its s my answer is rather maybe probably ca etwa
    circa un una eine einen ein number solid strong good weak clear full firm decent big nice definitely
    easily honestly clearly certainly still now just right so well ok hm hmm we are at think guess make
    that be feel feels like score rating
    glatte gute starke klare knappe runde bonne bon petit petite gros buen
    buena let me go for with this week today currently overall
    """
)
OF = table("of von sur de su van av af z из")
SAYING = table("say give rate score sage sagen gebe dirais digo diría")
AFTER = table(
    """
    this for because since but now today again star stars point points at in overall i we as and though
    although so still on with from right honestly really thanks please when due given which
    that and lately weil denn aber diese heute parce mais cette car porque pero esta hoy maybe depending
    """
)
"""Words that may follow a figure without making it an amount: "4 because …", and not "4 people …"."""
STARS = "★⭐🌟"
HOLLOW = "☆"
_TOKENS = re.compile(r"[+-]?\d+(?:[.,]\d+)?|[^\W\d_]+|[/%–—+<>½¼¾$€£-]|[.,;:!?(\n]")
_SIGNS = frozenset("/%+$€£")
_BOUNDS = frozenset("-<>$€£")
_HALVES = frozenset("½¼¾") | table("half halb halbe demi medio mezzo")
_STOPS = frozenset(".,;:!?(\n–—-")


def read(words: str, question: Question, _circumstances: Circumstances) -> Meant | None:
    """1 to 5, or None: out of range, two numbers, a half, an amount, or no number at all."""
    bare = words.strip().replace("\ufe0f", "").replace("\u20e3", "")
    starred = _stars(bare)
    if starred is not None:
        return Meant(starred, CERTAIN) if 1 <= starred <= HIGHEST else None
    if asks(bare[:400]):
        return None
    tokens = _without_denominator([token.lower() for token in _TOKENS.findall(bare[:400])])
    return _figure(tokens, _asked_words(question)) or _word(bare)


def _stars(bare: str) -> int | None:
    shown = [character for character in bare if not character.isspace()]
    if not shown or any(character not in STARS + HOLLOW for character in shown):
        return None
    return sum(character in STARS for character in shown)


def _asked_words(question: Question) -> frozenset[str]:
    """Words of the question itself say nothing more: "The pace is a 4"."""
    return frozenset(normal(f"{question.label} {question.text}").split()) - DENIALS


def _without_denominator(tokens: list[str]) -> list[str]:
    """The five in "4/5", "4 out of 5" or "4 of 5" is the scale's end, no answer."""
    for tail in (
        ["/", "5"],
        ["out", "of", "5"],
        ["of", "5"],
        ["von", "5"],
        ["sur", "5"],
        ["de", "5"],
        ["su", "5"],
    ):
        for at in range(1, min(len(tokens), 12)):
            if tokens[at : at + len(tail)] == tail:
                return tokens[:at] + tokens[at + len(tail) :]
    return tokens


def _figure(tokens: list[str], asked: frozenset[str]) -> Meant | None:
    numbers = [at for at, token in enumerate(tokens) if any(character.isdigit() for character in token)]
    if len(numbers) != 1:
        return None
    at = numbers[0]
    before, token, after = tokens[:at], tokens[at], tokens[at + 1 :]
    if not token.isdecimal() or not 1 <= int(token) <= HIGHEST or not _BOUNDS.isdisjoint(before[-1:]):
        return None
    if denies(" ".join(before)) or _is_amount(after) or not _HALVES.isdisjoint(after):
        return None
    said = [word for word in before if word not in _STOPS]
    plain = all(word in FILLERS or word in asked for word in said)
    rest = [word for word in after if word not in _STOPS]
    if plain:
        return Meant(int(token), CERTAIN if all(word in FILLERS for word in rest) else CLEAR)
    return Meant(int(token), CLEAR) if not rest and not SAYING.isdisjoint(said[-3:]) else None


def _is_amount(after: list[str]) -> bool:
    """What follows the figure goes on with it: "4+", "4-", "4%", "4/10", "4 people"."""
    following = after[0] if after else "."
    if after == ["-"]:
        return True
    if after[:2] in (["to", "me"], ["to", "us"]):
        return False
    return following in _SIGNS or not (following in _STOPS or following in AFTER)


def _is_end_of_scale(said: list[str]) -> bool:
    """The rest of "four out of five", "vier von fünf", "quatre sur cinq"."""
    *lead, last = said
    return lead in (["out", "of"], *([word] for word in OF)) and NUMBER_WORDS.get(last) == HIGHEST


def _word(bare: str) -> Meant | None:
    """A number in words, alone or first: "four", "five stars", "three, because …"."""
    said = [word for word in normal(bare[:400]).split() if word not in FILLERS]
    numbers = {NUMBER_WORDS[word] for word in said if word in NUMBER_WORDS}
    if not said or said[0] not in NUMBER_WORDS or any(character.isdigit() for character in bare):
        return None
    if len(said) == 1 or said[1:] in (["stars"], ["star"]) or _is_end_of_scale(said[1:]):
        return Meant(NUMBER_WORDS[said[0]], CERTAIN)
    first = bare.lstrip().split(None, 1)[0]
    return Meant(NUMBER_WORDS[said[0]], CLEAR) if len(numbers) == 1 and first[-1:] in ",.;:!" else None
