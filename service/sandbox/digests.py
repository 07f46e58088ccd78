"""Expectations of the weekly digest: one set of facts for everybody, only news, the champion first."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from service.domain.collaboration import MilestoneState
from service.domain.digest import Section, is_news
from service.domain.entry import Entry
from service.domain.people import Role
from service.domain.question import Effect
from service.playbook.instruments import Trigger
from service.sandbox.finding import Finding, counted
from service.sandbox.record import Record, Sent, one_line
from service.store.digests import DigestState, KeptDigest

_ID = re.compile(r'\bid="([emv]\d{1,9})"')
"""What marks an item in the HTML of a digest (domain.digest.Item.id)."""


def facts_are_the_same(record: Record) -> Finding:
    """Whoever reads a digest, in whichever department, gets the same facts, each once."""
    kept = {one.digest.period: sorted(one.digest.ids) for one in record.digests}
    told = _told(record)
    right = [
        all(sorted(_ID.findall(one.message.html)) == kept.get(period) for one in mails)
        for period, mails in told.items()
    ]
    readers = {one.reader for mails in told.values() for one in mails}
    facts = sum(len(kept.get(period, ())) for period in told)
    fact = f"{facts} facts in {counted(len(told), 'digest')}, the same for all of {len(readers)} readers"
    return Finding("Every variant of a digest carries the same facts", fact, all(right) and bool(right))


def _told(record: Record) -> Mapping[str, list[Sent]]:
    """The mails of each digest to the team, by period; what the champion saw before is another matter."""
    goes_out = {one.digest.period: one.goes_out_at for one in record.digests}
    told: dict[str, list[Sent]] = defaultdict(list)
    for one in record.of(Trigger.DIGEST):
        if one.at >= goes_out[one.departure.period]:
            told[one.departure.period].append(one)
    return told


def only_news_is_told(record: Record) -> Finding:
    """A digest tells something new; where nothing is, nobody gets one."""
    told = _told(record)
    new = [one for one in record.digests if is_news(one.digest.items)]
    silent = [one for one in record.digests if one.state is DigestState.EMPTY]
    periods = {one.digest.period for one in new}
    fact = f"{counted(len(told), 'digest')} with news, {counted(len(silent), 'quiet week')} without a digest"
    right = told.keys() == periods and len(silent) + len(new) == len(record.digests)
    return Finding("A digest is sent when there is news", fact, right and bool(new) and bool(silent))


def the_champion_sees_it_first(record: Record) -> Finding:
    """A team's first digest waits until its champion had time to read it."""
    first = min(record.digests, key=lambda one: one.goes_out_at, default=None)
    mails = [
        one for one in record.of(Trigger.DIGEST) if first and one.departure.period == first.digest.period
    ]
    champions = {one.addr_spec for one in record.town.plan.people if Role.CHAMPION in one.roles}
    early = [one.at for one in mails if one.reader in champions]
    team = [one.at for one in mails if one.reader not in champions]
    right = bool(early and team) and max(early) < min(team)
    wait = round((min(team) - max(early)).total_seconds() / 3600) if right else 0
    fact = f"{counted(wait, 'hour')} before {len(team)} others"
    return Finding("The champion sees the first digest first", fact, right)


def what_is_taken_back_is_gone(record: Record) -> Finding:
    """Words that their author took back in time reach nobody but the champion, who saw the first digest."""
    taken = [one for one in record.posted if one.letter.takes_back]
    words = [one_line(words) for one in taken for words in record.corrected(one)]
    goes_out = {one.digest.period: one.goes_out_at for one in record.digests}
    seen = sum(
        said in one_line(one.message.text)
        for said in words
        for one in record.of(Trigger.DIGEST)
        if one.at >= goes_out[one.departure.period]
    )
    fact = f"{counted(len(words), 'answer')} taken back, in {seen} digests to the team"
    return Finding("What is taken back is in no digest", fact, len(words) == len(taken) > 0 == seen)


def milestones_are_celebrated(record: Record) -> Finding:
    """A milestone that was reached stands among the wins of the digest that comes next."""
    done = [(entry, _title(record, entry)) for entry in record.entries if _is_done(entry)]
    cheered = [title for entry, title in done if _is_celebrated(record, entry, title)]
    names = ", ".join(f"“{title}”" for title in cheered)
    fact = f"{names} among the wins of the next digest" if cheered else "nothing was celebrated"
    return Finding("A reached milestone is celebrated", fact, len(cheered) == len(done) > 0)


def _is_done(entry: Entry) -> bool:
    return isinstance(entry.value, dict) and entry.value.get("state") == MilestoneState.DONE


def _title(record: Record, entry: Entry) -> str:
    """The milestone that an answer is about, as its author was asked."""
    question = record.question(entry)
    options = question.options if question else ()
    number = entry.value["milestone"] if isinstance(entry.value, dict) else ""
    return next((option.label for option in options if option.key == number), "")


def _is_celebrated(record: Record, entry: Entry, title: str) -> bool:
    kept = _next(record, entry.recorded_at)
    wins = kept.digest.section(Section.WINS) if kept else ()
    won = any(item.subject == title and item.state == MilestoneState.DONE for item in wins)
    return won and _is_read(record, kept, title)


def answers_to_a_digest_are_heard(record: Record) -> Finding:
    """Who answers a digest is read by everybody in the next one; milestones have a check of their own."""
    keys = record.keys(Trigger.DIGEST)
    answers = [one for one in record.posted if one.letter.to in keys]
    said = [entry for one in answers for entry in record.entries_of(one)]
    entries = [entry for entry in said if entry.effect is not Effect.MILESTONE]
    heard = [one for one in entries if _is_read(record, _next(record, one.recorded_at), one_line(one.text))]
    fact = f"{len(heard)} of {counted(len(entries), 'answer')} to a digest stand in the next"
    return Finding("An answer to a digest is heard", fact, len(heard) == len(entries) > 0)


def _next(record: Record, at: datetime) -> KeptDigest | None:
    """The digest that goes out next."""
    later = [one for one in record.digests if one.state is DigestState.BUILT and one.goes_out_at > at]
    return min(later, key=lambda one: one.goes_out_at, default=None)


def _is_read(record: Record, kept: KeptDigest | None, words: str) -> bool:
    """Whether ``words`` stand in every mail of a digest."""
    mails = _told(record).get(kept.digest.period, ()) if kept else ()
    return bool(mails) and all(words in one_line(one.message.text) for one in mails)
