"""Until when somebody is away, as an automatic reply says (MM-7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.inbound.clauses import paragraphs
from service.inbound.days import Calendar, Named, days_in
from service.inbound.languages import Language, is_unspaced, languages
from service.message import Message

LONGEST = 4000
MOST_LANGUAGES = 3
_REACH = 60
_NEAR = 40
_MOST_FILLERS = 6
_CLOSE_SECOND = 0.6
_EDGES = ' ,(:."'
_BOUNDARY = re.compile(r"[.!?;](?= )|\n")
_ABBREVIATION = 3
_FIGURE_AT_END = re.compile(r"\d(?:st|nd|rd|th|er|[ºª°])?$")
_WORDS = re.compile(r"[^\W_][\w'-]{0,40}")


@dataclass(frozen=True, slots=True)
class Cued:
    """A day and its meaning: ``until``, the last one away, or ``back``, the first one here."""

    named: Named
    cue: str


def back_on(message: Message, today: date, locale: str) -> date | None:
    """The first day on which the writer is not away any more; None in doubt.

    ``today``: the day the mail was written; ``locale`` (of the writer, "en-GB") decides between 12/7 and
    7/12. "Back on 7 December" is the 7th. Up to a day ("until the 11th", "7 to 11 December") that day is
    the last one away, and the answer is the next one, be it a Saturday: nudges rest through the last day
    away. The answer is always after ``today``; that a pause ends after 30 days is the caller's business.
    """
    text = "\n".join(
        [
            _own_words(message.subject.lower()),
            *(one.text.replace("\n", " ") for one in paragraphs(message)),
        ]
    )[:LONGEST].lower()
    found = {_read(text, language, today, locale) for language in _spoken(text, locale)} - {None}
    return found.pop() if len(found) == 1 else None


def _own_words(subject: str) -> str:
    """What the machine wrote into the subject, without the subject that it answers."""
    head, _, rest = subject.replace("：", ":").partition(":")
    return rest if head.strip() == "auto" else head


def _spoken(text: str, locale: str) -> list[Language]:
    """The languages whose words the text has most of; without any, the locale's and English."""
    clause = " ".join(_WORDS.findall(text))
    weights = {language.code: language.vocabulary.weight(clause) for language in languages()}
    most = max(weights.values())
    if not most:
        return [language for language in languages() if language.code in (locale[:2].lower(), "en")]
    close = [language for language in languages() if weights[language.code] >= _CLOSE_SECOND * most]
    return sorted(close, key=lambda language: -weights[language.code])[:MOST_LANGUAGES]


def _read(text: str, language: Language, today: date, locale: str) -> date | None:
    month_first = language.month_first or (language.code == "en" and locale.upper().endswith("-US"))
    for aside in language.cues["asides"]:
        text = text.replace(aside, " ")
    days = days_in(text, Calendar(language, today, month_first))
    cued = [one for sentence in _sentences(text, days) for one in _cues(text, sentence, days, language)]
    return _decide(cued, today)


def _decide(cued: list[Cued], today: date) -> date | None:
    """One day of return, not before the last day away; or the day after the one last day away."""
    backs = {one.named.day for one in cued if one.cue == "back"}
    lasts = {one.named.day for one in cued if one.cue == "until"}
    if None in backs | lasts:
        return None
    returns = backs or {day + timedelta(days=1) for day in lasts if day}
    if len(returns) != 1:
        return None
    found = returns.pop()
    contradicted = found is None or any(day > found for day in lasts if day)
    return None if contradicted or found is None or found <= today else found


def _sentences(text: str, days: list[Named]) -> Iterator[tuple[int, int]]:
    """Where sentences start and end: at a mark, but not within a date nor behind an abbreviation."""
    start = 0
    for match in _BOUNDARY.finditer(text):
        last = text[max(0, match.start() - 2 * _ABBREVIATION) : match.start()].rpartition(" ")[2]
        short = match[0] == "." and (len(last) <= _ABBREVIATION or "." in last)
        if not short and not any(day.start <= match.start() < day.end for day in days):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _cues(text: str, sentence: tuple[int, int], days: list[Named], language: Language) -> Iterator[Cued]:
    """The days of one sentence with what is said of them. Being away until then must be its matter."""
    inside = [day for day in days if sentence[0] <= day.start < sentence[1]]
    if not inside:
        return
    cues = [_cue(text, sentence, inside, at, language) for at in range(len(inside))]
    returns = _returns(text[: sentence[1]], sentence[0], inside, cues, language)
    absent = language.vocabulary.says(" ".join(_WORDS.findall(text[slice(*sentence)]))) & {"away", "handling"}
    for at, day in enumerate(inside):
        if at in returns and cues[at] != "after":
            yield Cued(day, "back")
        elif (cues[at] == "until" and absent) or (cues[at] == "after" and at in returns):
            yield Cued(day, "until")


def _cue(text: str, sentence: tuple[int, int], days: list[Named], at: int, language: Language) -> str:
    """What stands right behind a day, or right before it."""
    day = days[at]
    behind = text[day.end : sentence[1]].lstrip(" ,)")
    for kind in ("until", "from"):
        if behind.startswith(language.cues[f"{kind}_after"] or "\n"):
            return kind
    left = days[at - 1].end if at else sentence[0]
    cue = _cue_before(text[max(left, day.start - _REACH) : day.start], day, at > 0, language)
    return "until" if day.ends_range and cue in ("", "from") else cue


def _cue_before(text: str, day: Named, follows: bool, language: Language) -> str:
    """The longest cue at the end of ``text``, behind words that mean nothing. ``follows``: another day."""
    rest = text.rstrip(_EDGES)
    for _ in range(_MOST_FILLERS):
        kind, phrase = _longest_at_end(rest, language)
        if kind:
            return _in_context(kind, rest[: len(rest) - len(phrase)].rstrip(_EDGES), day, follows)
        word = rest.rpartition(" ")[2]
        if not word or (word not in language.cues["fillers"] and language.weekdays.number(word) is None):
            return ""
        rest = rest[: len(rest) - len(word)].rstrip(_EDGES)
    return ""


def _in_context(kind: str, before: str, day: Named, follows: bool) -> str:
    """A weekday behind another one are office hours; "to" ends a range and is nothing else."""
    ranges = (follows and not before) or bool(_FIGURE_AT_END.search(before[-8:]))
    if kind == "to":
        return "until" if ranges and not day.bare else ""
    if kind == "until" and day.bare and ranges:
        return ""
    return "back" if kind == "until_back" else kind


def _longest_at_end(text: str, language: Language) -> tuple[str, str]:
    kinds = ("until", "from", "after", "to", "until_back")
    found = [(kind, cue) for kind in kinds for cue in language.cues[kind] if _ends_with(text, cue)]
    return max(found, key=lambda one: len(one[1]), default=("", ""))


def _ends_with(text: str, phrase: str) -> bool:
    if not text.endswith(phrase):
        return False
    return not phrase[0].isalpha() or is_unspaced(phrase) or not text[: -len(phrase)][-1:].isalpha()


def _returns(text: str, start: int, days: list[Named], cues: list[str], language: Language) -> set[int]:
    """Which days the words for being here again belong to: the next one near by, else the one before."""
    found = {at for at, cue in enumerate(cues) if cue == "back"}
    free = [at for at in range(len(days)) if cues[at] != "until" and not _opens_range(at, days, cues)]
    for word_start, word_end in _places(text, start, language.cues["back"]):
        behind = next((at for at in free if 0 <= days[at].start - word_end <= _NEAR), None)
        ahead = next((at for at in reversed(free) if 0 <= word_start - days[at].end <= _REACH), None)
        taken = behind if behind is not None else ahead
        found |= set() if taken is None else {taken}
    return found


def _opens_range(at: int, days: list[Named], cues: list[str]) -> bool:
    """Whether the next day is the last one of a range that starts here."""
    following = at + 1 < len(days) and cues[at + 1] == "until"
    return following and days[at + 1].start - days[at].end <= _NEAR // 2 and cues[at] in ("", "from")


def _places(text: str, start: int, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand, at the start of a word."""
    for phrase in phrases:
        at = text.find(phrase, start)
        while at >= 0:
            if is_unspaced(phrase) or not text[at - 1 : at].isalpha():
                yield at, at + len(phrase)
            at = text.find(phrase, at + len(phrase))
