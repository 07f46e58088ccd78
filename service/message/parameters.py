"""Values with parameters: ``text/plain; charset=utf-8`` (RFC 2045 section 5.1, RFC 2231)."""

from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from service.message import limits
from service.message.charset import decode


def read_parameters(value: str) -> tuple[str, dict[str, str]]:
    """The first word in lower case, and the parameters. The first of two equal names wins."""
    pieces = _split(value)
    main = next(pieces, "").partition("(")[0].strip().lower()
    found: dict[str, str] = {}
    for piece in pieces:
        name, _, text = piece.partition("=")
        found.setdefault(name.strip().lower(), _unquote(text.strip()))
        if len(found) == limits.PARAMETERS:
            break
    return main, _join_continued(found) if any("*" in name for name in found) else found


def _split(value: str) -> Iterator[str]:
    """The pieces between semicolons that stand outside of quotes."""
    start = at = 0
    quoted = False
    while at < len(value):
        if value[at] == '"':
            quoted = not quoted
        elif value[at] == "\\" and quoted:
            at += 1
        elif value[at] == ";" and not quoted:
            yield value[start:at]
            start = at + 1
        at += 1
    yield value[start:]


def _unquote(text: str) -> str:
    if not text.startswith('"'):
        return text.partition(" ")[0]
    inside = text[1:].removesuffix('"')
    return inside.replace('\\"', '"').replace("\\\\", "\\") if "\\" in inside else inside


def _join_continued(found: dict[str, str]) -> dict[str, str]:
    """``name*0*``, ``name*1`` … put together and decoded (RFC 2231 sections 3 and 4)."""
    plain = {name: text for name, text in found.items() if "*" not in name}
    for name in {name.partition("*")[0] for name in found if "*" in name}:
        octets, charset = b"", ""
        for key in _sections(name, found):
            text = found[key]
            if key.endswith("*"):
                if not octets and text.count("'") >= 2:
                    charset, _, text = text.split("'", 2)
                octets += unquote_to_bytes(text)
            else:
                octets += text.encode("utf-8", "replace")
        if octets:
            plain[name] = decode(octets, charset)
    return plain


def _sections(name: str, found: dict[str, str]) -> Iterator[str]:
    """The keys that hold ``name``, in the order of their numbers; a missing number ends them."""
    if f"{name}*" in found:
        yield f"{name}*"
        return
    for number in range(len(found)):
        key = next((k for k in (f"{name}*{number}", f"{name}*{number}*") if k in found), "")
        if not key:
            return
        yield key
