"""Servers go away in the middle; the same worker goes on, and nothing is lost."""

import pytest

from tests.services.town import ADA, GRACE, LINUS, Town, until


@pytest.fixture(scope="module")
def asked(town: Town) -> Town:
    """The worker runs, and everybody has a check-in."""
    town.worker.start()
    town.ask()
    return town


def test_a_restart_of_dovecot_delays_a_reply_and_loses_nothing(asked: Town) -> None:
    """REL-18: Postfix keeps the reply, the worker connects again."""
    grace = asked.mailbox(GRACE)
    check_in = grace.check_in()

    asked.dovecot.stop()
    message_id = grace.answer("plain", "1: We found a room", to=check_in)
    asked.dovecot.start()

    until(lambda: grace.answer_to(message_id), "Grace has a receipt")
    assert asked.answers(GRACE) == {"moved": "We found a room"}
    assert asked.worker.is_running()


def test_a_restart_of_postgresql_delays_a_reply_and_blames_nobody(asked: Town) -> None:
    """REL-14: the worker waits; the message is not held guilty of the database's trouble."""
    linus = asked.mailbox(LINUS)

    asked.postgresql.stop()
    message_id = linus.answer("plain", "1: Ten pupils signed up")
    until(lambda: "mailbox_unread" in asked.worker.log(), "the worker has noticed")
    asked.postgresql.start()

    until(lambda: linus.answer_to(message_id), "Linus has a receipt")
    assert asked.answers(LINUS) == {"moved": "Ten pupils signed up"}
    assert asked.rows("SELECT 1 FROM quarantine") == []
    assert asked.worker.is_running()


def test_a_worker_that_starts_before_its_database_waits_for_it(asked: Town) -> None:
    ada = asked.mailbox(ADA)
    asked.worker.stop()
    asked.postgresql.stop()
    message_id = ada.answer("plain", "1: The shelves are up")

    asked.worker.start()
    until(lambda: "waiting_for_database" in asked.worker.log(), "the worker waits")
    asked.postgresql.start()

    until(lambda: ada.answer_to(message_id), "Ada has a receipt")
    assert asked.answers(ADA) == {"moved": "The shelves are up"}
