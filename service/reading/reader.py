"""Read one reply: the mail × what we sent × its questions → a Reading."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from service.domain.question import Question
from service.domain.reading import Aim, Answer, Asked, Command, Reading, Span
from service.message import Message, TooLarge, parse
from service.reading.aims import Aims, take_aim, words_at
from service.reading.align import align
from service.reading.answers import read_answer
from service.reading.attribution import apart
from service.reading.authorship import Own, own_lines
from service.reading.circumstances import Circumstances
from service.reading.closings import closings
from service.reading.commands import read_command
from service.reading.confidence import is_enough
from service.reading.endings import without_endings
from service.reading.inline_lines import with_own_lines
from service.reading.lines import Line, text_lines
from service.reading.markup import html_lines
from service.reading.quotes import Place, places, with_quotations
from service.reading.sections import Part, divide
from service.reading.sent import SentText, prepare
from service.reading.visible import new_lines, visible
from service.reading.words import words_of


def read(message: Message, asked: Asked | None, circumstances: Circumstances) -> Reading:
    """What the author of ``message`` wrote, and which of our questions each part of it answers.

    Without ``asked`` all of it is a note. Never raises, whatever a mail contains.
    """
    return read_parts(message.text, message.html, message.author_name, asked, circumstances)


def visible_text(raw: bytes) -> str:
    """The newly written words of one mail, whatever it answers; "" for a mail past the limits (IN-13)."""
    try:
        message = parse(raw)
    except TooLarge:
        return ""
    answers = bool(message.in_reply_to or message.references)
    return visible(message.text, message.html, message.subject, message.author_name, answers)


def read_parts(text: str, html: str, name: str, asked: Asked | None, circumstances: Circumstances) -> Reading:
    """``read`` on the two forms of a body and the author's name."""
    whole = _own(text, html, name, asked)
    questions = asked.questions if asked else ()
    own, endings = without_endings(whole, circumstances.endings, questions, name)
    unbroken, own = own, with_own_lines(own, questions)
    written = "\n".join(line.text for line in own)
    at, command, argument = _command(own, questions, circumstances)
    # blanks in its place: everything else stays where it is
    rest = [
        line._replace(text=" " * len(line.text)) if number == at else line for number, line in enumerate(own)
    ]
    if asked is None:
        note = _words(rest, _all(rest))
        return Reading(written, note=note, command=command, command_argument=argument, endings=endings)
    sections = divide(rest, asked.questions, name)
    aims = take_aim(sections, rest, asked.questions, circumstances, command is not None)
    reading = _judge(rest, aims, asked.questions, circumstances)
    found = closings((whole, unbroken), asked.questions, circumstances, name)
    return replace(
        reading, text=written, command=command, command_argument=argument, endings=endings, closings=found
    )


def _own(text: str, html: str, name: str, asked: Asked | None) -> list[Own]:
    """The author's lines, from the part that keeps more of our questions recognisable."""
    parts = [lines(part) for lines, part in ((text_lines, text), (html_lines, html)) if part.strip()]
    if asked is None:
        return [Own(line.text) for line in new_lines(parts[0], name)] if parts else []
    sent = prepare(asked)
    aligned = [_aligned(lines, sent, name) for lines in parts]
    best = max((questions for questions, _ in aligned), default=0)
    return _unbroken([own for questions, own in aligned if questions == best])


def _unbroken(forms: Sequence[list[Own]]) -> list[Own]:
    """The first form, or one that says the same in fewer lines: programs break lines in their text part."""
    said = [[word.normal for line in form for word in words_of(line.text)] for form in forms]
    same = [form for form, words in zip(forms, said, strict=True) if words == said[0]]
    return min(same, key=lambda form: sum(bool(line.text.strip()) for line in form), default=[])


def _aligned(lines: Sequence[Line], sent: SentText, name: str) -> tuple[int, list[Own]]:
    lines = apart(lines)
    found = places(lines)
    alignment = align(lines, [place is not Place.NEW for place in found], sent)
    found = with_quotations(lines, found, alignment.ours)
    return alignment.questions, own_lines(lines, found, alignment, name)


def _command(
    own: Sequence[Own], questions: Sequence[Question], circumstances: Circumstances
) -> tuple[int, Command | None, str]:
    """The command on the first line, where that line stands under no question: (line, command, argument)."""
    first = next((at for at, line in enumerate(own) if line.text.strip()), -1)
    alone = first >= 0 and not own[first].under
    labels = [question.label for question in questions]
    found = read_command(own[first].text, circumstances, labels) if alone else None
    return (first, *found) if found else (-1, None, "")


def _judge(
    own: Sequence[Own], aims: Aims, questions: Sequence[Question], circumstances: Circumstances
) -> Reading:
    answers: list[Answer] = []
    unread: dict[str, str] = {}
    for question in questions:
        parts = aims.at.get(question.key, [])
        words = _words(own, parts)
        if not words:
            continue
        meant = None if question.key in aims.unsure else read_answer(words, question, circumstances)
        if meant is not None and is_enough(meant.confidence):
            how = aims.how.get(question.key, Aim.PLAIN)
            spans = _spans(own, parts)
            answers.append(Answer(question.key, meant.value, words, meant.confidence, spans, how))
        else:
            unread[question.key] = words
    known = {answer.question for answer in answers} | unread.keys()
    missing = tuple(question.key for question in questions if question.key not in known)
    note = _words(own, sorted(aims.note))
    return Reading("", tuple(answers), tuple(unread), missing, note, unread_text=unread)


def _words(own: Sequence[Own], parts: Sequence[Part]) -> str:
    return "\n".join(words_at(own, part) for part in parts).strip()


def _all(own: Sequence[Own]) -> list[Part]:
    return [Part(at) for at in range(len(own))]


def _spans(own: Sequence[Own], parts: Sequence[Part]) -> tuple[Span, ...]:
    """Where the parts stand in the reading's text; lines that follow each other are one span."""
    starts = list(accumulate((len(line.text) + 1 for line in own), initial=0))
    spans: list[Span] = []
    for part in parts:
        if not words_at(own, part).strip():
            continue
        start, end = starts[part.line] + part.start, starts[part.line] + len(own[part.line].text)
        if spans and start == spans[-1].end + 1:
            start = spans.pop().start
        spans.append(Span(start, end))
    return tuple(spans)
