"""Rebuild what was asked from a mail that we sent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain.question import Question
from service.domain.reading import Asked
from service.errors import Misconfigured
from service.message import Message
from service.playbook.instruments import Playbook
from service.reading.markup import html_lines

HEADER = "X-Common-Thread-Asked"


def asked_from_mail(message: Message, playbook: Playbook) -> Asked | None:
    """The questions that the header names, with the words of the mail.

    None where the header is missing, or names an instrument or only questions that ``playbook``
    does not have. For a person at a terminal: it trusts the header (IN-22 forbids that elsewhere).
    """
    instrument, *keys = message.first(HEADER).split() or [""]
    try:
        questions = playbook.get(instrument).questions if instrument else ()
    except Misconfigured:
        return None
    known = [_known(key, questions) for key in keys]
    asked = [question for question in known if question is not None]
    printed = _as_printed(asked, message.text.splitlines())
    return Asked(sent_texts(message), tuple(printed)) if asked else None


def _known(key: str, questions: Sequence[Question]) -> Question | None:
    """The question called ``key``, or the one that is asked once for each thing: ``decision-12``."""
    base, _, number = key.rpartition("-")
    each = (one for one in questions if one.each and one.key == base and number.isdecimal())
    exact = (one for one in questions if one.key == key)
    found = next(exact, None) or next(each, None)
    return replace(found, key=key) if found else None


def _as_printed(questions: Sequence[Question], lines: Sequence[str]) -> Iterator[Question]:
    """Questions that are asked for each thing, as the mail put them."""
    number = 0
    for question in questions:
        number += not question.prefix
        line = next((line for line in lines if line.startswith(f"{number}. ")), "")
        label, colon, words = line.partition(". ")[2].partition(": ")
        yield replace(question, label=label, text=words, each=None) if question.each and colon else question


def sent_texts(message: Message) -> tuple[str, ...]:
    """What ``Asked.texts`` needs of one mail of ours: its plain text, and its HTML as a reader sees it.

    Both, because the HTML has a heading and other words that the plain text has not.
    """
    html = "\n".join(line.text for line in html_lines(message.html)) if message.html else ""
    return tuple(text for text in (message.text, html) if text.strip())
