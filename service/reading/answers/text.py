"""Free text and lists. Any words are an answer; a few of them say that there is nothing to say."""

import re

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN
from service.reading.tables import phrases, table
from service.reading.words import normal

NOTHING = frozenset(
    phrases(
        """
        n a|na|nothing|none|no|nope|nil|nobody|no one|not applicable|nothing much|nothing new
        |nothing really|nothing this week|nothing to report|not really|nothing yet|not this week
        |no thanks|nichts|nein|keine|keiner|niemand|rien|non|aucun|aucune|personne|nada|ninguno|ninguna
        |nadie|niente|nessuno|niets|geen|nee|inget|ingenting|nej|ingen|intet|nei|nic|ei|ei mitään|semmi
        |nem|ничего|нет|нічого|ні|yok|hayır|なし|特になし|无|没有|無|없음|없습니다|nimic|nu|τίποτα|όχι
        |לא|אין|لا شيء|لا|không|không có|ništa|ne
        """
    )
)
_UNDECIDED = frozenset(
    phrases("not sure|not sure yet|maybe|tbd|i don t know|no idea|no idea yet|don t know yet")
)
_REGRETS = frozenset(phrases("sorry|i m afraid|i am afraid|thanks|thank you|really|leider|désolé|lo siento"))
LONGEST_NOTHING = 40
_AND = table("and und et y e og och")
_STROKES = frozenset("-–—./\\…_")
_BULLET = re.compile(r"\s*(?:[-–—*•·+]|\(?\d{1,2}[.):])\s+")


def read(words: str, _question: Question, _circumstances: Circumstances) -> Meant:
    """The words as they are; "" where they say that there is nothing (an answer, not a gap)."""
    stripped = words.strip()
    return Meant("" if says_nothing(stripped) else stripped, CERTAIN)


def read_list(words: str, _question: Question, _circumstances: Circumstances) -> Meant | None:
    """One item per line or bullet; on a single line, per semicolon or comma.

    None where a line with commas goes on below: a program may have broken it, or each line is an item.
    """
    if says_nothing(words):
        return Meant([], CERTAIN)
    if normal(words) in _UNDECIDED:
        return None
    lines = [line for line in words.splitlines() if line.strip()]
    bulleted = any(_BULLET.match(line) for line in lines)
    if len(lines) > 1 and not bulleted and "," in words and ";" not in words:
        return None
    joined = len(lines) == 1 or (not bulleted and ";" in words)
    items = _parts(" ".join(lines)) if joined else _paragraph_items(lines)
    return Meant([item for item in items if item], CERTAIN)


def says_nothing(words: str) -> bool:
    """With "-", "n/a" or "nothing": an explicit empty answer."""
    bare = words.strip()
    first, comma, rest = bare.partition(",")
    if comma and normal(rest) in _REGRETS:
        bare = first
    return (len(bare) <= LONGEST_NOTHING and normal(bare) in NOTHING) or (
        0 < len(bare) <= 3 and all(stroke in _STROKES for stroke in bare)
    )


def _paragraph_items(lines: list[str]) -> list[str]:
    """Bulleted lines begin an item, others go on with it; without bullets each line is one."""
    if not any(_BULLET.match(line) for line in lines):
        return [line.strip() for line in lines]
    items: list[str] = []
    for line in lines:
        mark = _BULLET.match(line)
        if mark or not items:
            items.append(line[mark.end() if mark else 0 :].strip())
        else:
            items[-1] = f"{items[-1]} {line.strip()}"
    return items


def _parts(line: str) -> list[str]:
    mark = _BULLET.match(line)
    bare = line[mark.end() if mark else 0 :]
    first, *others = (part.strip() for part in _split(bare, ";" if ";" in bare else ","))
    return [first, *map(_without_and, others)]


def _split(line: str, sign: str) -> list[str]:
    """Cut at ``sign``, but not in brackets: "a tent (big, white), soup"."""
    parts, depth = [""], 0
    for letter in line:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter == sign and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _without_and(part: str) -> str:
    """The last item of "soup, bread, and cake"."""
    word, _, rest = part.partition(" ")
    return rest.lstrip() if rest and word.lower() in _AND else part
