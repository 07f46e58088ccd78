"""A week with two hundred people, on Dovecot, Postfix and PostgreSQL: lived through once, then looked at
from all sides."""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE

from service.domain.digest import Section
from service.domain.mail import Outcome, Receipt
from service.message import Message
from service.playbook.instruments import Trigger
from service.sandbox.record import Record, Sent, one_line
from tests.services.crowd.letters import (
    APPROVALS,
    AWAY,
    CORRECTIONS,
    EDIT,
    LESSONS,
    NEEDS,
    NOT_NOW,
    OBSTACLES,
    PASSED_ON,
    PRIVATE,
    PROGRAMS,
    REASON,
    TAKES_BACK,
    THANKS,
    WRITERS,
)
from tests.services.crowd.people import (
    CHAMPION,
    CROWD,
    DEPARTMENTS,
    EAST,
    HOME,
    MANAGERS,
    OBSERVER,
    TEAM,
    WEST,
    department_of,
)
from tests.services.crowd.week import play
from tests.services.town import OPERATOR, THREAD, Town

pytestmark = pytest.mark.timeout(600)

FACT = re.compile(r'\bid="([emv]\d{1,9})"')
"""What marks a fact in the HTML of a digest (domain.digest.Item.id)."""


@pytest.fixture(scope="module")
def accounts() -> Mapping[str, str]:
    return {address: f"{address} has a secret" for address in (THREAD, OPERATOR, *CROWD)}


@pytest.fixture(scope="module")
def week(town: Town) -> Record:
    EXECUTOR_CACHE.clear()  # as tests.conftest: statements are in the dialect of their first use
    record = asyncio.run(play(town))
    EXECUTOR_CACHE.clear()
    return record


@pytest.fixture(scope="module")
def texts(week: Record) -> Mapping[str, str]:
    """All that lies in each mailbox, in one line."""
    return {
        address: " | ".join(one_line(mail.text) for mail in mails) for address, mails in week.messages.items()
    }


def test_everybody_is_asked_once_a_week_at_noon_where_they_live(week: Record) -> None:
    asked = Counter((one.reader, one.departure.period) for one in week.of(Trigger.WEEKLY))

    assert asked == Counter((who, period) for who in TEAM for period in ("2026-W44", "2026-W45"))
    assert {local(one, week) for one in week.of(Trigger.WEEKLY)} == {"Mon 12:00"}


def test_answers_from_all_mail_programs_are_recorded_as_they_were_meant(week: Record) -> None:
    answers = [one for one in week.answered if one.letter.to == "check-in"]

    assert {one.letter.program for one in answers} == set(PROGRAMS)
    assert {one.letter.who for one in answers} == set(WRITERS)
    assert {one.message_id: week.outcome(one) for one in week.posted} == {
        one.message_id: one.letter.outcome for one in week.posted
    }
    assert {one.message_id: week.answers(one) for one in week.answered} == {
        one.message_id: week.standing(one) for one in week.answered
    }


def test_every_reply_gets_one_receipt_and_it_shows_what_was_understood(week: Record) -> None:
    receipts = {one.message_id: week.receipts(one) for one in week.answered}

    assert {len(found) for found in receipts.values()} == {1}
    for one in week.answered:
        [receipt] = receipts[one.message_id]
        assert receipt in week.messages[one.letter.who]
        assert all(words in one_line(receipt.text) for words in one.letter.answers.values())


def test_nothing_is_answered_to_a_machine(week: Record) -> None:
    away = [one for one in week.posted if one.letter.outcome is Outcome.IGNORED]

    assert [one.letter.who for one in away] == list(AWAY)
    assert [week.receipts(one) for one in away] == [[], [], []]


def test_what_was_corrected_is_told_in_the_last_words_alone(week: Record) -> None:
    [corrected] = CORRECTIONS.keys() & NEEDS.keys()

    told = [item.words for item in week.digests[0].digest.section(Section.NEEDS)]

    assert CORRECTIONS[corrected]["Need"] in told
    assert NEEDS[corrected] not in told


def test_what_was_said_first_is_kept_as_history(week: Record, town: Town) -> None:
    history = Counter(row["text"] for row in town.rows("SELECT text FROM revisions"))

    corrected = [words for one in week.answered if one.letter.replaces for words in week.corrected(one)]
    assert len(corrected) == len(CORRECTIONS) + 1  # and what was taken back
    assert history == Counter(corrected)


def test_a_reached_milestone_is_debriefed_on_the_next_morning(week: Record) -> None:
    debriefs = week.of(Trigger.MILESTONE_DONE)

    assert Counter(one.reader for one in debriefs) == Counter(TEAM)
    assert {local(one, week) for one in debriefs} == {"Thu 09:00"}


def test_a_reached_milestone_is_celebrated_in_every_digest(week: Record) -> None:
    [reached] = week.digests[0].digest.section(Section.WINS)

    assert reached.subject == "The bridge is open"
    assert all("The bridge is open" in one.message.text for one in week.of(Trigger.DIGEST))


def test_the_champion_alone_sees_the_first_digest_on_friday(week: Record) -> None:
    goes_out = week.digests[0].goes_out_at
    early = [one for one in week.of(Trigger.DIGEST) if one.at < goes_out]

    assert [(one.reader, local(one, week)) for one in early] == [(CHAMPION, "Fri 14:00")]


def test_everybody_gets_one_digest_on_the_working_morning_that_follows(week: Record) -> None:
    """Where nine o'clock has passed when it goes out, that is Tuesday's."""
    digests = week.of(Trigger.DIGEST)
    mornings = {(week.town.zone(one.reader), local(one, week)) for one in digests if one.reader != CHAMPION}

    assert Counter(one.reader for one in digests) == Counter((OBSERVER, *TEAM))
    assert mornings == {(HOME, "Mon 09:00"), (WEST, "Mon 09:00"), (EAST, "Tue 09:00")}


def test_every_digest_carries_the_same_facts_and_opens_for_its_department(week: Record) -> None:
    told = [one for one in week.of(Trigger.DIGEST) if one.reader != CHAMPION]
    facts = sorted(week.digests[0].digest.ids)

    assert len(facts) > 20
    assert all(facts_of(one.message) == facts for one in told)
    openings = {(department_of(one.reader), opening_of(one.message)) for one in told}
    assert len({opening for _, opening in openings}) == len(openings) == len(DEPARTMENTS)


def test_what_was_taken_back_is_read_by_its_author_and_by_the_champion_alone(
    week: Record, texts: Mapping[str, str]
) -> None:
    [preview] = [one for one in week.of(Trigger.DIGEST) if one.reader == CHAMPION]

    assert readers(OBSTACLES[TAKES_BACK], texts) == {WRITERS[TAKES_BACK], CHAMPION}
    assert OBSTACLES[TAKES_BACK] in preview.message.text
    assert len(set(facts_of(preview.message)) - set(week.digests[0].digest.ids)) == 1


def test_what_others_left_in_the_way_is_read_by_everybody(week: Record, texts: Mapping[str, str]) -> None:
    for number in OBSTACLES.keys() - {TAKES_BACK}:
        assert readers(OBSTACLES[number], texts) == {*TEAM, OBSERVER}


@pytest.mark.parametrize("said", [PRIVATE, LESSONS], ids=["private", "a round that is still open"])
def test_what_is_not_for_the_team_yet_is_read_back_to_its_author_alone(
    said: Mapping[int, str], texts: Mapping[str, str]
) -> None:
    for number, words in said.items():
        assert readers(words, texts) == {WRITERS[number]}


def test_thanks_reach_a_person_once_and_only_if_their_author_passes_them_on(week: Record) -> None:
    passed_on = [CROWD[THANKS[author]] for author, word in PASSED_ON.items() if word == "yes"]

    assert Counter(one.reader for one in week.of(Trigger.THANKS_PASSED_ON)) == Counter(passed_on)


def test_each_manager_gets_one_summary_on_the_first_monday_of_the_month(week: Record) -> None:
    summaries = week.of(Trigger.MONTHLY)

    assert Counter(one.reader for one in summaries) == Counter(MANAGERS)
    assert {f"{one.at:%B}, {local(one, week)}" for one in summaries} == {"November, Mon 09:00"}
    assert [len(week.messages[who]) for who in MANAGERS] == [1, 1]


def test_managers_read_what_was_approved_word_for_word(week: Record, texts: Mapping[str, str]) -> None:
    approved = {CROWD[number] for number, said in APPROVALS.items() if said is not NOT_NOW}
    told = {week.people[who].id: who for who in approved}

    assert {told.get(one.recognition.person_id) for one in week.tellings} == approved
    for one in week.tellings:
        text = one.recognition.text
        [summary] = [texts[who] for who in MANAGERS if week.people[who].id == one.manager_id]
        assert one.sha256 == one.recognition.sha256 == text.sha256
        assert text.told in summary
        assert text.sentence in summary
    assert EDIT["Edit"] in [one.recognition.text.told for one in week.tellings]


def test_managers_read_nothing_else_that_anybody_wrote(week: Record, texts: Mapping[str, str]) -> None:
    rest = " ".join(texts[who] for who in MANAGERS)
    for one in week.tellings:
        rest = rest.replace(one.recognition.text.told, " ").replace(one.recognition.text.sentence, " ")
    written = [one_line(entry.text) for entry in week.entries] + [REASON.format(one + 1) for one in THANKS]

    assert "gravel" not in rest
    assert [words for words in written if is_a_sentence(words) and words in rest] == []


def test_every_mail_that_was_written_arrived_once_and_nothing_waits(week: Record) -> None:
    written = sorted((one.rcpt_to, one.message_id) for one in week.departures)
    arrived = sorted(
        (address, mail.message_id)
        for address, mails in week.messages.items()
        if address != THREAD
        for mail in mails
    )

    assert week.settled
    assert {one.state for one in week.departures} == {Receipt.ACCEPTED}
    assert arrived == written
    assert len({message_id for _, message_id in arrived}) == len(arrived)


def test_the_one_mailbox_was_read_to_its_end(week: Record, town: Town) -> None:
    """REL-19."""
    mailbox = town.mailbox(THREAD)

    assert mailbox.raw_mails() == []
    assert sorted(mail["Message-ID"] for mail in mailbox.mails("Processed")) == sorted(
        one.message_id for one in week.posted
    )


def test_nobody_is_asked_the_same_twice(week: Record, town: Town) -> None:
    """TIME-4."""
    twice = town.rows(
        "SELECT instrument, person_id, period FROM prompts WHERE root_id IS NULL "
        "GROUP BY instrument, person_id, period HAVING count(*) > 1"
    )

    assert twice == []


def test_no_mail_came_back_and_nothing_waits_for_the_operator(week: Record, town: Town) -> None:
    assert "status=bounced" not in town.postfix.log()
    assert town.rows("SELECT addr_spec FROM addresses WHERE failing_since IS NOT NULL") == []
    assert town.rows("SELECT reason FROM holds UNION ALL SELECT cause FROM quarantine") == []
    assert town.rows("SELECT text FROM alarms") == []
    assert week.messages[OPERATOR] == ()


def local(one: Sent, week: Record) -> str:
    """When a mail was written, on its reader's clock."""
    return f"{one.at.astimezone(ZoneInfo(week.town.zone(one.reader))):%a %H:%M}"


def facts_of(digest: Message) -> list[str]:
    return sorted(FACT.findall(digest.html))


def opening_of(digest: Message) -> str:
    """What stands between the greeting and the first section."""
    return digest.text.partition("\n")[2].partition("\nWINS\n")[0]


def is_a_sentence(words: str) -> bool:
    """What is shorter, such as "not now", may stand anywhere."""
    return len(words.split()) > 2


def readers(words: str, texts: Mapping[str, str]) -> set[str]:
    """In whose mailboxes these words stand."""
    return {address for address, text in texts.items() if words in text}
