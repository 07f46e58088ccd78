"""What a reader knows besides the mail: the day, the place, the people."""

from dataclasses import dataclass
from datetime import date

from service.domain.ending import Ending


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A mail's day, place and people.

    ``today``: the author's local day when the mail was written. ``locale``: BCP 47; decides the
    order of day and month. ``people``: full names on the roster, for thanks. ``author``: the roster's
    name of who wrote the mail; without it nobody looks for what they end their mails with. ``endings``:
    what they are known to end them with.
    """

    today: date
    locale: str = "en-US"
    people: tuple[str, ...] = ()
    author: str = ""
    endings: tuple[Ending, ...] = ()
