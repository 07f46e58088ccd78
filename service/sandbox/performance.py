"""The whole sandbox, from an empty folder to the summary."""

from collections.abc import Callable

from service.jobs import Clock, utc_now
from service.library import read_playbook, templates_directory
from service.sandbox.clock import TownClock
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder
from service.sandbox.gallery import write_gallery
from service.sandbox.house import PATIENCE, open_house
from service.sandbox.play import Played, opening, play
from service.sandbox.record import take_record
from service.sandbox.story import Town
from service.sandbox.storybook import read_town
from service.sandbox.summary import summarise


def load_town(clock: Clock = utc_now) -> Town:
    """The town that comes with the service; its story is over when ``clock`` says what time it is."""
    templates = templates_directory()
    return read_town(templates / "sandbox", read_playbook(templates), clock())


async def perform(town: Town, folder: Folder, tell: Callable[[Played], None]) -> tuple[Finding, ...]:
    """Play the story in ``folder``, and say what came about.

    ``tell`` hears of each step. A story that does not end in time is summed up as far as it came.
    """
    diary: list[Played] = []
    async with open_house(town, folder, TownClock(opening(town))) as house:
        try:
            async for played in play(house):
                diary.append(played)
                tell(played)
        except TimeoutError:
            tell(Played(house.clock(), f"Not settled after {PATIENCE:.0f} seconds, so it ends here"))
        record = await take_record(house)
    findings = summarise(record)
    write_gallery(record, findings, diary, folder, templates_directory())
    return findings
