"""The decision table (IN-1): each of its cells, and each way to come to one of them, from the mail itself."""

import itertools
from dataclasses import dataclass

import pytest

from service.addressing import Keyring, TokenKind, message_id, subaddress
from service.inbound.authenticate import (
    REMEDIES,
    VERDICTS,
    Authentication,
    Remedy,
    Verdict,
    authenticate,
    judge,
    remedy,
)
from service.inbound.thread import reply_keys
from service.message import parse

PASS, NONE, FAIL = Authentication.PASS, Authentication.NONE, Authentication.FAIL

TABLE = [
    # token, sender, authentication, verdict
    (True, True, PASS, Verdict.ACCEPT),
    (True, True, NONE, Verdict.HOLD),
    (True, True, FAIL, Verdict.HOLD),
    (True, False, PASS, Verdict.HOLD),
    (True, False, NONE, Verdict.HOLD),
    (True, False, FAIL, Verdict.HOLD),
    (False, True, PASS, Verdict.UNTHREADED),
    (False, True, NONE, Verdict.REFUSE),
    (False, True, FAIL, Verdict.REFUSE),
    (False, False, PASS, Verdict.REFUSE),
    (False, False, NONE, Verdict.REFUSE),
    (False, False, FAIL, Verdict.REFUSE),
]


@pytest.mark.parametrize(("token", "sender", "authentication", "verdict"), TABLE)
def test_the_decision_table(
    token: bool, sender: bool, authentication: Authentication, verdict: Verdict
) -> None:
    """IN-1."""
    assert judge(token=token, sender=sender, authentication=authentication) is verdict


def test_the_table_has_every_cell() -> None:
    assert set(VERDICTS) == set(itertools.product((True, False), (True, False), Authentication))


def test_one_cell_accepts() -> None:
    assert [cell for cell, verdict in VERDICTS.items() if verdict is Verdict.ACCEPT] == [(True, True, PASS)]


REMEDY_TABLE = [
    # sender, authentication, whose word settles a held mail
    (True, PASS, Remedy.OPERATOR),
    (True, NONE, Remedy.CONFIRM),
    (True, FAIL, Remedy.OPERATOR),
    (False, PASS, Remedy.CLAIM),
    (False, NONE, Remedy.CLAIM),
    (False, FAIL, Remedy.OPERATOR),
]


@pytest.mark.parametrize(("sender", "authentication", "expected"), REMEDY_TABLE)
def test_who_settles_a_held_mail(sender: bool, authentication: Authentication, expected: Remedy) -> None:
    """The overriding decisions: what is missing is asked for once, what failed is never settled by mail."""
    assert remedy(sender=sender, authentication=authentication) is expected


def test_every_held_mail_has_somebody_who_settles_it() -> None:
    assert set(REMEDIES) == set(itertools.product((True, False), Authentication))


def test_the_words_are_what_is_stored() -> None:
    assert [one.value for one in Authentication] == ["pass", "none", "fail"]
    assert [one.value for one in Verdict] == ["accept", "hold", "unthreaded", "refuse"]
    assert [one.value for one in Remedy] == ["confirm", "claim", "operator"]


# From the mail itself: 3 × 3 × 7

MAILBOX, DOMAIN = "thread@town.example", "town.example"
KEYS, FORGER = Keyring((b"s" * 32,)), Keyring((b"m" * 32,))
HANDLE = KEYS.handle("check-in/ada/2026-W48")
REGISTERED = frozenset({"ada@town.example"})


def addressed(ring: Keyring) -> str:
    return f"To: <{subaddress(MAILBOX, TokenKind.REPLY, ring.sign(TokenKind.REPLY, HANDLE))}>"


TOKENS = {
    "valid": addressed(KEYS),
    "forged": f"{addressed(FORGER)}\r\nIn-Reply-To: {message_id(FORGER, HANDLE, DOMAIN)}",
    "missing": f"To: <{MAILBOX}>",
}
SENDERS = {
    "registered": "From: Ada <ada@town.example>",
    "another": "From: Ada <ada@evil.test>",
    "unclear": "From: Ada <ada@town.example>, Mallory <mallory@evil.test>",
}


def stamped(result: str) -> str:
    return f"Authentication-Results: mx.town.example; {result}"


RESULTS = {
    "nothing": "X-Nothing: here",
    "pass": stamped("dmarc=pass header.from={domain}"),
    "none": stamped("dmarc=none header.from={domain}"),
    "fail": stamped("dmarc=fail header.from={domain}"),
    "temperror": stamped("dmarc=temperror header.from={domain}"),
    "permerror": stamped("dmarc=permerror header.from={domain}"),
    "several, pass on top": stamped("dmarc=pass header.from={domain}") + "\r\n" + stamped("dmarc=fail"),
    "several, fail on top": stamped("dmarc=fail") + "\r\n" + stamped("dmarc=pass header.from={domain}"),
}
OF_RESULT = {"pass": PASS, "several, pass on top": PASS, "fail": FAIL, "several, fail on top": FAIL}


@dataclass(frozen=True)
class Way:
    """One way to write to us, and what must come of it."""

    token: str
    sender: str
    result: str

    @property
    def authentication(self) -> Authentication:
        """Who cannot be named cannot be authenticated."""
        return NONE if self.sender == "unclear" else OF_RESULT.get(self.result, NONE)

    @property
    def verdict(self) -> Verdict:
        if self.token == "valid":
            sure = self.sender == "registered" and self.authentication is PASS
            return Verdict.ACCEPT if sure else Verdict.HOLD
        known = self.sender == "registered" and self.authentication is PASS
        return Verdict.UNTHREADED if known else Verdict.REFUSE

    def written(self) -> bytes:
        domain = "evil.test" if self.sender == "another" else "town.example"
        head = [RESULTS[self.result].format(domain=domain), SENDERS[self.sender], TOKENS[self.token]]
        return "\r\n".join([*head, "", "1: A room."]).encode()


WAYS = [Way(*way) for way in itertools.product(TOKENS, SENDERS, RESULTS)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.token}-{way.sender}-{way.result}")
def test_every_way_to_write_to_us_comes_to_its_cell(way: Way) -> None:
    """IN-1: 3 tokens × 3 senders × all results and several headers."""
    message = parse(way.written())
    keys = reply_keys(message, KEYS, MAILBOX, DOMAIN)
    authentication = authenticate(message, "rfc8601:mx.town.example")
    token = keys.address is not None or bool(keys.message_ids)

    assert token is (way.token == "valid")
    assert (message.author in REGISTERED) is (way.sender == "registered")
    assert authentication is way.authentication
    assert judge(token, message.author in REGISTERED, authentication) is way.verdict


def test_one_way_in_two_dozen_is_accepted() -> None:
    """A valid token, from the registered address, and authenticated: alone, or on top of something worse."""
    accepted = [way for way in WAYS if way.verdict is Verdict.ACCEPT]

    assert {(way.token, way.sender, way.result) for way in accepted} == {
        ("valid", "registered", "pass"),
        ("valid", "registered", "several, pass on top"),
    }
