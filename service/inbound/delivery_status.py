"""What a bounce says: for whom it failed, how, and in whose words (RFC 3464 section 2.3).

Everything here is hearsay. Which person it is about comes from our own signed identifiers only
(MM-1), never from an address in the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.inbound.lines import opening
from service.message import Message, read_fields

_MOST = 50


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One recipient of a report.

    ``action`` is failed, delayed, delivered, relayed or expanded; ``status`` as "5.1.1"
    (RFC 3463), '' where the report has none.
    """

    action: str
    status: str
    recipient: str
    diagnostic: str = ""


def read(message: Message) -> tuple[FailedRecipient, ...]:
    """The recipients that a bounce speaks of; from its report, else from what mail servers add."""
    reports = (part for part in message.parts if part.content_type == "message/delivery-status")
    found = [recipient for part in reports for recipient in _read_report(part.octets)]
    return tuple(found[:_MOST]) or _read_headers(message)


def _read_report(octets: bytes) -> Iterator[FailedRecipient]:
    """One group of fields for each recipient; the groups stand between empty lines."""
    for group in octets.replace(b"\r\n", b"\n").split(b"\n\n", _MOST)[:_MOST]:
        fields = {one.name.lower(): one.value for one in reversed(read_fields(group))}
        recipient = _after_type(fields.get("original-recipient") or fields.get("final-recipient", ""))
        if recipient or "action" in fields:
            yield FailedRecipient(
                action=_first_word(fields.get("action", "")).lower(),
                status=_first_word(fields.get("status", "")),
                recipient=recipient,
                diagnostic=_after_type(fields.get("diagnostic-code", "")),
            )


def _after_type(value: str) -> str:
    """``rfc822; ada@town.example`` and ``smtp; 550 no`` without the type in front."""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon else kind).strip().removeprefix("<").removesuffix(">")


def _first_word(value: str) -> str:
    return next(iter(value.split()), "")


def _read_headers(message: Message) -> tuple[FailedRecipient, ...]:
    """What there is without a report: X-Failed-Recipients, and a status code in the first lines."""
    status = next(filter(_is_status, opening(message).translate(_AROUND_STATUS).split()), "")
    action = "delayed" if status.startswith("4") else "failed"
    names = ",".join(message.all("x-failed-recipients")).split(",")
    return tuple(FailedRecipient(action, status, name.strip()) for name in names[:_MOST] if name.strip())


_AROUND_STATUS = str.maketrans(dict.fromkeys("#()[]<>,;:", " "))


def _is_status(word: str) -> bool:
    """An enhanced status code of a failure (RFC 3463 section 2)."""
    pieces = word.rstrip(".").split(".")
    return (
        len(pieces) == 3
        and pieces[0] in ("4", "5")
        and all(piece.isdecimal() and len(piece) <= 3 for piece in pieces)
    )
