"""Composer: an instrument and a letter become one finished mail."""

from datetime import datetime
from zoneinfo import ZoneInfo

from service.addressing import Keyring, TokenKind, message_id, subaddress
from service.domain.addresses import check_addr_spec
from service.domain.mail import Envelope, Mail
from service.domain.people import Person
from service.domain.privacy import READERS, who_reads
from service.errors import Permanent
from service.outbound.headers import (
    NAME_LIMIT,
    PROFILES,
    SUBJECT_LIMIT,
    Identifiers,
    base_subject,
    header_block,
    language,
)
from service.outbound.letter import Letter, Sender
from service.outbound.mime import alternative, as_text
from service.outbound.render import TemplateSet
from service.outbound.words import one_line
from service.playbook.instruments import Instrument

__all__ = ["Composer", "Letter", "Sender"]


class Composer:
    """Writes mail. Holds nothing but what every mail shares; the same letter gives the same bytes."""

    def __init__(self, templates: TemplateSet, keyring: Keyring, sender: Sender) -> None:
        self._templates, self._keyring, self._sender = templates, keyring, sender

    def compose(self, instrument: Instrument, letter: Letter) -> Mail:
        """The mail, to its last byte (OUT-2). Its templates are those of the instrument's key.

        Raises Permanent where the person's address cannot be written to (OUT-5), and
        Misconfigured where a template asks for a fact that the letter lacks.
        """
        identifiers = self._identifiers(instrument, letter)
        rendered = self._templates.render(instrument.key, self._context(instrument, letter, identifiers))
        subject = _subject(letter, rendered.subject)
        text = as_text(rendered.text)
        fields = header_block(instrument, letter, self._sender, subject, identifiers)
        return Mail(
            key=letter.key,
            handle=self._keyring.handle(letter.key),
            envelope=Envelope(identifiers.return_path, identifiers.recipient),
            message_id=identifiers.message_id,
            raw=alternative(fields, identifiers.message_id, text, as_text(rendered.html)),
            text=text,
            subject=subject,
        )

    def _identifiers(self, instrument: Instrument, letter: Letter) -> Identifiers:
        mail, prompt = self._keyring.handle(letter.key), letter.prompt_handle
        return Identifiers(
            recipient=_reachable(letter.person),
            message_id=message_id(self._keyring, mail, self._sender.domain),
            return_path=self._address(TokenKind.BOUNCE, mail),
            reply_to=self._address(PROFILES[instrument.header].reply_kind, prompt),
            unsubscribe=self._address(TokenKind.UNSUBSCRIBE, prompt),
            footer=f"f-{self._keyring.sign(TokenKind.FOOTER, prompt)}",
        )

    def _address(self, kind: TokenKind, handle: str) -> str:
        return subaddress(self._sender.mailbox, kind, self._keyring.sign(kind, handle))

    def _context(self, instrument: Instrument, letter: Letter, identifiers: Identifiers) -> dict[str, object]:
        """The names that every template may use; docs/templates.md explains each."""
        today = _local(letter.at, letter.person).date()
        return {
            **letter.facts,
            "full_name": letter.person.name,
            "first_name": one_line(letter.person.first_name, NAME_LIMIT),
            "collaboration": letter.collaboration,
            "organisation": self._sender.organisation,
            "operator": self._sender.operator,
            "title": instrument.title,
            "minutes": instrument.minutes,
            "questions": letter.questions,
            "numbered": [question for question in letter.questions if not question.prefix],
            "lines": [question for question in letter.questions if question.prefix],
            "today": today,
            "week": today.isocalendar().week,
            "lang": language(letter.person.locale),
            "dir": "ltr",
            "who_reads": who_reads(instrument.privacy),
            "other_readers": _other_readers(instrument, letter),
            "footer_code": identifiers.footer,
        }


def _reachable(person: Person) -> str:
    try:
        return check_addr_spec(person.addr_spec)
    except ValueError as error:
        raise Permanent(f"No mail can go to person {person.id}: {error}") from error


def _subject(letter: Letter, own: str) -> str:
    """A thread keeps its subject (OUT-16): mail programs tell threads apart by it."""
    if letter.thread_subject:
        return f"Re: {base_subject(letter.thread_subject)}"
    return one_line(own, SUBJECT_LIMIT)


def _local(at: datetime, person: Person) -> datetime:
    return at.astimezone(ZoneInfo(person.zone))


def _other_readers(instrument: Instrument, letter: Letter) -> list[tuple[str, str]]:
    """The questions whose answers are read by others than the rest of the mail's."""
    return [
        (question.label, READERS[question.privacy])
        for question in letter.questions
        if question.privacy not in (None, instrument.privacy)
    ]
