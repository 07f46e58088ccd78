"""Who will read an answer, in plain words. Printed on every mail (product: privacy classes)."""

from enum import StrEnum


class PrivacyClass(StrEnum):
    """Product's six classes."""

    SELF = "S"
    CHAMPION = "C"
    TEAM = "T"
    ANONYMOUS = "A"
    MANAGER = "M"
    PUBLIC = "P"


READERS: dict[PrivacyClass, str] = {
    PrivacyClass.SELF: "only you, until you pass it on",
    PrivacyClass.CHAMPION: "the champion, with your name",
    PrivacyClass.TEAM: "your team, with your name",
    PrivacyClass.ANONYMOUS: "the team, in one batch, kept without names",
    PrivacyClass.MANAGER: "managers, and only sentences that you approved",
    PrivacyClass.PUBLIC: "everyone, once each named person and department approved",
}


def who_reads(privacy: PrivacyClass) -> str:
    """The sentence for a mail's footer; every class may be a public record."""
    return f"Who reads your answer: {READERS[privacy]}. It may also be a public record."
