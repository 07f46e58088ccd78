"""Yes or no, in many words. "Yes and no" and "no idea" are neither."""

from service.domain.question import Question
from service.reading.answers.meant import Meant
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR
from service.reading.tables import table
from service.reading.words import normal

YES = table(
    """
    y yes yep yeah yup yess sure absolutely definitely certainly indeed ok okay agreed affirmative
    true correct right ja jawohl jo oui ouais sí si sim sì tak ano áno kyllä joo igen да так evet はい
    是 是的 对 好 네 예 da ναι כן نعم vâng có 👍 ✅ ✔ ✓ ☑ 💯
    """
)
NO = table(
    """
    n no nope nah never negative false nein nö non não nao nee nej nei nie ne ei en nem нет ні hayır
    いいえ 不 否 不是 没有 아니요 아니오 nu όχι לא لا không 👎 ❌ ✗ ✘ 🚫
    """
)
YES_PHRASES = (
    "of course",
    "very much so",
    "we have",
    "i have",
    "we did",
    "i did",
    "i was",
    "we were",
    "natürlich",
    "bien sûr",
    "claro",
    "certo",
)
NO_PHRASES = (
    "not yet",
    "not really",
    "not at all",
    "not this",
    "not now",
    "not so far",
    "i have not",
    "we have not",
    "i haven",
    "we haven",
    "i did not",
    "i didn",
    "we didn",
    "noch nicht",
    "pas encore",
    "todavía no",
    "aún no",
    "ainda não",
    "non ancora",
    "nog niet",
    "inte än",
)
NEITHER = (
    "no idea",
    "no problem",
    "no worries",
    "no doubt",
    "no clue",
    "no comment",
    "no opinion",
    "not sure",
    "sure not",
    "yes and no",
    "yes no",
    "no yes",
    "yes or no",
    "no and yes",
    "ja und nein",
    "oui et non",
    "sí y no",
    "right now",
    "right after",
    "never mind",
)
_MARKS = "👍✅✔✓☑💯👎❌✗✘🚫"


def read(words: str, _question: Question, _circumstances: Circumstances) -> Meant | None:
    """True or False; None where the words do not begin with either."""
    bare = words.strip()[:400]
    said = normal(bare)
    tokens = said.split() or [mark for mark in bare if mark in _MARKS][:1]
    if not tokens or said.startswith(NEITHER):
        return None
    verdict = _verdict(said, tokens)
    if verdict is None or _contradicts(verdict, tokens[1:]):
        return None
    return Meant(verdict, CERTAIN if len(tokens) == 1 else CLEAR)


def _verdict(said: str, tokens: list[str]) -> bool | None:
    if tokens[0] in YES:
        return True
    if tokens[0] in NO or said.startswith(NO_PHRASES):
        return False
    return True if said.startswith(YES_PHRASES) else None


def _contradicts(verdict: bool, others: list[str]) -> bool:
    """A "no" soon after "yes" takes it back, and so does "maybe"."""
    opposite = {"no", "nope", "nein", "non", "not"} if verdict else {"yes", "yeah", "ja", "oui"}
    return any(word in opposite or word in ("maybe", "perhaps") for word in others[:3])
