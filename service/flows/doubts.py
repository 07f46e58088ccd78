"""Why a reply may not count yet, whose word would settle it, and what its person hears of it.

Reads table 2.2 of mail-rules as ``inbound.authenticate`` has it, and takes care that no stranger makes
us write to anybody: what is heard depends on verified identifiers of ours alone.
"""

from service.flows.conversation import Conversation
from service.inbound.authenticate import Authentication, Remedy, remedy
from service.playbook.instruments import Trigger
from service.store.holds import Doubt

LOCAL_PART, DOMAIN = 40, 60
"""A foreign address that is longer is not shown to anybody: it has room for a message."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.+_-")
QUESTIONS = {Remedy.CONFIRM: Trigger.HELD_CONFIRM, Remedy.CLAIM: Trigger.HELD_CLAIM}


def doubt_about(author: str | None, found: Conversation, mailbox: str) -> Doubt:
    """Why a mail whose From says ``author`` may not count."""
    settles = remedy(found.sender, found.authentication)
    foreign = settles is Remedy.CLAIM and not is_nameable(author or "", mailbox)
    if foreign or not _is_a_reply(found):
        settles = Remedy.OPERATOR
    return Doubt(_reason(author, found), settles.value, author or "", found.authentication.value)


def heard(doubt: Doubt, found: Conversation) -> Trigger | None:
    """The mail by which the registered address hears of it; None: only the operator sees it.

    What failed authentication is never asked about, as nobody's word settles it.
    """
    failed = found.authentication is Authentication.FAIL and _is_a_reply(found)
    return QUESTIONS.get(Remedy(doubt.remedy), Trigger.HELD_NEWS if failed else None)


def is_nameable(author: str, mailbox: str) -> bool:
    """Whether a person may be asked about this address: a short one of letters, digits and few signs,
    and none of our own."""
    local, _, domain = author.partition("@")
    ours, _, home = mailbox.lower().partition("@")
    short = 0 < len(local) <= LOCAL_PART and 0 < len(domain) <= DOMAIN
    return short and _PLAIN.issuperset(local + domain) and (local.partition("+")[0], domain) != (ours, home)


def _is_a_reply(found: Conversation) -> bool:
    """It comes from the person's address, or at least with more of our mail than an address: what a
    system sends to any address that somebody typed into it is no reply (IN-8)."""
    return not found.conflict and (found.sender or found.corroborated)


def _reason(author: str | None, found: Conversation) -> str:
    if author is None:
        return "its From does not name exactly one sender"
    if not found.sender:
        return "it came from an address that is not this person's"
    if found.conflict:
        return "its identifiers name two different prompts"
    return f"authentication of its sender: {found.authentication.value}"
