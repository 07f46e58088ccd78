"""How a session with the IMAP server comes about: connect, encrypt, log in, find the folders."""

import contextlib
import functools
import imaplib
import socket
import ssl

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from service.errors import CommonThreadError, Misconfigured, Transient
from service.inbound.mailbox.account import ImapAccount
from service.inbound.mailbox.session import BROKEN, Session

_CHECK_ADDRESS = "Check its host name, port and security, and that the firewall lets us through."
_PASSING = (b"[UNAVAILABLE]", b"[INUSE]", b"[LIMIT]", b"[SERVERBUG]")
"""Refusals that have nothing to do with the password (RFC 5530)."""
_KEEPALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 3))
"""A server that vanished without a word is noticed in about 100 seconds, even while idle (REL-18)."""


def open_session(account: ImapAccount) -> Session:
    """Connect and log in.

    :raises Transient: the server is away, or busy.
    :raises Misconfigured: host, certificate, password or folder is wrong.
    """
    try:
        box = _connect(account)
    except BROKEN as error:
        raise _explained(account, error) from error
    try:
        _stay_alive(box.client.sock)
        _log_in(box, account)
        _make_done_folder(box, account)
        return Session(box, account)
    except BaseException as error:
        with contextlib.suppress(OSError):
            box.client.shutdown()
        if isinstance(error, BROKEN):
            raise _explained(account, error) from error
        raise


def _connect(account: ImapAccount) -> BaseMailBox:
    if account.security == "tls":
        return MailBox(
            account.host, account.port, timeout=account.timeout, ssl_context=_tls_context(account.ca_file)
        )
    return MailBoxUnencrypted(account.host, account.port, timeout=account.timeout)


@functools.cache
def _tls_context(ca_file: str) -> ssl.SSLContext:
    """Trust the system's certificates and those of ``ca_file``; imap-tools alone would check none."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _stay_alive(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE:
        if hasattr(socket, name):
            peer.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _log_in(box: BaseMailBox, account: ImapAccount) -> None:
    if account.security == "starttls":
        box.client.starttls(_tls_context(account.ca_file))
    log_in = box.login if (account.username + account.password).isascii() else box.login_utf8
    log_in(account.username, account.password, initial_folder=None)
    # imaplib keeps what was offered before the login, which has no MOVE.
    _, offered = box.client.capability()
    box.client.capabilities = tuple(offered[-1].decode("ascii", "replace").upper().split())


def _make_done_folder(box: BaseMailBox, account: ImapAccount) -> None:
    if box.folder.exists(account.done_folder):
        return
    try:
        box.folder.create(account.done_folder)
    except ImapToolsError as error:
        raise Misconfigured(
            account.place, f"refused a folder {account.done_folder!r}.", "Name one that exists, or may."
        ) from error


def _explained(account: ImapAccount, error: BaseException) -> CommonThreadError:
    match error:
        case MailboxLoginError():
            return _refused(account, error)
        case ssl.SSLError():
            reason = getattr(error, "verify_message", "") or error.reason
            return Misconfigured(
                account.place, f"has no encryption that can be trusted ({reason}).", _CHECK_ADDRESS
            )
        case socket.gaierror(errno=socket.EAI_NONAME):
            return Misconfigured(account.place, "has a host name that leads nowhere.", _CHECK_ADDRESS)
        case imaplib.IMAP4.error() if not isinstance(error, imaplib.IMAP4.abort):
            return Misconfigured(account.place, f"did not let us in ({error}).", _CHECK_ADDRESS)
    return Transient(f"{account.place} cannot be reached ({error}). {_CHECK_ADDRESS}")


def _refused(account: ImapAccount, error: MailboxLoginError) -> CommonThreadError:
    words = b" ".join(word for word in error.command_result[1] if isinstance(word, bytes))
    said = words.decode("utf-8", "replace")[:200]
    if any(code in words.upper() for code in _PASSING):
        return Transient(f"{account.place} takes no login now ({said}). Nothing is to be done but to wait.")
    return Misconfigured(
        account.place, f"refused the login ({said}).", "Check the user name and the password."
    )
