"""Expectations of understanding: everybody is asked, and what they answer counts as they meant it."""

from service.domain.mail import Receipt
from service.sandbox.finding import Finding, counted
from service.sandbox.house import Posted
from service.sandbox.record import Record, one_line
from service.sandbox.week import ASKS


def everybody_is_asked(record: Record) -> Finding:
    """Whoever has a mailbox that works got this week's questions."""
    keys = [one.key for one in record.weekly]
    asked = [one for one in record.departures if one.instrument in keys]
    this_week = max((one.period for one in asked), default="")
    accepted = sorted(
        one.rcpt_to for one in asked if one.period == this_week and one.state == Receipt.ACCEPTED.value
    )
    wanted = sorted(one for one in record.audience if record.town.has_mail(one))
    fact = f"{counted(len(accepted), 'check-in')} accepted by the mail server, for {len(wanted)} people"
    return Finding("Who takes part and has a mailbox is asked", fact, accepted == wanted != [])


def answers_are_understood(record: Record) -> Finding:
    """Every answer stands under the question that its author meant, word for word."""
    stored = {one.message_id: record.answers(one) for one in record.answered}
    wanted = {one.message_id: dict(one.letter.answers) for one in record.answered}
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
    return all(words in text for words in record.answers(posted).values())


def unclear_is_asked_again(record: Record) -> Finding:
    """What cannot be read for certain is asked once more, only that, and then counts."""
    unclear = [one for one in record.posted if one.letter.unclear]
    healed = [one for one in unclear if _asked_again_alone(record, one) and _answered_later(record, one)]
    words = ", ".join(f"“{words}”" for one in unclear for words in one.letter.unclear.values())
    end = "was asked again, only that, and then understood" if healed else "was not cleared up"
    return Finding("What is unclear is asked once more", f"{words} {end}", len(healed) == len(unclear) > 0)


def _asked_again_alone(record: Record, posted: Posted) -> bool:
    asked = [mail.first(ASKS).split()[1:] for mail in record.receipts(posted)]
    return [{record.questions[key].label for key in keys} for keys in asked] == [set(posted.letter.unclear)]


def _answered_later(record: Record, posted: Posted) -> bool:
    later = record.posted[record.posted.index(posted) + 1 :]
    said = [record.answers(one).keys() for one in later if one.letter.who == posted.letter.who]
    return any(posted.letter.unclear.keys() <= labels for labels in said)


def corrections_count(record: Record) -> Finding:
    """Who replies to a receipt is heard again."""
    corrections = [one for one in record.posted if one.letter.corrects]
    stored = [one for one in corrections if record.answers(one) == dict(one.letter.answers)]
    fact = f"{counted(len(stored), 'correction')} stored beside what was said before"
    return Finding("A correction is just another reply", fact, len(stored) == len(corrections) > 0)


def private_lines_stay_private(record: Record) -> Finding:
    """An answer whose readers are fewer than its mail's is kept for those readers."""
    entries = [entry for arrival in record.arrivals.values() for entry in arrival.entries]
    meant = {key: question.privacy for key, question in record.questions.items() if question.privacy}
    narrow = [entry for entry in entries if entry.question in meant]
    right = sum(entry.privacy is meant[entry.question] for entry in narrow)
    fact = f"{right} of {counted(len(narrow), 'private line')} kept for the champion alone"
    return Finding("A private line has one reader", fact, right == len(narrow) > 0)
