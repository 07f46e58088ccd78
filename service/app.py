"""Opens and closes what holds state, from the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service.addressing import Keyring
from service.config import Settings
from service.errors import Misconfigured
from service.flows.desk import Desk, FindSigners
from service.inbound.authenticate import Evidence, read_profile
from service.inbound.mailbox import ImapAccount, Mailbox
from service.library import read_playbook, templates_directory
from service.outbound.compose import Composer
from service.outbound.letter import Sender
from service.outbound.render import load_templates
from service.outbound.sample import rehearse
from service.outbound.smtp import Relay, Smtp
from service.playbook.instruments import HELD, Playbook, Trigger
from service.store.database import Database
from service.store.leases import new_owner

NEEDED = (
    *(Trigger.REPLY, Trigger.ADDRESS_FAILING, *HELD),
    *(trigger for trigger in Trigger if trigger.is_command),
)
"""Triggers that the flows rely on: a playbook without one of them is refused at start."""


@dataclass(frozen=True)
class App:
    """An open house: the database is connected, the playbook and the templates are checked."""

    settings: Settings
    database: Database
    desk: Desk

    def mailbox(self) -> Mailbox:
        """The IMAP mailbox that we read; not yet connected."""
        return Mailbox(imap_account(self.settings))

    def relay(self) -> Smtp:
        """One connection to the relay; not yet connected."""
        return Smtp(smtp_relay(self.settings))


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """The house, with its schema up to date. Raises Misconfigured or Transient."""
    desk = open_desk(settings)
    async with open_database(settings) as database:
        yield App(settings, database, desk)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database alone, with its schema up to date: enough to look at what is kept."""
    database = Database(settings.database)
    await database.open()
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()


def open_desk(settings: Settings) -> Desk:
    """What every flow works with."""
    templates = settings.templates_dir or templates_directory()
    playbook = read_playbook(templates)
    _check_triggers(playbook, templates)
    written = load_templates(templates / "emails")
    rehearse(written, playbook)
    keyring = Keyring(settings.secrets, settings.last_days)
    sender = Sender(
        name=settings.mail_name,
        address=settings.mail_address,
        mailbox=settings.mail_address,
        organisation=settings.organisation,
        operator=settings.operator_address,
    )
    return Desk(
        playbook=playbook,
        composer=Composer(written, keyring, sender),
        keyring=keyring,
        mailbox=settings.mail_address,
        operator=settings.operator_address,
        operator_zone=settings.operator_zone,
        authentication=settings.authentication,
        lease=settings.lease,
        owner=new_owner(),
        signers=_open_signers(settings.authentication),
        hold_days=settings.hold_days,
    )


def _open_signers(authentication: str) -> FindSigners | None:
    """What verifies signatures where no server in front of us does. Only then its libraries are loaded."""
    if read_profile(authentication).evidence is not Evidence.SIGNATURES:
        return None
    from service.inbound.authenticate.dkim import find_signers
    from service.inbound.authenticate.resolver import Resolver

    return partial(find_signers, look_up=Resolver().look_up)


def _check_triggers(playbook: Playbook, templates: Path) -> None:
    for trigger in NEEDED:
        if not playbook.for_trigger(trigger):
            raise Misconfigured(
                str(templates / "instruments"),
                f'no instrument has trigger = "{trigger.value}".',
                "Copy the missing file from the templates that came with the service.",
            )


def imap_account(settings: Settings) -> ImapAccount:
    """Where and how we read."""
    return ImapAccount(
        host=settings.imap_host,
        port=settings.imap_port,
        security=settings.imap_security,
        username=settings.imap_username,
        password=settings.imap_password.get_secret_value(),
        folder=settings.imap_folder,
        done_folder=settings.imap_done_folder,
    )


def smtp_relay(settings: Settings) -> Relay:
    """Where and how we send."""
    return Relay(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value(),
    )
