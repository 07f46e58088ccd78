"""A town whose people thank each other, and the managers who may hear of it."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage

from service.store import people
from service.store.models import RecognitionRow
from tests.flows.letters import bare_reply
from tests.flows.town import ADA, GRACE, PLAN, Town, text_of

MAYA, HELEN = "maya@town.example", "helen@town.example"
"""Maya manages the Senior Center, Helen the City Library."""
DECEMBER = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
JANUARY = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
"""First Mondays, nine in the morning in New York."""
TOLD = 'Ada Marlow (City Library) thanks Grace Fielding: "for the room."'
SENTENCE = 'In Reading Trail, a colleague from City Library recognized Grace Fielding: "for the room."'
TITLE = "Thanks for your people"


def person(name: str, address: str, department: str, roles: str = '"manager"', more: str = "") -> str:
    return (
        f'[[people]]\nname = "{name}"\nemail = "{address}"\n'
        f'department = "{department}"\nroles = [{roles}]\n{more}\n'
    )


MANAGED = (
    PLAN.replace("[cadence]", '[cadence]\nrecognition = "first mon 09:00"')
    + person("Maya Lindqvist", MAYA, "Senior Center")
    + person("Helen Ashdown", HELEN, "City Library")
)


class ThankfulTown(Town):
    """``thank`` and ``pass_on`` are Ada's words about Grace, unless others are named."""

    async def thank(self, words: str = "Grace, for the room", author: str = ADA) -> EmailMessage:
        """The receipt, which asks whether the thanks may be passed on."""
        await self.send()
        await self.receive(bare_reply(self.asked(author), f"4: {words}"))
        return self.mails_to(author)[-1]

    async def passed_on(
        self, words: str = "Grace, for the room", author: str = ADA, to: str = GRACE
    ) -> EmailMessage:
        """The mail that the thanked person gets."""
        await self.receive(bare_reply(await self.thank(words, author), "yes"))
        return self.mails_to(to)[-1]

    async def decided(self, words: str, mail: EmailMessage | None = None) -> EmailMessage:
        """Grace answers, and gets this receipt."""
        await self.receive(bare_reply(mail or await self.passed_on(), words))
        return self.mails_to(GRACE)[-1]

    async def month(self, at: datetime = DECEMBER) -> EmailMessage | None:
        """What Maya gets on that day."""
        before = len(self.mails_to(MAYA))
        self.now = at
        await self.tick()
        return self.mails_to(MAYA)[-1] if len(self.mails_to(MAYA)) > before else None

    async def states(self) -> list[str]:
        rows = await RecognitionRow.all().order_by("id")
        return [row.state for row in rows]

    async def plan_is(self, plan: str) -> None:
        """The plan changes; whoever is new has been welcomed."""
        await self.apply(plan)
        await self.deliver()

    async def shares_mailbox(self, address: str) -> None:
        """The plan says now that several people read it."""
        found = await people.find_by_address(address)
        await people.update(found.id, found.name, found.zone, found.locale, shared_mailbox=True)


def praises(note: EmailMessage | str) -> list[str]:
    """The sentences that are ready for an evaluation."""
    return re.findall(r"Ready for an evaluation:\n +(.+)", note if isinstance(note, str) else text_of(note))
