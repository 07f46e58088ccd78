"""What kind of mail is this? An ordered table of rules; the first that holds decides (mail-rules 3).

Nothing here answers, threads or stores. Where no rule holds the mail is human: a machine's mail
that is taken for a person's costs a question, a person's answer that is dropped costs trust.
"""

from collections.abc import Callable
from dataclasses import dataclass

from service.domain.mail import Kind
from service.inbound import autoreply, bounce, complaint
from service.message import Message, TooLarge, parse

Rule = tuple[str, Callable[[Message], bool], Kind]

RULES: tuple[Rule, ...] = (
    ("an abuse report in the standard format", complaint.is_feedback_report, Kind.COMPLAINT),
    ("an abuse report with the mail complained about", complaint.is_provider_complaint, Kind.COMPLAINT),
    ("a notice of complaint as JSON", complaint.is_complaint_notice, Kind.COMPLAINT),
    ("a delivery report in the standard format", bounce.is_delivery_report, Kind.BOUNCE),
    ("X-Failed-Recipients", bounce.names_failed_recipients, Kind.BOUNCE),
    ("sent by a mailer daemon", bounce.is_from_daemon, Kind.BOUNCE),
    ("a failure notice without a return path", bounce.is_failure_from_nobody, Kind.BOUNCE),
    ("a failure notice from a postmaster", bounce.is_failure_from_office, Kind.BOUNCE),
    ("a notice of bounce as JSON", bounce.is_bounce_notice, Kind.BOUNCE),
    ("a failure notice by subject and first lines", bounce.is_failure_in_words, Kind.BOUNCE),
    ("a read receipt", autoreply.is_read_receipt, Kind.AUTO_REPLY),
    ("an answer of a calendar", autoreply.is_calendar_reply, Kind.AUTO_REPLY),
    ("a reaction", autoreply.is_reaction, Kind.AUTO_REPLY),
    ("a header that says automatic", autoreply.says_automatic, Kind.AUTO_REPLY),
    ("a null return path", bounce.has_null_return_path, Kind.AUTO_REPLY),
    ("more than 50 servers on the way: a loop", autoreply.is_looping, Kind.AUTO_REPLY),
    ("a subject that says automatic, and no answer", autoreply.is_automatic_by_subject, Kind.AUTO_REPLY),
    ("an automatic notice by subject and words", autoreply.is_known_notice, Kind.AUTO_REPLY),
    ("an automatic reply's words and no others", autoreply.is_automatic_by_words, Kind.AUTO_REPLY),
)


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind of a mail and the name of the rule that decided it."""

    kind: Kind
    reason: str


def classify(message: Message) -> Classified:
    """The first rule that holds; human where none does."""
    for reason, holds, kind in RULES:
        if holds(message):
            return Classified(kind, reason)
    return Classified(Kind.HUMAN, "no rule holds")


def kind_of(raw: bytes) -> str:
    """``human``, ``bounce``, ``auto_reply`` or ``complaint``. Never raises; too large is human."""
    try:
        return classify(parse(raw)).kind.value
    except TooLarge:
        return Kind.HUMAN.value
