"""The decision table of mail-rules 2.2: who may speak, and what a held mail waits for (IN-1)."""

from enum import StrEnum


class Authentication(StrEnum):
    """What the server in front of us, or a signature, says about the From domain."""

    PASS = "pass"  # noqa: S105 - a result, no password
    NONE = "none"
    FAIL = "fail"


class Verdict(StrEnum):
    """What may happen with a mail.

    HOLD: the operator sees it, the registered address is told, it expires and never counts.
    UNTHREADED: kept; an open prompt may still be found by the code in the footer.
    REFUSE: kept for the operator, nothing is looked up with it and nobody gets an answer.
    """

    ACCEPT = "accept"
    HOLD = "hold"
    UNTHREADED = "unthreaded"
    REFUSE = "refuse"


class Remedy(StrEnum):
    """Whose word settles a held mail. The operator's always does.

    CONFIRM: the registered address is asked once whether it wrote this; one word settles it and is
    remembered. CLAIM: it is asked whether the foreign address is its own too. OPERATOR: nobody else's;
    what failed authentication is never settled by mail.
    """

    CONFIRM = "confirm"
    CLAIM = "claim"
    OPERATOR = "operator"


VERDICTS: dict[tuple[bool, bool, Authentication], Verdict] = {
    # (token, sender, authentication): for a named answer
    (True, True, Authentication.PASS): Verdict.ACCEPT,
    (True, True, Authentication.NONE): Verdict.HOLD,
    (True, True, Authentication.FAIL): Verdict.HOLD,
    (True, False, Authentication.PASS): Verdict.HOLD,
    (True, False, Authentication.NONE): Verdict.HOLD,
    (True, False, Authentication.FAIL): Verdict.HOLD,
    (False, True, Authentication.PASS): Verdict.UNTHREADED,
    (False, True, Authentication.NONE): Verdict.REFUSE,
    (False, True, Authentication.FAIL): Verdict.REFUSE,
    (False, False, Authentication.PASS): Verdict.REFUSE,
    (False, False, Authentication.NONE): Verdict.REFUSE,
    (False, False, Authentication.FAIL): Verdict.REFUSE,
}
"""Token: an identifier of ours verifies. Sender: the one, defect-free From is the registered address of
the token's person (without a token: of anybody we know)."""

REMEDIES: dict[tuple[bool, Authentication], Remedy] = {
    # (sender, authentication): for a mail with a token
    (True, Authentication.PASS): Remedy.OPERATOR,  # it is only held where its identifiers disagree
    (True, Authentication.NONE): Remedy.CONFIRM,
    (True, Authentication.FAIL): Remedy.OPERATOR,
    (False, Authentication.PASS): Remedy.CLAIM,
    (False, Authentication.NONE): Remedy.CLAIM,
    (False, Authentication.FAIL): Remedy.OPERATOR,
}


def judge(token: bool, sender: bool, authentication: Authentication) -> Verdict:
    """The table's cell."""
    return VERDICTS[token, sender, authentication]


def remedy(sender: bool, authentication: Authentication) -> Remedy:
    """Whose word settles a mail that is held."""
    return REMEDIES[sender, authentication]
