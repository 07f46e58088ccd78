"""The MIME tree (RFC 2046 section 5.1), split by a walk that is linear at each of its ≤ 20 levels."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.message import limits
from service.message.header import Field, read_block
from service.message.limits import TooLarge
from service.message.part import Part, describe, with_body

_DEFAULTS = {"multipart/digest": "message/rfc822"}
"""What a part is that does not say so, by the multipart around it (RFC 2046 section 5.1.5)."""


def read_tree(raw: bytes, fields: tuple[Field, ...], body: int) -> Part:
    """The tree of a mail whose header has ``fields`` and whose body starts at octet ``body``.

    Raises ``TooLarge`` past IN-13's depth and number of parts.
    """
    return _Walk(raw).read(fields, body, len(raw), 0)


class _Walk:
    """One walk over one mail. It counts, so that the limit holds for the tree as a whole."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = 0

    def read(
        self, fields: tuple[Field, ...], start: int, end: int, depth: int, default: str = "text/plain"
    ) -> Part:
        """One node: what stands below ``fields`` from ``start`` to ``end``."""
        self._count(depth)
        part = describe(fields, default)
        spans = self._spans(part, start, end)
        if not spans:
            return with_body(part, self._raw[start:end])
        inside = _DEFAULTS.get(part.content_type, "text/plain")
        return replace(part, children=tuple(self._child(*span, depth + 1, inside) for span in spans))

    def _count(self, depth: int) -> None:
        self._parts += 1
        if self._parts > limits.PARTS:
            raise TooLarge("parts", limits.PARTS)
        if depth > limits.DEPTH:
            raise TooLarge("levels of parts inside parts", limits.DEPTH)

    def _spans(self, part: Part, start: int, end: int) -> list[tuple[int, int]]:
        boundary = part.parameters.get("boundary", "")
        if not boundary or not part.content_type.startswith("multipart/"):
            return []
        return _split(self._raw, boundary.encode("utf-8", "replace"), start, end)

    def _child(self, start: int, end: int, depth: int, default: str) -> Part:
        block = read_block(self._raw, start, end)
        return self.read(block.fields, block.body, end, depth, default)


@dataclass(frozen=True, slots=True)
class _Delimiter:
    """A line ``--boundary``: where it starts and ends, and whether it closes the multipart."""

    start: int
    end: int
    closes: bool


def _split(raw: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where each part starts and ends. A missing last delimiter is forgiven: mails get cut off."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for delimiter in _delimiters(raw, b"--" + boundary, start, end):
        if opened is not None:
            spans.append((opened, _before_line_end(raw, opened, delimiter.start)))
        if len(spans) > limits.PARTS:
            raise TooLarge("parts", limits.PARTS)
        if delimiter.closes:
            return spans
        opened = delimiter.end
    return spans if opened is None else [*spans, (opened, end)]


def _delimiters(raw: bytes, dashes: bytes, start: int, end: int) -> Iterator[_Delimiter]:
    """The lines that are the boundary and nothing more, but for ``--`` and white space."""
    for at in _line_starts(raw, dashes, start, end):
        after = at + len(dashes)
        stop = raw.find(b"\n", after, end) + 1 or end
        rest = raw[after : min(stop, after + limits.IDENTIFIER)].strip()
        if rest in (b"", b"--"):
            yield _Delimiter(at, stop, closes=bool(rest))


def _line_starts(raw: bytes, dashes: bytes, start: int, end: int) -> Iterator[int]:
    """Where lines start with ``dashes``. Almost-delimiters by the million are an attack as well."""
    if raw.startswith(dashes, start, end):
        yield start
    at = start
    for _ in range(limits.DELIMITERS):
        at = raw.find(b"\n" + dashes, at, end) + 1
        if not at:
            return
        yield at
    raise TooLarge("lines like a delimiter", limits.DELIMITERS)


def _before_line_end(raw: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    end -= end > start and raw[end - 1] == 10
    return end - (end > start and raw[end - 1] == 13)
