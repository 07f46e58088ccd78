"""Did it all come about? Each expectation is counted in the record, never taken for granted."""

from collections.abc import Callable

from service.sandbox import restraint, understanding
from service.sandbox.finding import Finding
from service.sandbox.record import Record

CHECKS: tuple[Callable[[Record], Finding], ...] = (
    understanding.everybody_is_asked,
    understanding.answers_are_understood,
    understanding.replies_have_receipts,
    understanding.unclear_is_asked_again,
    understanding.corrections_count,
    understanding.private_lines_stay_private,
    restraint.pauses_hold,
    restraint.absence_is_noted,
    restraint.dead_addresses_are_told,
    restraint.others_are_spared,
    restraint.strangers_are_not_believed,
    restraint.mails_arrive_once,
    restraint.nothing_is_left,
)


def summarise(record: Record) -> tuple[Finding, ...]:
    """Every expectation, in the order of the story."""
    return tuple(check(record) for check in CHECKS)
