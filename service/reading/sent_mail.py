"""Rebuild what was asked from a mail that we sent."""

from service.domain.reading import Asked
from service.errors import Misconfigured
from service.message import Message
from service.playbook.instruments import Playbook

HEADER = "X-Common-Thread-Asked"


def asked_from_mail(message: Message, playbook: Playbook) -> Asked | None:
    """The questions that the header names, with the mail's plain text.

    None where the header is missing, or names an instrument or only questions that ``playbook``
    does not have. For a person at a terminal: it trusts the header (IN-22 forbids that elsewhere).
    """
    instrument, *keys = message.first(HEADER).split() or [""]
    try:
        questions = playbook.get(instrument).questions if instrument else ()
    except Misconfigured:
        return None
    asked = tuple(question for question in questions if question.key in keys)
    return Asked((message.text,), asked) if asked else None
