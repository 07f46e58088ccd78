"""Where people put their answers, and so which question each of their words answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from service.domain.question import Question, QuestionType
from tests.replies import bank
from tests.replies.prompts import Sent
from tests.replies.spelling import Setting, Spelled, spell

OPEN = frozenset({QuestionType.TEXT, QuestionType.LIST, QuestionType.PEOPLE, QuestionType.NEED_OFFER})


@dataclass(frozen=True, slots=True)
class Layout:
    """What was typed where, and what it is: ``answers`` by question; ``note``, words for no question;
    ``spare``, words that nobody misses (a greeting, "see below"): they may be a note, never an answer."""

    above: str = ""
    under: Mapping[str, str] = field(default_factory=dict)
    below: str = ""
    answers: Mapping[str, Spelled] = field(default_factory=dict)
    note: str = ""
    spare: str = ""
    command: str = ""


Answers = dict[str, Spelled]
Lay = Callable[[Sent, Setting, Random], Layout | None]


def _chosen(questions: Sequence[Question], setting: Setting, rng: Random, share: float) -> Answers:
    """Answers to some of the questions, in their order; one at least."""
    picked = [question for question in questions if rng.random() < share] or [rng.choice(questions)]
    return {question.key: spell(question, setting, rng) for question in picked}


def _numbered(sent: Sent) -> list[Question]:
    return [question for question in sent.questions if not question.prefix]


_SIGNS = (". ", ". ", ") ", ": ", ".) ", " - ", " – ")
_LEADS = ("{}", "{}", "{}", "{}", "Q{}", "#{}", "({}", "*{}*")


def numbers(
    sent: Sent, setting: Setting, rng: Random, share: float = 0.8, shuffled: bool = False
) -> Layout | None:
    """As "1. …", one kind of sign behind all numbers; line questions by their word."""
    questions = _numbered(sent)
    if not sent.numbered or len(questions) < 2:
        return None
    answers = _chosen(questions, setting, rng, share)
    sign, gap = rng.choice(_SIGNS), rng.choice(("\n", "\n", "\n\n"))
    place = {question.key: number for number, question in enumerate(questions, start=1)}
    keys = list(answers)
    if shuffled:
        rng.shuffle(keys)
    if any(_has_list(answers[key].words) for key in keys):
        sign = ": "  # a list inside of an answer has another kind of mark
    lead = rng.choice(_LEADS)
    sign = ") " if lead == "({}" else sign
    lines = [f"{lead.format(place[key])}{sign}{answers[key].words}" for key in keys]
    extra = _lines(sent, setting, rng) if rng.random() < 0.3 else {}
    lines += [f"{_prefix(sent, key)}: {spelled.words}" for key, spelled in extra.items()]
    return Layout(above=gap.join(lines), answers={**answers, **extra})


def _has_list(words: str) -> bool:
    return any(line[:1].isdigit() for line in words.split("\n"))


def _lines(sent: Sent, setting: Setting, rng: Random) -> Answers:
    questions = [question for question in sent.questions if question.prefix]
    return _chosen(questions, setting, rng, 0.5) if questions else {}


def _prefix(sent: Sent, key: str) -> str:
    return next(question.prefix for question in sent.questions if question.key == key)


def partial(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    return numbers(sent, setting, rng, share=0.3)


def shuffled(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    return numbers(sent, setting, rng, shuffled=True)


def numbers_and_labels(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """As "1. Moved forward: …", as the questions begin."""
    questions = _numbered(sent)
    if not sent.numbered:
        return None
    answers = _chosen(questions, setting, rng, 0.7)
    form, gap = (
        rng.choice(("{}. {}: {}", "{}. {} - {}", "{}) {}: {}", "{}. {}:\n{}", "*{}. {}:* {}")),
        rng.choice(("\n", "\n\n")),
    )
    places = {question.key: (number, question.label) for number, question in enumerate(questions, start=1)}
    lines = [form.format(*places[key], spelled.words) for key, spelled in answers.items()]
    return Layout(above=gap.join(lines), answers=answers)


def copied(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """The questions, copied by hand, each with its answer behind or below; nothing marks them as ours."""
    there = [question for question in _numbered(sent) if f"{question.label}: {question.text}" in sent.text]
    if not there:
        return None
    answers = _chosen(there, setting, rng, 0.6)
    texts = {question.key: question.text for question in there}
    whole = {question.key: f"{question.label}: {question.text}" for question in there}
    form, names = rng.choice((("{}\n{}", texts), ("{}\n{}", whole), ("{} {}", whole), ("{}\n\n{}", whole)))
    lines = [form.format(names[key], spelled.words) for key, spelled in answers.items()]
    return Layout(above="\n\n".join(lines), answers=answers)


def labels(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """As "Moved forward: …", in any order, as people write labels."""
    known = [question for question in sent.questions if question.prefix or question.label]
    answers = _chosen(known, setting, rng, 0.6)
    keys = list(answers)
    if rng.random() < 0.3:
        rng.shuffle(keys)
    sign, gap = rng.choice((": ", ": ", " - ", ":\n")), rng.choice(("\n", "\n\n"))
    case = rng.choice((str, str, str.lower, str.upper, _slipped, _bold))
    names = {question.key: question.prefix or question.label for question in known}
    lines = [_labelled(case(names[key]), sign, answers[key].words, case is _slipped) for key in keys]
    return Layout(above=gap.join(lines), answers=answers)


def _labelled(name: str, sign: str, words: str, slipped: bool) -> str:
    """A dash where nothing else is one: not behind a slip of the finger, nor before words with a dash."""
    dashed = sign == " - " and (slipped or " - " in words)
    return f"{name}{': ' if dashed else sign}{words}"


def _slipped(name: str) -> str:
    """A letter is missing."""
    return name[:2] + name[3:] if len(name) >= 9 else name


def _bold(name: str) -> str:
    return f"*{name}*"


def free(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """Words without any mark: the default question's, or the only one's."""
    default = _default(sent)
    if default is None:
        return None
    spelled = spell(default, setting, rng)
    closed = any(question.type not in OPEN for question in sent.questions) and spelled.value
    if default.type in OPEN and closed and len(spelled.words) <= 60:
        spelled = Spelled(longer := f"{spelled.words}\n{rng.choice(bank.PROGRESS)}", longer)
    elif not spelled.value:
        spelled = Spelled(spelled.words, spelled.value, doubtful=True)
    return Layout(above=spelled.words, answers={default.key: spelled})


def _default(sent: Sent) -> Question | None:
    marked = [question for question in sent.questions if question.default] or list(sent.questions)
    return marked[0] if len(marked) == 1 else None


def _inside(sent: Sent, setting: Setting, rng: Random, share: float) -> Answers:
    """Answers to questions that stand in the quote; a question that is not in this mail has no place there."""
    there = [question for question in sent.questions if f"{question.label}: {question.text}" in sent.text]
    there += [
        question
        for question in sent.questions
        if question.prefix and f"{question.prefix}: {question.text}" in sent.text
    ]
    return _chosen(there, setting, rng, share) if there else {}


def inside(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """Under each question, in the quote; sometimes with a word above that points down."""
    answers = _inside(sent, setting, rng, 0.7)
    pointer = rng.choice(bank.POINTERS) if rng.random() < 0.3 else ""
    return Layout(
        above=pointer,
        under={key: spelled.words for key, spelled in answers.items()},
        answers=answers,
        spare=pointer,
    )


def mixed(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """Some answers above by number or label, the others in the quote."""
    top = (numbers if sent.numbered and rng.random() < 0.6 else labels)(sent, setting, rng)
    if top is None:
        return None
    under = {
        key: spelled for key, spelled in _inside(sent, setting, rng, 0.4).items() if key not in top.answers
    }
    return Layout(
        top.above, {key: spelled.words for key, spelled in under.items()}, answers={**top.answers, **under}
    )


def remark(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """A remark above, answers in the quote: it is the default question's, or a note where that has its own."""
    default = _default(sent)
    if default is None or default.type not in OPEN:
        return None
    answers = _inside(sent, setting, rng, 0.6)
    said = rng.choice(bank.NOTES)
    under = {key: spelled.words for key, spelled in answers.items()}
    if default.key in answers:
        return Layout(said, under, answers=answers, note=said)
    return Layout(said, under, answers={**answers, default.key: Spelled(said, said)})


def one_word(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """A few characters, of the kind that one question asks for."""
    default = _default(sent)
    closed = [question for question in sent.questions if question.type not in OPEN and not question.prefix]
    if len(closed) == 1:
        word, value = _word_for(closed[0], rng)
        only = default is None or default is closed[0]
        doubtful = closed[0].type is QuestionType.YES_NO and not only
        return Layout(word, answers={closed[0].key: Spelled(word, value, doubtful)})
    if default is None or default.type is not QuestionType.TEXT or closed:
        return None
    word = rng.choice(("done", "Paint", "rain", "nothing", "nada", "-", "keys", "slow", "🙂", "holidays"))
    return Layout(word, answers={default.key: Spelled(word, "" if word in bank.NOTHING else word)})


def _word_for(question: Question, rng: Random) -> tuple[str, str | int | bool | None]:
    if question.type is QuestionType.SCALE:
        number = rng.randint(1, 5)
        return rng.choice((str(number), f"{number}.", f"{number}/5")), number
    if question.type is QuestionType.YES_NO:
        yes = rng.random() < 0.5
        return rng.choice(("yes", "Yes!", "yep") if yes else ("no", "No.", "nope")), yes
    if question.type is QuestionType.CHOICE:
        option = rng.choice(question.options)
        return rng.choice((option.label, option.label.capitalize())), option.key
    return "2026-12-24", "2026-12-24"


def in_order(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """As many lines as there are scales."""
    questions = _numbered(sent)
    if len(questions) < 2 or any(question.type is not QuestionType.SCALE for question in questions):
        return None
    figures = [rng.randint(1, 5) for _ in questions]
    answers = {
        question.key: Spelled(str(figure), figure)
        for question, figure in zip(questions, figures, strict=True)
    }
    return Layout("\n".join(map(str, figures)), answers=answers)


def command(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    word, said = rng.choice(
        (
            ("STOP", "stop"),
            ("PAUSE", "Pause until 20 December"),
            ("SKIP", "SKIP"),
            ("HELP", "help"),
            ("RESUME", "Resume."),
        )
    )
    return Layout(above=said, command=word)


def below(sent: Sent, setting: Setting, rng: Random) -> Layout | None:
    """Numbers, labels or free words under the quote."""
    laid = rng.choice((numbers, labels, free))(sent, setting, rng)
    return laid and Layout(below=laid.above, answers=laid.answers)


LAYOUTS: Mapping[str, tuple[Lay, str, int]] = {
    "top numbered": (numbers, "above", 14),
    "top labelled": (labels, "above", 12),
    "top numbers and labels": (numbers_and_labels, "above", 6),
    "questions copied": (copied, "above", 6),
    "top free": (free, "above", 12),
    "partial": (partial, "above", 6),
    "out of order": (shuffled, "above", 6),
    "inside": (inside, "inside", 24),
    "mixed": (mixed, "inside", 6),
    "remark and inside": (remark, "inside", 4),
    "one word": (one_word, "above", 6),
    "in order": (in_order, "above", 2),
    "bottom": (below, "below", 8),
    "command": (command, "above", 3),
}
"""How answers are laid out: the function, the place in the mail, how often."""
