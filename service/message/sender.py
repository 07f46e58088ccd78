"""Who a mail says it is from, read strictly (IN-2). Lenient readers disagree, and that is the attack.

Accepted is only what every mail program reads alike: one From field with one plain mailbox.
"""

from dataclasses import dataclass

from service.message import limits
from service.message.words import decode_words

_ATEXT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~")
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
_SPECIALS = frozenset('()<>[]:;@\\,"')
LOCAL_PART = 64
DOMAIN = 255
LABEL = 63


@dataclass(frozen=True, slots=True)
class Author:
    """``addr_spec`` in lower case, as we compare it; ``name`` is decoded and proves nothing."""

    name: str
    addr_spec: str


def read_author(block: bytes) -> Author | None:
    """The one author in a raw header block; None for anything but one plain mailbox (IN-2)."""
    values = _from_values(block)
    if len(values) != 1 or len(values[0]) > limits.ADDRESS or _has_stray_control(values[0]):
        return None
    try:
        value = values[0].decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    return _read_mailbox(value)


def _from_values(block: bytes) -> list[bytes]:
    """Every From field, unfolded. A bare CR ends a line too, because some programs say so."""
    values: list[bytes] = []
    ours = False
    for line in block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            if ours:
                values[-1] += line
            continue
        name, colon, value = line.partition(b":")
        ours = bool(colon) and name.rstrip(b" \t").lower() == b"from"
        if ours:
            values.append(value)
    return values


def _has_stray_control(value: bytes) -> bool:
    return any((octet < 32 and octet != 9) or octet == 127 for octet in value)


def _read_mailbox(value: str) -> Author | None:
    """``addr``, ``addr (name)``, ``<addr>`` or ``name <addr>`` (RFC 5322 section 3.4)."""
    value, comment = _split_comment(value)
    if not value.endswith(">"):
        return Author(comment, value.lower()) if _is_addr_spec(value) else None
    phrase, angle, addr_spec = value[:-1].rpartition("<")
    name = _read_phrase(phrase.strip())
    if not angle or name is None or not _is_addr_spec(addr_spec):
        return None
    return Author(name or comment, addr_spec.lower())


def _split_comment(value: str) -> tuple[str, str]:
    """A comment at the very end, without specials inside, is the old way to write a name."""
    if not value.endswith(")"):
        return value, ""
    before, _, comment = value[:-1].rpartition("(")
    if _SPECIALS & set(comment):
        return value, ""
    return before.strip(), decode_words(comment).strip()


def _read_phrase(phrase: str) -> str | None:
    """The display name: words, quoted strings and encoded-words; None where it is malformed."""
    words: list[str] = []
    bare = ""
    at = 0
    while at < len(phrase):
        if phrase[at] == '"':
            end = _end_of_quoted(phrase, at)
            if end < 0:
                return None
            words += [bare, phrase[at + 1 : end].replace('\\"', '"').replace("\\\\", "\\")]
            bare, at = "", end
        elif phrase[at] in _SPECIALS:
            return None
        else:
            bare += phrase[at]
        at += 1
    return " ".join(" ".join(decode_words(word) for word in [*words, bare]).split())


def _end_of_quoted(text: str, start: int) -> int:
    """Where the quoted string that opens at ``start`` closes; -1 where it never does."""
    at = start + 1
    while at < len(text):
        if text[at] == '"':
            return at
        at += 2 if text[at] == "\\" else 1
    return -1


def _is_addr_spec(text: str) -> bool:
    """A dot-atom on both sides of one ``@``: no quoted local part, no domain literal, ASCII only."""
    local, at, domain = text.partition("@")
    labels = domain.split(".")
    return (
        bool(at)
        and len(local) <= LOCAL_PART
        and len(domain) <= DOMAIN
        and "=?" not in text
        and all(atom and _ATEXT.issuperset(atom) for atom in local.split("."))
        and len(labels) > 1
        and all(_is_label(label) for label in labels)
    )


def _is_label(label: str) -> bool:
    return 0 < len(label) <= LABEL and _LABEL.issuperset(label) and label[0] != "-" != label[-1]
