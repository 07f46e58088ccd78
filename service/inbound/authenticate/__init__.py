"""Who wrote a mail: how far its From can be believed (IN-3, IN-5 to IN-7), and what follows (IN-1).

``dkim`` and ``resolver`` are imported by whoever needs them: they bring libraries that only the profile
``none`` uses.
"""

from service.inbound.authenticate.judging import NO_SIGNERS, authenticate
from service.inbound.authenticate.profiles import Evidence, Profile, read_profile
from service.inbound.authenticate.table import (
    REMEDIES,
    VERDICTS,
    Authentication,
    Remedy,
    Verdict,
    judge,
    remedy,
)

__all__ = [
    "NO_SIGNERS",
    "REMEDIES",
    "VERDICTS",
    "Authentication",
    "Evidence",
    "Profile",
    "Remedy",
    "Verdict",
    "authenticate",
    "judge",
    "read_profile",
    "remedy",
]
