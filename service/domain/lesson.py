"""Lessons: what a team would tell another one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """A line of the register. ``about`` is the milestone that taught it, '' where it came by rhythm.

    ``told``: a digest has carried it.
    """

    words: str
    who: str
    about: str
    learned_at: datetime
    told: bool
