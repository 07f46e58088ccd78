"""Expectations of restraint: nobody is written to who should not be, nobody is believed who lies."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from service.domain.mail import Kind, Outcome, Receipt
from service.domain.people import Role
from service.flows.expire_holds import REASON as EXPIRED
from service.playbook.instruments import Trigger
from service.sandbox.finding import Finding, counted
from service.sandbox.house import Posted
from service.sandbox.programs import PROGRAMS
from service.sandbox.record import Record
from service.sandbox.story import Write

ACCEPTED = Receipt.ACCEPTED.value


def others_are_spared(record: Record) -> Finding:
    """Managers get their summary and observers the digest; neither gets a question of the team's."""
    team = record.audience(Trigger.WEEKLY)
    others = [one.addr_spec for one in record.town.plan.people if one.addr_spec not in team]
    theirs = record.keys(Trigger.MONTHLY, Trigger.DIGEST, Trigger.REPLY)
    mails = [one for one in record.departures if one.rcpt_to in others]
    strange = sum(one.instrument not in theirs for one in mails)
    fact = f"{counted(len(mails), 'mail')} to {_names(record, others)}, {strange} of them meant for the team"
    return Finding("Managers and observers get only what is theirs", fact, bool(mails) and not strange)


def absence_is_noted(record: Record) -> Finding:
    """Nothing is answered to a machine."""
    away = [one for one in record.posted if PROGRAMS[one.letter.program].automatic]
    noted = [one for one in away if record.outcome(one) is Outcome.IGNORED]
    answers = sum(len(record.receipts(one)) for one in away)
    fact = f"{len(noted)} out-of-office noted, answered by nobody" if not answers else f"{answers} answers"
    return Finding("Nothing is answered to a machine", fact, len(noted) == len(away) > 0 == answers)


def dead_addresses_are_told(record: Record) -> Finding:
    """An address whose mail comes back is written to no more; operator and champion hear of it."""
    gone = [one.addr_spec for one in record.town.plan.people if not record.town.has_mail(one.addr_spec)]
    bounces = [one.outcome for one in record.arrivals.values() if one.kind == Kind.BOUNCE]
    notices = [one.key for one in record.playbook.for_trigger(Trigger.ADDRESS_FAILING)]
    told = sorted(one.rcpt_to for one in record.departures if one.instrument in notices)
    champions = (one.addr_spec for one in record.town.plan.people if Role.CHAMPION in one.roles)
    wanted = sorted([*champions, record.town.operator] * len(gone))
    tries = sum(one.rcpt_to in gone for one in record.departures)
    fact = f"{counted(tries, 'mail')} went there and came back; {_names(record, told)} know"
    noted = bounces == [Outcome.BOUNCE_NOTED] * tries and tries == len(gone) > 0
    return Finding("A dead address is noticed, and left alone", fact, noted and told == wanted)


def pauses_hold(record: Record) -> Finding:
    """Who wrote PAUSE with a date has peace until then, and is asked again from then on."""
    pauses = [one.letter for one in record.posted if one.letter.until]
    held = [one for one in pauses if _has_peace(record, one)]
    facts = [f"{record.town.name(one.who)} had peace until {_spoken(one.until)}" for one in held if one.until]
    return Finding("PAUSE takes effect", "; ".join(facts) or "nobody had peace", len(held) == len(pauses) > 0)


def _has_peace(record: Record, letter: Write) -> bool:
    """No mail but the answer to the pause itself, and another one once it is over."""
    if letter.until is None:
        return False
    begins = record.town.moment(letter)
    ends = datetime.combine(letter.until, time(), ZoneInfo(record.town.zone(letter.who)))
    mails = [one.at for one in record.sent if one.reader == letter.who]
    within = [at for at in mails if begins <= at < ends]
    return len(within) == 1 and any(at >= ends for at in mails)


def _spoken(day: date) -> str:
    return f"{day:%B} {day.day}"


def strangers_are_not_believed(record: Record) -> Finding:
    """Whoever forges a sender, or holds somebody else's mail, changes nothing and hears nothing."""
    outsiders = {one.addr_spec for one in record.town.neighbours if not one.takes_part}
    forged = [one for one in record.posted if one.letter.who in outsiders]
    ends = Counter(_end(record, one) for one in forged)
    stored = sum(len(record.arrivals[one.message_id].entries) for one in forged if record.outcome(one))
    heard = sum(len(record.mailboxes[one]) for one in {one.letter.who for one in forged})
    heard += sum(len(record.receipts(one)) for one in forged)
    fact = (
        f"{ends[Outcome.REFUSED]} refused, {ends[Outcome.HELD]} held; "
        f"{counted(stored, 'answer')} stored, {counted(heard, 'mail')} in answer to them"
    )
    kept_out = ends[Outcome.REFUSED] + ends[Outcome.HELD] == len(forged) > 0
    as_told = all(_end(record, one) is one.letter.outcome for one in forged)
    return Finding("A stranger changes and learns nothing", fact, kept_out and as_told and not stored + heard)


def _end(record: Record, posted: Posted) -> Outcome | None:
    """What became of a mail. What was held until nobody waited any more was held."""
    arrival = record.arrivals.get(posted.message_id)
    expired = arrival is not None and arrival.reason == EXPIRED
    return Outcome.HELD if expired else record.outcome(posted)


def mails_arrive_once(record: Record) -> Finding:
    """Each mail that the server took lies in one mailbox, once."""
    taken = Counter(one.message_id for one in record.departures if one.state == ACCEPTED)
    lying = Counter(
        mail.message_id
        for address, mails in record.messages.items()
        if address != record.town.mailbox
        for mail in mails
    )
    returned = sum(not record.town.has_mail(one.rcpt_to) for one in record.departures)
    fact = f"{taken.total()} mails accepted: {lying.total()} delivered, {returned} returned"
    once = lying <= taken and taken.total() == len(taken) == lying.total() + returned
    return Finding("Each mail arrives once", fact, once and bool(taken))


def nothing_is_left(record: Record) -> Finding:
    """The worker has caught up."""
    unsent = sum(one.state != ACCEPTED for one in record.departures)
    read = len(record.arrivals)
    fact = f"{counted(read, 'mail')} read, {unsent} mails waiting"
    whole = record.settled and not unsent and len(record.posted) == len(record.town.letters)
    return Finding("Nothing is left undone", fact, whole)


def _names(record: Record, addresses: Iterable[str]) -> str:
    return " and ".join(record.town.name(one) for one in addresses) or "nobody"
