"""The town's clock: it stands still until the story moves it."""

from datetime import datetime


class TownClock:
    """A callable, as every clock of the service is. Time never goes back."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """What time it is."""
        return self._now

    def move(self, to: datetime) -> None:
        """Let it be ``to``, unless it is later already."""
        self._now = max(self._now, to)
