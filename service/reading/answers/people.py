"""Thanks: which people of the roster are named, and thanked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.answers.reservations import denies
from service.reading.answers.text import says_nothing
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, DOUBTFUL, LIKELY
from service.reading.tables import table
from service.reading.words import Word, normal, words_of

SHORTEST_SMALL = 4
"""Letters of a first name that may be written small; "will" and the like never are."""
ALSO_WORDS = table(
    """
    will grace hope joy mark rose faith bill jack june april august dawn iris pearl rusty sandy skip stew
    chase grant frank miles penny ruby summer autumn sunny page clay dean gene guy heath olive robin rich
    rob drew wade ward wren star melody harmony charity constance patience prudence christian earnest ernest
    major king prince duke noble price land lane rock cliff dale glen ford reed brook brooks river sage
    basil ginger violet daisy lily ivy holly hazel heather jasmine myrtle cherry candy sugar honey amber
    crystal jade gold goldie silver dusty stormy rain snow love dear bishop abbot pope martin josh pat sue
    viola carol merry mercy bonnie happy trinity destiny genesis angel chance lance pierce trace trip
    vera alba blanca clara luz sol paz mercedes dolores consuelo pilar rosa linda bella felix victor
    """
)
TITLES = table("mr mrs ms miss mx dr prof herr frau madame mme monsieur señora señor sra signora signor")
JOINED = table("and also plus und y et e og och")
KIN = table(
    """
    wife husband partner son sons daughter daughters kid kids child children mother mom mum father dad
    brother sister friend friends neighbor neighbors neighbour neighbours boss manager assistant colleague
    colleagues team crew department class students office family grandson granddaughter grandfather
    grandmother frau mann freund freundin kollege kollegin kollegen amie ami collègue amiga amigo
    """
)
"""Who stands beside somebody: "Walter's wife" is another person than Walter."""
DENYING = table("not neither nor except without nicht außer sauf pas salvo excepto bar")
ALL = table("everyone everybody all anyone anybody nobody alle tous todos")
VERB_FOLLOWS = table("i you we they he she it be do there someone somebody anyone have not")
"""Behind "Will" or "May" they say that it is no name."""
NEAR = 60
"""Characters in front of a name, and behind it, that say what it is there for."""
_LEADING = JOINED | table("thank thanks especially particularly")
_ENDS = tuple(",;.!\n&+/-–—(*•")


class Mention(NamedTuple):
    """``name`` of the roster stands in a text from ``start`` to ``end``, in full or by its first word."""

    name: str
    start: int
    end: int


def read(words: str, _question: Question, circumstances: Circumstances) -> Meant:
    """Who is thanked, in the order of the text; the text itself where nobody of the roster is for certain."""
    stripped = words.strip()
    if says_nothing(stripped):
        return Meant("", CERTAIN)
    if normal(stripped).startswith("no thanks to "):
        return Meant(stripped, DOUBTFUL)
    found = named_people(stripped, circumstances.people)
    others = [name for name in found if name != circumstances.author]
    return Meant(others, LIKELY) if others else Meant(stripped, CERTAIN)


def named_people(text: str, people: tuple[str, ...]) -> list[str]:
    """People of ``people`` whom ``text`` thanks: in full, or by a first name that only one of them has."""
    found = mentions(text, people)
    return list(dict.fromkeys(mention.name for mention in _thanked(text, found)))


def mentions(text: str, people: tuple[str, ...]) -> list[Mention]:
    """Every place where ``text`` names one of ``people``, in the order of the text."""
    said = words_of(text)
    by_first: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in people:
        if wanted := [word.normal for word in words_of(name)]:
            by_first[wanted[0]].append((name, wanted))
            by_last[wanted[-1]].append(name)
    return [
        Mention(name, said[at].start, said[at + length - 1].end)
        for at, word in enumerate(said)
        for name, length in (
            *_names_at(text, said, at, by_first.get(word.normal, [])),
            *_titled_at(said, at, by_last),
        )
    ]


def _names_at(
    text: str, said: list[Word], at: int, known: list[tuple[str, list[str]]]
) -> list[tuple[str, int]]:
    """Who of ``known`` is named from word ``at`` on, and by how many words."""
    full = [
        (name, len(wanted))
        for name, wanted in known
        if [word.normal for word in said[at : at + len(wanted)]] == wanted
    ]
    if full or not known:
        return full
    if initial := _initial_after(text, said, at):
        fitting = [name for name, wanted in known if wanted[1:] and wanted[-1].startswith(initial)]
        return [(fitting[0], 2)] if len(fitting) == 1 else []
    return [(known[0][0], 1)] if len(known) == 1 and _may_be_short(text, said, at) else []


def _titled_at(said: list[Word], at: int, by_last: dict[str, list[str]]) -> list[tuple[str, int]]:
    """Somebody by title and surname, which only one has: "Ms. Calloway". "Mr and Mrs Quill" are two."""
    if said[at].normal not in TITLES or at + 1 >= len(said):
        return []
    couple = at > 1 and said[at - 1].normal in JOINED and said[at - 2].normal in TITLES
    names = by_last.get(said[at + 1].normal, [])
    return [(names[0], 2)] if len(names) == 1 and not couple else []


def _initial_after(text: str, said: list[Word], at: int) -> str:
    """The "o" of "Maria O."; '' where no single capital stands right behind the name."""
    follows = said[at + 1] if at + 1 < len(said) else None
    if follows is None or len(follows.normal) != 1 or text[said[at].end : follows.start] != " ":
        return ""
    return follows.normal if text[follows.start].isupper() and follows.normal != "i" else ""


def _may_be_short(text: str, said: list[Word], at: int) -> bool:
    """A first name has a capital, or is no other word ("will" is no Will), and no surname behind it."""
    word = said[at]
    also_word = word.normal in ALSO_WORDS
    if also_word and at + 1 < len(said) and said[at + 1].normal in VERB_FOLLOWS:
        return False
    small = len(word.normal) >= SHORTEST_SMALL and not also_word
    if not text[word.start].isupper() and len(said) > 1 and not small:
        return False
    follows = said[at + 1] if at + 1 < len(said) else None
    return follows is None or text[word.end : follows.start] != " " or not text[follows.start].isupper()


def _thanked(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Without those who are only spoken of: denied ("not Tomas"), excepted ("all but Ada"), somebody
    beside them ("Walter's wife"), or part of a reason ("because he told Mei")."""
    counted, end = True, 0
    for mention in found:
        between = text[end : mention.start]
        joined = end > 0 and all(word.normal in JOINED for word in words_of(between))
        if not joined:
            counted = not (end and _goes_on(between))
        counted = counted and not _is_set_apart(text[max(0, mention.start - NEAR) : mention.start])
        after = text[mention.end : mention.end + NEAR]
        if counted and not (_is_of_somebody_else(after) or _did_not(after)):
            yield mention
        end = mention.end


def _goes_on(between: str) -> bool:
    """Words between two names that make the second a part of what is said of the first: "Ada helped Ruth",
    "Ada, because she told Ruth", and not "Ada for the tea, Ruth for the cake"."""
    said = words_of(between)
    if not said:
        return False
    parted = between[said[-1].end :].strip(" \t").startswith(_ENDS)
    thanked = [word.normal for word in said[-2:]] in (["thanks", "to"], ["thank", "you"])
    return not (parted or thanked or said[-1].normal in _LEADING)


def _is_set_apart(before: str) -> bool:
    """The words right in front deny the thanks, or thank somebody who is only near the name."""
    near = [word.normal for word in words_of(before[_last_end(before) :])][-4:]
    if not near:
        return False
    denied = near[-1] in DENYING or near[-3:] == ["no", "thanks", "to"]
    spared = near[-1] == "but" and not ALL.isdisjoint(near)
    beside = near[-1] in ("of", "von", "de", "from") and any(word in KIN for word in near[-3:-1])
    beside = beside or (len(near) > 1 and near[-2] == "s" and near[-1] in KIN)  # "Ada's husband Will"
    return denied or spared or beside or near[-2:] == ["instead", "of"]


def _last_end(clause: str) -> int:
    return max(clause.rfind(end) for end in ";.!\n") + 1


def _is_of_somebody_else(after: str) -> bool:
    """Somebody beside them, as "Walter's wife" is, and not "Walter's help"."""
    if after[:1] not in ("'", "’"):
        return False
    said = [word.normal for word in words_of(after[1:])][:3]
    return any(word in KIN for word in said)


def _did_not(after: str) -> bool:
    """No help came from them, as in "Ada did not come": no thanks for that; "Ada, not Ruth" are thanks."""
    said = words_of(after)[:2]
    near = after[: said[-1].end] if said else ""
    return after.startswith(" ") and denies(near) and not any(end in near for end in ",;.!\n(")
