import json
import logging

import pytest
import structlog

from service.errors import Transient
from service.log import configure_log


@pytest.fixture
def log(capsys):
    """The log as a worker without a terminal has it; gives what it wrote."""
    before = logging.getLogger().handlers[:]
    configure_log(terminal=False)

    def written():
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    yield written
    structlog.reset_defaults()
    logging.basicConfig(handlers=before, force=True)


def fail():
    raise ValueError("grace@town.example wrote: we found a room")


def test_an_event_has_its_level_its_time_and_its_ids(log):
    structlog.get_logger().info("message_settled", inbox=7)

    [line] = log()
    assert (line["event"], line["level"], line["inbox"]) == ("message_settled", "info", 7)
    assert line["timestamp"].endswith("Z")


def test_of_a_surprise_the_kind_and_the_place_are_told_and_no_words(log):
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("message_failed", inbox=7)

    [line] = log()
    assert line["error"] == "ValueError"
    assert line["where"][-1].startswith(f"{__name__}:")
    assert line["where"][-1].endswith(" fail")
    assert "town.example" not in json.dumps(line)


def test_our_own_errors_say_what_to_do(log):
    structlog.get_logger().warning("mailbox_unread", exc_info=Transient("mail.town.example is away."))

    assert log()[0]["error"] == "mail.town.example is away."


def test_a_librarys_words_stay_out(log):
    try:
        fail()
    except ValueError as error:
        logging.getLogger("arq.worker").exception("%s failed: %s", "process_message", error)

    [line] = log()
    assert (line["event"], line["error"]) == ("library_spoke", "ValueError")
    assert line["place"].startswith("arq.worker:")
    assert "town.example" not in json.dumps(line)


def test_our_own_words_are_kept(log):
    logging.getLogger("service.inbound.mailbox").warning("imap is away, next try in %d s", 3)

    assert log()[0]["event"] == "imap is away, next try in 3 s"


def test_at_a_terminal_lines_are_for_people(capsys, log):
    configure_log(terminal=True)

    structlog.get_logger().info("message_settled", inbox=7)

    assert "message_settled" in capsys.readouterr().out
