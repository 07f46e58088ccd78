"""Expectations of second thoughts: a correction, an addition and a word that comes after its week count."""

from service.domain.week import iso_week
from service.playbook.instruments import Trigger
from service.sandbox.finding import Finding, counted
from service.sandbox.house import Posted
from service.sandbox.record import Record, one_line


def corrections_count(record: Record) -> Finding:
    """Who replies to a receipt is heard again: from then on digests show the last words, and only them."""
    corrections = [one for one in record.posted if one.letter.corrects]
    last = [one for one in corrections if record.answers(one) == record.standing(one)]
    told = [one for one in last if _is_told_instead(record, one)]
    fact = (
        f"{counted(len(last), 'correction')} stored, {len(told)} of them told in the place of the first words"
    )
    return Finding("A correction is just another reply", fact, len(told) == len(corrections) > 0)


def _is_told_instead(record: Record, correction: Posted) -> bool:
    """Digests after it have its words, and none has the words before."""
    at = record.town.moment(correction.letter)
    told = [one_line(one.message.text) for one in record.of(Trigger.DIGEST) if one.at > at]
    better = [correction.letter.answers.get(label, "") for label in correction.letter.replaces]
    gone = not any(one_line(words) in text for words in record.corrected(correction) for text in told)
    return gone and all(any(one_line(words) in text for text in told) for words in better)


def additions_are_added(record: Record) -> Finding:
    """Who writes a second time to the same mail takes nothing back: both stand."""
    added = [one for one in record.posted if one.letter.adds]
    both = [
        one for one in added if record.answers(one) == record.standing(one) and _first_stands(record, one)
    ]
    fact = f"{counted(len(both), 'second reply', 'second replies')} stored beside what was said first"
    return Finding("A second reply adds", fact, len(both) == len(added) > 0)


def _first_stands(record: Record, second: Posted) -> bool:
    first = record.earlier(second)
    return bool(first) and all(record.answers(one) == record.standing(one) for one in first)


def a_week_keeps_its_answers(record: Record) -> Finding:
    """What comes when the week is over counts for the week that it answers."""
    after = [one for one in record.posted if one.letter.to_week and one.letter.to_week < one.letter.at.week]
    right = 0
    for posted in after:
        week = iso_week(record.town.day(posted.letter.to_week))
        found = record.entries_of(posted)
        right += bool(found) and all(entry.week == week for entry in found)
    fact = f"{right} of {counted(len(after), 'answer')} after its week stand in that week"
    return Finding("An answer counts for the week that asked it", fact, right == len(after) > 0)
