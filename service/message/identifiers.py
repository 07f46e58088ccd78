"""Message-IDs and recipient addresses, found by linear scanners (IN-20).

What is found here is only ever looked up or verified elsewhere; it is no evidence by itself.
"""

from collections.abc import Iterable

from service.message import limits

_AROUND_ADDRESS = str.maketrans(dict.fromkeys('<>,;()[]"\\:\r\n\t', " "))


def read_message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Every ``<id>`` in header values, in order, each once; the last ones where there are too many."""
    found: dict[str, None] = {}
    for value in values:
        for piece in value.split("<")[1:]:
            inside, close, _ = piece.partition(">")
            if close and inside and len(inside) + 2 <= limits.IDENTIFIER and " " not in inside:
                found[f"<{inside}>"] = None
    return tuple(found)[-limits.REFERENCES :]


def read_addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Every word with an ``@`` inside, in order, each once. Lenient: tokens are verified later."""
    found: dict[str, None] = {}
    for value in values:
        for word in value.translate(_AROUND_ADDRESS).split():
            address = word.strip("'.")
            if 0 < address.find("@") < len(address) - 1 and len(address) <= limits.ADDRESS:
                found[address] = None
    return tuple(found)[: limits.RECIPIENTS]
