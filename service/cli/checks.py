"""What ``doctor`` looks at: each check says what it found, or raises what to mend."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service.addressing import Keyring, TokenKind, subaddress
from service.app import imap_account, open_desk, smtp_relay
from service.config import Settings
from service.errors import Misconfigured
from service.inbound.authenticate import Evidence, read_profile
from service.inbound.mailbox import Mailbox
from service.jobs import check_doorbell
from service.outbound.smtp import Smtp
from service.store.database import Database, describe
from service.valkey import EmbeddedValkey

MIB = 1024 * 1024
TRUST = {
    Evidence.HOP: "whoever hands us mail is trusted to have checked its sender",
    Evidence.SIGNATURES: "senders are UNVERIFIED but for signatures that we verify ourselves",
    Evidence.RESULTS: "senders are checked by",
    Evidence.EXCHANGE: "senders are checked by Exchange Online",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor. ``settings``: the names of what to mend when it fails."""

    name: str
    settings: str
    look: Callable[[Settings], Awaitable[str]]


async def templates(settings: Settings) -> str:
    """Every instrument is parsed and its mail written with invented facts."""
    return f"{len(open_desk(settings).playbook.instruments)} mails can be written"


async def addresses(settings: Settings) -> str:
    """What people reply to, and who checks that it is them. The settings have checked that our signature
    fits into the address."""
    keyring = Keyring(settings.secrets)
    token = keyring.sign(TokenKind.REPLY, keyring.handle("doctor"))
    address = subaddress(settings.mail_address, TokenKind.REPLY, token)
    if settings.operator_address.lower() == settings.mail_address.lower():
        mend = "Name the address of a person or a list, so that somebody reads the alarms."
        raise Misconfigured("OPERATOR_ADDRESS", "is the mailbox that we read ourselves.", mend)
    profile = read_profile(settings.authentication)
    trust = f"{TRUST[profile.evidence]} {profile.server}".strip()
    return f"people reply to addresses such as {address}; the mailbox has to take all of these; {trust}"


async def database(settings: Settings) -> str:
    """Whether it answers, and has the tables of this version. Nothing is changed in it."""
    opened = Database(settings.database)
    await opened.open()
    try:
        pending = await opened.pending()
    finally:
        await opened.close()
    tables = (
        "`apply` or `worker` will bring its tables up to date" if pending else "its tables are up to date"
    )
    return f"{describe(settings.database)}; {tables}"


async def outgoing(settings: Settings) -> str:
    """EHLO, encryption and login, as for a mail."""
    offered = await Smtp(smtp_relay(settings)).check()
    size = f", mails up to {offered.size_limit // MIB} MiB" if offered.size_limit else ""
    security = "encrypted" if offered.encrypted else "not encrypted"
    login = "logged in" if settings.smtp_username else "without a login"
    return f"{security}, {login}{size}; {_offers(offered.extensions, ('PIPELINING', 'SIZE', 'DSN'))}"


async def incoming(settings: Settings) -> str:
    """Login and folders. The folder for read mail is made where it is missing."""
    mailbox = Mailbox(imap_account(settings))
    offered = await mailbox.check()
    if settings.imap_sent_folder:
        async with mailbox:
            await mailbox.has_message_id(settings.imap_sent_folder, "<doctor@example.invalid>")
    return f"logged in, folders found; {_offers(offered, ('IDLE', 'MOVE', 'UIDPLUS'))}"


async def doorbell(settings: Settings) -> str:
    """Redis where there is one, else a Valkey of our own: it is started for a moment."""
    if settings.redis_url:
        await check_doorbell(settings.redis_url)
        return "Redis answers"
    async with EmbeddedValkey(settings.valkey_dir):
        return "a Valkey of our own works"


def _offers(offered: frozenset[str], wanted: tuple[str, ...]) -> str:
    there = [word for word in wanted if word in offered]
    missing = [word for word in wanted if word not in offered]
    words = [f"offers {', '.join(there)}"] if there else []
    return ", ".join([*words, f"works without {', '.join(missing)}"] if missing else words)


CHECKS = (
    Check("Templates", "TEMPLATES_DIR", templates),
    Check("Addresses", "MAIL_ADDRESS, OPERATOR_ADDRESS, SECRET_KEY, AUTHENTICATION", addresses),
    Check("Database", "DATABASE_URL, DATA_DIR", database),
    Check("Outgoing mail", "SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USERNAME, SMTP_PASSWORD", outgoing),
    Check(
        "Incoming mail",
        "IMAP_HOST, IMAP_PORT, IMAP_SECURITY, IMAP_USERNAME, IMAP_PASSWORD, IMAP_FOLDER, IMAP_DONE_FOLDER, "
        "IMAP_SENT_FOLDER",
        incoming,
    ),
    Check("Doorbell", "REDIS_URL, DATA_DIR", doorbell),
)
