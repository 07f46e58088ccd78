"""Bounces: mail about our mail, from servers (MM-1). Here the evidence; ``read`` tells what it says."""

import email.message
from collections.abc import Iterator

from flufl.bounce import all_failures

from service.inbound.autoreply import starts_automatic
from service.inbound.delivery_status import FailedRecipient, read
from service.inbound.lines import opening
from service.inbound.notice import notice_type
from service.inbound.wording import FAILURE_SUBJECTS, FAILURE_WORDS
from service.message import Message

__all__ = ["FailedRecipient", "read"]

_DAEMONS = frozenset({"mailer-daemon", "mailerdaemon", "mdaemon", "mail.delivery.system"})
_OFFICES = frozenset({"postmaster", "no-reply", "noreply", "ndr", "administrator"})
_OFFICE_NAMES = ("mail delivery", "delivery subsystem", "system administrator")
_FORWARDS = ("fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "doorst:", "vs:", "vb:")
_FLUFL_READS = 8 * 1024
_AROUND = str.maketrans(dict.fromkeys("<>,;()[]\"\\'", " "))


def is_delivery_report(message: Message) -> bool:
    """RFC 3464 section 2: a delivery report, or its part in a mail that no person sent."""
    if message.content_type == "message/delivery-status":
        return True
    if message.content_type == "multipart/report":
        return message.parameters.get("report-type", "delivery-status").lower() == "delivery-status"
    carries = any(part.content_type == "message/delivery-status" for part in message.parts)
    return carries and (is_from_daemon(message) or is_from_office(message) or has_null_return_path(message))


def names_failed_recipients(message: Message) -> bool:
    """Exim and Gmail name in a header of their own whom they could not reach."""
    return bool(message.all("x-failed-recipients"))


def is_from_daemon(message: Message) -> bool:
    """An address that no person has."""
    return any(word.partition("@")[0] in _DAEMONS for word in _words_of_from(message))


def is_failure_from_nobody(message: Message) -> bool:
    """No return path, and failure in the subject, in the first lines or found by flufl.bounce."""
    if not has_null_return_path(message) or starts_automatic(message.subject):
        return False
    return _subject_says_failure(message) or _opening_says_failure(message) or _flufl_finds(message)


def is_failure_from_office(message: Message) -> bool:
    """A postmaster may be a person, so the subject has to say it, or flufl.bounce has to find it."""
    if not is_from_office(message) or starts_automatic(message.subject):
        return False
    return _subject_says_failure(message) or (not _is_threaded(message) and _flufl_finds(message))


def is_bounce_notice(message: Message) -> bool:
    """A sending service tells of a bounce as JSON."""
    return notice_type(message) == "bounce"


def is_failure_in_words(message: Message) -> bool:
    """Failure in the subject and in the first lines, in a mail that answers nothing."""
    return (
        _subject_says_failure(message)
        and not _is_threaded(message)
        and not starts_automatic(message.subject)
        and _opening_says_failure(message)
    )


def has_null_return_path(message: Message) -> bool:
    """``Return-Path: <>`` (RFC 5321 section 4.5.5): its sender wants no answer, ever."""
    return any(
        value.replace(" ", "").lower() in ("<>", "<mailer-daemon>") for value in message.all("return-path")
    )


def is_from_office(message: Message) -> bool:
    """An address or a name that servers write under, and sometimes people too; or none at all."""
    name = " ".join(message.all("from")).lower()
    return (
        "<>" in name
        or any(office in name for office in _OFFICE_NAMES)
        or any(word.partition("@")[0] in _OFFICES for word in _words_of_from(message))
    )


def _words_of_from(message: Message) -> Iterator[str]:
    for value in message.all("from"):
        yield from value.lower().translate(_AROUND).split()


def _is_threaded(message: Message) -> bool:
    return bool(message.in_reply_to or message.references)


def _subject_says_failure(message: Message) -> bool:
    subject = message.subject.casefold()
    return not subject.startswith(_FORWARDS) and any(words in subject for words in FAILURE_SUBJECTS)


def _opening_says_failure(message: Message) -> bool:
    first_lines = opening(message)
    return any(words in first_lines for words in FAILURE_WORDS)


def _flufl_finds(message: Message) -> bool:
    """flufl.bounce's detectors, as the last evidence. It raises on some real mails."""
    try:
        temporary, permanent = all_failures(_for_flufl(message))
    except Exception:
        return False
    return bool(temporary or permanent)


def _for_flufl(message: Message) -> email.message.Message:
    """Our bounded view as the library wants it: the bytes of a mail never reach stdlib's parser."""
    plain = email.message.Message()
    for one in message.fields:
        if not one.name.lower().startswith("content-"):
            plain[one.name] = one.value
    plain.set_payload(message.text[:_FLUFL_READS])
    return plain
