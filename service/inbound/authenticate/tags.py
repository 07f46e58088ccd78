"""Tag lists: ``v=1; d=town.example`` (RFC 6376 section 3.2), in signatures and in their keys."""

from binascii import a2b_base64

_NAME = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_LONGEST_NUMBER = 12


def read_tags(text: bytes) -> dict[str, bytes]:
    """Names and values, without the white space around them. Raises ValueError where the list is malformed
    or says a tag twice."""
    tags: dict[str, bytes] = {}
    for spec in text.strip().removesuffix(b";").split(b";"):
        name, equals, value = spec.partition(b"=")
        key = name.strip().decode("ascii")
        if not equals or not key or not _NAME.issuperset(name.strip()) or key in tags:
            raise ValueError(f"malformed tag {key!r}")
        tags[key] = value.strip()
    return tags


def read_words(text: bytes) -> tuple[str, ...]:
    """What colons separate, in lower case. Raises ValueError for what is not ASCII."""
    return tuple(word.strip().lower() for word in text.decode("ascii").split(":"))


def read_number(text: bytes) -> int:
    """Decimal digits. Raises ValueError for anything else."""
    if not text.isdigit() or len(text) > _LONGEST_NUMBER:
        raise ValueError("no number")
    return int(text)


def read_base64(text: bytes) -> bytes:
    """Octets, with white space anywhere in their letters. Raises ValueError where they are malformed."""
    return a2b_base64(b"".join(text.split()), strict_mode=True)
