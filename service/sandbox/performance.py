"""The whole sandbox, from an empty folder to the summary."""

import asyncio
from collections.abc import Callable

from service.jobs import Clock, utc_now
from service.library import read_playbook, templates_directory
from service.sandbox.clock import TownClock
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder
from service.sandbox.gallery import write_gallery
from service.sandbox.house import open_house
from service.sandbox.record import take_record
from service.sandbox.story import Town, read_town
from service.sandbox.summary import summarise
from service.sandbox.week import Played, monday_before, opening, play

DEADLINE = 45.0
"""Seconds for the whole story; it takes about four."""


def load_town() -> Town:
    """The town that comes with the service."""
    templates = templates_directory()
    return read_town(templates / "sandbox", read_playbook(templates))


async def perform(
    town: Town, folder: Folder, tell: Callable[[Played], None], clock: Clock = utc_now
) -> tuple[Finding, ...]:
    """Play the last whole week before ``clock`` in ``folder``, and say what came about.

    ``tell`` hears of each step. A story that does not end in time is summed up as far as it came.
    """
    monday = monday_before(clock(), town.plan.zone)
    async with open_house(town, folder, TownClock(opening(town, monday))) as house:
        try:
            async with asyncio.timeout(DEADLINE):
                async for played in play(house, monday):
                    tell(played)
        except TimeoutError:
            tell(Played(house.clock(), f"Not settled after {DEADLINE:.0f} seconds, so it ends here"))
        record = await take_record(house)
    findings = summarise(record)
    write_gallery(record, findings, folder, templates_directory())
    return findings
