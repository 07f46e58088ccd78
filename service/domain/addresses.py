"""Which addresses we write to (OUT-5): what every relay takes and every parser reads alike."""

import re

LOCAL_LIMIT = 64
ADDRESS_LIMIT = 254

_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# IDNA 2003, which Python speaks, maps these to another domain than IDNA 2008 (RFC 5894 section 7.2).
_AMBIGUOUS = frozenset("ßẞς\u200c\u200d")


def check_addr_spec(text: str) -> str:
    """``text`` as we store and write it: in lower case, its domain in A-labels.

    Takes an ASCII dot-atom before the ``@`` (RFC 5322 section 3.4.1 without quoted strings and
    domain literals) and a host name of two labels or more behind it. Lower case throughout,
    since a person's reply is compared with it and no mailbox in use tells cases apart. Raises
    ValueError with the reason and the mend.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at:
        raise ValueError(f"{text!r} has no @; write name@host.example")
    return f"{_checked_local_part(local)}@{_checked_domain(domain)}"


def _checked_local_part(local: str) -> str:
    if not local.isascii():
        raise ValueError(f"{local!r}: letters before the @ have to be plain ASCII, or many servers refuse it")
    if len(local) > LOCAL_LIMIT:
        raise ValueError(f"{local!r} is longer than {LOCAL_LIMIT} characters (RFC 5321 section 4.5.3.1.1)")
    if not _DOT_ATOM.fullmatch(local):
        raise ValueError(f"{local!r}: only words joined by single dots may stand before the @")
    return local.lower()


def _checked_domain(domain: str) -> str:
    if _AMBIGUOUS & set(domain):
        raise ValueError(f"{domain!r} can be read as two domains; write its xn-- form")
    try:
        name = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError(f"{domain!r} is no domain; write a host name such as town.example") from None
    labels = name.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"{domain!r} is no domain; write a host name such as town.example")
    if len(name) > ADDRESS_LIMIT - LOCAL_LIMIT - 1:
        raise ValueError(f"{domain!r} is too long for an address")
    return name
