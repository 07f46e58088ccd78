"""A town's mail server on loopback: SMTP by aiosmtpd, IMAP by pymap, both in the caller's loop.

It does what a real server does and nothing more: it knows its accounts, understands subaddresses
(RFC 5233), refuses strangers with 550 5.1.1, writes trace headers (RFC 5321 section 4.4) and what it
found out about the author (RFC 8601) and, for ``bounce_domains``, accepts a mail first and returns a
report later (RFC 3464).
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from types import TracebackType
from typing import Any, Self
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from service.message.sender import read_author
from service.sandbox.dsn import bounce
from service.sandbox.imap import ImapServer

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd deprecates, at each login, its own code

HOST_NAME = "mail.sandbox.example"
LARGEST_MAIL = 35 * 1024 * 1024
"""Octets; what large providers take."""


class EmbeddedMail:
    """One mail server for ``accounts`` (address to password), as an async context manager.

    ``clock`` gives the time of trace headers and arrival, so a sandbox can travel. Ports of 0
    take free ones; ``smtp_port`` and ``imap_port`` say which. With ``require_auth`` the SMTP side
    takes mail only after AUTH, as submission servers do.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        clock: Callable[[], datetime],
        bounce_domains: Collection[str] = (),
        host: str = "127.0.0.1",
        smtp_port: int = 0,
        imap_port: int = 0,
        require_auth: bool = False,
    ) -> None:
        self.accounts = {address.lower(): password for address, password in accounts.items()}
        self.host, self.smtp_port = host, smtp_port
        self._clock, self._require_auth = clock, require_auth
        self._bounce_domains = frozenset(domain.lower() for domain in bounce_domains)
        self._imap = ImapServer(self.accounts, host, imap_port)
        self._delivered: dict[str, list[bytes]] = {address: [] for address in self.accounts}
        self._numbers = count(1)
        self._sessions: WeakSet[SMTP] = WeakSet()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._imap)
        loop = asyncio.get_running_loop()
        self._smtp = await loop.create_server(self._session, self.host, self.smtp_port)
        self.smtp_port = self._smtp.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._smtp.close()
        for session in self._sessions:
            if session.transport is not None:
                session.transport.close()
        await self._stack.aclose()
        await self._smtp.wait_closed()

    @property
    def imap_port(self) -> int:
        """Where IMAP listens."""
        return self._imap.port

    def all_mail(self, user: str) -> list[bytes]:
        """Every mail that ever reached ``user``, in order of arrival, wherever it was moved since."""
        return list(self._delivered[user.lower()])

    async def deliver(self, user: str, raw: bytes) -> None:
        """Put ``raw`` into the inbox of an account, as it is."""
        self._delivered[user.lower()].append(raw)
        await self._imap.deliver(user.lower(), raw, self._clock())

    def _session(self) -> SMTP:
        session = SMTP(
            _Handler(self, require_auth=self._require_auth),
            hostname=HOST_NAME,
            ident="ESMTP",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL,
            authenticator=self._authenticate,
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )
        self._sessions.add(session)
        return session

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, proof: Any
    ) -> AuthResult:
        del server, session, envelope, mechanism
        known = isinstance(proof, LoginPassword) and (
            self.accounts.get(proof.login.decode().lower()) == proof.password.decode()
        )
        login = proof.login.decode().lower() if isinstance(proof, LoginPassword) else ""
        return AuthResult(success=known, handled=False, auth_data=login)

    def account_of(self, addr_spec: str) -> str | None:
        """Find the account that gets mail for ``addr_spec``; ``name+tag@`` is ``name@`` (RFC 5233)."""
        local, _, domain = addr_spec.lower().rpartition("@")
        address = f"{local.partition('+')[0]}@{domain}"
        return address if address in self.accounts else None

    def bounces(self, addr_spec: str) -> bool:
        """Say whether mail to ``addr_spec`` is accepted first and returned later."""
        return addr_spec.rpartition("@")[2].lower() in self._bounce_domains

    async def accept(self, mail_from: str, rcpt_to: str, raw: bytes, login: str = "") -> None:
        """Deliver to an account, or return a report; a report about a report is never sent.

        ``login`` is the account that gave its password for this mail.
        """
        number = next(self._numbers)
        account = self.account_of(rcpt_to)
        if account is not None:
            trace = self._trace(number, mail_from, rcpt_to) + self._results(login, raw)
            await self.deliver(account, trace.encode() + raw)
        elif mail_from:
            report = bounce(
                host=HOST_NAME, name=f"dsn-{number}", mail_from=mail_from, rcpt_to=rcpt_to, raw=raw,
                at=self._clock(),
            )  # fmt: skip
            await self.accept("", mail_from, report)

    def _trace(self, number: int, mail_from: str, rcpt_to: str) -> str:
        return (
            f"Return-Path: <{mail_from}>\r\n"
            f"Delivered-To: {rcpt_to}\r\n"
            f"Received: from sandbox.example (localhost [127.0.0.1])\r\n"
            f"\tby {HOST_NAME} with ESMTP id {number:06d}\r\n"
            f"\tfor <{rcpt_to}>; {format_datetime(self._clock())}\r\n"
        )

    def _results(self, login: str, raw: bytes) -> str:
        """Stands in for DMARC: who logs in speaks for their own address, and nobody else for our domains."""
        author = read_author(raw.partition(b"\r\n\r\n")[0])
        address = author.addr_spec if author else ""
        domain = address.rpartition("@")[2]
        ours = any(account.endswith(f"@{domain}") for account in self.accounts)
        verdict = "pass" if address and address == login else "fail" if ours else "none"
        return (
            f"Authentication-Results: {HOST_NAME};\r\n\tdmarc={verdict} header.from={domain or 'invalid'}\r\n"
        )


class _Handler:
    """aiosmtpd's hooks of one session. The capitals are aiosmtpd's."""

    def __init__(self, mail: EmbeddedMail, *, require_auth: bool) -> None:
        self._mail, self._require_auth = mail, require_auth

    async def handle_MAIL(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, after AUTH where that is required."""
        del server
        if self._require_auth and not session.authenticated:
            return "530 5.7.0 authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take accounts of ours, and the domains that bounce."""
        del server, session, options
        if self._mail.account_of(address) is None and not self._mail.bounces(address):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Deliver to each recipient in turn."""
        del server
        content = envelope.original_content or b""
        for rcpt_to in envelope.rcpt_tos:
            await self._mail.accept(envelope.mail_from or "", rcpt_to, content, session.auth_data or "")
        return "250 2.0.0 delivered"
