"""The people of Fernhill, an invented town: who answers, who is thanked, how they sign."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody on the roster. ``card``: the lines below their name where a mail ends with a contact block."""

    name: str
    address: str
    zone: str
    locale: str
    card: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


RESIDENTS = (
    Resident(
        "Grace Fielding",
        "grace@town.example",
        "America/New_York",
        "en-US",
        ("Program Coordinator", "Senior Center, Town of Fernhill", "T (555) 010-0142"),
    ),
    Resident(
        "Linus Bergmann",
        "linus.bergmann@school.example",
        "Europe/Berlin",
        "de-DE",
        ("Hillside School", "Mühlweg 4, Fernhill", "Tel. 0555 / 01 47"),
    ),
    Resident(
        "Tomas Birch",
        "tbirch@parks.town.example",
        "America/Chicago",
        "en-US",
        ("Crew Lead | Parks & Recreation", "tbirch@parks.town.example | 555-010-0177"),
    ),
    Resident(
        "Mei Tanaka",
        "mei.tanaka@school.example",
        "America/Los_Angeles",
        "en-US",
        ("Third Grade", "Hillside School", "www.hillside.school.example"),
    ),
    Resident(
        "Hélène Marchetti",
        "helene.marchetti@bibliotheque.example",
        "Europe/Paris",
        "fr-FR",
        ("Bibliothécaire jeunesse", "Bibliothèque de Fernhill", "01 55 50 10 14"),
    ),
    Resident(
        "Inés Valdovinos",
        "ines@biblioteca.example",
        "Europe/Madrid",
        "es-ES",
        ("Responsable de sala", "Biblioteca Municipal", "ines@biblioteca.example"),
    ),
    Resident(
        "Oskar Lindqvist",
        "oskar.lindqvist@kommun.example",
        "Europe/Stockholm",
        "sv-SE",
        ("Verksamhetsledare", "Kultur & Fritid", "Tfn 0555-10 14 20"),
    ),
    Resident(
        "Priya Hollis",
        "priya.hollis@library.town.example",
        "Europe/London",
        "en-GB",
        ("Children's Librarian", "City Library", "+44 555 010 0163"),
    ),
)
"""Those who answer."""

CHAMPION = "Ada Marlow"
ROSTER = (
    *(resident.name for resident in RESIDENTS),
    *(
        CHAMPION,
        "Ruth Calloway",
        "Walter Quill",
        "Helen Ashdown",
        "Noor Haddadin",
        "Will Sutter",
        "May Ostrander",
    ),
)
"""All full names that thanks may mean."""
STRANGERS = ("the mill's owner", "our custodian", "Mr. Peabody-Lund", "everybody who came", "the print shop")
