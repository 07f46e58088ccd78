"""Who a mail says it is from, read strictly (IN-2). Lenient readers disagree, and that is the attack.

Accepted is only what every mail program reads alike: one From field with one plain mailbox.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service.message import limits
from service.message.header import FIELD_NAME, is_postmark
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
    if len(values) != 1 or values != _from_values_of_anybody(block) or _ends_early(block):
        return None
    if len(values[0]) > limits.ADDRESS or _has_stray_control(values[0]):
        return None
    try:
        value = values[0].decode("utf-8").strip(" \t")
    except UnicodeDecodeError:
        return None
    return _read_mailbox(value)


def _from_values(block: bytes) -> list[bytes]:
    """Every From field as the standard has it (RFC 5322 section 2.2), unfolded."""
    lines = _unfold(line.removesuffix(b"\r") for line in block.split(b"\n"))
    return [line[len(b"From:") :] for line in lines if line[: len(b"From:")].lower() == b"from:"]


def _from_values_of_anybody(block: bytes) -> list[bytes]:
    """Every From field that some program would see: behind a bare CR, after a space, with one before
    its colon, or with its colon on the next line ("Composition Kills", section 5)."""
    fields = (line.partition(b":") for line in _unfold(block.replace(b"\r", b"\n").split(b"\n")))
    return [value for name, colon, value in fields if colon and name.strip().lower() == b"from"]


def _ends_early(block: bytes) -> bool:
    """Whether a line is no field: to some the header ends there, and fields behind it are words of the
    author. Whoever replays a signed mail can write such a line into its header, and answers below it."""
    lines = (line.removesuffix(b"\r") for line in block.split(b"\n"))
    fields = (one.partition(b":") for one in _unfold(line for line in lines if not is_postmark(line)))
    names = [name.rstrip(b" \t") if colon else b"" for name, colon, _ in fields]
    return not all(name and not name.strip(FIELD_NAME) for name in names)


def _unfold(lines: Iterable[bytes]) -> list[bytes]:
    """Each field on one line. What continues nothing stands for itself; empty lines are left out."""
    fields: list[list[bytes]] = []
    for line in filter(None, lines):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1].append(line)
        else:
            fields.append([line])
    return [b"".join(pieces) for pieces in fields]


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
