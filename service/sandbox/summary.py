"""Did it all come about? Each expectation is counted in the record, never taken for granted."""

from collections.abc import Callable

from service.sandbox import corrections, digests, restraint, thanks, tone, understanding
from service.sandbox.finding import Finding
from service.sandbox.record import Record

CHECKS: tuple[Callable[[Record], Finding], ...] = (
    understanding.everybody_is_asked,
    understanding.answers_are_understood,
    understanding.replies_have_receipts,
    understanding.unclear_is_asked_again,
    understanding.private_lines_stay_private,
    corrections.corrections_count,
    corrections.additions_are_added,
    corrections.a_week_keeps_its_answers,
    digests.facts_are_the_same,
    digests.only_news_is_told,
    digests.the_champion_sees_it_first,
    digests.what_is_taken_back_is_gone,
    digests.milestones_are_celebrated,
    digests.answers_to_a_digest_are_heard,
    thanks.only_approved_words_go_up,
    thanks.managers_read_nothing_else,
    thanks.managers_are_heard,
    restraint.others_are_spared,
    restraint.pauses_hold,
    restraint.absence_is_noted,
    restraint.dead_addresses_are_told,
    restraint.strangers_are_not_believed,
    restraint.mails_arrive_once,
    restraint.nothing_is_left,
    tone.mails_are_few,
    tone.nobody_is_blamed,
)


def summarise(record: Record) -> tuple[Finding, ...]:
    """Every expectation, in the order of the story."""
    return tuple(check(record) for check in CHECKS)
