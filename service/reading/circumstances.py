"""What a reader knows besides the mail: the day, the place, the people."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A mail's day, place and people.

    ``today``: the author's local day when the mail was written. ``locale``: BCP 47; decides the
    order of day and month. ``people``: full names on the roster, for thanks.
    """

    today: date
    locale: str = "en-US"
    people: tuple[str, ...] = ()
