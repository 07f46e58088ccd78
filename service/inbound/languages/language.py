"""One language, as its file has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.inbound.languages.vocabulary import Phrase, Said, Vocabulary, build, is_unspaced

_AROUND_DATES = ("until", "until_after", "from", "from_after", "after", "to", "until_back", "fillers")
CUES = (*_AROUND_DATES, "back", "asides")
_KINDS: tuple[tuple[str, Said], ...] = (
    ("topics", "topic"),
    ("away", "away"),
    ("handling", "handling"),
    ("thanks", "thanks"),
    ("past", "past"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names with their numbers: exact ones, and beginnings."""

    exact: Mapping[str, int]
    beginnings: Mapping[str, int]

    def number(self, word: str) -> int | None:
        """The number of the month or weekday that ``word`` (lower-case) names."""
        found = self.exact.get(word)
        if found is not None or not self.beginnings:
            return found
        return next((number for start, number in self.beginnings.items() if word.startswith(start)), None)


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; what they are for is told in the package's docstring.

    ``titles``: whole clauses that call a mail automatic; ``introduces``: beginnings that do so with a word
    for mail behind them. ``affixes``: joining syllables. ``date_words``: words around dates.
    """

    code: str
    subjects: frozenset[str]
    tags: frozenset[str]
    away_subjects: frozenset[str]
    declares: tuple[str, ...]
    introduces: tuple[str, ...]
    titles: frozenset[str]
    joins: frozenset[str]
    affixes: tuple[str, ...]
    vocabulary: Vocabulary
    cues: Mapping[str, tuple[str, ...]]
    date_words: frozenset[str]
    month_first: bool
    months: Names
    weekdays: Names


def read_language(code: str, table: Mapping[str, str]) -> Language:
    """A language from the table of its file."""
    phrases = {key: _phrases(value) for key, value in table.items()}
    declares, joins = phrases["declares"], phrases["joins"]
    cues = {name: phrases.get(name, ()) for name in CUES}
    months, weekdays = _names(phrases["months"], 1), _names(phrases["weekdays"], 0)
    date_words = {word for name in _AROUND_DATES for cue in cues[name] for word in cue.split()}
    plain = {*table.get("plain", "").split(), *date_words, *joins, *months.exact, *weekdays.exact}
    return Language(
        code=code,
        subjects=frozenset(phrases.get("subjects", ())),
        tags=frozenset(phrases.get("tags", ())),
        away_subjects=frozenset(phrases.get("away_subjects", ())),
        declares=tuple(phrase for phrase in declares if phrase[0] != "=" and phrase[-1] != "+"),
        introduces=tuple(phrase[:-1] for phrase in declares if phrase[-1] == "+"),
        titles=frozenset(phrase[1:] for phrase in declares if phrase[0] == "="),
        joins=frozenset(joins),
        affixes=tuple(join for join in joins if is_unspaced(join)),
        vocabulary=build(_said(phrases), plain, [*months.beginnings, *weekdays.beginnings]),
        cues=cues,
        date_words=frozenset(date_words),
        month_first=table.get("order") == "month first",
        months=months,
        weekdays=weekdays,
    )


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(phrase.split()).lower() for phrase in table.split(","))))


def _said(phrases: Mapping[str, tuple[str, ...]]) -> Iterator[Phrase]:
    return ((phrase, kind) for name, kind in _KINDS for phrase in phrases[name])


def _names(rows: tuple[str, ...], first: int) -> Names:
    forms = {form: number for number, row in enumerate(rows, first) for form in row.split()}
    return Names(
        {form: number for form, number in forms.items() if form[-1] != "*"},
        {form[:-1]: number for form, number in forms.items() if form[-1] == "*"},
    )
