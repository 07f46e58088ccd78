"""``commonthread endings``: what mails of a domain end with."""

from service.store.models import DomainEndingRow
from tests.flows.town import MONDAY

RECORDS = "All mail may be read\nunder the state law on records."


async def learn(town) -> None:
    for domain in ("school.example", "town.example"):
        await DomainEndingRow.create(
            domain=domain, sha256="0" * 64, text=RECORDS, people=3, seen_at=MONDAY
        )  # fmt: skip


def test_endings_are_shown_by_domain_and_forgotten_by_domain(commonthread, settled, tell):
    _, none, _ = commonthread("endings")
    tell(learn)
    _, both, _ = commonthread("endings")
    _, one, _ = commonthread("endings", "Town.example")
    code, forgotten, _ = commonthread("endings", "town.example", "--forget")
    _, left, _ = commonthread("endings")

    block = "3 people:\n    All mail may be read\n    under the state law on records.\n"
    assert "No ending yet" in none
    assert both == f"school.example, {block}town.example, {block}"
    assert one == f"town.example, {block}"
    assert code == 0
    assert forgotten.startswith(one)
    assert "Forgotten" in forgotten
    assert left == f"school.example, {block}"


def test_only_a_known_domain_can_be_forgotten(commonthread, settled):
    code, _, complaint = commonthread("endings", "twon.example", "--forget")
    nameless, _, _ = commonthread("endings", "--forget")

    assert (code, nameless) == (1, 2)
    assert "twon.example" in complaint
