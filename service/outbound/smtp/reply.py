"""Replies of an SMTP server (RFC 5321 section 4.2), read within bounds."""

import asyncio
from dataclasses import dataclass

LINE_LIMIT = 8 * 1024
"""Octets of one line; RFC 5321 section 4.5.3.1.5 says 512."""
LINES_LIMIT = 200
TEXT_LIMIT = 500
"""Characters of a reply that are kept."""


class Lost(Exception):  # noqa: N818 - it says what happened to the connection
    """The connection is of no further use. The text says why."""


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


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    """Read one reply, however many lines it has.

    :raises Lost: the end of the stream, a line that is no reply, or more than fits the bounds.
    """
    texts: list[str] = []
    for _ in range(LINES_LIMIT):
        line = await _line(reader)
        code, more, text = _parts(line)
        texts.append(text)
        if not more:
            return Reply(code, "\n".join(texts)[:TEXT_LIMIT])
    raise Lost("the server's answer did not end")


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        line = await reader.readline()
    except ValueError:
        raise Lost(f"the server sent a line of more than {LINE_LIMIT} octets") from None
    except OSError as error:
        raise Lost(f"the connection broke: {error}") from error
    if not line.endswith(b"\n"):
        raise Lost("the server closed the connection")
    return line.rstrip(b"\r\n")


def _parts(line: bytes) -> tuple[int, bool, str]:
    """Split ``250-text`` into its code, whether more lines follow, and its text."""
    code, mark = line[:3], line[3:4]
    if not (len(code) == 3 and code.isdigit() and b"200" <= code < b"600" and mark in (b"", b" ", b"-")):
        raise Lost(f"the server sent something that is not SMTP: {line[:80]!r}")
    return int(code), mark == b"-", line[4:].decode("utf-8", "replace").strip()
