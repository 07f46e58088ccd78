"""Composer: an instrument and a letter become one finished mail."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from service.addressing import Keyring, TokenKind, message_id, subaddress
from service.domain.addresses import check_addr_spec
from service.domain.collaboration import Collaboration
from service.domain.mail import Envelope, Mail
from service.domain.people import Person
from service.domain.privacy import READERS, who_reads
from service.errors import Misconfigured, Permanent
from service.outbound.charts import draw
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
from service.outbound.mime import alternative, related
from service.outbound.render import TemplateSet
from service.outbound.shared import NOTHING_SHARED, Encoded, Shared
from service.outbound.words import one_line
from service.playbook.instruments import Instrument

__all__ = ["Composer", "Letter", "Sender", "Shared"]


class Composer:
    """Writes mail. Holds nothing but what every mail shares; the same letter gives the same bytes."""

    def __init__(self, templates: TemplateSet, keyring: Keyring, sender: Sender) -> None:
        self._templates, self._keyring, self._sender = templates, keyring, sender
        # Nobody can write it: it is keyed.
        self._mark = f"\0{keyring.handle('here stands what all readers share')}\0"

    def share(
        self, instrument: Instrument, facts: Mapping[str, object], collaboration: Collaboration | None
    ) -> Shared:
        """What all readers of a mail share: its part templates with ``facts``, and its pictures.

        Raises Misconfigured as ``compose`` does. Templates of a part know the facts, ``today`` among
        them, ``collaboration`` and ``pictures``; nothing of the reader.
        """
        if not self._shares(instrument):
            return NOTHING_SHARED
        names = {**facts, "collaboration": collaboration}
        pictures = draw(self._templates, instrument.pictures, names, self._sender.domain)
        part = self._templates.render_part(instrument.key, {**names, "pictures": pictures})
        files = [picture.file for picture in pictures.values()]
        text, html = (Encoded.of(f"{words.strip()}\n") for words in (part.text, part.html))
        return Shared(text, html, related(files))

    def compose(self, instrument: Instrument, letter: Letter, shared: Shared | None = None) -> Mail:
        """The mail, to its last byte (OUT-2). Its templates are those of the instrument's key.

        ``shared`` saves rendering what ``share`` gives for the letter's own facts.

        Raises Permanent where the person's address cannot be written to (OUT-5), and
        Misconfigured where a template asks for a fact that the letter lacks.
        """
        shared = shared or self._share_alone(instrument, letter)
        identifiers = self._identifiers(instrument, letter)
        rendered = self._templates.render(instrument.key, self._context(instrument, letter, identifiers))
        subject = _subject(letter, rendered.subject)
        text = self._around(rendered.text, shared.text, instrument)
        html = self._around(rendered.html, shared.html, instrument)
        fields = header_block(instrument, letter, self._sender, subject, identifiers)
        return Mail(
            key=letter.key,
            handle=self._keyring.handle(letter.key),
            envelope=Envelope(identifiers.return_path, identifiers.recipient),
            message_id=identifiers.message_id,
            raw=alternative(fields, identifiers.message_id, text.octets, html.octets, shared.pictures),
            text=text.words,
            subject=subject,
            shared=shared.pieces,
        )

    def _shares(self, instrument: Instrument) -> bool:
        return bool(instrument.pictures) or self._templates.has_part(instrument.key)

    def _share_alone(self, instrument: Instrument, letter: Letter) -> Shared:
        if not self._shares(instrument):
            return NOTHING_SHARED
        zone = letter.collaboration.zone if letter.collaboration else letter.person.zone
        today = letter.at.astimezone(ZoneInfo(zone)).date()
        return self.share(instrument, {"today": today, **letter.facts}, letter.collaboration)

    def _around(self, words: str, part: Encoded, instrument: Instrument) -> Encoded:
        """One reader's ``words`` with the shared part where ``{{ part }}`` stands."""
        before, mark, after = words.partition(f"{self._mark}\n")
        if part.octets and not (mark and before.endswith("\n")):
            problem = "it has a part, and a body that does not say where the part stands."
            mend = "Write {{ part }} on a line of its own in body.txt and in body.html."
            raise Misconfigured(f"emails/{instrument.key}", problem, mend)
        own, rest = Encoded.of(before), Encoded.of(after)
        return Encoded(own.words + part.words + rest.words, own.octets + part.octets + rest.octets)

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
        zone = ZoneInfo(letter.person.zone)
        today = letter.at.astimezone(zone).date()
        return {
            **{name: _local(fact, zone) for name, fact in letter.facts.items()},
            "full_name": letter.person.name,
            "first_name": one_line(letter.person.first_name, NAME_LIMIT),
            "collaboration": letter.collaboration,
            "organisation": self._sender.organisation,
            "operator": self._sender.operator,
            "title": instrument.title,
            "minutes": instrument.minutes,
            "questions": letter.questions,
            "numbered": tuple(question for question in letter.questions if not question.prefix),
            "lines": tuple(question for question in letter.questions if question.prefix),
            "today": today,
            "week": today.isocalendar().week,
            "lang": language(letter.person.locale),
            "dir": "ltr",
            "who_reads": who_reads(instrument.privacy),
            "other_readers": _other_readers(instrument, letter),
            "footer_code": identifiers.footer,
            "part": self._mark,
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


def _local(fact: object, zone: ZoneInfo) -> object:
    """A moment is told on the reader's clock (TIME-4)."""
    return fact.astimezone(zone) if isinstance(fact, datetime) else fact


def _other_readers(instrument: Instrument, letter: Letter) -> list[tuple[str, str]]:
    """The questions whose answers are read by others than the rest of the mail's."""
    return [
        (question.label, READERS[question.privacy])
        for question in letter.questions
        if question.privacy not in (None, instrument.privacy)
    ]
