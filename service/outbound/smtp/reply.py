"""Replies of an SMTP server (RFC 5321 section 4.2), read within bounds."""

from collections import deque
from dataclasses import dataclass

LINE_LIMIT = 8 * 1024
"""Octets of one line; RFC 5321 section 4.5.3.1.5 says 512."""
LINES_LIMIT = 200
WAITING_LIMIT = 100
"""Replies that nobody asked for yet. Four are due at most: to a dot and to the three commands behind it."""
TEXT_LIMIT = 500
"""Characters of a reply that are kept."""


class Lost(Exception):  # noqa: N818 - it says what happened to the connection
    """The connection is of no further use. The text says why."""


class Unsent(Lost):
    """The connection was lost before anything of what was to be written could leave."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete reply: three digits and the text of all its lines."""

    code: int
    text: str

    @property
    def kind(self) -> int:
        """The first digit: 2 done, 3 go on, 4 not now, 5 no."""
        return self.code // 100

    @property
    def status(self) -> str:
        """The enhanced status code that opens the text, such as ``5.1.1`` (RFC 2034); else ''."""
        word = self.text.partition(" ")[0]
        digits = word.split(".")
        shaped = len(digits) == 3 and all(part.isascii() and part.isdigit() for part in digits)
        fits = shaped and digits[0] == str(self.kind) and max(len(part) for part in digits) <= 3
        return word if fits else ""


class Replies:
    """What a server says, cut into replies, however it was split over packets.

    ``waiting`` holds those that are complete and that nobody has taken yet.
    """

    def __init__(self) -> None:
        self.waiting: deque[Reply] = deque()
        self._texts: list[str] = []
        self._rest = b""

    def feed(self, octets: bytes) -> None:
        """Take in the next octets.

        :raises Lost: a line that is no reply, or more than fits the bounds. Replies before it stay.
        """
        *lines, self._rest = (self._rest + octets).split(b"\n")
        for line in lines:
            self._take(line)
        _bound(self._rest)

    def _take(self, line: bytes) -> None:
        _bound(line)
        code, more, text = _parts(line)
        self._texts.append(text)
        if not more:
            self.waiting.append(Reply(code, "\n".join(self._texts)[:TEXT_LIMIT]))
            self._texts.clear()
        if len(self._texts) == LINES_LIMIT or len(self.waiting) == WAITING_LIMIT:
            raise Lost("the server's answer did not end")


def _bound(line: bytes) -> None:
    if len(line) > LINE_LIMIT:
        raise Lost(f"the server sent a line of more than {LINE_LIMIT} octets")


def _parts(line: bytes) -> tuple[int, bool, str]:
    """Split ``250-text`` into its code, whether more lines follow, and its text."""
    code, mark = line[:3], line[3:4].rstrip()
    if not (len(code) == 3 and code.isdigit() and b"200" <= code < b"600" and mark in (b"", b"-")):
        raise Lost(f"the server sent something that is not SMTP: {line[:80]!r}")
    return int(code), mark == b"-", line[4:].decode("utf-8", "replace").strip()
