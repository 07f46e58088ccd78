"""The town at work: its mail server, the service's open house with a real worker, and people who post."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from secrets import token_urlsafe

from pydantic import SecretStr

from service.app import App, open_app
from service.config import Settings
from service.jobs import ring_once
from service.message import parse
from service.runner import tick, work
from service.sandbox.clock import TownClock
from service.sandbox.folder import Folder
from service.sandbox.mail import HOST_NAME, EmbeddedMail
from service.sandbox.story import Town, Write
from service.store import horizon
from service.valkey import EmbeddedValkey

LOOK_EVERY = 0.03
"""Seconds between two looks whether everything is settled."""
PATIENCE = 25.0
"""Seconds that one step may take to settle; it takes about a fifth of one."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail that somebody sent, when they had ``after`` mails in their mailbox. ``root`` is the mail that
    its conversation began with."""

    raw: bytes
    message_id: str
    root: str
    after: int
    letter: Write


@dataclass
class House:
    """Everything that runs. ``posted`` grows with the story."""

    town: Town
    app: App
    mail: EmbeddedMail
    clock: TownClock
    doorbell: str
    worker: asyncio.Task[None]
    posted: list[Posted] = field(default_factory=list)

    async def tick(self) -> None:
        """Do what the worker does every minute, and wait until its mails are sent."""
        while await tick(self.app.desk, self.clock()):
            pass
        if not await self.is_settled():
            await ring_once(self.doorbell, "deliver_outbox")
        await self.settle()

    async def post(self, letter: Write, raw: bytes, envelope_from: str, rcpt_to: str) -> None:
        """Send a person's mail as their program does: log in, and hand it over by SMTP."""
        after = len(self.mail.all_mail(letter.who))
        message = parse(raw)
        root = (*message.references, message.message_id)[0]
        self.posted.append(Posted(raw, message.message_id, root, after, letter))
        await asyncio.to_thread(self._hand_over, letter.who, envelope_from, rcpt_to, raw)

    def _hand_over(self, login: str, mail_from: str, rcpt_to: str, raw: bytes) -> None:
        with smtplib.SMTP(self.mail.host, self.mail.smtp_port) as client:
            client.login(login, self.mail.accounts[login])
            client.sendmail(mail_from, [rcpt_to], raw)

    async def settle(self) -> None:
        """Wait until whatever arrived is judged and whatever was written is sent. Raises TimeoutError where
        that takes too long."""
        async with asyncio.timeout(PATIENCE):
            while not await self.is_settled():
                if self.worker.done():
                    await self.worker  # it raises what ended it
                await asyncio.sleep(LOOK_EVERY)

    async def is_settled(self) -> bool:
        """Nothing is under way: the mailbox was read, nothing waits in the inbox or in the outbox.

        A mail that arrives while we look (a bounce of one that is just sent) is still under way.
        """
        arrived = len(self.mail.all_mail(self.town.mailbox))
        quiet = await horizon.is_quiet(self.clock(), arrived)
        return quiet and len(self.mail.all_mail(self.town.mailbox)) == arrived


@asynccontextmanager
async def open_house(town: Town, folder: Folder, clock: TownClock) -> AsyncIterator[House]:
    """The town with everything running; at the end the worker is stopped as SIGTERM stops it."""
    accounts = {
        one.addr_spec: f"password of {one.name}" for one in town.neighbours if town.has_mail(one.addr_spec)
    }
    accounts |= {town.mailbox: "password of the service"}
    async with AsyncExitStack() as stack:
        mail = EmbeddedMail(accounts, clock=clock, bounce_domains=town.gone, require_auth=True)
        await stack.enter_async_context(mail)
        settings = _settings(town, folder, mail)
        valkey = await stack.enter_async_context(EmbeddedValkey(settings.valkey_dir))
        app = await stack.enter_async_context(open_app(settings))
        stop = asyncio.Event()
        worker = asyncio.create_task(work(app, stop, clock))
        try:
            yield House(town, app, mail, clock, valkey.dsn, worker)
        finally:
            stop.set()
            await worker


def _settings(town: Town, folder: Folder, mail: EmbeddedMail) -> Settings:
    password = SecretStr(mail.accounts[town.mailbox])
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own argument
        organisation=town.organisation,
        operator_address=town.operator,
        mail_address=town.mailbox,
        secret_key=SecretStr(token_urlsafe(48)),
        authentication=f"rfc8601:{HOST_NAME}",
        operator_zone=town.plan.zone,
        data_dir=folder.house,
        database_url="",
        redis_url="",
        templates_dir=None,
        smtp_host=mail.host,
        smtp_port=mail.smtp_port,
        smtp_security="none",
        smtp_username=town.mailbox,
        smtp_password=password,
        imap_host=mail.host,
        imap_port=mail.imap_port,
        imap_security="none",
        imap_username=town.mailbox,
        imap_password=password,
        imap_folder="INBOX",
        imap_done_folder="Processed",
        imap_sent_folder="",
    )
