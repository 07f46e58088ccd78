"""Composer: an instrument and a letter become one finished mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.addressing import Keyring, TokenKind, message_id, subaddress
from service.domain.addresses import check_addr_spec
from service.domain.collaboration import Collaboration
from service.domain.mail import Envelope, Mail
from service.domain.people import Person
from service.domain.privacy import READERS, who_reads
from service.errors import Misconfigured, Permanent
from service.outbound.charts import draw
from service.outbound.frames import PERSONAL, Filled, Frame, filled_alone
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
from service.outbound.render import Rendered, TemplateSet
from service.outbound.shared import NOTHING_SHARED, Encoded, Shared
from service.outbound.words import one_line
from service.playbook.instruments import Instrument

__all__ = ["Composer", "Letter", "Sender", "Shared"]


FRAMES_KEPT = 256


class Composer:
    """Writes mail. Holds nothing but what every mail shares; the same letter gives the same bytes."""

    def __init__(self, templates: TemplateSet, keyring: Keyring, sender: Sender) -> None:
        self._templates, self._keyring, self._sender = templates, keyring, sender
        self._mark = f"\0{self._keyed('here stands what all readers share')}\0"
        self._frames: dict[tuple[object, ...], _Kept] = {}

    def _keyed(self, name: str) -> str:
        """A mark that nobody can write: it is keyed."""
        return self._keyring.handle(f"mark:{name}")

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
        filled = self._filled(instrument, letter, shared, identifiers)
        subject = _subject(letter, filled.subject)
        text, html = _around(filled.text, shared.text), _around(filled.html, shared.html)
        fields = header_block(instrument, letter, self._sender, subject, identifiers)
        return Mail(
            key=letter.key,
            handle=self._keyring.handle(letter.key),
            envelope=Envelope(identifiers.return_path, identifiers.recipient),
            message_id=identifiers.message_id,
            raw=alternative(fields, identifiers.message_id, text.octets, html.octets, shared.pictures),
            text=text.words,
            subject=subject,
            shared=_pieces(filled.common, shared),
        )

    def _shares(self, instrument: Instrument) -> bool:
        return bool(instrument.pictures) or self._templates.has_part(instrument.key)

    def _share_alone(self, instrument: Instrument, letter: Letter) -> Shared:
        if not self._shares(instrument):
            return NOTHING_SHARED
        zone = letter.collaboration.zone if letter.collaboration else letter.person.zone
        today = letter.at.astimezone(ZoneInfo(zone)).date()
        return self.share(instrument, {"today": today, **letter.facts}, letter.collaboration)

    def _filled(
        self, instrument: Instrument, letter: Letter, shared: Shared, identifiers: Identifiers
    ) -> Filled:
        """The reader's texts: from a frame, where others get the same but for their own words."""
        own = _own(letter, identifiers)
        key = _frame_key(instrument, letter, shared)
        kept = self._frames.get(key)
        if kept is not None and kept.frame is not None:
            return kept.frame.fill(own)
        context = self._context(instrument, letter)
        rendered = self._templates.render(instrument.key, {**context, **own})
        self._check_place(instrument, rendered, shared)
        filled = filled_alone(rendered, self._mark)
        if kept is None:
            self._keep(key, _Kept(letter))
        elif not kept.refused:
            frame = self._frame(instrument, context)
            fits = replace(frame.fill(own), common=filled.common) == filled
            self._keep(key, _Kept(letter, frame if fits else None, refused=not fits))
        return filled

    def _frame(self, instrument: Instrument, context: Mapping[str, object]) -> Frame:
        marks = {name: self._keyed(name) for name in PERSONAL}
        return Frame(self._templates.render(instrument.key, {**context, **marks}), marks, self._mark)

    def _keep(self, key: tuple[object, ...], kept: "_Kept") -> None:
        self._frames[key] = kept
        if len(self._frames) > FRAMES_KEPT:
            del self._frames[next(iter(self._frames))]

    def _check_place(self, instrument: Instrument, rendered: Rendered, shared: Shared) -> None:
        for words, part in ((rendered.text, shared.text), (rendered.html, shared.html)):
            before, mark, _ = words.partition(f"{self._mark}\n")
            if part.octets and not (mark and before.endswith("\n")):
                problem = "it has a part, and a body that does not say where the part stands."
                mend = "Write {{ part }} on a line of its own in body.txt and in body.html."
                raise Misconfigured(f"emails/{instrument.key}", problem, mend)

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

    def _context(self, instrument: Instrument, letter: Letter) -> dict[str, object]:
        """The names that every template may use beside the reader's own; docs/templates.md explains each."""
        zone = ZoneInfo(letter.person.zone)
        today = letter.at.astimezone(zone).date()
        return {
            **{name: _local(fact, zone) for name, fact in letter.facts.items()},
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
            "part": self._mark,
        }


@dataclass(frozen=True, slots=True)
class _Kept:
    """The frame of a mail, made from its second reader on. ``refused``: a template does more with a
    reader's words than to show them, so that filling them in gives another mail. ``letter`` keeps
    alive what the key names by identity."""

    letter: Letter
    frame: Frame | None = None
    refused: bool = False


def _frame_key(instrument: Instrument, letter: Letter, shared: Shared) -> tuple[object, ...]:
    """What readers have to have in common to get the same but for their own words."""
    person = letter.person
    facts = (_identity(fact) for fact in letter.facts.values())
    return (
        *(instrument.key, id(shared), id(letter.questions), id(letter.collaboration), letter.at),
        *(person.zone, person.locale, *facts),
    )


def _identity(fact: object) -> object:
    return fact if isinstance(fact, str | int | date | None) else id(fact)


def _own(letter: Letter, identifiers: Identifiers) -> dict[str, str]:
    """The words of one reader (frames.PERSONAL)."""
    first_name = one_line(letter.person.first_name, NAME_LIMIT)
    return {"first_name": first_name, "full_name": letter.person.name, "footer_code": identifiers.footer}


def _around(own: tuple[Encoded, Encoded], part: Encoded) -> Encoded:
    before, after = own
    return Encoded(before.words + part.words + after.words, before.octets + part.octets + after.octets)


def _pieces(common: Sequence[Sequence[bytes]], shared: Shared) -> tuple[bytes, ...]:
    """What other mails have, too, in the order in which it stands in this one."""
    before_text, behind_text, before_html, behind_html = common
    text = (*before_text, shared.text.octets, *behind_text)
    html = (*before_html, shared.html.octets, *behind_html)
    return tuple(piece for piece in (*text, *html, shared.pictures.octets) if piece)


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
