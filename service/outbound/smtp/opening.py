"""How a session with the relay comes about: connect, greet, encrypt, log in. aiosmtplib's part."""

import asyncio
import functools
import socket
import ssl
from typing import Any

import aiosmtplib

from service.errors import CommonThreadError, Misconfigured, Transient
from service.outbound.smtp.connection import Connection
from service.outbound.smtp.relay import Relay
from service.outbound.smtp.reply import TEXT_LIMIT, Reply

_CHECK_ADDRESS = "Check its host name and port, and that the firewall lets us through."
_CHECK_SECURITY = 'Security is "tls" for most relays at port 465, and "starttls" at port 587.'
_CHECK_LOGIN = "Check the user name and the password."


class ConnectFailed(Exception):  # noqa: N818 - it becomes a settlement or one of our errors
    """No session came about. ``lasting``: waiting will not help, but ``mend`` will."""

    def __init__(self, problem: str, mend: str, reply: Reply | None = None, *, lasting: bool = False) -> None:
        self.problem, self.mend, self.reply, self.lasting = problem, mend, reply, lasting
        super().__init__(problem)

    def as_error(self, relay: Relay) -> CommonThreadError:
        """Say the same as an error for the operator."""
        if self.lasting:
            return Misconfigured(relay.place, f"{self.problem}.", self.mend)
        return Transient(f"{relay.place}: {self.problem}. {self.mend}")


async def open_connection(relay: Relay) -> Connection:
    """Open a session that is ready for its first mail.

    :raises ConnectFailed: connecting, greeting, encrypting or logging in did not work.
    """
    peer = await _connected(relay)
    client: aiosmtplib.SMTP | None = None
    try:
        client = _client(relay, peer)
        await client.connect()
        await client.ehlo()
        await _encrypt(client, relay)
        await _log_in(client, relay)
        return Connection(client, relay)
    except BaseException as error:
        if client is not None:
            client.close()
        peer.close()
        if isinstance(error, (aiosmtplib.SMTPException, OSError, ValueError)):
            raise _failure(error) from error
        raise


async def _connected(relay: Relay) -> socket.socket:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(relay.connect_timeout):
            places = await loop.getaddrinfo(relay.host, relay.port, type=socket.SOCK_STREAM)
            return await _first_that_answers(places)
    except TimeoutError:
        raise ConnectFailed(f"no answer in {relay.connect_timeout:g} seconds", _CHECK_ADDRESS) from None
    except (socket.gaierror, UnicodeError) as error:
        unknown = not isinstance(error, socket.gaierror) or error.errno == socket.EAI_NONAME
        raise ConnectFailed("its name leads nowhere", _CHECK_ADDRESS, lasting=unknown) from error
    except OSError as error:
        raise ConnectFailed(f"cannot connect ({error.strerror or error})", _CHECK_ADDRESS) from error


async def _first_that_answers(places: list[tuple[Any, ...]]) -> socket.socket:
    failure = OSError("no address")
    for family, kind, protocol, _, address in places:
        peer = socket.socket(family, kind, protocol)
        peer.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(peer, address)
            return peer
        except OSError as error:
            peer.close()
            failure = error
        except BaseException:
            peer.close()
            raise
    raise failure


def _client(relay: Relay, peer: socket.socket) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=relay.host,
        sock=peer,
        use_tls=relay.security == "tls",
        start_tls=False,
        tls_context=None if relay.security == "none" else _tls_context(relay.ca_file),
        local_hostname=relay.hello or _address_literal(peer),
        timeout=relay.verb_timeout,
    )


@functools.cache
def _tls_context(ca_file: str) -> ssl.SSLContext:
    """Trust the system's certificates, and those of ``ca_file``; names are always checked."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _address_literal(peer: socket.socket) -> str:
    address = str(peer.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if peer.family is socket.AF_INET6 else f"[{address}]"


async def _encrypt(client: aiosmtplib.SMTP, relay: Relay) -> None:
    if relay.security != "starttls":
        return
    if not client.supports_extension("starttls"):
        raise ConnectFailed("it offers no STARTTLS here", _CHECK_SECURITY, lasting=True)
    await client.starttls()
    await client.ehlo()  # what was offered before the encryption counts no more (RFC 3207 section 4.2)


async def _log_in(client: aiosmtplib.SMTP, relay: Relay) -> None:
    """Try one method only: servers count failures, and lock accounts."""
    if not relay.username:
        return
    offered = client.server_auth_methods
    if "plain" in offered:
        await client.auth_plain(relay.username, relay.password)
    elif "login" in offered:
        await client.auth_login(relay.username, relay.password)
    else:
        raise ConnectFailed("it takes no login by password here", _CHECK_ADDRESS, lasting=True)


def _failure(error: Exception) -> ConnectFailed:
    cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
    match cause:
        case ssl.SSLCertVerificationError():
            problem = f"its certificate is not valid ({cause.verify_message})"
            return ConnectFailed(problem, "Use the host's own name, or name the ca_file.", lasting=True)
        case ssl.SSLError():
            problem = f"encryption failed ({cause.reason})"
            return ConnectFailed(problem, _CHECK_SECURITY, lasting=True)
        case aiosmtplib.SMTPResponseException(code=code, message=message) if code >= 200:
            mend = _CHECK_LOGIN if isinstance(cause, aiosmtplib.SMTPAuthenticationError) else _CHECK_ADDRESS
            reply = Reply(code, message[:TEXT_LIMIT])
            return ConnectFailed(f"it answered {code} {reply.text}", mend, reply, lasting=code >= 500)
    return ConnectFailed(str(cause)[:TEXT_LIMIT], _CHECK_ADDRESS)
