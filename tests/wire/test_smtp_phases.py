"""Where a connection ends decides what became of the mail (REL-5), and whose fault it is (REL-8)."""

from dataclasses import dataclass

import pytest

from service.domain.mail import Dispatch, Fault, Phase, Receipt
from service.outbound.smtp import Relay
from tests.wire.conftest import a_dispatch, a_relay, settle
from tests.wire.scripted_relay import OFFERS, PIPELINING, Answer, Drop, ScriptedRelay, Silence

ACCEPTED, DEFERRED, REJECTED, UNCERTAIN = (
    Receipt.ACCEPTED,
    Receipt.DEFERRED,
    Receipt.REJECTED,
    Receipt.UNCERTAIN,
)
RELAY, RECIPIENT, NONE = Fault.RELAY, Fault.RECIPIENT, Fault.NONE
SMALL = a_dispatch()
LARGE = a_dispatch(raw=b"Subject: a large one\r\n\r\n" + (b"." * 998 + b"\r\n") * 20_000)
"""More than the kernel takes in at once, so the relay's end is seen before the dot."""


@dataclass(frozen=True)
class Case:
    name: str
    script: dict[str, Answer]
    receipt: Receipt
    phase: Phase
    fault: Fault
    code: int = 0
    status: str = ""
    dispatch: Dispatch = SMALL


ENDLESS = b"250-and more\r\n" * 5000
LONG = b"250 " + b"x" * 1_000_000 + b"\r\n"

LOST = [
    Case("before the banner", {"BANNER": Drop()}, DEFERRED, Phase.CONNECT, RELAY),
    Case("at EHLO", {"EHLO": Drop()}, DEFERRED, Phase.CONNECT, RELAY),
    Case("at AUTH", {"AUTH": Drop()}, DEFERRED, Phase.CONNECT, RELAY),
    Case("at MAIL", {"MAIL": Drop()}, DEFERRED, Phase.MAIL, RELAY),
    Case("at RCPT", {"RCPT": Drop()}, DEFERRED, Phase.RCPT, RELAY),
    Case("at DATA", {"DATA": Drop()}, DEFERRED, Phase.DATA, RELAY),
    Case("within the message", {"BODY": Drop(100_000)}, DEFERRED, Phase.DATA, RELAY, dispatch=LARGE),
    Case("after the dot", {"DOT": Drop()}, UNCERTAIN, Phase.DOT, RELAY),
]
SILENT = [
    Case("no banner", {"BANNER": Silence()}, DEFERRED, Phase.CONNECT, RELAY),
    Case("no answer to MAIL", {"MAIL": Silence()}, DEFERRED, Phase.MAIL, RELAY),
    Case("no answer to DATA", {"DATA": Silence()}, DEFERRED, Phase.DATA, RELAY),
    Case("message not read", {"BODY": Silence()}, DEFERRED, Phase.DATA, RELAY, dispatch=LARGE),
    Case("no answer to the dot", {"DOT": Silence()}, UNCERTAIN, Phase.DOT, RELAY),
]
GARBAGE = [
    Case("banner of a web server", {"BANNER": "HTTP/1.1 400 Bad"}, DEFERRED, Phase.CONNECT, RELAY),
    Case("banner of 1 MB", {"BANNER": LONG}, DEFERRED, Phase.CONNECT, RELAY),
    Case("garbage at MAIL", {"MAIL": "hello there"}, DEFERRED, Phase.MAIL, RELAY),
    Case("a line of 1 MB at RCPT", {"RCPT": LONG}, DEFERRED, Phase.RCPT, RELAY),
    Case("a line of 1 MB without end", {"RCPT": LONG[:-2]}, DEFERRED, Phase.RCPT, RELAY),
    Case("endless lines at RCPT", {"RCPT": ENDLESS}, DEFERRED, Phase.RCPT, RELAY),
    Case("endless lines at EHLO", {"EHLO": ENDLESS}, DEFERRED, Phase.CONNECT, RELAY),
    Case("a code out of range", {"RCPT": "999 what"}, DEFERRED, Phase.RCPT, RELAY),
    Case("250 instead of 354", {"DATA": "250 fine"}, DEFERRED, Phase.DATA, RELAY),
    Case("354 instead of 250", {"RCPT": "354 go on"}, DEFERRED, Phase.RCPT, RELAY),
    Case("garbage at the dot", {"DOT": "\x00\x01\x02"}, UNCERTAIN, Phase.DOT, RELAY),
    Case("endless lines at the dot", {"DOT": ENDLESS}, UNCERTAIN, Phase.DOT, RELAY),
    Case("354 at the dot", {"DOT": "354 go on"}, UNCERTAIN, Phase.DOT, RELAY),
]
ANSWERED = [
    Case("taken", {}, ACCEPTED, Phase.DOT, NONE, 250, "2.0.0"),
    Case("taken to forward", {"RCPT": "251 will forward"}, ACCEPTED, Phase.DOT, NONE, 250, "2.0.0"),
    Case("554 as banner", {"BANNER": "554 no service"}, DEFERRED, Phase.CONNECT, RELAY, 554),
    Case("421 as banner", {"BANNER": "421 busy"}, DEFERRED, Phase.CONNECT, RELAY, 421),
    Case("550 at EHLO", {"EHLO": "550 not you"}, DEFERRED, Phase.CONNECT, RELAY, 550),
    Case("wrong password", {"AUTH": "535 5.7.8 no"}, DEFERRED, Phase.CONNECT, RELAY, 535, "5.7.8"),
    Case("login not now", {"AUTH": "454 4.7.0 later"}, DEFERRED, Phase.CONNECT, RELAY, 454, "4.7.0"),
    Case("421 at MAIL", {"MAIL": "421 4.3.2 bye"}, DEFERRED, Phase.MAIL, RELAY, 421, "4.3.2"),
    Case("451 at MAIL", {"MAIL": "451 4.3.0 later"}, DEFERRED, Phase.MAIL, RELAY, 451, "4.3.0"),
    Case("530 at MAIL", {"MAIL": "530 5.7.0 log in"}, DEFERRED, Phase.MAIL, RELAY, 530, "5.7.0"),
    Case("5.7.1 at MAIL", {"MAIL": "550 5.7.1 not you"}, DEFERRED, Phase.MAIL, RELAY, 550, "5.7.1"),
    Case("our domain refused", {"MAIL": "553 5.1.8 who?"}, DEFERRED, Phase.MAIL, RELAY, 553, "5.1.8"),
    Case("too large, at MAIL", {"MAIL": "552 5.3.4 large"}, REJECTED, Phase.MAIL, RECIPIENT, 552, "5.3.4"),
    Case("421 at RCPT", {"RCPT": "421 4.7.0 bye"}, DEFERRED, Phase.RCPT, RELAY, 421, "4.7.0"),
    Case("greylisted", {"RCPT": "450 4.2.0 later"}, DEFERRED, Phase.RCPT, RECIPIENT, 450, "4.2.0"),
    Case("mailbox full", {"RCPT": "452 4.2.2 full"}, DEFERRED, Phase.RCPT, RECIPIENT, 452, "4.2.2"),
    Case("unknown", {"RCPT": "550 5.1.1 who?"}, REJECTED, Phase.RCPT, RECIPIENT, 550, "5.1.1"),
    Case("no status", {"RCPT": "551 not here"}, REJECTED, Phase.RCPT, RECIPIENT, 551),
    Case(
        "two lines",
        {"RCPT": "550-5.1.1 who\r\n550 5.1.1 is it"},
        REJECTED,
        Phase.RCPT,
        RECIPIENT,
        550,
        "5.1.1",
    ),
    Case("by policy", {"RCPT": "554 5.7.1 spam"}, REJECTED, Phase.RCPT, RECIPIENT, 554, "5.7.1"),
    Case(
        "not logged in", {"RCPT": "554 5.7.1 Relay access denied"}, DEFERRED, Phase.RCPT, RELAY, 554, "5.7.1"
    ),
    Case("451 at DATA", {"DATA": "451 4.3.0 later"}, DEFERRED, Phase.DATA, RECIPIENT, 451, "4.3.0"),
    Case("554 at DATA", {"DATA": "554 5.5.1 no"}, REJECTED, Phase.DATA, RECIPIENT, 554, "5.5.1"),
    Case("421 at DATA", {"DATA": "421 bye"}, DEFERRED, Phase.DATA, RELAY, 421),
    Case("552 within", {"BODY": "552 5.3.4 enough"}, REJECTED, Phase.DATA, RECIPIENT, 552, "5.3.4", LARGE),
    Case("421 at the dot", {"DOT": "421 4.3.2 bye"}, DEFERRED, Phase.DOT, RELAY, 421, "4.3.2"),
    Case("451 at the dot", {"DOT": "451 4.3.0 later"}, DEFERRED, Phase.DOT, RECIPIENT, 451, "4.3.0"),
    Case("554 at the dot", {"DOT": "554 5.6.0 content"}, REJECTED, Phase.DOT, RECIPIENT, 554, "5.6.0"),
]
EACH_WAY = pytest.mark.parametrize("offers", [OFFERS, PIPELINING], ids=["one by one", "pipelined"])
HASTY = {"verb_timeout": 0.2, "data_timeout": 0.2, "block_timeout": 0.2, "final_timeout": 0.2}


@EACH_WAY
@pytest.mark.parametrize("case", LOST + GARBAGE + ANSWERED, ids=lambda case: case.name)
async def test_each_end_of_a_transaction_has_one_exact_settlement(case: Case, offers: str) -> None:
    """REL-5, REL-8, RFC 2920; F3, F4, F9 to F13, F57."""
    async with ScriptedRelay({"EHLO": offers} | case.script) as server:
        relay = a_relay(server.port, username="thread@town.example", password="loom")

        [(_, settled)] = await settle(relay, case.dispatch)

    assert (settled.receipt, settled.phase, settled.fault) == (case.receipt, case.phase, case.fault)
    assert (settled.code, settled.status) == (case.code, case.status)


@EACH_WAY
@pytest.mark.parametrize("case", SILENT, ids=lambda case: case.name)
async def test_a_relay_that_falls_silent_is_given_up(case: Case, offers: str) -> None:
    """REL-6; F14."""
    async with ScriptedRelay({"EHLO": offers} | case.script) as server:
        [(_, settled)] = await settle(a_relay(server.port, **HASTY), case.dispatch)

    assert (settled.receipt, settled.phase, settled.fault) == (case.receipt, case.phase, case.fault)


async def test_a_relay_that_nobody_listens_at_defers() -> None:
    async with ScriptedRelay() as gone:
        pass

    [(_, settled)] = await settle(a_relay(gone.port), a_dispatch())

    assert (settled.receipt, settled.phase, settled.fault) == (DEFERRED, Phase.CONNECT, RELAY)


async def test_a_relay_whose_name_leads_nowhere_defers() -> None:
    """F17."""
    [(_, settled)] = await settle(Relay("relay..test", 25, "none"), a_dispatch())

    assert (settled.receipt, settled.phase, settled.fault) == (DEFERRED, Phase.CONNECT, RELAY)


@EACH_WAY
async def test_the_rest_is_not_touched_after_a_fault_of_the_relay(offers: str) -> None:
    """REL-8: an expired password does not fail five thousand members."""
    async with ScriptedRelay({"EHLO": offers, "MAIL": ["250 OK", "451 4.3.0 disk full"]}) as server:
        settled = await settle(a_relay(server.port), a_dispatch(1), a_dispatch(2), a_dispatch(3))

    assert [(number, one.receipt) for number, one in settled] == [(1, ACCEPTED), (2, DEFERRED)]


async def test_a_refused_recipient_does_not_stop_the_others() -> None:
    refusals: list[Answer] = ["250 OK", "550 5.1.1 who?", "250 OK"]
    async with ScriptedRelay({"RCPT": refusals}) as server:
        settled = await settle(a_relay(server.port), a_dispatch(1), a_dispatch(2), a_dispatch(3))

    assert [one.receipt for _, one in settled] == [ACCEPTED, REJECTED, ACCEPTED]
    assert server.connections == 1
    assert " ".join(server.verbs) == "EHLO MAIL RCPT DATA MAIL RCPT RSET MAIL RCPT DATA QUIT"
