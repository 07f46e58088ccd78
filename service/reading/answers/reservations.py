"""Words that turn an answer round or only ask: what no reader takes at its face value."""

from itertools import pairwise

from service.reading.tables import table
from service.reading.words import normal

DENIALS = table(
    """
    not no never cannot nor neither hardly barely scarcely nicht kein keine keinen nie niemals kaum pas
    jamais nunca ikke inte niet geen non nope nein dont doesnt didnt cant wont couldnt wouldnt shouldnt
    havent hasnt isnt wasnt arent werent
    """
)
_ENDS = ".!\n"
_AFTER_QUESTION = " \t\n?!)]\"'”’»"


def denies(words: str) -> bool:
    """Something in ``words`` is denied: "not", "cannot", "hadn't"."""
    said = normal(words).split()
    return any(word in DENIALS for word in said) or any(
        after == "t" and word.endswith("n") for word, after in pairwise(said)
    )


def asks(words: str) -> bool:
    """The first sentence is a question: who asks has not answered yet."""
    bare = words.strip().lstrip(".!… ")
    end = min((at for at in map(bare.find, _ENDS) if at >= 0), default=len(bare))
    return any(_ends_question(bare, at) for at, sign in enumerate(bare[:end]) if sign in "?？")


def without_questions(words: str) -> str:
    """``words`` without the sentences that ask."""
    said, start = [], 0
    for at, sign in enumerate(words):
        asked = sign in "?？" and _ends_question(words, at)
        ended = sign == "\n" or (sign in ".!" and words[at + 1 : at + 2].isspace())
        if not asked and ended:
            said.append(words[start : at + 1])
        if asked or ended:
            start = at + 1
    return "".join(said) + words[start:]


def _ends_question(words: str, at: int) -> bool:
    """A mark inside of a link ends nothing."""
    return words[at + 1 : at + 2] in _AFTER_QUESTION
