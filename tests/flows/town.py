"""A small town for the stories: its plan, its post office, and a clock that moves when told to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from service.addressing import Keyring
from service.flows.apply_plan import apply_plan
from service.flows.deliver_outbox import deliver_outbox
from service.flows.desk import Desk
from service.flows.fetch_mail import fetch_mail
from service.flows.process_message import process_message
from service.flows.send_prompts import send_prompts
from service.library import read_playbook
from service.outbound.compose import Composer
from service.outbound.letter import Sender
from service.outbound.render import load_templates
from service.playbook.plan import parse_plan
from service.runner import tick
from service.store import collaborations, cursors, entries, people, quarantine
from service.store.models import InboxRow
from tests.ports import MailboxInMemory, RelayInMemory

TEMPLATES = Path(__file__).parents[2] / "templates"
MAILBOX = "thread@town.example"
OPERATOR = "desk@town.example"
ADA, GRACE, LINUS = "ada@town.example", "grace@town.example", "linus@school.example"
MALLORY = "mallory@evil.example"
ACCOUNT = "thread"
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Nine in the morning in New York, where Ada and Grace live; Linus in Auckland sleeps already."""

PLAN = """
key = "trail"
name = "Reading Trail"
why = "Children and grandparents walk the river and read."
zone = "America/New_York"
[cadence]
check-in = "mon 09:00"
[[departments]]
name = "City Library"
[[departments]]
name = "Senior Center"
[[departments]]
name = "School"
[[people]]
name = "Ada Marlow"
email = "ada@town.example"
department = "City Library"
roles = ["champion"]
[[people]]
name = "Grace Fielding"
email = "grace@town.example"
department = "Senior Center"
[[people]]
name = "Linus Berg"
email = "linus@school.example"
department = "School"
zone = "Pacific/Auckland"
"""


def open_desk(templates: Path = TEMPLATES, authentication: str = "rfc8601:mx.town.example") -> Desk:
    """What ``app`` opens, without settings."""
    keyring = Keyring((b"a secret for the stories of the town",))
    sender = Sender("Common Thread", MAILBOX, MAILBOX, "The Town", OPERATOR)
    return Desk(
        playbook=read_playbook(templates),
        composer=Composer(load_templates(templates / "emails"), keyring, sender),
        keyring=keyring,
        mailbox=MAILBOX,
        operator=OPERATOR,
        operator_zone="America/New_York",
        authentication=authentication,
        lease=60,
        owner="town0001",
    )


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


class Town:
    """The flows with fakes at both ports. ``now`` is the clock."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = MONDAY
        self.relay = RelayInMemory()
        self.mailbox = MailboxInMemory()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def settle_in(self, plan: str = PLAN) -> None:
        """The plan is applied, and the welcomes are through."""
        await self.apply(plan)
        await self.deliver()
        self.relay.taken.clear()

    async def apply(self, plan: str = PLAN) -> int:
        return await apply_plan(parse_plan("plan.toml", plan, {}, self.desk.playbook), self.desk, self.now)

    async def write(self, instrument: str = "check-in") -> int:
        """Ask everybody; the mails wait in the outbox. Returns how many are new."""
        collaboration = await collaborations.find("trail")
        asked = send_prompts(self.desk.playbook.get(instrument), collaboration, self.desk, self.now)
        return sum([new async for _, new in asked])

    async def send(self, instrument: str = "check-in") -> int:
        written = await self.write(instrument)
        await self.deliver()
        return written

    async def tick(self) -> int:
        written = 0
        while new := await tick(self.desk, self.now):
            written += new
        await self.deliver()
        return written

    async def deliver(self) -> None:
        while await deliver_outbox(self.relay, 20, self.desk, self.now):
            pass

    async def check_in(self, address: str) -> EmailMessage:
        """A check-in of this week, as it lies in somebody's mailbox."""
        await self.send()
        return self.mails_to(address)[-1]

    async def fetch(self) -> list[int]:
        """Read the mailbox; the ids of the messages that are announced."""
        announced: list[int] = []

        async def announce(inbox_id: int) -> None:
            announced.append(inbox_id)

        await cursors.take(ACCOUNT, "town0001", 60)
        await fetch_mail(self.mailbox, ACCOUNT, announce, self.now)
        return announced

    async def receive(self, *letters: object) -> InboxRow | None:
        """Mail comes in, is judged, and what it brings about goes out. The last one's row."""
        for letter in letters:
            self.mailbox.put(bytes(letter), self.now)
        judged = await self.fetch()
        for inbox_id in judged:
            await process_message(inbox_id, self.desk, self.now)
        await self.deliver()
        return await InboxRow.get(id=judged[-1]) if judged else None

    async def released(self, inbox_id: int) -> InboxRow | None:
        """The operator releases a message that waits. None when it does not wait."""
        if not await quarantine.release(inbox_id, self.now):
            return None
        await process_message(inbox_id, self.desk, self.now)
        await self.deliver()
        return await InboxRow.get(id=inbox_id)

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [parsed(dispatch.raw) for dispatch in self.relay.taken if dispatch.envelope.rcpt_to == address]

    def asked(self, address: str, instrument: str = "check-in") -> EmailMessage:
        """The newest mail of an instrument in somebody's mailbox."""
        asking = [m for m in self.mails_to(address) if str(m["X-Common-Thread-Asked"]).startswith(instrument)]
        return asking[-1]

    @property
    def sent_count(self) -> int:
        return len(self.relay.taken)

    async def person(self, address: str):
        return await people.find_by_address(address)

    async def participation(self, address: str) -> str:
        return (await self.person(address)).participation.value

    async def answers_to(self, mail: EmailMessage) -> dict[str, object]:
        """What is recorded under a prompt: question → value. Words that were added are joined."""
        found: dict[str, object] = {}
        for entry in await entries.of_prompt(self.handle_of(mail)):
            both = isinstance(found.get(entry.question), str)
            found[entry.question] = f"{found[entry.question]} + {entry.value}" if both else entry.value
        return found

    async def entries_of(self, mail: EmailMessage):
        return await entries.of_prompt(self.handle_of(mail))

    def handle_of(self, mail: EmailMessage) -> str:
        """The prompt's handle, by its Message-ID: a prompt and its own mail share one."""
        return next(d.id for d in self.relay.offered if d.message_id == mail["Message-ID"])

    def with_profile(self, authentication: str) -> None:
        self.desk = replace(self.desk, authentication=authentication)
