"""Rebuild what was asked from a mail that we sent."""

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
    asked = tuple(question for question in questions if question.key in keys)
    return Asked(sent_texts(message), asked) if asked else None


def sent_texts(message: Message) -> tuple[str, ...]:
    """What ``Asked.texts`` needs of one mail of ours: its plain text, and its HTML as a reader sees it.

    Both, because the HTML has a heading and other words that the plain text has not.
    """
    html = "\n".join(line.text for line in html_lines(message.html)) if message.html else ""
    return tuple(text for text in (message.text, html) if text.strip())
