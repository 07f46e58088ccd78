"""A mail as the rest of the house sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from service.message import limits
from service.message.body import choose_body
from service.message.header import Field, read_block
from service.message.identifiers import read_addresses, read_message_ids
from service.message.limits import TooLarge
from service.message.part import Part
from service.message.sender import read_author
from service.message.walk import read_tree
from service.message.words import decode_words

_RECIPIENT_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass(frozen=True, slots=True)
class Message:
    """One parsed mail, bounded and decoded.

    ``author`` is the address of the only, defect-free From mailbox in lower case, None otherwise
    (IN-2); ``author_name`` proves nothing. ``recipients``: what our own server added stands before
    To and Cc (mail-rules 2.1). ``text`` and ``html`` are one body's two forms, '' where there is
    none. ``attachments``: sanitised names. ``parts``: the leaves; a message/rfc822 is one of them.
    ``date`` is aware, None where it is missing or malformed.
    """

    fields: tuple[Field, ...]
    author: str | None
    author_name: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    content_type: str
    parameters: Mapping[str, str]
    parts: tuple[Part, ...]
    attachments: tuple[str, ...]
    text_part: Part | None = None
    html_part: Part | None = None
    text: str = ""
    html: str = ""
    _values: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, topmost first, as written. Names are case-insensitive, and may have
        white space before their colon: nothing that is found so may be relied on, ``fields`` is strict."""
        return self._values.get(name.lower(), ())

    def first(self, name: str) -> str:
        """The topmost value of a field, '' where there is none."""
        return next(iter(self.all(name)), "")


def parse(raw: bytes) -> Message:
    """Read ``raw``. Raises ``TooLarge`` past IN-13's limits, and nothing else whatever it is given."""
    if len(raw) > limits.MESSAGE:
        raise TooLarge("octets in the mail", limits.MESSAGE)
    block = read_block(raw)
    author = read_author(raw[: _end_of_header(raw, block.body)])
    tree = read_tree(raw, block.fields, block.body)
    values = _by_name(block.fields)
    leaves = tuple(tree.leaves)
    plain, html = choose_body(tree)
    return Message(
        fields=block.fields,
        author=author.addr_spec if author else None,
        author_name=author.name if author else "",
        recipients=read_addresses(value for name in _RECIPIENT_FIELDS for value in values.get(name, ())),
        subject=_readable(" ".join(values.get("subject", ())[:1])),
        date=_read_date(" ".join(values.get("date", ())[:1])),
        message_id=next(iter(read_message_ids(values.get("message-id", ()))), ""),
        in_reply_to=read_message_ids(values.get("in-reply-to", ())),
        references=read_message_ids(values.get("references", ())),
        content_type=tree.content_type,
        parameters=tree.parameters,
        parts=leaves,
        attachments=tuple(part.filename or "unnamed" for part in leaves if part.is_file),
        text_part=plain,
        html_part=html,
        text=plain.text if plain else "",
        html=html.text if html else "",
        _values=values,
    )


def _end_of_header(raw: bytes, body: int) -> int:
    """Where the most generous reader would end the header: at an empty line, whatever stands before.

    A second From behind a malformed line is seen by some programs, so it has to be seen by us.
    """
    seen = b"\n" + raw[: body + limits.HEADER_BLOCK]  # its first line may be the empty one
    ends = (seen.find(empty_line) for empty_line in (b"\n\n", b"\n\r\n"))
    return max(body, min((end for end in ends if end >= 0), default=len(seen)))


def _by_name(fields: tuple[Field, ...]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for one in fields:
        name = one.name.rstrip().lower()
        values[name] = (*values.get(name, ()), one.value)
    return values


def _readable(value: str) -> str:
    """Decoded, on one line, without control characters."""
    shown = (character if character.isprintable() else " " for character in decode_words(value))
    return " ".join("".join(shown).split())


def _read_date(value: str) -> datetime | None:
    """RFC 5322 section 3.3. ``-0000`` says that the zone is unknown: UTC is meant then."""
    try:
        date = parsedate_to_datetime(value[: limits.FILENAME])
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
