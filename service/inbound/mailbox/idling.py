"""IDLE (RFC 2177) without imap-tools' poll, which dies on half lines and hides the end of a stream."""

import contextlib
import imaplib
import os
import selectors
import ssl
from typing import Any

from imap_tools import BaseMailBox  # noqa: F401 - teaches imaplib the command


class Doorbell:
    """A pipe that wakes a thread out of its wait for a server."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)

    def ring(self) -> None:
        """Wake whoever waits, now or next; from any thread."""
        with contextlib.suppress(BlockingIOError):  # so full of rings that it will be heard
            os.write(self._write, b"!")

    def wait(self, seconds: float, *others: Any) -> None:
        """Return when it rings, when one of ``others`` (sockets) can be read, or after ``seconds``."""
        with selectors.DefaultSelector() as selector:
            for source in (self._read, *others):
                selector.register(source, selectors.EVENT_READ)
            selector.select(seconds)

    def hush(self) -> None:
        """Forget the rings so far; look for their reason afterwards."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._read, 4096)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)
        os.close(self._write)


def idle(client: imaplib.IMAP4, doorbell: Doorbell, seconds: float) -> None:
    """Listen until the server says anything, the doorbell rings, or ``seconds`` are over.

    A server without IDLE, or one that refuses it, is simply waited for.

    :raises imaplib.IMAP4.abort: the connection is gone.
    """
    if "IDLE" not in client.capabilities or not (tag := _begin(client)):
        doorbell.wait(seconds)
        return
    if "EXISTS" not in client.untagged_responses and not _has_buffered(client):
        doorbell.wait(seconds, client.sock)
    client.send(b"DONE\r\n")
    while client.tagged_commands[tag] is None:
        client._get_response()
    del client.tagged_commands[tag]


def _begin(client: imaplib.IMAP4) -> bytes | None:
    """Start to idle; None where the server will not. Its news may precede the continuation."""
    tag: bytes = client._command("IDLE")
    while client._get_response() is not None:
        if client.tagged_commands[tag]:
            del client.tagged_commands[tag]
            return None
    return tag


def _has_buffered(client: imaplib.IMAP4) -> bool:
    """Look for octets that imaplib has read already: no selector tells of these."""
    if getattr(client.sock, "pending", int)() or getattr(client, "_readbuf", b""):
        return True
    stream = getattr(client, "_file", None) or getattr(client, "file", None)
    if stream is None or not hasattr(stream, "peek"):
        return False
    patience = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(stream.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        client.sock.settimeout(patience)
