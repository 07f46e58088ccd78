"""Why a reply is held, whose word settles it, and which mail its person gets: table 2.2, cell by cell."""

from itertools import product

import pytest

from service.flows.conversation import Conversation
from service.flows.doubts import doubt_about, heard, is_nameable
from service.inbound.authenticate import Authentication, Remedy, Verdict
from service.playbook.instruments import Trigger
from tests.flows.town import GRACE, MAILBOX

PASS, NONE, FAIL = Authentication
HOME = "grace.at.home@mail.example"
SILENT = None
CELLS = {
    # (sender, corroborated, authentication): whose word, which mail
    (True, True, NONE): (Remedy.CONFIRM, Trigger.HELD_CONFIRM),
    (True, False, NONE): (Remedy.CONFIRM, Trigger.HELD_CONFIRM),
    (True, True, FAIL): (Remedy.OPERATOR, Trigger.HELD_NEWS),
    (True, False, FAIL): (Remedy.OPERATOR, Trigger.HELD_NEWS),
    (True, True, PASS): (Remedy.OPERATOR, SILENT),
    (True, False, PASS): (Remedy.OPERATOR, SILENT),
    (False, True, PASS): (Remedy.CLAIM, Trigger.HELD_CLAIM),
    (False, True, NONE): (Remedy.CLAIM, Trigger.HELD_CLAIM),
    (False, True, FAIL): (Remedy.OPERATOR, Trigger.HELD_NEWS),
    (False, False, PASS): (Remedy.OPERATOR, SILENT),
    (False, False, NONE): (Remedy.OPERATOR, SILENT),
    (False, False, FAIL): (Remedy.OPERATOR, SILENT),
}


def found(sender: bool, corroborated: bool, authentication: Authentication, conflict: bool = False):
    return Conversation(
        None, None, Verdict.HOLD, authentication, sender, conflict=conflict, corroborated=corroborated
    )


def judged(conversation: Conversation, author: str | None = None):
    author = author or (GRACE if conversation.sender else HOME)
    doubt = doubt_about(author, conversation, MAILBOX)
    return doubt.remedy, heard(doubt, conversation)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_is_settled_and_heard_of_as_the_table_says(cell):
    """IN-1."""
    assert judged(found(*cell)) == CELLS[cell]


def test_the_table_has_every_cell():
    assert set(CELLS) == set(product((True, False), (True, False), Authentication))


@pytest.mark.parametrize("cell", CELLS)
def test_a_conflict_of_identifiers_is_seen_by_the_operator_alone(cell):
    """Mail-rules 2.1."""
    assert judged(found(*cell, conflict=True)) == (Remedy.OPERATOR, SILENT)


@pytest.mark.parametrize("authentication", [PASS, NONE])
def test_nobody_is_asked_about_a_from_that_names_nobody(authentication):
    conversation = found(False, True, authentication)

    doubt = doubt_about(None, conversation, MAILBOX)

    assert doubt.reason == "its From does not name exactly one sender"
    assert (doubt.remedy, heard(doubt, conversation)) == (Remedy.OPERATOR, SILENT)


@pytest.mark.parametrize(
    ("conversation", "reason"),
    [
        (found(False, True, NONE), "it came from an address that is not this person's"),
        (found(True, True, NONE, conflict=True), "its identifiers name two different prompts"),
        (found(True, True, FAIL), "authentication of its sender: fail"),
    ],
)
def test_the_operator_reads_why(conversation, reason):
    author = GRACE if conversation.sender else HOME

    assert doubt_about(author, conversation, MAILBOX).reason == reason


@pytest.mark.parametrize(
    "author",
    ["g@h.example", "gr_f-1.x+tag@mail.town.example", f"{'x' * 40}@h.example", f"g@{'x' * 52}.example"],
)
def test_a_plain_address_can_be_shown(author):
    assert is_nameable(author, MAILBOX)


@pytest.mark.parametrize(
    "author",
    [
        "",
        "grace",
        f"{'x' * 41}@h.example",
        f"g@{'x' * 53}.example",
        "a/b@h.example",
        "a=b@h.example",
        "a!b@h.example",
        "{{a}}@h.example",
        "<b>@h.example",
        "grâce@h.example",
        "a b@h.example",
        "a\n@h.example",
        MAILBOX,
        MAILBOX.replace("@", "+r-abc@"),
    ],
)
def test_an_address_that_could_say_something_else_is_not_shown(author):
    """OUT-24."""
    assert not is_nameable(author, MAILBOX)


def test_our_own_address_is_known_in_any_case():
    """MM-10."""
    assert not is_nameable("thread@town.example", "Thread@Town.example")
