"""Automatic replies whose header and subject are silent: known by what they say, and by what they do not say.

An automatic reply says that somebody is away and what becomes of the mail, and nothing else. A person's
mail that says the same goes on with something of its own. So every clause must be about the absence:
the first one that is not makes the mail human (MM-6), and nobody's answer can be lost.
"""

from collections.abc import Set

from service.inbound.clauses import Paragraph, paragraphs
from service.inbound.languages import Language, Said, languages
from service.inbound.wording import CLOSINGS, GREETINGS, MAIL_WORDS, NOISE
from service.message import Message

MOST_PARAGRAPHS = 20
MOST_CLAUSES = 40
LONGEST_GREETING = 4
GREETING_CLAUSES = 3
STRANGE_WORDS: dict[Said, int] = {"thanks": 6, "away": 2, "handling": 1, "topic": 0, "past": 0}
"""How many words of its own a clause may have: whom one wrote to, why one is away, whom to ask."""

Reading = tuple[set[Said], bool]


def says_only_absence(message: Message, *, subject_replaced: bool) -> bool:
    """Whether the mail calls itself automatic, or says that somebody is away and nothing of its own.

    A subject that is not the mail's that it answers is evidence; without it the text must also say
    what becomes of the mail, or thank for it as a form letter does.
    """
    said: set[Said] = set()
    author = set(message.author_name.lower().split())
    for number, paragraph in enumerate(paragraphs(message)):
        readings = [found for language in languages() if (found := _read(paragraph, language, author))]
        if any(declared for _, declared in readings):
            return True
        if not readings or number >= MOST_PARAGRAPHS:
            return False
        said = said.union(*(found for found, _ in readings))
    return "away" in said and (subject_replaced or bool(said & {"handling", "thanks"}))


def _read(paragraph: Paragraph, language: Language, author: Set[str]) -> Reading | None:
    """What the paragraph says, and whether it calls the mail automatic.

    None where a clause before that is about something else; behind it nothing matters any more.
    """
    said: set[Said] = set()
    for number, clause in enumerate(paragraph.clauses(language)):
        if _declares(clause, language):
            return said, True
        found = language.vocabulary.says(" ".join(word for word in clause.split() if word not in NOISE))
        own = not (
            _is_only(clause, found, language, paragraph.names)
            or _is_polite(clause, number, author)
            or _is_date(clause, language)
        )
        if own or "past" in found or number >= MOST_CLAUSES:
            return None
        said |= found
    return said, False


def _declares(clause: str, language: Language) -> bool:
    """The clause says "this is an automated response", and not "this is an automatic door"."""
    if clause in language.titles or clause.startswith(language.declares or "\n"):
        return True
    start = next((start for start in language.introduces if clause.startswith(start)), None)
    return start is not None and any(word in clause[len(start) :] for word in MAIL_WORDS)


def _is_only(clause: str, found: Set[Said], language: Language, names: Set[str]) -> bool:
    """Something of an absence, or an address, and nothing else: nouns of its own mean a matter of its own.

    German writes all nouns like names, so there a name is a strange word too.
    """
    if not found and "@" not in clause:
        return False
    strange = language.vocabulary.strange(clause, frozenset() if language.code == "de" else names)
    return strange <= max((STRANGE_WORDS[kind] for kind in found), default=0)


def _is_polite(clause: str, number: int, author: Set[str]) -> bool:
    """A greeting among the first clauses, a sign-off, or the author's name."""
    words = clause.split()
    greets = words[0] in GREETINGS or " ".join(words[:2]) in GREETINGS
    greeting = greets and number < GREETING_CLAUSES and len(words) <= LONGEST_GREETING
    return greeting or clause in CLOSINGS or author >= set(words)


def _is_date(clause: str, language: Language) -> bool:
    """Figures and names of days and months, and what stands before them: "from 7 to 11 December"."""
    return all(_is_date_word(word.strip("."), language) for word in clause.split())


def _is_date_word(word: str, language: Language) -> bool:
    return (
        not any(map(str.isalpha, word))
        or word in language.date_words
        or language.months.number(word) is not None
        or language.weekdays.number(word) is not None
    )
