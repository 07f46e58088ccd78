"""Expectations of understanding: everybody is asked, and what they answer counts as they meant it."""

from collections import Counter
from collections.abc import Iterator

from service.domain.mail import Receipt
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.playbook.instruments import Trigger
from service.sandbox.dates import WEEKS
from service.sandbox.finding import Finding, counted
from service.sandbox.house import Posted
from service.sandbox.letters import ASKS
from service.sandbox.record import Record, one_line


def everybody_is_asked(record: Record) -> Finding:
    """Whoever takes part and has no pause gets each week's questions, once."""
    asked = Counter((record.town.week(one.at), one.reader) for one in record.of(Trigger.WEEKLY))
    wanted = {(week, one) for week in range(1, WEEKS + 1) for one in answering(record, week)}
    keys = record.keys(Trigger.WEEKLY)
    sent = [one.state == Receipt.ACCEPTED.value for one in record.departures if one.instrument in keys]
    people = len({one for _, one in wanted})
    fact = f"{counted(asked.total(), 'check-in')} in {WEEKS} weeks, for {people} people"
    right = asked == Counter(wanted) and bool(wanted) and all(sent)
    return Finding("Who takes part and has a mailbox is asked", fact, right)


def answering(record: Record, week: int) -> Iterator[str]:
    """Who is asked in a week: has joined, has a mailbox, and no pause."""
    town = record.town
    paused = {
        one.who for one in town.letters if one.until and one.at.week < week and one.until > town.day(week)
    }
    for address in record.audience(Trigger.WEEKLY) - paused:
        if town.has_mail(address) and town.joined(address) <= week:
            yield address


def answers_are_understood(record: Record) -> Finding:
    """Every answer stands under the question that its author meant, word for word."""
    stored = {one.message_id: record.answers(one) for one in record.answered}
    wanted = {one.message_id: record.standing(one) for one in record.answered}
    said = [(name, label, words) for name, answers in wanted.items() for label, words in answers.items()]
    right = sum(stored[name].get(label) == words for name, label, words in said)
    programs = {one.letter.program for one in record.answered}
    fact = f"{right} of {counted(len(said), 'answer')}, from {len(programs)} mail programs"
    return Finding("Each answer stands under its question", fact, stored == wanted and right > 0)


def replies_have_receipts(record: Record) -> Finding:
    """One receipt for each reply of a person, and it shows what was recorded."""
    once = [one for one in record.answered if len(record.receipts(one)) == 1]
    shown = [one for one in once if _shows(record, one)]
    replies = len(record.answered)
    fact = (
        f"{counted(replies, 'reply', 'replies')}, {counted(len(once), 'receipt')}, "
        f"{len(shown)} of them show all that was recorded"
    )
    return Finding("One receipt for each reply of a person", fact, replies == len(once) == len(shown) > 0)


def _shows(record: Record, posted: Posted) -> bool:
    text = one_line(record.receipts(posted)[0].text)
    return all(one_line(words) in text for words in record.answers(posted).values())


def unclear_is_asked_again(record: Record) -> Finding:
    """What cannot be read for certain is asked once more, only that, and then counts."""
    unclear = [one for one in record.posted if one.letter.unclear]
    healed = [one for one in unclear if _asked_again_alone(record, one) and _answered_later(record, one)]
    words = ", ".join(f"“{words}”" for one in unclear for words in one.letter.unclear.values())
    end = "was asked again, only that, and then understood" if healed else "was not cleared up"
    return Finding("What is unclear is asked once more", f"{words} {end}", len(healed) == len(unclear) > 0)


def _asked_again_alone(record: Record, posted: Posted) -> bool:
    asked = [mail.first(ASKS).split()[1:] for mail in record.receipts(posted)]
    return [{record.labels[key] for key in keys} for keys in asked] == [set(posted.letter.unclear)]


def _answered_later(record: Record, posted: Posted) -> bool:
    later = record.posted[record.posted.index(posted) + 1 :]
    said = [record.answers(one).keys() for one in later if one.letter.who == posted.letter.who]
    return any(posted.letter.unclear.keys() <= labels for labels in said)


def private_lines_stay_private(record: Record) -> Finding:
    """A line for the champion alone is stored so, and stands in no mail to anybody but its author."""
    private = [entry for entry in record.entries if entry.effect is Effect.PRIVATE_NOTE]
    kept = sum(entry.privacy is PrivacyClass.CHAMPION for entry in private)
    own = {person.id: address for address, person in record.people.items()}
    seen = sum(
        one_line(entry.text) in one_line(one.message.text)
        for entry in private
        for one in record.sent
        if one.reader != own[entry.person_id]
    )
    fact = f"{counted(kept, 'private line')} kept for the champion, in {counted(seen, 'mail')} to others"
    return Finding("A private line has one reader", fact, kept == len(private) > 0 == seen)
