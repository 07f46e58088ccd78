"""Which headers our own side wrote. Below them anybody could have written anything (IN-5).

A mail is read from its top: each server on the way puts its own headers above what it got. So a Received
of a machine that is not ours, above all that ours wrote, ends what can be believed.
"""

from collections.abc import Sequence
from ipaddress import ip_address

from service.inbound.authenticate.alignment import are_aligned
from service.message.header import Field

MICROSOFT_BOUNDARIES = (
    "mail.protection.outlook.com",
    "mail.protection.office365.us",
    "mail.protection.partner.outlook.cn",
)
"""Under these names Exchange Online takes mail from outside: worldwide, for US governments, in China."""
MICROSOFT = ("outlook.com", "office365.com", "office365.us", "outlook.cn")


def of_server(fields: Sequence[Field], server: str, behind: tuple[str, ...]) -> Sequence[Field]:
    """What ``server`` wrote, and the machines behind it: those of its own organisation, nameless ones, and
    ``behind``. Some servers write their results under their own Received, so it reaches to the next one;
    without a Received of its own, to the first.
    """
    received = _received(fields)
    own = _own(received, server, behind)
    foreign = [at for at, _ in received if own is None or at > own]
    return fields[: foreign[0]] if foreign else fields


def _own(received: list[tuple[int, str]], server: str, behind: tuple[str, ...]) -> int | None:
    """Where ``server`` says that it took the mail, if nobody else had it since."""
    for at, host in received:
        if _is_under(host, (server,)):
            return at
        if not _is_behind(host, server, behind):
            break
    return None


def of_exchange(fields: Sequence[Field]) -> Sequence[Field]:
    """What Exchange Online wrote above the Received of its boundary; nothing without one."""
    for at, host in _received(fields):
        if _is_under(host, MICROSOFT_BOUNDARIES):
            return fields[:at]
        if not _is_under(host, MICROSOFT):
            break
    return ()


def _received(fields: Sequence[Field]) -> list[tuple[int, str]]:
    """Where each Received stands, and which host it says it is by."""
    return [(at, _by(one.value)) for at, one in enumerate(fields) if one.name.lower() == "received"]


def _by(received: str) -> str:
    words = received.lower().split()
    return next((words[at + 1] for at, word in enumerate(words[:-1]) if word == "by"), "").rstrip(";")


def _is_behind(host: str, server: str, behind: tuple[str, ...]) -> bool:
    """Whether only ``server`` hands mail to ``host``."""
    return "." not in host or _is_address(host) or are_aligned(host, server) or _is_under(host, behind)


def _is_under(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
