"""Expectations of tone: few mails, and no word of blame in any of them."""

import re
from collections import Counter
from zoneinfo import ZoneInfo

from service.sandbox.finding import Finding, counted
from service.sandbox.record import Record

MOST_A_DAY = 4
BLAME = re.compile(r"\b(overdue|failed|non-responders?|late|must)\b", re.IGNORECASE)
"""Words that no mail to a person may have (product, rules of tone)."""


def mails_are_few(record: Record) -> Finding:
    """Nobody gets more than four mails on one of their days, answers to their own words included."""
    days = Counter(
        (one.reader, one.at.astimezone(ZoneInfo(record.town.zone(one.reader))).date()) for one in record.sent
    )
    most = max(days.values(), default=0)
    whom = sorted({record.town.name(reader) for (reader, _), count in days.items() if count == most})
    fact = f"at most {counted(most, 'mail')} ({', '.join(whom)})"
    return Finding("Nobody gets more than four mails a day", fact, 0 < most <= MOST_A_DAY)


def nobody_is_blamed(record: Record) -> Finding:
    """No mail to a person has a word of blame."""
    found = Counter(
        word.lower()
        for one in record.sent
        for text in (one.message.subject, one.message.text, _seen(one.message.html))
        for word in BLAME.findall(text)
    )
    words = ", ".join(f"“{word}” {count} times" for word, count in found.items()) or "none"
    fact = f"{words} in {counted(len(record.sent), 'mail')}"
    return Finding("No mail has a word of blame", fact, not found and bool(record.sent))


def _seen(html: str) -> str:
    """HTML without its tags."""
    return re.sub(r"<[^>]*>", " ", html)
