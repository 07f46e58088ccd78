"""Expectations of recognition: managers read what the thanked person approved, and not a word more."""

from collections.abc import Iterator

from service.domain.people import Role
from service.domain.question import NOTE
from service.domain.recognition import RecognitionState
from service.playbook.instruments import Trigger
from service.sandbox.finding import Finding, counted
from service.sandbox.record import Record, Sent, one_line

FEW_WORDS = 3
"""An answer of fewer words (yes, four) may stand anywhere."""


def only_approved_words_go_up(record: Record) -> Finding:
    """A manager's summary has the text that was approved, to the letter; other thanks are in none."""
    right = [
        one.sha256 == one.recognition.sha256 == one.recognition.text.sha256
        and _is_told(record, one.manager_id, one.recognition.text.told)
        for one in record.tellings
    ]
    kept = [one for one in record.passed_on if one.state is not RecognitionState.APPROVED]
    leaked = sum(one.text.told in mail for one in kept for mail in _summaries(record))
    fact = f"{counted(sum(right), 'text')} told as approved, by hash; {leaked} of {len(kept)} others told"
    return Finding(
        "Managers read what was approved", fact, all(right) and bool(right and kept) and not leaked
    )


def _is_told(record: Record, manager_id: int, told: str) -> bool:
    manager = next((address for address, one in record.people.items() if one.id == manager_id), "")
    mails = [one for one in record.of(Trigger.MONTHLY) if one.reader == manager]
    return any(one_line(told) in one_line(one.message.text) for one in mails)


def _summaries(record: Record) -> Iterator[str]:
    return (one_line(one.message.text) for one in record.of(Trigger.MONTHLY))


def managers_read_nothing_else(record: Record) -> Finding:
    """No words that anybody wrote stand in a manager's mail, but in a text that was approved."""
    mails = _to_managers(record)
    texts = [one.recognition.text for one in record.tellings]
    approved = [one_line(words) for text in texts for words in (text.sentence, text.told)]
    said = list(_said_by_others(record))
    found = [words for words in said if any(words in _without(one, approved) for one in mails)]
    fact = f"{len(found)} of {len(said)} stored answers stand in {counted(len(mails), 'mail')} to managers"
    return Finding("Managers read nothing of a check-in", fact, not found and bool(said and mails))


def _to_managers(record: Record) -> list[Sent]:
    managers = {one.addr_spec for one in record.town.plan.people if one.roles == {Role.MANAGER}}
    return [one for one in record.sent if one.reader in managers]


def _said_by_others(record: Record) -> Iterator[str]:
    """What the team wrote, each in one line; words that say nothing of anybody are left out."""
    managers = {
        record.people[one.addr_spec].id for one in record.town.plan.people if one.roles == {Role.MANAGER}
    }
    for entry in record.entries:
        words = one_line(entry.text)
        if entry.person_id not in managers and len(words.split()) >= FEW_WORDS:
            yield words


def _without(one: Sent, approved: list[str]) -> str:
    """A mail's text without what was approved."""
    text = one_line(one.message.text)
    for words in approved:
        text = text.replace(words, " ")
    return text


def managers_are_heard(record: Record) -> Finding:
    """A manager's answer is stored, and answered by one receipt."""
    keys = record.keys(Trigger.MONTHLY)
    answers = [one for one in record.posted if one.letter.to in keys]
    stored = [one for one in answers if any(entry.question != NOTE for entry in record.entries_of(one))]
    words = ", ".join(f"“{entry.text}”" for one in stored for entry in record.entries_of(one))
    fact = f"{counted(len(stored), 'manager')} answered: {words}"
    return Finding("A manager can answer", fact, len(stored) == len(answers) > 0)
