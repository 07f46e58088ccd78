"""Octets to text. Charset labels lie, so a label is only ever a hint (IN-15)."""

import codecs

_WINDOWS = "cp1252"
_BETTER = {
    "ascii": _WINDOWS,
    "iso8859-1": _WINDOWS,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What labels mean in practice: the superset that mail programs really write (WHATWG Encoding)."""

_NEVER = frozenset({"idna", "undefined", "punycode", "unicode-escape", "raw-unicode-escape"})
"""Python's own codecs that are no mail charsets; they raise or run long on hostile input."""

_CUT = "unexpected end of data"
"""What Python's UTF-8 says of a last character that is not complete."""

_STATEFUL = ("iso2022", "utf-7", "utf-16", "utf-32", "hz")
"""Written with octets that are valid UTF-8 too, so the label decides here."""


def decode(octets: bytes, label: str = "") -> str:
    """``octets`` as text. Never raises: the label, else UTF-8, else what Windows writes.

    Valid UTF-8 wins over any label that is not stateful: gateways recode text and keep the label. A long
    text that was cut inside its last character is valid too.
    """
    name = _codec(label)
    if name.startswith(_STATEFUL):
        return _clean(octets.decode(name, "replace"))
    try:
        return _clean(octets.decode("utf-8"))
    except UnicodeDecodeError as broken:
        whole = octets[: broken.start]
        if broken.reason == _CUT and not whole.isascii():
            return _clean(whole.decode("utf-8"))
        return _clean(octets.decode(name or _WINDOWS, "replace"))


def _codec(label: str) -> str:
    """The Python codec for a charset label; '' for none, unknown, UTF-8 or dangerous ones."""
    try:
        info = codecs.lookup(label.strip().lower())
    except (LookupError, ValueError, UnicodeError):
        return ""
    if info.name in _NEVER or info.name == "utf-8" or not _is_text(info):
        return ""
    return _BETTER.get(info.name, info.name)


def _is_text(info: codecs.CodecInfo) -> bool:
    """Some registered codecs turn octets into octets (zip, base64): ``bytes.decode`` refuses them."""
    return bool(getattr(info, "_is_text_encoding", False))


def _clean(text: str) -> str:
    """Without NUL, a byte order mark and lone surrogates, which no database takes."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
