"""Names of attachments. The files themselves are never opened, unpacked or stored (IN-16)."""

import unicodedata

from service.message import limits

UNNAMED = "unnamed"


def sanitise_name(name: str) -> str:
    """The last part of ``name``, printable, without control or direction characters, ≤ 80 characters."""
    for separator in ("\\", "%2f", "%2F", "%5c", "%5C"):
        name = name.replace(separator, "/")
    name = name.rpartition("/")[2]
    if len(name) > 4 * limits.FILENAME:
        name = name[: 2 * limits.FILENAME] + name[-2 * limits.FILENAME :]
    shown = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    return _shorten(" ".join(shown.split()).lstrip(". ")) or UNNAMED


def _shorten(name: str) -> str:
    """Cut in the middle, so that the ending which tells the kind of file can still be read."""
    if len(name) <= limits.FILENAME:
        return name
    keep = (limits.FILENAME - 1) // 2
    return f"{name[:keep]}…{name[-keep:]}"
